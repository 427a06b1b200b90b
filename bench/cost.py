"""What the main job costs: building an index of a corpus, and asking it, each as a person would from the shell.

    python bench/cost.py CORPUS... [--runs 5] [--output FILE]

Prints (or writes) a Markdown page: machine, versions, medians and spread. Nothing is compared with a peer here.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import heading

QUERIES = (
    "orphan drug license",
    '"going concern"',
    "merger agreement termination fee",
    "licens*",
    '"chief financial officer" form:4',
    "climate OR weather",
    "revenue -form:10-K",
    "company",
    "filed:1994",
)
PACKAGES = ("edgar-corpus-search", "Whoosh", "lxml", "numpy", "zstandard")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = [*builds(asked, Path(folder)), *searches(asked, Path(folder))]
        page = "\n".join([*beginning(asked.corpus), *measured]) + "\n"
    if asked.output:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        asked.output.write_text(page)
    else:
        print(page, end="")


def beginning(corpus: list[Path]) -> list[str]:
    files = [file for path in corpus for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    return [
        *heading("Cost of the main job", PACKAGES),
        f"Corpus: {len(files):,} files, {size:.0f} MB. Shared machine: compare rows of one run only.",
        "",
    ]


def builds(asked: argparse.Namespace, folder: Path) -> list[str]:
    rows = ["| build | median s | least..most | peak MB of any process |", "|---|---|---|---|"]
    for processes in (1, 2):
        seconds = []
        for run in range(asked.runs):
            index = folder / f"index-{processes}-{run}"
            command = [
                "indexer",
                "build",
                *map(str, asked.corpus),
                "--index",
                str(index),
                "--processes",
                str(processes),
            ]
            seconds.append(timed(command))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # kilobytes on Linux; grows only
        rows.append(f"| {processes} process{'es' * (processes > 1)} | {spread(seconds)} | {peak:.0f} |")
    index = folder / "index-2-0"
    again = [timed(["indexer", "build", *map(str, asked.corpus), "--index", str(index)]) for _ in range(asked.runs)]
    rows.append(f"| again, nothing changed | {spread(again)} | |")
    return [*rows, ""]


def searches(asked: argparse.Namespace, folder: Path) -> list[str]:
    rows = ["| `search` as a command | median s | least..most |", "|---|---|---|"]
    for query in QUERIES:
        command = ["search", query, "--index", str(folder / "index-2-0")]
        rows.append(f"| `{query}` | {spread([timed(command) for _ in range(asked.runs)])} |")
    return rows


def timed(command: list[str]) -> float:
    script = str(Path(sys.executable).with_name(command[0]))
    began = time.perf_counter()
    done = subprocess.run([script, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return time.perf_counter() - began


def spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} | {min(seconds):.2f}..{max(seconds):.2f}"


if __name__ == "__main__":
    main()
