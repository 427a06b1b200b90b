"""What it costs that the best documents also score for where their words stand, beside the same by score alone.

    python bench/rescoring.py [--documents 100000] [--out FILE.md]

Builds an index of made-up texts and asks each question of the classes with several words twice by score alone, then
twice with `proximity`: what the second two take more, the first time and again, are the rows; medians, milliseconds.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measuring import machine
from ours import Ours
from queries import questions, write_texts

from search.query import nodes as q
from search.results import Question
from search.searchers.local import LocalSearcher

KINDS = {"and": q.And, "or": q.Or, "phrase": q.Phrase, "inflected": q.And}


def tree(kind: str, words: Sequence[str]) -> q.Query:
    """Return the query of a class; the words of the last stand for their inflections."""
    return KINDS[kind](tuple(q.Term(word, exact=kind != "inflected") for word in words))


def milliseconds(searcher: LocalSearcher, query: q.Query, *, proximity: bool) -> float:
    """Return how long the first ten filings take."""
    began = time.perf_counter()
    searcher.search(Question(query, 10, documents=1, proximity=proximity))
    return (time.perf_counter() - began) * 1000


def row(searcher: LocalSearcher, kind: str) -> str:
    """Measure a class, each question with a tree of its own, and return its line of the table."""
    times = []
    for asked in questions():
        if asked.kind == ("and" if kind == "inflected" else kind):
            query = tree(kind, asked.words)
            times.append([milliseconds(searcher, query, proximity=near) for near in (False, False, True, True)])
    first, alone, near, again = (statistics.median(column) for column in zip(*times, strict=True))
    more = statistics.median(each[2] - each[1] for each in times), statistics.median(e[3] - e[1] for e in times)
    return f"| {kind} | {first:.2f} | {alone:.2f} | {near:.2f} | {again:.2f} | {more[0]:+.2f} | {more[1]:+.2f} |"


def main() -> None:
    """Measure, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_texts(folder / "texts.jsonl", options.documents, median=1000)
        Ours().build(folder / "texts.jsonl", folder / "index", 1)
        searcher = LocalSearcher.open(folder / "index")
        rows = [row(searcher, kind) for kind in KINDS]
    head = ["class", "by score, first", "again", "with places, first", "again", "more, first", "more, again"]
    lines = ["```json", json.dumps(machine(), indent=1), "```", "", f"{options.documents:,} texts, ms.", ""]
    page = "\n".join([*lines, f"| {' | '.join(head)} |", "|---" * len(head) + "|", *rows])
    print(page)
    if options.out:
        options.out.write_text(page + "\n")


if __name__ == "__main__":
    main()
