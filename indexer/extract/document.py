"""The text of one document, whatever it is: find its kind, call its reader, say what became of it.

Nothing escapes from here but an ExtractedText: any bytes end in exactly one Reading, with the Problems that say why.
"""

from dataclasses import replace
from datetime import date
from typing import assert_never

from indexer.envelope.uuencode import decode as decode_uuencoded
from indexer.envelope.uuencode import is_uuencoded
from indexer.errors import Problem, ProblemKind
from indexer.extract.encoding import decode
from indexer.extract.html import html_text
from indexer.extract.kinds import Kind, kind
from indexer.extract.pdf import pdf_text
from indexer.extract.sections import sections
from indexer.extract.text import plain_text
from indexer.extract.xml import xml_text
from indexer.filings import Document, ExtractedText, Reading
from indexer.limits import DEFAULT_LIMITS, Limits


def extract_text(
    document: Document, *, form: str = "", filed: date | None = None, limits: Limits = DEFAULT_LIMITS
) -> ExtractedText:
    """The document's text as a reader would copy it from the page; never raises, whatever the bytes.

    `form` is the submission's form type, for documents without a type, and `filed` its date: with the document's type
    they decide which item headings are looked for.
    """
    try:
        extracted = _extract(document, limits)
        return replace(extracted, sections=sections(extracted.text, document.type or form, filed))
    except Exception as error:  # a document must not stop a build: what no reader foresaw is a Problem
        return _unread(document, f"cannot be read: {type(error).__name__}: {error}"[:200])


def _extract(document: Document, limits: Limits) -> ExtractedText:
    match kind(document):
        case Kind.BLANK:
            return ExtractedText("", Reading.EMPTY)
        case Kind.BINARY:
            return ExtractedText("", Reading.BINARY)
        case Kind.RENDERED:
            return ExtractedText("", Reading.RENDERED)
        case Kind.PDF:
            return _read_pdf(document, limits)
        case Kind.HTML | Kind.XML | Kind.PLAIN as readable:
            return _read(document, readable, limits)
        case other:
            assert_never(other)


def _read(document: Document, readable: Kind, limits: Limits) -> ExtractedText:
    text, encoding = decode(document.content[: limits.document_bytes])
    problems = _over_limit(document, limits)
    pages: tuple[int, ...] = ()
    damage = ""
    if readable is Kind.HTML:
        text, damage, _ = html_text(text)
    elif readable is Kind.XML:
        text, damage = xml_text(text)
    else:
        text, pages = plain_text(text)
    if damage:
        problems += (Problem(ProblemKind.DAMAGED_DOCUMENT, damage, place=place(document)),)
    reading = Reading.TEXT if text.strip() else Reading.EMPTY
    return ExtractedText(text, reading, problems, pages=pages, encoding=encoding)


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
