"""The real filings beside the checkout are read as their index says."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from indexer.envelope.submission import parse_submission
from indexer.errors import ProblemKind
from indexer.filings import Submission

HEADER_ONLY = {
    "13F-HR/0001172661-23-003414.txt",
    "40-APP/0001193125-24-003453.txt",
    "424B5/0000928385-00-003420.txt",
}
"""Copies of which the documents were cut off."""

COUNTED_ROLES = {"filer", "subject-company", "filed-by", "reporting-owner", "issuer"}
"""The roles that the index counts."""

CORRECTED = {("8-K/0000109446-94-000005.txt", "state"): "PA"}
"""Checked values that are not what the header says: here both addresses are in Erie, PA, and none is in WI."""


@cache
def read(path: Path) -> Submission:
    return parse_submission(path.read_bytes(), name=str(path))


def rows(shared: Path) -> Iterator[tuple[dict[str, str], Submission]]:
    with (shared / "filings" / "index.tsv").open() as index:
        for row in csv.DictReader(index, delimiter="\t"):
            yield row, read(shared / "filings" / row["path"])


def test_every_filing_is_as_its_index_says(shared: Path) -> None:
    wrong = [row["path"] for row, submission in rows(shared) if described(submission, row) != said(row)]
    assert wrong == []


def test_every_filing_is_read(shared: Path) -> None:
    assert sum(1 for _ in rows(shared)) == 631


def said(row: dict[str, str]) -> tuple[str, ...]:
    # A submission without a header says nothing of its date: the index took it from the path.
    named = row if row["header_dialect"] != "headerless" else {**row, "filed": ""}
    return (*(named[name] for name in ("accession", "form", "filed")), row["documents"], row["document_types"])


def described(submission: Submission, row: dict[str, str]) -> tuple[str, ...]:
    header, documents = submission.header, submission.documents
    types = ",".join(dict.fromkeys(document.type for document in documents))
    filed = header.filed.strftime("%Y%m%d") if header.filed else ""
    return header.accession_number, header.form, filed, str(len(documents)), types


def test_every_dialect_is_recognised(shared: Path) -> None:
    wrong = [row["path"] for row, submission in rows(shared) if submission.dialect != row["header_dialect"]]
    assert wrong == []


def test_parties_are_counted_as_in_the_index(shared: Path) -> None:
    wrong = [row["path"] for row, submission in rows(shared) if row["parties"] and roles(submission) != counted(row)]
    assert wrong == []


def roles(submission: Submission) -> dict[str, int]:
    names = [party.role.value for party in submission.header.parties]
    return {name: names.count(name) for name in names if name in COUNTED_ROLES}


def counted(row: dict[str, str]) -> dict[str, int]:
    counts = (part.partition(":") for part in row["parties"].split(","))
    return {"subject-company" if name == "subject" else name: int(count) for name, _, count in counts}


def test_problems_are_those_that_are_known(shared: Path) -> None:
    found = {
        (row["path"], problem.kind)
        for row, submission in rows(shared)
        for problem in submission.problems
        if problem.kind is not ProblemKind.NO_HEADER
    }
    assert found == {(path, ProblemKind.NO_DOCUMENTS) for path in HEADER_ONLY}


def test_a_header_is_missing_where_the_index_says_so(shared: Path) -> None:
    without = {
        row["path"]
        for row, submission in rows(shared)
        if any(problem.kind is ProblemKind.NO_HEADER for problem in submission.problems)
    }
    assert without == {row["path"] for row, _ in rows(shared) if row["header_dialect"] == "headerless"}


def truths(shared: Path) -> list[dict[str, str]]:
    with (shared / "truth" / "headers.csv").open() as table:
        rows = list(csv.DictReader(table))
    return [{name: CORRECTED.get((row["path"], name), value) for name, value in row.items()} for row in rows]


def test_headers_are_as_checked_elsewhere(shared: Path) -> None:
    expected = truths(shared)
    found = [header_row(row["path"], read(shared / "filings" / row["path"])) for row in expected]
    assert len(expected) == 39
    assert found == expected


def header_row(path: str, submission: Submission) -> dict[str, str]:
    header = submission.header
    party = header.parties[0]
    return {
        "path": path,
        "accession": header.accession_number,
        "cik": str(int(party.cik)),
        "company": party.name,
        "form": header.form,
        "filed": header.filed.isoformat() if header.filed else "",
        "period": header.period.isoformat() if header.period else "",
        "sic": party.sic,
        "state_of_incorporation": party.state_of_incorporation,
        "state": party.business_address.state if party.business_address else "",
        "fiscal_year_end": party.fiscal_year_end,
    }


def test_every_header_line_of_the_seed_is_kept(shared: Path) -> None:
    path = next((shared / "seed").iterdir())
    submission = read(path)
    lines = [line.strip() for line in submission.header_text.splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith("</")]
    assert len(submission.header.fields) == len(kept)
    for field, line in zip(submission.header.fields, kept, strict=True):
        assert line.endswith(field.value)


def test_every_header_line_of_every_filing_is_kept(shared: Path) -> None:
    wrong = [row["path"] for row, submission in rows(shared) if not is_kept(submission)]
    assert wrong == []


def is_kept(submission: Submission) -> bool:
    """Whether each line of the header is a field, in order; `[6331` may be closed on the next line."""
    # Two tags share a line in 0000912057-95-001765.
    header = submission.header_text.replace("<IMS-HEADER>", "\n<IMS-HEADER>")
    begin = re.search(r"^[ \t]*<", header, re.MULTILINE)
    lines = [line.strip() for line in header[begin.start() if begin else 0 :].splitlines()]
    kept = [line for line in lines if line and not line.startswith("</")]
    values = [field.value.removesuffix("]") for field in submission.header.fields]
    return len(kept) == len(values) and all(
        line.removesuffix("]").endswith(value) for line, value in zip(kept, values, strict=True)
    )
