"""What pooling and measuring share: the documents of an index as the peers get them, questions, and grades."""

import csv
from pathlib import Path

from engines import Entry

from indexer.analysis.tokenizer import words
from search.ask import Index
from search.query.nodes import Everything
from search.results import Question

HERE = Path(__file__).resolve().parent


def entries(index: Path) -> list[Entry]:
    """Return every document of an index with its words, as its text store has them."""
    with Index(index) as opened:
        found = opened.engine.search(Question(Everything(), limit=None, documents=1_000_000))
        return [
            Entry(
                hit.accession,
                _joined(f"{document.type} {document.description}"),
                _joined(opened.text(document.id)),
            )
            for hit in found.hits
            for document in hit.documents
        ]


def _joined(text: str) -> str:
    return b" ".join(words(text)).decode()


def questions() -> dict[str, str]:
    """Return what is asked, by the question's name."""
    return {row["id"]: row["question"] for row in _rows(HERE / "questions.tsv")}


def grades() -> dict[str, dict[str, int]]:
    """Return how well filings answer: by question and accession number, 0 (no), 1 (in part) or 2 (yes)."""
    found: dict[str, dict[str, int]] = {}
    for row in _rows(HERE / "grades.tsv"):
        found.setdefault(row["question"], {})[row["accession"]] = int(row["grade"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
