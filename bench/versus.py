"""This checkout against another one, in one run: building, asking by class, and the whole `search` command.

    python bench/versus.py OLD [--documents 10000] [--rounds 5] [--corpus ../shared/filings] [--out FILE.md]

OLD is a checkout with a `.venv` of its own (`git worktree add OLD REVISION`, then `make .venv/run` in it). Each
measurement is made in turn, old and new, in processes of their own, so that a machine that becomes slower slows both;
what is printed are ratios new to old of the pairs: their median, and from the least to the greatest.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from measuring import environment, machine
from queries import questions, write_texts

NEW = Path(__file__).resolve().parents[1]


def pairs(old: Callable[[], float], new: Callable[[], float], rounds: int) -> list[tuple[float, float]]:
    """Measure both in turn, so many times; who goes first changes with each round."""
    found = []
    for number in range(rounds):
        if number % 2:
            second = new()
            found.append((old(), second))
        else:
            first = old()
            found.append((first, new()))
    return found


def row(name: str, found: Sequence[tuple[float, float]], unit: str) -> str:
    """Return a line of the table: medians of both, and the ratios."""
    ratios = sorted(new / old for old, new in found)
    old, new = (statistics.median(side) for side in zip(*found, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return f"| {name} | {old:.2f} {unit} | {new:.2f} {unit} | {statistics.median(ratios):.2f} | {spread} |"


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """Return how long a command takes, as a whole process."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment())
    return time.perf_counter() - began


def engine(checkout: Path, *arguments: str | Path) -> dict[str, object]:
    """Return what `bench/engines.py` of a checkout prints."""
    command = [checkout / ".venv" / "bin" / "python", checkout / "bench" / "engines.py", *arguments]
    done = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True, env=environment())
    return dict(json.loads(done.stdout.splitlines()[-1]))


def texts(old: Path, folder: Path, documents: int, rounds: int) -> Iterator[str]:
    """Yield the rows of made-up texts: building, and each class of query the first time and again."""
    lines, asked = folder / "texts.jsonl", folder / "questions.json"
    write_texts(lines, documents, median=1000)
    asked.write_text(json.dumps(questions()))

    def build(checkout: Path, name: str) -> float:
        shutil.rmtree(folder / name, ignore_errors=True)
        return float(engine(checkout, "build", "this program", lines, folder / name)["seconds"])  # type: ignore[arg-type]

    built = pairs(lambda: build(old, "old"), lambda: build(NEW, "new"), max(2, rounds // 2))
    yield row(f"building {documents:,} texts", built, "s")
    answers = [
        [engine(checkout, "ask", "this program", folder / name, asked)["answers"] for checkout, name in order]
        for order in [((old, "old"), (NEW, "new"))] * rounds
    ]
    for kind in answers[0][0]:  # type: ignore[attr-defined]
        for when in ("first", "again"):
            found = [tuple(statistics.median(side[kind][when]) for side in pair) for pair in answers]  # type: ignore[index]
            yield row(f"{kind}, {when}", found, "ms")  # type: ignore[arg-type]


def commands(old: Path, folder: Path, corpus: Path, rounds: int) -> Iterator[str]:
    """Yield the rows of real commands: building an index of a corpus, and a search of it from nothing."""

    def build(checkout: Path, name: str) -> float:
        index = folder / name
        shutil.rmtree(index, ignore_errors=True)
        command = [checkout / ".venv" / "bin" / "indexer", "build", corpus, "--index", index, "--processes", "1"]
        return seconds(command, checkout)

    def ask(checkout: Path, name: str) -> float:
        return seconds([checkout / ".venv" / "bin" / "search", "license", "--index", folder / name], checkout)

    built = pairs(lambda: build(old, "old-c"), lambda: build(NEW, "new-c"), max(2, rounds // 2))
    yield row(f"building {corpus.name}, one process", built, "s")
    asked = pairs(lambda: ask(old, "old-c"), lambda: ask(NEW, "new-c"), rounds * 4)
    yield row("`search license`, the whole command", asked, "s")


def main() -> None:
    """Measure, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("old", type=Path)
    arguments.add_argument("--documents", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--corpus", type=Path, default=NEW.parent / "shared" / "filings")
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    old = options.old.resolve()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rows = [*texts(old, folder, options.documents, options.rounds)]
        rows += commands(old, folder, options.corpus.resolve(), options.rounds) if options.corpus.is_dir() else []
    lines = ["| | old | new | new / old | from, to |", "|---|---|---|---|---|", *rows]
    page = "\n".join(["```json", json.dumps(machine(), indent=1), "```", "", *lines])
    print(page)
    if options.out:
        options.out.write_text(page + "\n")


if __name__ == "__main__":
    main()
