"""Every dialect and oddity has a folder with a submission and what it should be read as."""

import json
from dataclasses import asdict
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from indexer.envelope.submission import parse_submission
from indexer.filings import Document, Submission

FOLDER = Path(__file__).resolve().parents[2] / "data" / "envelope"
CASES = sorted(path.name for path in FOLDER.iterdir())

DIALECTS = {
    "tab header": "tab-header",
    "IMS header": "ims-header",
    "PEM wrapper": "pem-ims-header",
    "tag header served as .txt": "tag-header-in-sec-header",
    ".nc": "nc",
    ".nc on one line": "nc-one-line",
    ".nc with carriage returns only": "nc-cr-only",
    "mixed, labels shallower": "mixed-labels-shallower",
    "mixed, labels deeper, closing tags between them": "pem-sec-header-labels-deeper",
    "mixed, raw tags among labels": "raw-tags-among-labels",
    "indented by blanks": "indented",
    "bare documents": "headerless",
    "double newlines": "double-newlines",
    "carriage returns only": "cr-only",
    "carriage return and line feed": "crlf",
    "truncated": "truncated-in-document",
    "control block of the dissemination stream": "control-block",
    "saved error page": "error-page-html",
    "saved archive error": "error-page-xml",
    "1,023-column lines": "wrapped-lines",
}


@pytest.mark.parametrize("case", CASES)
def test_case_is_read_as_expected(case: str) -> None:
    content = (FOLDER / case / "input.txt").read_bytes()
    expected = json.loads((FOLDER / case / "expected.json").read_text())
    assert shown(parse_submission(content, name=f"{case}.txt")) == expected


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_has_a_case(dialect: str) -> None:
    assert DIALECTS[dialect] in CASES


def test_every_name_of_a_dialect_has_a_case() -> None:
    said = {json.loads((FOLDER / case / "expected.json").read_text()).get("dialect", "") for case in CASES}
    assert said == {"SEC-HEADER", "PEM+SEC-HEADER", "IMS-HEADER", "PEM+IMS-HEADER", "nc", "headerless", ""}


def shown(submission: Submission) -> dict[str, Any]:
    """A submission as JSON, without what is empty."""
    header = asdict(submission.header)
    fields = header.pop("fields")
    return without_empty(
        {
            "dialect": submission.dialect,
            "header": header,
            "fields": [": ".join(field) for field in fields],
            "documents": [shown_document(document) for document in submission.documents],
            "problems": [f"{problem.kind}: {problem}" for problem in submission.problems],
        }
    )


def shown_document(document: Document) -> dict[str, Any]:
    return {**asdict(document), "content": document.content.decode("utf-8")}


def without_empty(value: Any) -> Any:
    match value:
        case dict():
            return {key: without_empty(each) for key, each in value.items() if each not in ("", None, (), [])}
        case list() | tuple():
            return [without_empty(each) for each in value]
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return value
