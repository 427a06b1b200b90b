"""What the engines are given and asked: documents, one to a line of a file, and questions by class."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple


class Question(NamedTuple):
    """What is asked: a class of query, its words, and for the class `filter` a form and two dates."""

    kind: str
    words: list[str]
    form: str = ""
    low: int = 0
    high: int = 0


class Entry(NamedTuple):
    """A document, as `corpus.texts` makes it and `write_texts` writes it, one to a line."""

    submission: int
    ordinal: int
    form: str
    filed: int
    words: str

    @property
    def id(self) -> str:
        return f"{self.submission}:{self.ordinal}"


Ask = Callable[[Question], int]
"""Answers a question; the number of documents that match, or of values counted."""


def read(texts: Path) -> Iterator[Entry]:
    """The documents of a file of texts."""
    with texts.open() as lines:
        for line in lines:
            yield Entry(*json.loads(line))
