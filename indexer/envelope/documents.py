"""The documents of a submission: where each <DOCUMENT> begins and ends, what it is called, and its bytes.

Works on bytes with `find`; only the documents' own texts are copied. A tag's name inside a text does not end it:
`</TEXT>` counts only before `</DOCUMENT>`, and `<DOCUMENT>` only at the start of a line and before its <TYPE>.
What the bytes mean (HTML, uuencode, ...) is not known here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from indexer.envelope.values import count, text_of
from indexer.envelope.wrapping import unwrapped
from indexer.errors import Problem, ProblemKind
from indexer.filings import Document
from indexer.limits import DEFAULT_LIMITS, Limits

_OPENING = b"<DOCUMENT>"
_CLOSING = b"</DOCUMENT>"
_NAME = b"DOCUMENT>"
"""What both tags end in, so that one search finds either."""
_TEXT = b"<TEXT>"
_TEXT_CLOSING = b"</TEXT>"
_SUBMISSION = re.compile(rb"<(?:SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>")
"""Between two documents: a second submission begins in the same file; its documents are not of the first."""
_HEAD_BYTES = 1 << 16
_HEAD_NAMES = frozenset({"TYPE", "SEQUENCE", "FILENAME", "DESCRIPTION"})
_OPENING_WITH_HEAD = re.compile(rb"<DOCUMENT>\s*<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION|TEXT)>")
_OPENING_WITH_TYPE = re.compile(rb"<DOCUMENT>\s*<TYPE>")
_HEAD_TAG = re.compile(r"^[ \t]*<(/?[A-Z][A-Z0-9-]*)>|<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>", re.MULTILINE)
_CLOSING_ALONE = re.compile(rb"</DOCUMENT>[ \t]*(?:[\r\n<\0]|\Z)")
_CLOSING_AT_END = re.compile(rb"</DOCUMENT>\s*(?:\Z|<DOCUMENT>|</(?:SEC|IMS)-DOCUMENT>|</SUBMISSION>|-----END)")
_WRAPPER = re.compile(rb"\s*<(PDF|XML|XBRL)>\s*")
_REST_OF_LINE = re.compile(rb"[ \t]*(?:\r\n|\r|\n)?")
_END_OF_SUBMISSION = re.compile(rb"\s*(?:</(?:SEC|IMS)-DOCUMENT>|</SUBMISSION>|-----END [A-Z -]+-----)")


class DocumentSpan(NamedTuple):
    """Where one document lies in the submission's bytes."""

    start: int
    """Of <DOCUMENT>."""
    text: slice
    """Between <TEXT> and </TEXT>."""
    end: int
    """Behind </DOCUMENT>."""
    problem: Problem | None
    """A closing tag that is missing."""


class ParsedDocuments(NamedTuple):
    """A submission's documents, and what was wrong with them."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    end: int
    """Behind the last document, in bytes."""


def first_document(content: bytes) -> int:
    """Find where the first <DOCUMENT> stands, which is where the header ends; -1 when there is none."""
    return _next_opening(content, 0)


def parse_documents(content: bytes, start: int, *, rewrapped: bool, limits: Limits = DEFAULT_LIMITS) -> ParsedDocuments:
    """Read the documents of a submission whose first one stands at `start`.

    `rewrapped` says that the submission comes in a dialect in which long lines were broken, so that they are joined.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    end = start
    for ordinal, span in enumerate(spans(content, start), 1):
        if ordinal > limits.documents:
            problems.append(_too_many(limits))
            break
        # A second submission begins in the same file: what follows is no document of this one.
        if _SUBMISSION.search(content, end, min(span.start, end + _HEAD_BYTES)):
            break
        problems += _gap(content, end, span.start)
        document, found = _document(content, span, ordinal, rewrapped=rewrapped)
        documents.append(document)
        problems += found
        end = span.end
    return ParsedDocuments(tuple(documents), tuple(problems), end)


def spans(content: bytes, start: int) -> Iterator[DocumentSpan]:
    """Yield where each document lies, from the first at `start` on; every byte is looked at once, however broken."""
    while start >= 0:
        span = _span(content, start)
        yield span
        start = _next_opening(content, span.end)


def _next_opening(content: bytes, at: int) -> int:
    """Where the next document begins, behind the end of one."""
    found = content.find(_OPENING, at)
    # A text may quote the tag; that of a document has a tag of its head, or <TEXT>, behind it.
    while found >= 0 and not _OPENING_WITH_HEAD.match(content, found):
        found = content.find(_OPENING, found + 1)
    return found


def _span(content: bytes, start: int) -> DocumentSpan:
    """The document at `start`: it ends at its closing tag, or before the next document where that comes first."""
    begin = start + len(_OPENING)
    name = content.find(_NAME, begin)
    while name >= 0:
        closing, opening = name - len(b"</"), name - len(b"<")
        if content.startswith(_CLOSING, closing):
            if _is_closing(content, start, closing):
                return _closed(content, start, closing)
        elif opening >= begin and content.startswith(_OPENING, opening) and _is_opening(content, begin, opening):
            return _unclosed(content, start, opening)
        name = content.find(_NAME, name + 1)
    return _unclosed(content, start, len(content))


def _is_opening(content: bytes, start: int, opening: int) -> bool:
    """Whether a document begins within what looks like another's text: with its <TYPE>, on a line of its own."""
    before = content[max(start, opening - 80) : opening].rstrip(b" \t")
    return before[-1:] in {b"\r", b"\n"} and _OPENING_WITH_TYPE.match(content, opening) is not None


def _is_closing(content: bytes, start: int, closing: int) -> bool:
    """Whether a </DOCUMENT> ends the document: behind </TEXT>, or before what can follow a document."""
    follows_text = _ends_text(content, start, closing) and _CLOSING_ALONE.match(content, closing)
    return bool(follows_text or _CLOSING_AT_END.match(content, closing))


def _ends_text(content: bytes, start: int, closing: int) -> bool:
    return content[max(start, closing - 256) : closing].rstrip().endswith(_TEXT_CLOSING)


def _closed(content: bytes, start: int, closing: int) -> DocumentSpan:
    begin = _text_start(content, start, closing)
    end = closing + len(_CLOSING)
    if not _ends_text(content, begin, closing):
        return DocumentSpan(start, slice(begin, closing), end, _damaged("no </TEXT>"))
    return DocumentSpan(start, slice(begin, content.rfind(_TEXT_CLOSING, begin, closing)), end, None)


def _unclosed(content: bytes, start: int, limit: int) -> DocumentSpan:
    """A document whose </DOCUMENT> is missing: it ends before the next one, or with the submission."""
    begin = _text_start(content, start, limit)
    end = _end_of_submission(content, begin) if limit == len(content) else limit
    text_end = content.rfind(_TEXT_CLOSING, max(begin, end - _HEAD_BYTES), end)
    # One with more text behind it was quoted.
    if text_end < 0 or content[text_end + len(_TEXT_CLOSING) : end].strip():
        text_end = end
    if end < len(content):
        return DocumentSpan(start, slice(begin, text_end), end, _damaged("no </DOCUMENT>"))
    problem = Problem(ProblemKind.TRUNCATED, "the submission ends within a document", outcome="read as far as it goes")
    return DocumentSpan(start, slice(begin, text_end), end, problem)


def _end_of_submission(content: bytes, at: int) -> int:
    """Where the submission's own closing tags begin, if its last bytes hold them."""
    tail = max(at, len(content) - 256)
    match = _END_OF_SUBMISSION.search(content, tail)
    return match.start() if match else len(content)


def _text_start(content: bytes, start: int, end: int) -> int:
    """Behind <TEXT>; where there is none, behind the last tag of the document's head."""
    found = content.find(_TEXT, start, min(end, start + _HEAD_BYTES))
    return found + len(_TEXT) if found >= 0 else _behind_head(content, start, end)


def _behind_head(content: bytes, start: int, end: int) -> int:
    head = content[start + len(_OPENING) : min(end, start + _HEAD_BYTES)]
    tags = list(re.finditer(rb"<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[^\r\n]*", head))
    return start + len(_OPENING) + (tags[-1].end() if tags else 0)


def _damaged(what: str) -> Problem:
    return Problem(ProblemKind.DAMAGED_DOCUMENT, f"{what} at its end", outcome="read up to what follows")


def _too_many(limits: Limits) -> Problem:
    message = f"more than {limits.documents:,} documents"
    return Problem(ProblemKind.OVER_LIMIT, message, outcome=f"the first {limits.documents:,} kept")


def _gap(content: bytes, start: int, end: int) -> list[Problem]:
    """What stands between two documents and belongs to neither."""
    stray = content[start : min(end, start + 256)].strip()
    if not stray:
        return []
    shown = stray[:60].decode("ascii", "backslashreplace")
    return [Problem(ProblemKind.UNPLACED, f"text between documents: {shown!r}", place=f"byte {start}", outcome="left")]


def _document(content: bytes, span: DocumentSpan, ordinal: int, *, rewrapped: bool) -> tuple[Document, list[Problem]]:
    head = _head(content[span.start + len(_OPENING) : span.text.start])
    wrapper, text = _unwrapper(content, span.text)
    body = content[text]
    document = Document(
        type=head.get("TYPE", ""),
        sequence=count(head.get("SEQUENCE", "")),
        filename=head.get("FILENAME", ""),
        description=head.get("DESCRIPTION", ""),
        content=unwrapped(body) if rewrapped else body,
        wrapper=wrapper,
        offset=span.start,
        ordinal=ordinal,
    )
    place = f"document {ordinal} ({document.filename})" if document.filename else f"document {ordinal}"
    problems = [*([span.problem] if span.problem else []), *_head_problems(head)]
    return document, [replace(problem, place=place) for problem in problems]


def _head(content: bytes) -> dict[str, str]:
    """The document's tags and their values; a description may go on over several lines (0000897069-95-000020)."""
    text = text_of(content.removesuffix(_TEXT)).replace("\r\n", "\n").replace("\r", "\n")
    # A value goes on to the next tag, not to the end of its line.
    tags = list(_HEAD_TAG.finditer(text))
    ends = [*(tag.start() for tag in tags[1:]), len(text)]
    found: dict[str, str] = {}
    for tag, end in zip(tags, ends, strict=False):
        found.setdefault(tag[1] or tag[2], " ".join(text[tag.end() : end].split()))
    return found


def _head_problems(head: dict[str, str]) -> Iterator[Problem]:
    for name in head.keys() - _HEAD_NAMES:
        yield Problem(ProblemKind.UNPLACED, f"{name}: {head[name]}", outcome="left")
    if head.get("SEQUENCE") and count(head["SEQUENCE"]) is None:
        yield Problem(ProblemKind.BAD_VALUE, f"SEQUENCE: {head['SEQUENCE']}", outcome="left")


def _unwrapper(content: bytes, text: slice) -> tuple[str, slice]:
    """The wrapper around the text, and what it holds; without a wrapper, the text without the ends of its tags' lines.

    What a wrapper holds begins with its first character: an XML declaration may not stand anywhere else.
    """
    wrapper = _WRAPPER.match(content, text.start, text.stop)
    if wrapper is None:
        line_end = _REST_OF_LINE.match(content, text.start, text.stop)
        return "", slice(line_end.end() if line_end else text.start, text.stop)
    closing = content.rfind(b"</%s>" % wrapper[1], wrapper.end(), text.stop)
    return wrapper[1].decode(), slice(wrapper.end(), closing if closing >= 0 else text.stop)
