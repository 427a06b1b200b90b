"""What the bounds cost: building, answers and whole commands with every bound that can be taken out, and without.

    python bench/bounds.py [--documents 3000] [--rounds 5] [--corpus ../shared/filings] [--out FILE.md]
    python bench/bounds.py --as with|without indexer|search|SCRIPT ARGUMENT...

Both sides are this checkout, and each builds and asks an index of its own. Without bounds nothing is compared with a
checksum, and none is computed; no timer runs while a document is read; archives have no budget; no query has a deadline
or a budget of words; pickles are read by Python's own reader. Measured in turns, each in a process of its own; what is
printed are ratios of with to without of the pairs: their median, and from the least to the greatest. The second form
is what is measured.
"""

import argparse
import json
import pickle
import runpy
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from measuring import HERE, environment, heading
from queries import questions, write_texts
from versus import pairs, row, written

SIDES = ("without", "with")


def nothing(*_: object) -> None:
    """Bound nothing, in the place of what does."""


def take_bounds_out(program: str) -> None:
    """Replace what bounds and compares, before the program is loaded; only in modules that it loads anyway."""
    zlib.crc32 = lambda data, value=0, /: 0
    del signal.setitimer
    replace("indexer.columnar.access.pages", "Pages.check")
    if program != "search":
        for name in ("take", "take_time", "take_member"):
            replace("indexer.corpus.budget", f"Budget.{name}")
        replace("indexer.whoosh_compat.pickles", "loads", pickle.loads)
    if program != "indexer":
        replace("search.deadline", "check")
    if program.endswith(".py"):
        replace("search.segments.expansion", "ExpansionBudget.spend")


def replace(module: str, name: str, by: Callable[..., object] = nothing) -> None:
    """Put something else in the place of a function, or of a method, of a module."""
    *holder, last = name.split(".")
    found = reduce(getattr, holder, import_module(module))
    assert hasattr(found, last)
    setattr(found, last, by)


def run(side: str, program: str, arguments: list[str]) -> None:
    """Be the program: a console script of the package, or a script of this folder."""
    sys.argv = [program, *arguments]
    if side == "without":
        take_bounds_out(program)
    if program.endswith(".py"):
        runpy.run_path(str(HERE / program), run_name="__main__")
    else:
        import_module(f"{program}.__main__").main()


def command(side: str, program: str, *arguments: str | Path) -> Any:
    """Run the program with the bounds or without, in a process of its own; return its last line, if that is JSON."""
    whole = [sys.executable, __file__, "--as", side, program, *arguments]
    done = subprocess.run(whole, check=False, stdout=subprocess.PIPE, text=True, env=environment())
    if done.returncode > 1:
        sys.exit(f"{program} {side} bounds ended with {done.returncode}")
    last = (done.stdout.splitlines() or [""])[-1]
    return json.loads(last) if last.startswith("{") else None


def both(measure: Callable[[str], float], rounds: int) -> list[tuple[float, float]]:
    """Measure without and with, in turns."""
    return pairs(lambda: measure("without"), lambda: measure("with"), rounds)


def timed(*arguments: str | Path, before: Path | None = None) -> float:
    """Return the seconds a command takes, as a whole process; `before`: a folder that is taken away first."""
    if before:
        shutil.rmtree(before, ignore_errors=True)
    began = time.perf_counter()
    command(*map(str, arguments))
    return time.perf_counter() - began


def texts(folder: Path, documents: int, rounds: int) -> Iterator[str]:
    """Yield the rows of made-up texts: building, and each class of query the first time and again."""
    lines, asked = folder / "texts.jsonl", folder / "questions.json"
    write_texts(lines, documents, median=1000)
    asked.write_text(json.dumps(questions()))

    def build(side: str) -> float:
        shutil.rmtree(folder / side, ignore_errors=True)
        return float(command(side, "engines.py", "build", "this program", lines, folder / side)["seconds"])

    yield row(f"building {documents:,} texts", both(build, max(2, rounds // 2)), "s")
    answers = [
        [command(side, "engines.py", "ask", "this program", folder / side, asked)["answers"] for side in SIDES]
        for _ in range(rounds)
    ]
    for kind in answers[0][0]:
        for when in ("first", "again"):
            found = [tuple(statistics.median(side[kind][when]) for side in pair) for pair in answers]
            yield row(f"{kind}, {when}", found, "ms")


def filings(folder: Path, corpus: Path, rounds: int) -> Iterator[str]:
    """Yield the rows of whole commands over real filings: a build, and a search from nothing."""

    def build(side: str) -> float:
        index = folder / f"{side}-filings"
        return timed(side, "indexer", "build", corpus, "--index", index, "--processes", "1", before=index)

    def ask(side: str) -> float:
        return timed(side, "search", "license", "--index", folder / f"{side}-filings")

    yield row(f"building {corpus.name}, one process", both(build, max(2, rounds // 2)), "s")
    yield row("`search license`, the whole command", both(ask, rounds * 4), "s")


def main() -> None:
    """Be a side, or measure both and print the table."""
    if sys.argv[1:2] == ["--as"]:
        run(sys.argv[2], sys.argv[3], sys.argv[4:])
        return
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--documents", type=int, default=3000)
    arguments.add_argument("--corpus", type=Path, default=HERE.parents[1] / "shared" / "filings")
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        rows = [*texts(Path(made), options.documents, options.rounds)]
        rows += filings(Path(made), options.corpus.resolve(), options.rounds) if options.corpus.is_dir() else []
    table = ["| | without | with | with / without | from, to |", "|---|---|---|---|---|", *rows]
    about = heading("What the bounds cost", ("edgar-corpus-search", "numpy", "lxml", "zstandard"))
    written("\n".join([*about, "By `bench/bounds.py`.", "", *table]), options.out)


if __name__ == "__main__":
    main()
