"""The text of one document, whatever it is: find its kind, call its reader, say what became of it.

Nothing escapes from here but an ExtractedText: any bytes end in exactly one Reading, with the Problems that say why.
A kind is told by the bytes first and the name second; the TYPE alone decides nothing, because types changed over the
years (MetaLinks.json has been XML and JSON) and filers give their own files any name.
"""

import re
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import NamedTuple, assert_never

from indexer.envelope.uuencode import decode as decode_uuencoded
from indexer.envelope.uuencode import is_uuencoded
from indexer.errors import Problem, ProblemKind
from indexer.extract.encoding import decode
from indexer.extract.html import html_text
from indexer.extract.pdf import pdf_text
from indexer.extract.sections import sections
from indexer.extract.symbols import cover_symbols, symbols_of
from indexer.extract.text import plain_text
from indexer.extract.xml import xml_text
from indexer.extracted import FormRow, Reading
from indexer.filings import Document, ExtractedText
from indexer.limits import DEFAULT_LIMITS, Limits

_SNIFFED = 1 << 16
"""Bytes that decide; a document that has no markup in them is plain text."""
_FIRST_LINES = 512
_PDF = b"%PDF-"
_DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml\b")
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


def extract_text(
    document: Document, *, form: str = "", filed: date | None = None, limits: Limits = DEFAULT_LIMITS
) -> ExtractedText:
    """The document's text as a reader would copy it from the page; never raises, whatever the bytes.

    `form` is the submission's form type, for documents without a type, and `filed` its date: with the document's type
    they decide which item headings are looked for.
    """
    try:
        extracted = _extract(document, limits)
        return replace(
            extracted,
            sections=sections(extracted.text, document.type or form, filed),
            symbols=extracted.symbols or cover_symbols(document.content),
        )
    except Exception as error:  # a document must not stop a build: what no reader foresaw is a Problem
        return _unread(document, f"cannot be read: {type(error).__name__}: {error}"[:200])


def _extract(document: Document, limits: Limits) -> ExtractedText:
    match kind(document):
        case DocumentKind.BLANK:
            return ExtractedText("", Reading.EMPTY)
        case DocumentKind.BINARY:
            return ExtractedText("", Reading.BINARY)
        case DocumentKind.RENDERED:
            return ExtractedText("", Reading.RENDERED)
        case DocumentKind.PDF:
            return _read_pdf(document, limits)
        case DocumentKind.HTML | DocumentKind.XML | DocumentKind.PLAIN as readable:
            return _read(document, readable, limits)
        case other:
            assert_never(other)


def _read(document: Document, readable: DocumentKind, limits: Limits) -> ExtractedText:
    source, encoding = decode(document.content[: limits.document_bytes])
    found = _text(source, readable)
    problems = _over_limit(document, limits)
    if found.damage:
        problems += (Problem(ProblemKind.DAMAGED_DOCUMENT, found.damage, place=place(document)),)
    return ExtractedText(
        found.text,
        Reading.TEXT if found.text.strip() else Reading.EMPTY,
        problems,
        pages=found.pages,
        encoding=encoding,
        rows=found.rows,
        symbols=symbols_of(found.symbols),
    )


class _Read(NamedTuple):
    """What a reader of text or markup found."""

    text: str
    damage: str = ""
    pages: tuple[int, ...] = ()
    rows: tuple[FormRow, ...] = ()
    symbols: tuple[str, ...] = ()


def _text(source: str, readable: DocumentKind) -> _Read:
    if readable is DocumentKind.HTML:
        return _Read(*html_text(source))
    if readable is DocumentKind.XML:
        text, damage, rows, symbols = xml_text(source)
        return _Read(text, damage, rows=rows, symbols=symbols)
    text, pages = plain_text(source)
    return _Read(text, pages=pages)


def _read_pdf(document: Document, limits: Limits) -> ExtractedText:
    if len(document.content) > limits.document_bytes:
        return _unread(document, f"a PDF of {len(document.content):,} bytes, more than are read")
    content, problems = _decoded(document)
    text, pages, _, damage = pdf_text(content, seconds=limits.pdf_seconds, memory=limits.pdf_memory)
    if damage and not text:
        return ExtractedText("", Reading.UNREAD, (*problems, *_unread(document, damage).problems))
    if damage:
        problems += (Problem(ProblemKind.DAMAGED_DOCUMENT, damage, place=place(document)),)
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
