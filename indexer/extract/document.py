"""The text of one document, whatever it is: find its kind, call its reader, say what became of it.

Nothing escapes from here but an ExtractedText: any bytes end in exactly one Reading, with the Problems that say why.
A kind is told by the bytes first and the name second; the TYPE alone decides nothing, because types changed over the
years (MetaLinks.json has been XML and JSON) and filers give their own files any name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import NamedTuple, assert_never

from indexer.envelope.uuencode import decode as decode_uuencoded
from indexer.envelope.uuencode import is_uuencoded
from indexer.errors import Problem, ProblemKind
from indexer.extract.encoding import decode
from indexer.extract.fallback import visible_text
from indexer.extract.html import html_text
from indexer.extract.pdf import pdf_text
from indexer.extract.text import plain_text
from indexer.extract.xml_forms.symbols import cover_symbols, symbols_of
from indexer.extract.xml_forms.xml import XmlText, xml_text
from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText
from indexer.limits import DEFAULT_LIMITS, Limits
from indexer.outline.locate import Outline, Page, outline

_SNIFFED = 1 << 16
"""Bytes that decide; a document that has no markup in them is plain text."""
_FIRST_LINES = 512
_MANY_WORDS = 40
_SEEN = "read as far as it can be seen without its markup"
_PDF = b"%PDF-"
_DECLARATION = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<\?xml\b")
_ROOT = re.compile(
    rb"(?>\s|\xef\xbb\xbf|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<([A-Za-z_][\w:.-]*)", re.S | re.I
)
_HTML_TAG = re.compile(rb"<(?:html|!doctype\s+html|body|head)\b", re.I)
_HTML_MARKUP = re.compile(
    rb"</(?:p|td|tr|div|font|span|b|i|u|center|a|h[1-6])>|<br\s*/?>|<(?:p|td|div|font|hr)\s[^<>]*>", re.I
)
_XBRL_ROOTS = frozenset({b"xbrl", b"linkbase", b"schema", b"filingsummary", b"instancereport"})
_RENDERED_DESCRIPTION = "IDEA: XBRL DOCUMENT"
_RENDERED_NAME = re.compile(
    r"filingsummary\.xml|financial_report\.xlsx?|show\.js|report\.css|metalinks\.json|[\d-]{18,20}-xbrl\.zip", re.I
)
_RENDERED_PAGE = re.compile(r"r\d{1,4}\.(?:htm|xml)", re.I)
_RENDERED_MARKUP = (b"Show.js", b"report.css", b"InstanceReport")
_MAGIC = (
    b"GIF8", b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"PK\x03\x04", b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!",
)  # fmt: skip


class DocumentKind(Enum):
    """Which reader a document is for."""

    HTML = "HTML"
    XML = "XML"
    PLAIN = "plain text"
    PDF = "PDF"
    BINARY = "binary"
    RENDERED = "rendered data"
    BLANK = "blank"


class DocumentText(NamedTuple):
    """What was read of a document, and its text as headings are looked for in it."""

    extracted: ExtractedText
    """Without sections."""
    page: Page


def extract_text(
    document: Document,
    *,
    form: str = "",
    filed: date | None = None,
    named: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> ExtractedText:
    """Return the document's text as a reader would copy it from the page, with its sections; never raises.

    `form` is the submission's form type, for documents without a type, and `filed` its date: with the document's type
    they decide which item headings are looked for. `named` are the items that the header says are in it. Where a
    reader fails, what can be seen without it is the text.
    """
    return with_sections(read_document(document, limits=limits), document, form=form, filed=filed, named=named)


def read_document(document: Document, *, limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """Return the document's text without its sections; never raises, whatever the bytes."""
    try:
        read = _extract(document, limits)
        symbols = read.extracted.symbols or cover_symbols(document.content)
        return read._replace(extracted=replace(read.extracted, symbols=symbols)) if symbols else read
    except Exception as error:  # a document must not stop a build: what no reader foresaw is a Problem
        extracted = _without_reader(document, error, limits)
        return DocumentText(extracted, Page(extracted.text))


def with_sections(
    read: DocumentText, document: Document, *, form: str = "", filed: date | None = None, named: Sequence[str] = ()
) -> ExtractedText:
    """Return the text that was read of a document with the sections found in it; never raises, whatever the text."""
    try:
        found = outline(read.page, document.type or form, filed)
    except Exception as error:  # nor must its headings cost it its text
        message = f"its headings cannot be read: {_said(error)}"
        problem = Problem(ProblemKind.UNLOCATED_ITEM, message, place=place(document), outcome="no sections")
        return replace(read.extracted, problems=(*read.extracted.problems, problem))
    return _outlined(read.extracted, found.missing(named) if read.extracted.text else found, document)


def _without_reader(document: Document, error: Exception, limits: Limits) -> ExtractedText:
    """What can be seen of a document whose reader failed."""
    text = visible_text(document.content[: limits.document_bytes])
    if not text:
        return _unread(document, f"cannot be read: {_said(error)}")
    problem = _damaged(document, f"its reader failed: {_said(error)}", _SEEN)
    return ExtractedText(text, Reading.TEXT, (problem, *_over_limit(document, limits)))


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _damaged(document: Document, message: str, outcome: str = "") -> Problem:
    return Problem(ProblemKind.DAMAGED_DOCUMENT, message, place=place(document), outcome=outcome)


def _outlined(extracted: ExtractedText, found: Outline, document: Document) -> ExtractedText:
    """The text with its sections, and the Problems of what was looked for in vain or is doubtful."""
    if not any(found):
        return extracted
    problems = [Problem(kind, said, place=place(document), outcome="left") for kind, said in _doubts(found)]
    return replace(
        extracted,
        sections=found.sections,
        unlocated=tuple(name.lower() for name in (*found.unlocated, *found.unlocated_subjects)),
        problems=(*extracted.problems, *problems),
    )


def _doubts(found: Outline) -> Iterator[tuple[ProblemKind, str]]:
    if found.unlocated:
        yield ProblemKind.UNLOCATED_ITEM, f"not located: item {', '.join(found.unlocated)}"
    for name, here, there in found.disputed:
        said = f"item {name}: a heading at character {here:,}, the table of contents leads to {there:,}"
        yield ProblemKind.DISPUTED_ITEM, said


def _extract(document: Document, limits: Limits) -> DocumentText:
    match kind(document):
        case DocumentKind.BLANK:
            return DocumentText(ExtractedText("", Reading.EMPTY), Page(""))
        case DocumentKind.BINARY:
            return DocumentText(ExtractedText("", Reading.BINARY), Page(""))
        case DocumentKind.RENDERED:
            return DocumentText(ExtractedText("", Reading.RENDERED), Page(""))
        case DocumentKind.PDF:
            extracted = _read_pdf(document, limits)
            return DocumentText(extracted, Page(extracted.text))
        case DocumentKind.HTML | DocumentKind.XML | DocumentKind.PLAIN as readable:
            return _read(document, readable, limits)
        case other:
            assert_never(other)


def _read(document: Document, readable: DocumentKind, limits: Limits) -> DocumentText:
    source, encoding, remark = decode(document.content[: limits.document_bytes])
    problems = list(_over_limit(document, limits))
    if remark:
        problems.append(Problem(ProblemKind.CHARACTERS, remark, place=place(document)))
    form = XmlText("")
    pages: tuple[int, ...] = ()
    damage = outcome = ""
    if readable is DocumentKind.HTML:
        text, damage, unseen, kept = html_text(source)
        problems += _unseen(document, unseen, kept=kept)
        page = Page(text, wrapped=False, source=source)
    elif readable is DocumentKind.XML:
        form = xml_text(source)
        text, damage = form.text, form.damage
        problems += _secrets(document, form.secrets)
        page = Page(text, wrapped=False)
    else:
        text, pages = plain_text(source)
        page = Page(text)
    if readable is not DocumentKind.PLAIN and not text.strip() and (text := _seen(document, damage, limits)):
        page, damage, outcome = Page(text), damage or "its markup hides every word of it", _SEEN
    if damage:
        problems.append(_damaged(document, damage, outcome))
    reading = Reading.TEXT if text.strip() else Reading.EMPTY
    extracted = ExtractedText(text, reading, tuple(problems), pages=pages, encoding=encoding, rows=form.rows)
    return DocumentText(replace(extracted, symbols=symbols_of(form.symbols)), page)


def _seen(document: Document, damage: str, limits: Limits) -> str:
    """What can be seen without the markup of which a reader made nothing; nothing of a sound page of a few words.

    None of 555 real documents in HTML and XML is so read; cut ones are, whose last tag or hidden part never ends.
    """
    text = visible_text(document.content[: limits.document_bytes])
    return text if damage or len(text.split()) >= _MANY_WORDS else ""


def _unseen(document: Document, words: int, *, kept: bool) -> Iterator[Problem]:
    """What is said of words that a style hides: left out, unless they are most of the document."""
    if kept:
        yield _damaged(document, f"{words:,} words, more than half, are hidden by their style", "kept in the text")
    elif words:
        message = f"{words:,} word{'s' * (words > 1)} hidden by style"
        yield Problem(ProblemKind.LEFT_OUT, message, place=place(document), outcome="left out of the text")


def _secrets(document: Document, codes: int) -> Iterator[Problem]:
    if codes:
        message = f"{codes:,} access code{'s' * (codes > 1)} (CCC)"
        yield Problem(ProblemKind.LEFT_OUT, message, place=place(document), outcome="left out of the text")


def _read_pdf(document: Document, limits: Limits) -> ExtractedText:
    if len(document.content) > limits.document_bytes:
        return _unread(document, f"a PDF of {len(document.content):,} bytes, more than are read")
    content, problems = _decoded(document)
    text, pages, _, damage = pdf_text(content, seconds=limits.pdf_seconds, memory=limits.pdf_memory)
    if damage and not text:
        return ExtractedText("", Reading.UNREAD, (*problems, *_unread(document, damage).problems))
    if damage:
        problems += (_damaged(document, damage),)
    return ExtractedText(text, Reading.TEXT if text else Reading.EMPTY, problems, pages=pages)


def _decoded(document: Document) -> tuple[bytes, tuple[Problem, ...]]:
    if not is_uuencoded(document.content):
        return document.content, ()
    decoded = decode_uuencoded(document.content)
    return decoded.data, tuple(replace(problem, place=place(document)) for problem in decoded.problems)


def _over_limit(document: Document, limits: Limits) -> tuple[Problem, ...]:
    size = len(document.content)
    if size <= limits.document_bytes:
        return ()
    said = f"{size:,} bytes, of which the first {limits.document_bytes:,} were read"
    return (Problem(ProblemKind.OVER_LIMIT, said, place=place(document), outcome="the rest was left out"),)


def _unread(document: Document, message: str) -> ExtractedText:
    problem = Problem(ProblemKind.UNREAD_DOCUMENT, message, place=place(document), outcome="left unread")
    return ExtractedText("", Reading.UNREAD, (problem,))


def place(document: Document) -> str:
    """How a Problem names a document: `document 3 (ex991.htm)`."""
    return f"document {document.ordinal}" + (f" ({document.filename})" if document.filename else "")


def kind(document: Document) -> DocumentKind:
    """The kind of a document, by its first bytes; of uuencoded content those of the file it holds."""
    head = document.content[:_SNIFFED]
    if not head.strip() and not document.content.strip():
        return DocumentKind.BLANK
    if _is_rendered(document, head):
        return DocumentKind.RENDERED
    if document.wrapper == "PDF" or _is_pdf(document, head):
        return DocumentKind.PDF
    if is_uuencoded(head) or head.lstrip().startswith(_MAGIC):
        return DocumentKind.BINARY
    return _markup(document, head)


def root_name(head: bytes) -> bytes:
    """The name of the first element, lower case, without its prefix; empty where there is none."""
    match = _ROOT.match(head)
    return match.group(1).rpartition(b":")[2].lower() if match else b""


def _is_rendered(document: Document, head: bytes) -> bool:
    if document.description.upper().startswith(_RENDERED_DESCRIPTION) or _RENDERED_NAME.fullmatch(document.filename):
        return True
    if _RENDERED_PAGE.fullmatch(document.filename) and any(mark in head for mark in _RENDERED_MARKUP):
        return True
    return root_name(head) in _XBRL_ROOTS and b"<html" not in head[:4096].lower()


def _is_pdf(document: Document, head: bytes) -> bool:
    if not is_uuencoded(head):
        return head.lstrip().startswith(_PDF)
    first = decode_uuencoded(head[:_FIRST_LINES])
    return first.data.lstrip().startswith(_PDF) or first.name.lower().endswith(".pdf")


def _markup(document: Document, head: bytes) -> DocumentKind:
    name, root = document.filename.lower(), root_name(head)
    if root == b"html" or _HTML_TAG.search(head):
        return DocumentKind.HTML
    if root and (_DECLARATION.match(head) or document.wrapper == "XML" or name.endswith(".xml")):
        return DocumentKind.XML
    enough = 1 if name.endswith((".htm", ".html")) else 3
    marked = sum(1 for _ in _HTML_MARKUP.finditer(head))
    return DocumentKind.HTML if marked >= enough else DocumentKind.PLAIN
