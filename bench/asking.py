"""What asking costs the first time and again, against tantivy and against an earlier checkout, in one run.

    python bench/asking.py FOLDER [--documents 100000] [--median 1000] [--old CHECKOUT] [--rounds 5] [--out FILE.md]

Texts and indexes stay in FOLDER and are not made anew; what was stopped half way is begun again. The engines are asked
in turns, each time in a new process on one core; of the rounds, what each question took least counts, lest what else
the machine does count. What there is after each round is written to FILE.md, so that a run may be stopped.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measuring import HERE, environment, machine, said
from queries import KINDS, questions, write_texts

OURS, PEER, OLD = "this program", "tantivy", "before"
CLOCK = """
import runpy, sys, time
time.perf_counter = time.thread_time
del sys.argv[0]
sys.path[0] = sys.argv[0].rpartition("/")[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script so that it measures the processor's time: what else the machine does counts less."""
FIRST = {"phrase": 1.0, "near": 1.0}
"""Goals: times tantivy's median the first time, at most; 1.5 in every other class."""
AGAIN = {"rare": 2.0}
"""The same again; 1.0 in every other class."""


class Engine(NamedTuple):
    """What is asked: of which checkout, under which name, and its index."""

    checkout: Path
    name: str
    index: Path


def engines(folder: Path, old: Path | None) -> dict[str, Engine]:
    """Name the engines to ask, and build the indexes that are not there."""
    found = {name: Engine(HERE.parent, name, folder / index) for name, index in ((OURS, "ours"), (PEER, "tantivy"))}
    if old is not None:
        found[OLD] = Engine(old, OURS, folder / "old")
    for name, engine in found.items():
        if not engine.index.exists():
            said(f"{name}: building")
            _build(engine, folder)
    return found


def _build(engine: Engine, folder: Path) -> None:
    """Build an index under another name until it is whole, and keep what that cost."""
    part = engine.index.with_name(f"{engine.index.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    cost = run(engine, "build", engine.name, folder / "texts.jsonl", part)
    (folder / f"{engine.index.name}.json").write_text(json.dumps(cost))
    part.rename(engine.index)


def run(engine: Engine, what: str, *arguments: str | Path) -> Any:
    """Run `engines.py` in a process of its own, on one core; what it prints."""
    python = Path(sys.executable) if engine.checkout == HERE.parent else engine.checkout / ".venv/bin/python"
    bench = engine.checkout / "bench"
    clock = ["-c", CLOCK] if what == "ask" else []
    command = [str(python), *clock, str(bench / "engines.py"), what, *map(str, arguments)]
    core = {min(os.sched_getaffinity(0))}
    done = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        cwd=bench,
        env=environment(),
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )
    return json.loads(done.stdout)


def asked(folder: Path, found: dict[str, Engine], rounds: int) -> Iterator[dict[str, list[Any]]]:
    """Ask every engine in turns; yield the answers of all rounds so far after each."""
    (folder / "questions.json").write_text(json.dumps(questions()))
    answers: dict[str, list[Any]] = {name: [] for name in found}
    for number in range(rounds):
        for name, engine in found.items():
            said(f"round {number + 1}: {name}")
            answers[name].append(run(engine, "ask", engine.name, engine.index, folder / "questions.json"))
        yield answers


def least(rounds: Sequence[Any], kind: str, when: str) -> list[float]:
    """Of each question of a class, the milliseconds it took in the round in which it took least."""
    return [min(times) for times in zip(*(each["answers"][kind][when] for each in rounds), strict=True)]


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the median, and what 19 of 20 stay below."""
    return statistics.median(values), sorted(values)[int(0.95 * (len(values) - 1))]


def rows(answers: dict[str, list[Any]], when: str, goals: dict[str, float]) -> Iterator[list[str]]:
    """Yield a row a class: each engine's median and 95 %, our median as times tantivy's, and the goal."""
    for kind in KINDS:
        times = {name: spread(least(rounds, kind, when)) for name, rounds in answers.items()}
        cells = [f"{median:.3g} ({high:.3g})" for median, high in times.values()]
        ratio = times[OURS][0] / times[PEER][0]
        before = [f"{times[OURS][0] / times[OLD][0]:.2f}"] if OLD in times else []
        goal = goals.get(kind, 1.5 if goals is FIRST else 1.0)
        tail = times[OURS][1] / times[OURS][0]
        met = "yes" if ratio <= goal else "**no**"
        yield [kind, *cells, f"{ratio:.2f}", f"{goal:g}", met, *before, f"{tail:.1f}"]


def table(head: Sequence[str], lines: Iterator[list[str]]) -> Iterator[str]:
    """Yield a table."""
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    yield from (f"| {' | '.join(line)} |" for line in lines)
    yield ""


def page(answers: dict[str, list[Any]], documents: int, folder: Path) -> Iterator[str]:
    """Yield the lines of the report."""
    rounds = len(answers[OURS])
    yield f"# Asking {documents:,} documents the first time and again\n"
    yield from ["```json", json.dumps(machine(), indent=1), "```", ""]
    yield f"{documents:,} made-up texts, {rounds} rounds in turns on one core; milliseconds of the processor's time, of"
    yield "25 questions the median (what 95 % stay below)."
    yield "Again: this program keeps its answers, so that a question asked again is looked up and not answered anew.\n"
    before = ["ours / before"] if OLD in answers else []
    for when, goals in (("first", FIRST), ("again", AGAIN)):
        yield f"## {'The first time' if when == 'first' else 'Again'}\n"
        head = ["class", *answers, "ours / tantivy", "goal", "met", *before, "95 % / median"]
        yield from table(head, rows(answers, when, goals))
    yield "## Memory after asking, MB\n"
    memory = [
        [name, *(f"{least_of(rounds, part):.0f}" for part in ("private", "memory"))] for name, rounds in answers.items()
    ]
    yield from table(["", "private", "most resident, mapped files among it"], iter(memory))
    yield from built(folder)


def least_of(rounds: Sequence[Any], part: str) -> float:
    """Return the least of a figure of all rounds."""
    return min(float(each.get(part, "nan")) for each in rounds)


def built(folder: Path) -> Iterator[str]:
    """Yield what building cost, of the indexes that were built in this run."""
    files = [path for path in sorted(folder.glob("*.json")) if path.stem != "questions"]
    found = {path.stem: json.loads(path.read_text()) for path in files}
    if found:
        yield "## Building, on a machine that others used as well\n"
        lines = ([name, *_built(each)] for name, each in found.items())
        yield from table(["", "seconds", "MB", "MB of memory"], lines)


def _built(cost: dict[str, float]) -> list[str]:
    return [f"{cost['seconds']:.0f}", f"{cost['bytes'] / 1e6:.0f}", f"{cost['memory']:.0f}"]


def main() -> None:
    """Measure, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--median", type=int, default=1000, help="words of the median document")
    parser.add_argument("--old", type=Path, help="a checkout with its environment in .venv")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.folder = options.folder.resolve()  # the engines run elsewhere
    options.folder.mkdir(parents=True, exist_ok=True)
    _write_texts(options.folder / "texts.jsonl", options.documents, options.median)
    text = ""
    try:
        for answers in asked(options.folder, engines(options.folder, options.old), options.rounds):
            text = "\n".join(page(answers, options.documents, options.folder))
            if options.out:
                options.out.parent.mkdir(parents=True, exist_ok=True)
                options.out.write_text(text + "\n")
    finally:
        print(text or "\n".join(built(options.folder)))


def _write_texts(file: Path, documents: int, median: int) -> None:
    """Write the texts, unless they are there; under another name until all are written."""
    if not file.exists():
        said("writing texts")
        part = file.with_suffix(".part")
        write_texts(part, documents, median=median)
        part.rename(file)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    main()
