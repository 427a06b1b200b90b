"""What the promises of docs/reliability.md rest on: faults injected, and what became of the index. Writes its table.

    python bench/reliability.py [--quick] [--only flips,places-columnar]

Runs the programs of tests/faults, each in a process of its own, and puts what they found between two marks in
docs/reliability.md, with the day and the machine. Nothing is written when anything came out wrong. With `--only`
the rows of these parts are made again, and the others stay as they are, with their day.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from measuring import machine, said

from search.ask import Index

ROOT = Path(__file__).resolve().parents[1]
FAULTS = ROOT / "tests" / "faults"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

BUILDERS = ("columnar", "stock")
KILLS = (
    ("killed (SIGKILL)", "kill", ()),
    ("power failure: what was not synced is lost", "power", ()),
    ("disk full from then on", "ENOSPC", ("--stays",)),
    ("one write refused: disk full", "ENOSPC", ()),
    ("one write refused: over quota", "EDQUOT", ()),
    ("one write refused: I/O error", "EIO", ()),
)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument(
        "--quick", action="store_true", help="every seventh place, few cases; the page is not written"
    )
    arguments.add_argument("--only", default="", help="the parts to measure: " + ", ".join(PARTS))
    options = arguments.parse_args()
    if not any(_is_asked(part, options.only) for part in PARTS):
        arguments.error(f"--only {options.only}: there is no such part")
    rows = [row for part in PARTS if _is_asked(part, options.only) for row in PARTS[part](quick=options.quick)]
    if not options.quick:
        rows = merged(rows) if options.only else rows
    table = "\n".join(["| what | how often | what became of it | on |", "|---|---|---|---|", *rows])
    print(table)
    if not options.quick:
        write(table)


def _is_asked(part: str, only: str) -> bool:
    """`places` stands for the places of both kinds of segment; nothing for all."""
    return not only or any(part == each or part.startswith(f"{each}-") for each in only.split(","))


def _of_places(builder: str, *, quick: bool) -> Iterator[str]:
    every = ("--every", "7") if quick else ()
    for name, fault, options in KILLS:
        yield places(f"build, {name}", "--builder", builder, "--fault", fault, *options, *every)
    yield places("rebuild, killed (SIGKILL)", "--builder", builder, "--fault", "kill", "--rebuild", *every)


def _of_damage(builder: str, *, quick: bool) -> Iterator[str]:
    yield killed(builder, kills=5 if quick else 20)
    yield damage(builder, each=3 if quick else 60)


def merged(rows: list[str]) -> list[str]:
    """The rows of the page with these in the place of those of the same name, and behind them those that are new."""
    page = PAGE.read_text("utf-8")
    lines = page[page.index(BEGIN) : page.index(END)].splitlines()
    kept = {_name(line): line for line in lines if line.startswith("| ") and _name(line) != "what"}
    return [*(kept | {_name(row): row for row in rows}).values()]


def _name(row: str) -> str:
    return row.removeprefix("| ").partition(" | ")[0]


def ran(program: str, *options: object) -> Any:
    """What a program of tests/faults prints."""
    said(f"{program} {' '.join(map(str, options))}")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, FAULTS / program, folder, *options]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, env=environment, check=True)
    found = json.loads(done.stdout)
    if found.get("wrong"):
        raise SystemExit(f"{program} {options}: {found['wrong']}")
    return found


def places(name: str, *options: str) -> str:
    """A build cut short or failing at every place."""
    found = ran("places.py", *options)
    found["kinds"].pop("none", None)
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(found["kinds"].items(), key=lambda each: -each[1]))
    done = found["outcomes"].get("after", 0)
    went_on = f"; {done} went on to the end (the fault was in cleaning up)" if done else ""
    said_of = f"{found['outcomes']['same']} opened at a commit and resumed to the same index{went_on}"
    return row(
        f"{name}, {options[1]} segments",
        f"{found['places'] - found['outcomes'].get('unreached', 0)} places: {kinds}",
        said_of,
    )


def killed(builder: str, *, kills: int) -> str:
    """One process, four, and one killed again and again."""
    found = ran("killed.py", "--builder", builder, "--kills", kills)
    if found["four"] or found["killed"]:
        raise SystemExit(f"killed.py: {found}")
    by = f"by one process, by four, and by one killed {found['kills']} times"
    what = f"{found['submissions']} submissions {by}, {builder} segments"
    return row(what, "3 indexes", "the same results, scores, passages and records")


def damage(builder: str, *, each: int) -> str:
    """Every file of an index damaged."""
    found = ran("damage.py", "--builder", builder, "--each", each)
    outcomes: Counter[str] = Counter()
    for outcome, number in found["outcomes"].items():
        outcomes[outcome.split()[-1]] += number
    said_of = (
        f"{outcomes['mended']} found by `verify` and mended, {outcomes['harmless']} without effect, none unnoticed"
    )
    return row(
        f"a flipped bit or a cut end in a file of the index, {builder} segments", f"{found['damaged']} damages", said_of
    )


def flips(builder: str, *, quick: bool) -> Iterator[str]:
    """Bits flipped in an index that is asked without looking for damage first; another answer stops the run."""
    number = 200 if quick else 10_000
    outcomes: Counter[str] = Counter()
    for outcome, times in ran("flips.py", "--builder", builder, "--flips", number)["outcomes"].items():
        outcomes[outcome.split()[-1]] += times
    said_of = f"{outcomes['refused']:,} refused with the file's name, {outcomes['same']:,} gave the same answers"
    yield row(
        f"a flipped bit in any file of an index that is searched, {builder} segments",
        f"{number:,} flips",
        f"{said_of}; no other answer, no other exception",
    )


def unchanged(*, quick: bool) -> Iterator[str]:
    """A build that finds nothing to do."""
    files = 2_000 if quick else 100_000
    found = ran("unchanged.py", "--files", files)
    yield row(
        f"a second build of {files:,} unchanged files",
        "3 builds, median",
        f"{found['again']:.1f} s (the first took {found['first']:.0f} s)",
    )


def tests(*, quick: bool) -> Iterator[str]:
    """What the test suite has of its own."""
    said("tests")
    examples = 100 if quick else 3000
    fuzzed = suite("tests/test_fuzz.py", "mutations", FUZZ_EXAMPLES=str(examples))
    yield row(
        "hostile bytes: envelope, header, HTML, XML, text, uuencode, archives, queries, segments, texts",
        f"{fuzzed * examples:,} cases",
        "all read to an end; found cases are kept in `tests/data/fuzz`",
    )
    suite("tests/test_readers.py", "fifty")
    yield row(
        "readers during 50 commits that each replace a submission, both kinds of segment",
        "without pause",
        "no error, no partial result; every answer is one commit's",
    )
    suite("tests/test_interruption.py", "killed_worker or an_interrupt or workers_end or second_build")
    yield row(
        "a worker killed; the build killed; ^C; a second build",
        "1 each",
        "its files are read again; the lock is taken over; what is done is committed, exit 130; refused, exit 3",
    )


def hostile(*, quick: bool) -> Iterator[str]:
    """Small hostile files, where they are beside the checkout; each in a process of its own."""
    folder = ROOT.parent / "shared" / "cases" / "hostile"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "evidence")
    for path in files[: 3 if quick else None]:
        found = ran("hostile.py", path)
        megabytes, problems = found["bytes"] / (1 << 20), ", ".join(found["problems"]) or "none"
        if found["seconds"] >= 1 or megabytes >= 300:
            raise SystemExit(f"{path.name}: {found}")
        said_of = (
            f"{found['seconds']:.2f} s of the processor, {megabytes:.0f} MB with the program; problems: {problems}"
        )
        yield row(f"hostile file `{path.name}`", f"{path.stat().st_size:,} bytes", said_of)


def mutated(*, quick: bool) -> Iterator[str]:
    """Mutated real filings, where they are beside the checkout."""
    cases = 500 if quick else 50_000
    if not (ROOT.parent / "shared" / "filings").is_dir():
        return
    program = [sys.executable, ROOT / "tests" / "fuzz" / "filings.py", "--cases", str(cases)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    slowest = json.loads(done.stdout)["slowest"]
    said = f"no document lost, nothing raised; the slowest took {slowest:.1f} s of the processor"
    yield row("mutated real filings", f"{cases:,} cases", said)


def queries(*, quick: bool) -> Iterator[str]:
    """Queries made to take long, asked of the real filings, where they are beside the checkout."""
    filings = ROOT.parent / "shared" / "filings"
    if not filings.is_dir():
        return
    sys.path.insert(0, str(ROOT / "tests" / "search"))
    from test_hostile_queries import NAMED, cost

    said("queries")
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "indexer", "build", filings, "--index", folder]
        subprocess.run(build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        with Index(Path(folder)) as index:
            costs = [cost(index, query) for query in NAMED[: 1 if quick else None]]
    seconds, kilobytes = map(max, zip(*costs, strict=True))
    yield row(
        "queries made to take long, of the real filings",
        f"{len(costs)} queries",
        f"at most {seconds:.0f} s of the processor each, and {max(0, kilobytes) / 1024:.0f} MB above what is kept",
    )


def suite(file: str, names: str, **environment: str) -> int:
    """Run some tests; how many passed."""
    command = [sys.executable, "-m", "pytest", "-q", file, "-k", names, "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    passed = re.search(r"(\d+) passed", done.stdout)
    if done.returncode or not passed:
        raise SystemExit(done.stdout)
    return int(passed[1])


def row(*cells: str) -> str:
    """A row of the table, with the day."""
    return f"| {' | '.join(cells)} | {machine()['when'][:10]} |"


def write(table: str) -> None:
    """Put the table into the page."""
    where = machine()
    system = f"{where['system']}, Python {where['python']}"
    cores = f"{where['cores']} cores of {where['processor']}"
    of = f"`make reliability`, {cores}, {system}; earlier rows on that day's machine."
    page = PAGE.read_text("utf-8")
    before, after = page[: page.index(BEGIN) + len(BEGIN)], page[page.index(END) :]
    PAGE.write_text(f"{before}\n{of}\n\n{table}\n{after}", "utf-8")


PARTS: Mapping[str, Callable[..., Iterator[str]]] = {
    **{f"places-{builder}": partial(_of_places, builder) for builder in BUILDERS},
    **{f"damage-{builder}": partial(_of_damage, builder) for builder in BUILDERS},
    **{f"flips-{builder}": partial(flips, builder) for builder in BUILDERS},
    "tests": tests,
    "hostile": hostile,
    "mutated": mutated,
    "queries": queries,
    "unchanged": unchanged,
}


if __name__ == "__main__":
    main()
