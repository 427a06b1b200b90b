"""Building: this checkout against another one and against its peers, on the same cores, in one run.

    python bench/building.py OLD [--rounds 3] [--corpus ../shared/filings] [--documents 10000] [--out FILE.md]

OLD is a checkout with a `.venv` of its own. Everything is measured in turn, in processes of their own that are pinned
to one core, or to both where two processes or threads read. What counts is processor time, since wall time says more
about what else the machine does; ratios are of medians. An archive is the same submissions as the folder.
"""

import os
import shutil
import statistics
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring import HERE, environment, heading, old_and_new, said
from queries import write_texts

NEW = HERE.parent
PACKAGES = ("edgar-corpus-search", "numpy", "lxml", "tantivy", "zstandard")


class Cost(NamedTuple):
    """What a process cost, those that it started included."""

    processor: float
    wall: float
    memory: float
    """Of the largest process, in MB."""
    size: int
    """Bytes of the index."""


class Subject(NamedTuple):
    """Something that is measured: a name, and the command that writes an index into a folder."""

    name: str
    command: Callable[[Path], Sequence[str | Path]]
    cores: frozenset[int]


def measured(subject: Subject, folder: Path) -> Cost:
    """Run a command once, pinned to its cores."""
    said(subject.name)
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(word) for word in subject.command(folder)]
    began = time.perf_counter()
    child = os.fork()
    if not child:
        os.sched_setaffinity(0, subject.cores)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execve(command[0], command, environment())
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    wall = time.perf_counter() - began
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, size)


def table(subjects: Sequence[Subject], folder: Path, rounds: int) -> list[str]:
    """Measure in turn, forwards and backwards; the last subject is what ratios are to."""
    found: list[list[Cost]] = [[] for _ in subjects]
    for number in range(rounds):
        order = list(zip(subjects, found, strict=True))
        for subject, costs in order[:: -1 if number % 2 else 1]:
            costs.append(measured(subject, folder))
    base = statistics.median(cost.processor for cost in found[-1])
    lines = [
        "| | processor s | least..most | speed, of the last row's | wall s | least..most | peak MB | index MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return lines + [row(subject.name, costs, base) for subject, costs in zip(subjects, found, strict=True)] + [""]


def row(name: str, costs: Sequence[Cost], base: float) -> str:
    """A line of a table."""
    processor, wall, memory, size = zip(*costs, strict=True)
    median, passed = statistics.median(processor), statistics.median(wall)
    return (
        f"| {name} | {median:.2f} | {min(processor):.2f}..{max(processor):.2f} | {base / median:.2f} "
        f"| {passed:.2f} | {min(wall):.2f}..{max(wall):.2f} | {max(memory):.0f} | {size[0] / 1e6:.1f} |"
    )


def texts(old: Path, lines: Path) -> list[Subject]:
    """Text alone, one core."""

    def by(checkout: Path, engine: str) -> Callable[[Path], Sequence[str | Path]]:
        python = checkout / ".venv/bin/python"
        return lambda folder: [python, checkout / "bench/engines.py", "build", engine, lines, folder]

    one = frozenset((0,))
    return [
        Subject("old", by(old, "this program"), one),
        Subject("this program", by(NEW, "this program"), one),
        Subject("tantivy, one thread", by(NEW, "tantivy"), one),
    ]


def submissions(old: Path, corpus: Path, count: int) -> list[Subject]:
    """Raw submissions, with so many processes or threads on as many cores."""

    def by(checkout: Path, pipeline: str) -> Callable[[Path], Sequence[str | Path]]:
        python = checkout / ".venv/bin/python"
        return lambda folder: [python, checkout / "bench/end_to_end.py", corpus, folder, pipeline, str(count)]

    cores = frozenset(range(count))
    return [
        Subject("old", by(old, "this program"), cores),
        Subject("this program", by(NEW, "this program"), cores),
        Subject("this program's reading + tantivy", by(NEW, "this program's reading + tantivy"), cores),
        Subject("lxml + tantivy", by(NEW, "lxml + tantivy"), cores),
    ]


def packed(old: Path, corpus: Path, folder: Path) -> list[Subject]:
    """The same submissions in a folder and in archives, with two processes."""
    feed, zipped = folder / "feed.tar.gz", folder / "feed.zip"
    with tarfile.open(feed, "w:gz") as archive:
        archive.add(corpus, corpus.name)
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as directory:
        for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
            directory.write(path, path.relative_to(corpus))

    def by(checkout: Path, source: Path, processes: int) -> Subject:
        command = (checkout / ".venv/bin/indexer", "build", source, "--processes", str(processes), "--index")
        name = f"{'old, ' if checkout == old else ''}{source.name}, {processes} process{'es' * (processes > 1)}"
        return Subject(name, lambda into: [*command, into], frozenset((0, 1)))

    return [
        by(old, feed, 2),
        by(NEW, feed, 1),
        by(NEW, feed, 2),
        by(NEW, zipped, 2),
        by(NEW, corpus, 1),
        by(NEW, corpus, 2),
    ]


def main() -> None:
    """Measure, and write the page."""
    options = old_and_new(str(__doc__), rounds=3).parse_args()
    old, corpus = options.old.resolve(), options.corpus.resolve()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        size = write_texts(folder / "texts.jsonl", options.documents, median=1000)
        raw = sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file())
        sections = (
            (
                f"Text alone: {options.documents:,} made-up texts, {size / 1e6:.0f} MB",
                texts(old, folder / "texts.jsonl"),
            ),
            (f"Raw submissions, {raw / 1e6:.0f} MB, one core", submissions(old, corpus, 1)),
            ("The same as a folder and as archives, two cores", packed(old, corpus, folder)),
            ("Raw submissions, two processes or threads on two cores", submissions(old, corpus, 2)),
        )
        page = [*heading("Building", PACKAGES), f"Load average at the start: {load:.1f}; {options.rounds} rounds.", ""]
        for title, subjects in sections:
            page += [f"## {title}", "", *table(subjects, folder / "index", options.rounds)]
            written(page, options.out)
    print("\n".join(page))


def written(page: Sequence[str], out: Path | None) -> None:
    """Write what there is so far, where it is wanted."""
    if out:
        out.write_text("\n".join(page))


if __name__ == "__main__":
    main()
