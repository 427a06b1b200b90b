"""How well this program ranks, beside its peers, on graded questions and on known items.

    python bench/relevance/measure.py INDEX [--out FOLDER]

Prints, and with `--out` writes as relevance.md: nDCG@10 on the graded questions, with bootstrap intervals, and of the
difference to each peer; mean reciprocal rank of known items, and how many find nothing; how many of the first ten
filings of control questions are there for a certification or a consent. Filings that nobody graded count as wrong.
"""

import argparse
import random
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import fmean

from common import entries, grades, questions
from engines import ENGINES, Ranked
from known import Item, known

from search.ask import Index, Wanted

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import machine

DEPTH = 10
ROUNDS = 10_000
CONTROL = (
    "internal control over financial reporting", "going concern", "significant deficiencies", "material weakness",
    "disclosure controls and procedures", "independent auditor", "fraud involving management", "power of attorney",
    "consolidated financial statements", "annual report",
)  # fmt: skip
"""Questions whose words stand in every certification and consent."""
BOILERPLATE = ("EX-31", "EX-32", "EX-23", "EX-24", "EX-27", "EX-21", "CERT")


def ndcg(ranked: Sequence[str], graded: Mapping[str, int]) -> float:
    """Return the normalised discounted cumulative gain of the first ten filings, gains 2^grade - 1.

    >>> ndcg(["a", "b"], {"a": 2, "b": 1}), round(ndcg(["b", "a"], {"a": 2, "b": 1}), 3)
    (1.0, 0.797)
    """
    ideal = sorted(graded.values(), reverse=True)
    best = _gain(ideal)
    return _gain([graded.get(accession, 0) for accession in ranked]) / best if best else 0.0


def _gain(found: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(found[:DEPTH]))


def interval(values: Sequence[float], *, seed: int = 1) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    draw = random.Random(seed)
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(ROUNDS))
    return means[ROUNDS // 40], means[-ROUNDS // 40]


def on_questions(engines: Mapping[str, Ranked]) -> list[str]:
    """Return the table of nDCG@10 by engine, with the first engine's lead over each."""
    graded = grades()
    scores = {
        name: [
            ndcg(ranked(asked, DEPTH), graded[key])
            for key, asked in questions().items()
            if any(graded.get(key, {}).values())
        ]
        for name, ranked in engines.items()
    }
    ours = next(iter(scores.values()))
    lines = [
        f"| engine | nDCG@10 on {len(ours)} questions | 95 % | this program's lead | 95 % |",
        "|---|---|---|---|---|",
    ]
    for name, values in scores.items():
        low, high = interval(values)
        lead = [a - b for a, b in zip(ours, values, strict=True)]
        first, last = interval(lead)
        said = f"| {name} | {fmean(values):.3f} | {low:.3f} to {high:.3f} |"
        lines.append(f"{said} {fmean(lead):+.3f} | {first:+.3f} to {last:+.3f} |")
    return lines


def on_known(engines: Mapping[str, Ranked], items: Sequence[Item]) -> list[str]:
    """Return the table of known items: mean reciprocal rank, and how many of each kind find nothing right."""
    lines = [
        "| engine | kind | questions | MRR@10 | nothing found | a peer has it, this one nothing |",
        "|---|---|---|---|---|---|",
    ]
    found = {(name, item): ranked(item.question, DEPTH) for name, ranked in engines.items() for item in items}
    for name in engines:
        for kind in dict.fromkeys(item.kind for item in items):
            mine = [item for item in items if item.kind == kind]
            mrr = fmean(_reciprocal(found[name, item], item) for item in mine)
            empty = [item for item in mine if not found[name, item]]
            missed = sum(any(_reciprocal(found[peer, item], item) for peer in engines) for item in empty)
            lines.append(f"| {name} | {kind} | {len(mine)} | {mrr:.3f} | {len(empty)} | {missed} |")
    return lines


def _reciprocal(ranked: Sequence[str], item: Item) -> float:
    return next((1 / rank for rank, accession in enumerate(ranked, 1) if accession in item.right), 0.0)


def certificates(index: Path) -> int:
    """Return how many of the first ten filings of the control questions are shown for boilerplate first."""
    with Index(index) as opened:
        shown = [
            hit.documents[0].type
            for asked in CONTROL
            for hit in opened.search(asked, wanted=Wanted(limit=DEPTH, documents=1, snippets=0)).hits
        ]
    return sum(any(mark in kind.upper() for mark in BOILERPLATE) for kind in shown)


def _place() -> str:
    at = machine()
    versions = ", ".join(f"{name} {version}" for name, version in at["versions"].items())
    parts = (f"{at['cores']} cores", at["system"], f"Python {at['python']}", f"SQLite {sqlite3.sqlite_version}")
    return f"{at['when']}; {at['processor']}, {', '.join(parts)}, {versions}."


def main() -> None:
    """Measure, and print or write the page."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    documents = entries(options.index)
    engines = {name: build(options.index, documents) for name, build in ENGINES.items()}
    lines = [
        "# Relevance", "",
        f"{len({each.accession for each in documents}):,} filings, {len(documents):,} documents. {_place()}", "",
        *on_questions(engines), "",
        *on_known(engines, known(documents, options.index)), "",
        f"Of {DEPTH * len(CONTROL)} first places of control questions, {certificates(options.index)} are boilerplate.",
    ]  # fmt: skip
    print("\n".join(lines))
    if options.out:
        (options.out / "relevance.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
