import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.submission import SNIFFED_BYTES, accession_number_of_file, is_submission, parse_submission
from indexer.errors import ProblemKind
from indexer.limits import DEFAULT_LIMITS

FOLDER = Path(__file__).resolve().parents[2] / "data" / "envelope"
INPUTS = [path.read_bytes() for path in sorted(FOLDER.glob("*/input.txt"))]
WITH_ENVELOPE = [content for content in INPUTS if re.search(rb"<(SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>", content)]
"""Of the others nobody can tell whether a document is missing behind the last."""
DOCUMENT = b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nwords\n</TEXT>\n</DOCUMENT>\n"

morsels = st.sampled_from(
    [b"<DOCUMENT>", b"</DOCUMENT>", b"<TEXT>", b"</TEXT>", b"<TYPE>", b"\n", b"\r", b"<FILER>", b"FILER:", b"]", b"[",
     b"<SEC-DOCUMENT>", b"<SUBMISSION>", b"</SUBMISSION>", b"\0", b"\xff", b"<", b">", b":", b"CITY:", b"<CIK>x"]
)  # fmt: skip


@given(st.binary(max_size=500))
def test_no_bytes_raise(content: bytes) -> None:
    parse_submission(content, name="any")


@given(st.lists(morsels | st.binary(max_size=8), max_size=60))
def test_no_tags_in_disorder_raise(pieces: list[bytes]) -> None:
    parse_submission(b"<SEC-DOCUMENT>" + b"".join(pieces), name="any")
    parse_submission(b"".join(pieces))


@given(
    st.sampled_from(INPUTS),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), morsels | st.binary(max_size=8)), max_size=6),
)
def test_no_damaged_submission_raises(content: bytes, wounds: list[tuple[float, float, bytes]]) -> None:
    for place, length, morsel in wounds:
        start = int(place * len(content))
        content = content[:start] + morsel + content[start + int(length * len(content)) :]
    submission = parse_submission(content, name="damaged")
    assert submission.documents or submission.problems


@given(st.sampled_from(WITH_ENVELOPE), st.floats(0, 1))
def test_a_cut_submission_says_so(content: bytes, place: float) -> None:
    cut = content[: int(place * len(content))]
    whole, submission = parse_submission(content), parse_submission(cut)
    if submission.documents != whole.documents:
        assert submission.problems


@pytest.mark.parametrize(
    ("name", "accession"),
    [
        ("0009990001-95-000096.txt", "0009990001-95-000096"),
        ("1995/10-K/0009990001-95-000096.nc.gz", "0009990001-95-000096"),
        ("feed.tar.gz > a/0009990001-95-000096.corr01", "0009990001-95-000096"),
        ("000999000195000096.txt", "0009990001-95-000096"),
        ("0009990001-95-000096/10-K.txt", ""),
        ("0009990001-95-000096-2.txt", ""),
        ("", ""),
    ],
)
def test_a_file_called_by_its_accession_number_gives_it(name: str, accession: str) -> None:
    assert accession_number_of_file(name) == accession
    assert parse_submission(DOCUMENT, name=name).header.accession_number == accession


def test_a_header_is_believed_before_the_name() -> None:
    content = b"<SUBMISSION>\n<ACCESSION-NUMBER>0009990001-17-000001\n" + DOCUMENT + b"</SUBMISSION>\n"
    submission = parse_submission(content, name="0009990002-17-000002.nc")
    assert submission.header.accession_number == "0009990001-17-000001"


def test_an_accession_number_missing_from_the_fields_is_taken_from_the_first_line() -> None:
    submission = parse_submission(b"<SEC-DOCUMENT>0009990001-17-000001.txt : 20170308\n" + DOCUMENT)
    assert submission.header.accession_number == "0009990001-17-000001"


def test_every_problem_has_its_source_in_printable_form() -> None:
    submission = parse_submission(DOCUMENT, name="a\x1b[2J\udcff.txt")
    assert {problem.source for problem in submission.problems} == {"a\\x1b[2J\\udcff.txt"}


def test_what_precedes_a_submission_may_be_blank() -> None:
    for before in (b"", b"\xef\xbb\xbf", b"\n\n \t\r\n", b"\0\0"):
        assert is_submission(before + DOCUMENT)
        assert parse_submission(before + DOCUMENT).documents[0].content == b"words\n"


@pytest.mark.parametrize(
    "content", [b"<html>", b"words <DOCUMENT>\n<TYPE>", b"", b"<DOCUMENTS>", b"PK\x03\x04", b"\0" * 99]
)
def test_what_is_no_submission_is_told_by_its_beginning(content: bytes) -> None:
    assert not is_submission(content)
    problems = parse_submission(content).problems
    assert [problem.kind for problem in problems] == [ProblemKind.NOT_A_SUBMISSION]


def test_a_header_past_the_limit_is_cut() -> None:
    content = b"<SUBMISSION>\n<TYPE>8-K\n" + b"<ITEMS>8.01\n" * 100 + DOCUMENT + b"</SUBMISSION>\n"
    submission = parse_submission(content, limits=replace(DEFAULT_LIMITS, header_bytes=200))
    assert submission.header.form == "8-K"
    assert 0 < len(submission.header.items) < 100
    assert len(submission.documents) == 1
    assert ProblemKind.OVER_LIMIT in {problem.kind for problem in submission.problems}


def test_lines_are_counted_from_the_beginning_of_the_file() -> None:
    content = (FOLDER / "pem-ims-header" / "input.txt").read_bytes()
    at = content.index(b"SROS:")
    submission = parse_submission(content[:at] + b"MOON:\tFULL\n" + content[at:])
    line = content[:at].count(b"\n") + 1
    assert [problem.place for problem in submission.problems] == [f"line {line}"]


@pytest.mark.parametrize("closing", ["</SEC-DOCUMENT>\n", ""])
def test_the_last_line_of_mail_around_a_header_alone_is_no_field(closing: str) -> None:
    content = (
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
        "<SEC-DOCUMENT>0009990001-95-000001.txt : 19950103\n<SEC-HEADER>0009990001-95-000001.hdr.sgml : 19950103\n"
        "ACCESSION NUMBER:\t\t0009990001-95-000001\nCONFORMED SUBMISSION TYPE:\t10-K\n</SEC-HEADER>\n"
        f"{closing}-----END PRIVACY-ENHANCED MESSAGE-----\n"
    )
    submission = parse_submission(content.encode())
    assert ProblemKind.UNPLACED not in [problem.kind for problem in submission.problems]
    assert submission.header.accession_number == "0009990001-95-000001"
    assert submission.header_text.endswith("-----END PRIVACY-ENHANCED MESSAGE-----\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_submission_in_utf16_is_read(encoding: str) -> None:
    content = (
        "<SEC-HEADER>\nACCESSION NUMBER:\t0009990001-24-000001\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nŁódź\n"
    )
    encoded = content.encode(encoding)
    assert is_submission(encoded[:SNIFFED_BYTES])
    submission = parse_submission(encoded)
    assert submission.header.accession_number == "0009990001-24-000001"
    assert submission.documents[0].content.decode().strip() == "Łódź"
    assert submission.problems[0].kind is ProblemKind.CHARACTERS
