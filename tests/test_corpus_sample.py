"""The sample corpus is what its README says, holds what the tests expect, and is fiction throughout."""

import binascii
import csv
import gzip
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.corpus.walking import walk
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem
from indexer.extract.document import extract_text
from indexer.extracted import Reading
from indexer.filings import Document, Submission

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
TABLES = Path(__file__).resolve().parent / "data" / "corpus"

FORMS = {
    *("8-K", "8-K/A", "10-K", "10-K/A", "10-K405", "10-K405/A", "10-Q", "3", "4", "5", "13F-HR", "SC 13D", "SC 13G/A"),
    *("SCHEDULE 13G", "SCHEDULE 13D/A", "N-CSR", "DEF 14A", "S-1", "CORRESP", "UPLOAD", "D", "EFFECT", "NT 10-K"),
    *("6-K", "20-F", "ABS-15G", "424B5", "40-APP", "497", "F-3", "REGDEX", "13F-NT"),
}
DIALECTS = {"SEC-HEADER", "PEM+SEC-HEADER", "PEM+IMS-HEADER", "IMS-HEADER", "nc", "headerless"}
FICTIONAL_CIK = re.compile(r"0009\d{6}")
EDGARS_OWN = re.compile(r"(?:0000000000|9999999995|9999999997)-\d\d-9\d{5}")


class Expected(NamedTuple):
    """A row of submissions.tsv; what is several is separated by commas."""

    source: str
    dialect: str
    """Or, in parentheses, the kind of problem for which it is skipped."""
    accession: str
    form: str
    filed: str
    documents: str
    items: str
    parties: str
    problems: str


class Phrase(NamedTuple):
    """A row of phrases.tsv: words that a document's text holds, or must not."""

    accession: str
    document: str
    """Its file name, or its place from 1 where it has none."""
    says: str
    phrase: str


def rows(name: str) -> list[list[str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


EXPECTED = [Expected(*row) for row in rows("submissions.tsv")]
PHRASES = [Phrase(*row) for row in rows("phrases.tsv")]


def relative(source: str) -> str:
    return source.removeprefix(f"{CORPUS}/")


@pytest.fixture(scope="module")
def found() -> dict[str, Submission | Problem]:
    """All that `walk` finds in the corpus, by source."""
    everything = list(walk([CORPUS]))
    return {
        relative(each.source): each if isinstance(each, Problem) else parse_submission(each.content, name=each.source)
        for each in everything
    }


@pytest.fixture(scope="module")
def submissions(found: dict[str, Submission | Problem]) -> dict[str, Submission]:
    """The submissions, by accession number; of the one that is there twice, the later in the order of names."""
    read = (each for each in found.values() if isinstance(each, Submission))
    return {submission.header.accession_number: submission for submission in read}


def as_row(source: str, each: Submission | Problem) -> Expected:
    if isinstance(each, Problem):
        return Expected(source, f"({each.kind.value})", *[""] * 7)
    header = each.header
    parties = Counter(party.role.value for party in header.parties)
    return Expected(
        source,
        each.dialect,
        header.accession_number,
        header.form,
        str(header.filed or ""),
        ",".join(document.type for document in each.documents),
        ",".join(item.code for item in header.items),
        ",".join(f"{role}:{count}" for role, count in parties.items()),
        ",".join(sorted({problem.kind.value for problem in each.problems})),
    )


def test_readme_lists_every_file_and_no_other() -> None:
    listed = re.findall(r"^\| `([^`]+)`", (CORPUS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    files = [str(path.relative_to(CORPUS)) for path in CORPUS.rglob("*") if path.is_file()]
    assert sorted([*listed, "README.md"]) == sorted(files)


def test_the_walk_finds_what_is_expected_and_nothing_else(found: dict[str, Submission | Problem]) -> None:
    assert sorted(found) == sorted(expected.source for expected in EXPECTED)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.source)
def test_is_read_as_expected(expected: Expected, found: dict[str, Submission | Problem]) -> None:
    assert as_row(expected.source, found[expected.source]) == expected


def test_holds_every_form_and_every_dialect(submissions: dict[str, Submission]) -> None:
    assert len(submissions) >= 24
    assert {submission.header.form for submission in submissions.values()} >= FORMS
    assert {submission.dialect for submission in submissions.values()} == DIALECTS


def test_every_role_has_a_party(submissions: dict[str, Submission]) -> None:
    roles = {party.role.value for submission in submissions.values() for party in submission.header.parties}
    assert roles == {
        *("filer", "subject-company", "filed-by", "filed-for", "reporting-owner", "issuer", "serial-company"),
        *("depositor", "securitizer", "underwriter", "issuing-entity"),
    }


def test_everyone_is_fictional(submissions: dict[str, Submission]) -> None:
    for submission in submissions.values():
        header = submission.header
        assert all(FICTIONAL_CIK.fullmatch(party.cik) for party in header.parties)
        assert all(party.irs_number == "" or party.irs_number.startswith("00") for party in header.parties)
        number = header.accession_number
        assert number == "" or FICTIONAL_CIK.match(number) or EDGARS_OWN.fullmatch(number)


def test_no_number_in_any_text_is_a_real_cik(found: dict[str, Submission | Problem]) -> None:
    for each in found.values():
        contents = [document.content for document in each.documents] if isinstance(each, Submission) else []
        numbers = {number for content in contents for number in re.findall(rb"\b000\d{7}\b", content)}
        assert all(number.startswith(b"0009") for number in numbers)


def test_no_file_is_large() -> None:
    sizes = {str(path.relative_to(CORPUS)): path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()}
    assert {name for name, size in sizes.items() if size > 20_000} == {"filings/wrexley-2023-10-K.txt"}
    assert max(sizes.values()) < 60_000


def test_the_same_submission_in_prose_and_in_codes(found: dict[str, Submission | Problem]) -> None:
    prose, codes = found["filings/wrexley-2009-8-K.txt"], found["feed/wrexley-2009-8-K.nc"]
    assert isinstance(prose, Submission) and isinstance(codes, Submission)
    assert [item.code for item in prose.header.items] == [item.code for item in codes.header.items]
    untitled = tuple(replace(party, sic_title="") for party in prose.header.parties)  # codes come without titles
    assert untitled == codes.header.parties
    assert [document.content for document in prose.documents] == [document.content for document in codes.documents]


def test_long_lines_are_cut_as_edgar_cuts_them() -> None:
    lines = (CORPUS / "filings/wrexley-2023-10-K.txt").read_bytes().split(b"\n")
    assert max(map(len, lines)) == 1023
    assert sum(len(line) == 1023 for line in lines) > 10


@pytest.mark.parametrize("name", ["archives/20230512.nc.tar.gz", "archives/0009012704-18-000009.txt.gz"])
def test_archives_carry_no_time(name: str) -> None:
    beginning = (CORPUS / name).read_bytes()[:8]
    assert beginning[4:] == b"\0\0\0\0"
    assert gzip.decompress((CORPUS / name).read_bytes())


def test_pdf_has_a_text_layer(submissions: dict[str, Submission]) -> None:
    letter = submissions["0000000000-23-900114"].documents[0]
    assert letter.wrapper == "PDF"
    assert b"(1.  You recorded a goodwill impairment of $24.3 million in Packaging." in uudecoded(letter.content)


def uudecoded(content: bytes) -> bytes:
    """EDGAR drops the blanks at the ends of lines; they stand for zero bits."""
    lines = content.splitlines()[1:-2]
    return b"".join(binascii.a2b_uu(line.ljust(61)) for line in lines)


def document_of(submission: Submission, name: str) -> Document:
    return next(each for each in submission.documents if name in (each.filename, str(each.ordinal)))


def text_of(submission: Submission, name: str) -> str:
    extracted = extract_text(document_of(submission, name), form=submission.header.form, filed=submission.header.filed)
    assert extracted.reading is Reading.TEXT
    return " ".join(extracted.text.split())


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase.accession}-{phrase.phrase[:24]}")
def test_text_says(phrase: Phrase, submissions: dict[str, Submission]) -> None:
    text = text_of(submissions[phrase.accession], phrase.document)
    assert (phrase.phrase in text) == (phrase.says == "yes")
