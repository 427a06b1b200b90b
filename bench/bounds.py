"""What the bounds cost: building, answers and whole commands with every bound that can be taken out, and without.

    python bench/bounds.py [--documents 3000] [--rounds 5] [--corpus ../shared/filings] [--out FILE.md]
    python bench/bounds.py --as with|without indexer|search|SCRIPT ARGUMENT...

Both sides are this checkout, and each builds and asks an index of its own. Without bounds nothing of segments and texts
is compared with a checksum, and none is computed; no timer runs while a document is read; archives have no budget; no
query has a deadline or a budget of words; pickles are read by Python's own reader. Measured in turns, each in a process
of its own, in seconds of the processor; of the rounds the least counts, of questions each one's least. The second form
is what is measured; valgrind's counts of it are the same however busy the machine is.
"""

import argparse
import json
import os
import pickle
import runpy
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from measuring import HERE, environment, heading
from queries import questions, write_texts
from versus import pairs, written

SIDES = ("without", "with")


def nothing(*_: object) -> None:
    """Bound nothing, in the place of what does."""


def take_bounds_out(program: str) -> None:
    """Replace what bounds and compares, before the program is loaded; only in modules that it loads anyway."""
    del signal.setitimer
    stored = ["columnar.file", "columnar.access.pages", "texts.text_layout", "texts.text_store"]
    for module in [*stored, *(["texts.text_writer"] if program != "search" else [])]:
        replace(f"indexer.{module}", "crc32", lambda data, value=0, /: 0)
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
        time.perf_counter = time.thread_time
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


def both(measure: Callable[[str], Any], rounds: int) -> list[tuple[Any, Any]]:
    """Measure without and with, in turns."""
    return pairs(lambda: measure("without"), lambda: measure("with"), rounds)


def row(name: str, without: float, bounded: float, unit: str) -> str:
    """Return a line of the table."""
    return f"| {name} | {without:.3g} {unit} | {bounded:.3g} {unit} | {bounded / without:.2f} |"


def least(name: str, measure: Callable[[str], float], rounds: int) -> str:
    """Return the line of the least that something takes, in seconds."""
    without, bounded = map(min, zip(*both(measure, rounds), strict=True))
    return row(name, without, bounded, "s")


def timed(*arguments: str | Path, before: Path | None = None) -> float:
    """Return the processor's seconds of a command, as a whole process; `before`: a folder that is taken away first."""
    if before:
        shutil.rmtree(before, ignore_errors=True)
    began = os.times()
    command(*map(str, arguments))
    ended = os.times()
    return ended.children_user + ended.children_system - began.children_user - began.children_system


def texts(folder: Path, documents: int, rounds: int) -> Iterator[str]:
    """Yield the rows of made-up texts: building, and each class of query the first time and again."""
    lines, asked = folder / "texts.jsonl", folder / "questions.json"
    write_texts(lines, documents, median=1000)
    asked.write_text(json.dumps(questions()))

    def build(side: str) -> float:
        shutil.rmtree(folder / side, ignore_errors=True)
        return float(command(side, "engines.py", "build", "this program", lines, folder / side)["seconds"])

    yield least(f"building {documents:,} texts", build, rounds)

    def ask(side: str) -> Any:
        return command(side, "engines.py", "ask", "this program", folder / side, asked)["answers"]

    answers = both(ask, rounds)
    for kind in answers[0][0]:
        for when in ("first", "again"):
            times = ([side[kind][when] for side in each] for each in zip(*answers, strict=True))
            without, bounded = (statistics.median(map(min, zip(*each, strict=True))) for each in times)
            yield row(f"{kind}, {when}", without, bounded, "ms")


def filings(folder: Path, corpus: Path, rounds: int) -> Iterator[str]:
    """Yield the rows of whole commands over real filings: a build, and a search from nothing."""

    def build(side: str) -> float:
        index = folder / f"{side}-filings"
        return timed(side, "indexer", "build", corpus, "--index", index, "--processes", "1", before=index)

    def ask(side: str) -> float:
        return timed(side, "search", "license", "--index", folder / f"{side}-filings")

    yield least(f"building {corpus.name}, one process", build, max(2, rounds // 2))
    yield least("`search license`, the whole command", ask, rounds * 4)


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
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # two cores may be of different speed
    with tempfile.TemporaryDirectory() as made:
        rows = [*texts(Path(made), options.documents, options.rounds)]
        rows += filings(Path(made), options.corpus.resolve(), options.rounds) if options.corpus.is_dir() else []
    table = ["| | without | with | with / without |", "|---|---|---|---|", *rows]
    about = heading("What the bounds cost", ("edgar-corpus-search", "numpy", "lxml", "zstandard"))
    written("\n".join([*about, "By `bench/bounds.py`.", "", *table]), options.out)


if __name__ == "__main__":
    main()
