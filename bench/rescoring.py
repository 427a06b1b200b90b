"""What it costs that the best documents also score for where their words stand, beside the same by score alone.

    python bench/rescoring.py [--documents 100000] [--index FOLDER] [--out FILE.md]

Builds an index of made-up texts and asks each question of the classes with several words twice by score alone, then,
of the index opened anew, twice with `proximity`: what that takes more the first time and again; medians, milliseconds.
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

ROUNDS = 3
TIME = "milliseconds of the processor's time"
KINDS = {"and": q.And, "or": q.Or, "phrase": q.Phrase, "inflected": q.And}


def tree(kind: str, words: Sequence[str]) -> q.Query:
    """Return the query of a class; the words of the last stand for their inflections."""
    return KINDS[kind](tuple(q.Term(word, exact=kind != "inflected") for word in words))


def milliseconds(searcher: LocalSearcher, query: q.Query, *, proximity: bool) -> float:
    """Return how much of the processor's time the first ten filings take."""
    began = time.thread_time()
    searcher.search(Question(query, 10, documents=1, proximity=proximity))
    return (time.thread_time() - began) * 1000


def built(folder: Path, documents: int) -> Path:
    """Build an index of so many made-up texts."""
    write_texts(folder / "texts.jsonl", documents, median=1000)
    Ours().build(folder / "texts.jsonl", folder / "index", 1)
    return folder / "index"


def times(index: Path, kind: str, *, proximity: bool) -> list[list[float]]:
    """Ask the questions of a class of an index that was just opened, each twice."""
    searcher = LocalSearcher.open(index)
    trees = [tree(kind, each.words) for each in questions() if each.kind == ("and" if kind == "inflected" else kind)]
    found = [[milliseconds(searcher, query, proximity=proximity) for _ in range(2)] for query in trees]
    searcher.close()
    return found


def both(index: Path, kind: str) -> list[list[float]]:
    """Return for each question of a class: by score the first time, again, with places the first time, again."""
    alone, near = (times(index, kind, proximity=each) for each in (False, True))
    return [[*one, *other] for one, other in zip(alone, near, strict=True)]


def row(kind: str, rounds: Sequence[list[list[float]]]) -> str:
    """Return the line of a class: of each question what took least in any round."""
    least = [[min(same) for same in zip(*each, strict=True)] for each in zip(*rounds, strict=True)]
    columns = [statistics.median(column) for column in zip(*least, strict=True)]
    more = [statistics.median(each[at + 2] - each[at] for each in least) for at in (0, 1)]
    return f"| {kind} | {' | '.join(f'{each:.2f}' for each in columns)} | {more[0]:+.2f} | {more[1]:+.2f} |"


def main() -> None:
    """Measure, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--index", type=Path, help="of so many texts, as `asking.py` leaves one; else one is built")
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        index = options.index or built(Path(made), options.documents)
        rounds = [{kind: both(index, kind) for kind in KINDS} for _ in range(ROUNDS)]
        rows = [row(kind, [each[kind] for each in rounds]) for kind in KINDS]
    head = ["class", "by score, first", "again", "with places, first", "again", "more, first", "more, again"]
    lines = ["```json", json.dumps(machine(), indent=1), "```", "", f"{options.documents:,} texts, {TIME}.", ""]
    page = "\n".join([*lines, f"| {' | '.join(head)} |", "|---" * len(head) + "|", *rows])
    print(page)
    if options.out:
        options.out.write_text(page + "\n")


if __name__ == "__main__":
    main()
