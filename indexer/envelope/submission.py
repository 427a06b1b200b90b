"""From the bytes of a submission file to a `Submission`, whatever dialect it is written in and whatever it lacks.

Here the file is cut into header and documents; `header` and `documents` read them. Nothing here touches a file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.edgar.accession import accession_number
from indexer.envelope.documents import first_document, parse_documents
from indexer.envelope.header import parse_header
from indexer.envelope.recoding import in_utf8, utf16
from indexer.envelope.values import text_of
from indexer.errors import Problem, ProblemKind
from indexer.filings import Gap, Header, Submission
from indexer.limits import DEFAULT_LIMITS, Limits
from indexer.printing import printable

SNIFFED_BYTES = 8192
"""How much of a file's beginning tells whether it is a submission."""

_BLANKS = re.compile(rb"(?:\xef\xbb\xbf|[\s\0])*+")
_PEM_BLOCK = re.compile(rb"-----BEGIN PRIVACY-ENHANCED MESSAGE-----[^<]*")
_CONTROL_BLOCK = re.compile(rb"\d{10}-\d\d-\d{6}.{236,246}?(?=<SUBMISSION>)", re.DOTALL)
"""Of the dissemination stream, 266 bytes long; in one place of its specification 256."""
_DIALECTS = (
    (re.compile(rb"<SEC-(?:DOCUMENT|HEADER)>|<ACC(?:EPTANCE-DATETIME|ESSION-NUMBER)>|ACCESSION NUMBER:"), "SEC-HEADER"),
    (re.compile(rb"<IMS-(?:DOCUMENT|HEADER)>"), "IMS-HEADER"),
    (re.compile(rb"<SUBMISSION>"), "nc"),
    (re.compile(rb"<DOCUMENT>\s*<"), "headerless"),
)
"""How a submission begins; some copies have lost the lines around the header, so that its first field comes first."""
_ENVELOPES = (b"SEC-DOCUMENT", b"IMS-DOCUMENT", b"SUBMISSION")
_AFTERWARDS = re.compile(rb"(?:[\s\0\x1a]++|</[A-Z-]+>|-----END [A-Z -]+-----)*+")
_PEM_END = re.compile(rb"-----END [A-Z]++(?:[ -][A-Z]++)*+-----\s*+\Z")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_ERROR_PAGES = (
    (b"Undeclared Automated Tool", "the SEC's answer to an undeclared automated tool, saved in place of a submission"),
    (b"Request Rate Threshold Exceeded", "the SEC's answer to too many requests, saved in place of a submission"),
    (b"<Code>NoSuchKey</Code>", "the archive's answer NoSuchKey, saved in place of a submission"),
    (b"<Code>AccessDenied</Code>", "the archive's answer AccessDenied, saved in place of a submission"),
)


class _Preamble(NamedTuple):
    """What stands before the header."""

    dialect: str
    """Of `Submission.dialect`; empty when no submission follows."""
    end: int


def is_submission(content: bytes) -> bool:
    """Tell whether a file's bytes (the first `SNIFFED_BYTES` suffice) begin as a submission does, in any dialect.

    >>> is_submission(b"\\n<SEC-DOCUMENT>0009990001-17-000001.txt : 20170308"), is_submission(b"<html>")
    (True, False)
    """
    beginning = content[:SNIFFED_BYTES]
    encoding = utf16(beginning)
    return bool(_preamble(in_utf8(beginning, encoding) if encoding else beginning).dialect)


def parse_submission(
    content: bytes, *, name: str = "", gaps: Sequence[Gap] = (), limits: Limits = DEFAULT_LIMITS
) -> Submission:
    """Read a submission from its bytes. Never raises; whatever is wrong with it is in `Submission.problems`.

    `name` is where it came from, a path or `archive > member`. It gives each problem its source, and a submission
    without a header its accession number when the file is called by it. `gaps` are bytes of pictures that were not
    kept: places are those in the file.
    """
    source = printable(name)
    if encoding := utf16(content):
        submission = parse_submission(in_utf8(content, encoding), name=name, limits=limits)
        problem = Problem(ProblemKind.CHARACTERS, f"the file is in {encoding}", source=source, outcome="read as such")
        return replace(submission, problems=(problem, *submission.problems))
    preamble = _preamble(content)
    if not preamble.dialect:
        return Submission(Header(), (), (not_a_submission(content, source=source),))
    submission = _parse(content, preamble, limits)
    if not submission.header.fields:
        submission = _without_header(submission, accession_number_of_file(name))
    problems = tuple(replace(_moved(problem, gaps), source=source) for problem in submission.problems)
    documents = submission.documents
    if gaps:
        documents = tuple(replace(each, offset=_in_file(each.offset, gaps)) for each in documents)
    return replace(submission, documents=documents, problems=problems)


def _in_file(offset: int, gaps: Sequence[Gap]) -> int:
    """Where something stands in a file, of which those bytes were not kept."""
    return offset + sum(gap.size for gap in gaps if gap.at <= offset)


def _moved(problem: Problem, gaps: Sequence[Gap]) -> Problem:
    before, byte, offset = problem.place.partition("byte ")
    return replace(problem, place=f"byte {_in_file(int(offset), gaps)}") if gaps and byte and not before else problem


def _without_header(submission: Submission, accession: str) -> Submission:
    """The main document's type is the form: what is known of the submission, so that it is found among its like."""
    form = submission.documents[0].type if submission.documents else ""
    outcome = f"the form taken from the main document, {form}" if form else "read without one"
    problem = Problem(ProblemKind.NO_HEADER, "documents without a header", outcome=outcome)
    header = Header(accession_number=accession, form=form)
    return replace(submission, header=header, problems=(problem, *submission.problems))


def not_a_submission(content: bytes, *, source: str) -> Problem:
    """Say why a file is skipped that does not begin as a submission does."""
    beginning = content[:SNIFFED_BYTES]
    said = next((said for mark, said in _ERROR_PAGES if mark in beginning), "no EDGAR submission in it")
    if not beginning.strip(b"\0 \t\r\n"):
        said = "nothing in it"
    return Problem(ProblemKind.NOT_A_SUBMISSION, said, source=source, outcome="skipped")


def accession_number_of_file(name: str) -> str:
    """Return the accession number that a file is called by, or nothing.

    >>> accession_number_of_file("1995/0009990001-95-000096.txt"), accession_number_of_file("10-K.txt")
    ('0009990001-95-000096', '')
    """
    file_name = re.split(r"[/\\]|> ", name)[-1]
    return accession_number(file_name.partition(".")[0]) or ""


def _preamble(content: bytes) -> _Preamble:
    content = content[:SNIFFED_BYTES]
    at = _end_of(_BLANKS, content, 0)
    after_pem = _end_of(_PEM_BLOCK, content, at)
    start = _end_of(_CONTROL_BLOCK, content, after_pem)
    dialect = next((dialect for opening, dialect in _DIALECTS if opening.match(content, start)), "")
    if dialect and dialect != "headerless" and after_pem > at:
        dialect = f"PEM+{dialect}"
    return _Preamble(dialect, start)


def _end_of(pattern: re.Pattern[bytes], content: bytes, at: int) -> int:
    match = pattern.match(content, at)
    return match.end() if match else at


def _parse(content: bytes, preamble: _Preamble, limits: Limits) -> Submission:
    first = first_document(content)
    header_end = first if first >= 0 else _end_of_header(content)
    problems: list[Problem] = []
    if header_end > limits.header_bytes:
        problems.append(_header_over_limit(header_end, limits))
        header_end = limits.header_bytes
    header, header_problems = parse_header(_header_lines(content[:header_end], preamble.end), limits=limits)
    problems += header_problems
    header_text = text_of(content[: header_end if first >= 0 else limits.header_bytes])
    if first < 0:
        problems += [Problem(ProblemKind.NO_DOCUMENTS, "a header without documents"), *_unended(content, preamble.end)]
        return Submission(header, (), tuple(problems), preamble.dialect, header_text)
    parsed = parse_documents(content, first, rewrapped=preamble.dialect != "nc", limits=limits)
    problems += [*parsed.problems, *_stray(content, parsed.end)]
    if not any(problem.kind is ProblemKind.TRUNCATED for problem in problems):
        problems += _unended(content, preamble.end, parsed.end)
    return Submission(header, parsed.documents, tuple(problems), preamble.dialect, header_text)


def _end_of_header(content: bytes) -> int:
    """Where a header without documents ends: before the last line of privacy-enhanced mail, or with the file."""
    ended = _PEM_END.search(content, max(0, len(content) - 256))
    return ended.start() if ended else len(content)


def _header_over_limit(size: int, limits: Limits) -> Problem:
    message = f"a header of {size:,} bytes, more than the {limits.header_bytes:,} allowed"
    return Problem(ProblemKind.OVER_LIMIT, message, outcome="the rest of the header left out")


def _header_lines(head: bytes, preamble_end: int) -> str:
    """The header without what stands before it, but with as many lines."""
    return "\n" * len(_LINE_END.findall(head, 0, preamble_end)) + text_of(head[preamble_end:])


def _stray(content: bytes, end: int) -> Iterator[Problem]:
    """What stands behind the last document and is no closing tag: a second submission, or less."""
    at = _end_of(_AFTERWARDS, content, end)
    if at < len(content):
        shown = content[at : at + 60].decode("ascii", "backslashreplace")
        message = f"text behind the last document: {shown!r}"
        yield Problem(ProblemKind.UNPLACED, message, place=f"byte {at}", outcome="left out")


def _unended(content: bytes, start: int, end: int = 0) -> Iterator[Problem]:
    """A submission whose opening tag has no closing one behind its documents."""
    for name in _ENVELOPES:
        if content.startswith(b"<%s>" % name, start) and content.find(b"</%s>" % name, end) < 0:
            message = f"the submission ends without </{name.decode()}>"
            yield Problem(ProblemKind.TRUNCATED, message, outcome="read as far as it goes")
