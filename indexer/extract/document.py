"""The text of one document, whatever it is: find its kind, call its reader, say what became of it.

Nothing escapes from here but an ExtractedText: any bytes end in exactly one Reading, with the Problems that say why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, assert_never

from indexer.envelope.uuencode import decode as decode_uuencoded
from indexer.envelope.uuencode import is_uuencoded
from indexer.errors import Problem, ProblemKind
from indexer.extract.document_kind import DocumentKind, kind
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
from indexer.printing import count

_MANY_WORDS = 40
_SEEN = "read as far as it can be seen without its markup"
_OVERLONG = 0.9
"""Share of a text from which on one item is more than it says, where others were not located."""


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
        symbols = () if read.extracted.symbols else cover_symbols(document.content)
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
        message = f"its headings cannot be read: {_reason(error)}"
        problem = Problem(ProblemKind.UNLOCATED_ITEM, message, place=_place(document), outcome="no sections")
        return replace(read.extracted, problems=(*read.extracted.problems, problem))
    return _outlined(read.extracted, found.missing(named) if read.extracted.text else found, document)


def _without_reader(document: Document, error: Exception, limits: Limits) -> ExtractedText:
    """What can be seen of a document whose reader failed."""
    text = visible_text(document.content[: limits.document_bytes])
    if not text:
        return _unread(document, f"cannot be read: {_reason(error)}")
    problem = _damaged(document, f"its reader failed: {_reason(error)}", _SEEN)
    return ExtractedText(text, Reading.TEXT, (problem, *_over_limit(document, limits)))


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _damaged(document: Document, message: str, outcome: str = "") -> Problem:
    return Problem(ProblemKind.DAMAGED_DOCUMENT, message, place=_place(document), outcome=outcome)


def _outlined(extracted: ExtractedText, found: Outline, document: Document) -> ExtractedText:
    """The text with its sections, and the Problems of what was looked for in vain or is doubtful."""
    if not any(found):
        return extracted
    doubts = _doubts(found, len(extracted.text))
    problems = [Problem(kind, said, place=_place(document), outcome="left") for kind, said in doubts]
    return replace(
        extracted,
        sections=found.sections,
        unlocated=tuple(name.lower() for name in (*found.unlocated, *found.unlocated_subjects)),
        problems=(*extracted.problems, *problems),
    )


def _doubts(found: Outline, length: int) -> Iterator[tuple[ProblemKind, str]]:
    if found.unlocated:
        yield ProblemKind.UNLOCATED_ITEM, f"not located: item {', '.join(found.unlocated)}"
        for section in found.sections:
            if (share := (section.end - section.start) / length) >= _OVERLONG:
                said = f"item {section.name} is {share:.0%} of the text, in which others were not located"
                yield ProblemKind.OVERLONG_ITEM, said
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
        problems.append(Problem(ProblemKind.CHARACTERS, remark, place=_place(document)))
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
    reading = Reading.EMPTY if not text or text.isspace() else Reading.TEXT
    rows, symbols = form.rows, symbols_of(form.symbols)
    extracted = ExtractedText(
        text, reading, tuple(problems), pages=pages, encoding=encoding, rows=rows, symbols=symbols
    )
    return DocumentText(extracted, page)


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
        message = f"{count(words, 'word')} hidden by style"
        yield Problem(ProblemKind.LEFT_OUT, message, place=_place(document), outcome="left out of the text")


def _secrets(document: Document, codes: int) -> Iterator[Problem]:
    if codes:
        message = f"{count(codes, 'access code')} (CCC)"
        yield Problem(ProblemKind.LEFT_OUT, message, place=_place(document), outcome="left out of the text")


def _read_pdf(document: Document, limits: Limits) -> ExtractedText:
    if len(document.content) > limits.document_bytes:
        return _unread(document, f"a PDF of {len(document.content):,} bytes, more than are read")
    content, problems = _decoded(document)
    text, pages, damage = pdf_text(content, seconds=limits.pdf_seconds, memory=limits.pdf_memory)
    if damage and not text:
        return ExtractedText("", Reading.UNREAD, (*problems, *_unread(document, damage).problems))
    if damage:
        problems += (_damaged(document, damage),)
    return ExtractedText(text, Reading.TEXT if text else Reading.EMPTY, problems, pages=pages)


def _decoded(document: Document) -> tuple[bytes, tuple[Problem, ...]]:
    if not is_uuencoded(document.content):
        return document.content, ()
    decoded = decode_uuencoded(document.content)
    return decoded.data, tuple(replace(problem, place=_place(document)) for problem in decoded.problems)


def _over_limit(document: Document, limits: Limits) -> tuple[Problem, ...]:
    size = len(document.content)
    if size <= limits.document_bytes:
        return ()
    said = f"{size:,} bytes, of which the first {limits.document_bytes:,} were read"
    return (Problem(ProblemKind.OVER_LIMIT, said, place=_place(document), outcome="the rest was left out"),)


def _unread(document: Document, message: str) -> ExtractedText:
    problem = Problem(ProblemKind.UNREAD_DOCUMENT, message, place=_place(document), outcome="left unread")
    return ExtractedText("", Reading.UNREAD, (problem,))


def _place(document: Document) -> str:
    """How a Problem names a document: `document 3 (ex991.htm)`."""
    return f"document {document.ordinal}" + (f" ({document.filename})" if document.filename else "")
