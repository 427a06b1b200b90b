"""What evidence over many covered filings takes: its size, writing it, checking it, and its report.

python bench/evidence.py --filings 10000 --write bench/runs/2026-11-28/evidence.md
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import machine
from submissions import submissions

PROGRAMS = Path(sys.executable).parent


def run(*command: str | Path) -> tuple[float, str]:
    """Run a command; the processor seconds it took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, env=dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout + done.stderr


def corpus(folder: Path, filings: int) -> int:
    """Write so many filings into a folder; the bytes they have."""
    folder.mkdir()
    size = 0
    for number, (name, content) in enumerate(submissions(3 * filings, median=200)):
        if number == filings:
            return size
        (folder / name).write_bytes(content)
        size += len(content)
    raise SystemExit("too few")


def measured(folder: Path, filings: int) -> list[tuple[str, str]]:
    """Rows of what was measured."""
    size = corpus(folder / "corpus", filings)
    index, evidence, report = folder / "index", folder / "evidence.json", folder / "report.html"
    run(PROGRAMS / "indexer", "build", folder / "corpus", "--index", index)
    search = (PROGRAMS / "search", "zebra unicorn", "--index", index, "--all-words", "--limit", "0")
    alone, _ = run(*search)
    written, _ = run(*search, "--evidence", evidence)
    both, _ = run(*search, "--evidence", evidence, "--report", report, "--force")
    verified, said = run(PROGRAMS / "search", "--verify-evidence", evidence)
    repeated, _ = run(PROGRAMS / "search", "--repeat", evidence, "--index", index)
    if not said.endswith("the evidence stands\n"):
        sys.exit(said)
    return [
        ("filings covered", f"{filings:,} ({size / 1e6:.1f} MB, a file each)"),
        ("evidence of nothing found among them", f"{evidence.stat().st_size / 1e6:.2f} MB"),
        ("the search alone", f"{alone:.2f} s of the processor"),
        ("the search, with evidence written", f"{written:.2f} s"),
        ("the search, with evidence and report", f"{both:.2f} s; the report has {report.stat().st_size / 1e6:.2f} MB"),
        ("`--verify-evidence`: every source hashed", f"{verified:.2f} s"),
        ("`--repeat`", f"{repeated:.2f} s"),
    ]


def main() -> None:
    """Measure, and print or write a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder), arguments.filings)
    where = machine()
    table = "\n".join(f"| {what} | {value} |" for what, value in rows)
    page = (
        f"# Evidence over {arguments.filings:,} covered filings\n\n"
        f"`bench/evidence.py`, {where['when']}, {where['cores']} cores of {where['processor']}, {where['system']}, "
        f"Python {where['python']}, load {where['load']:.1f}; made-up filings (`bench/submissions.py`).\n\n"
        f"| what | |\n|---|---|\n{table}\n"
    )
    if arguments.write:
        arguments.write.write_text(page)
    print(page)


if __name__ == "__main__":
    main()
