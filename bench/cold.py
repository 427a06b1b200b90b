"""The whole `search` and `indexer status`, started anew each time, against `python -c "import numpy"`, in turns.

python bench/cold.py INDEX [--old CHECKOUT INDEX] [--instructions]

`--old`: also the `search` of another checkout, over its own index of the same corpus. `--instructions`: millions of
instructions, counted by valgrind, which do not depend on how busy the machine is; else milliseconds.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from measuring import environment, spread

PYTHON = Path(sys.executable)
ASKED = ("drug license", "license", '"going concern"', "covenan* form:8-K")
Command = Sequence[str | Path]


def commands(index: Path, old: Sequence[Path]) -> dict[str, Command]:
    """Return what is started, by what it is called."""
    found: dict[str, Command] = {"import numpy": [PYTHON, "-c", "import numpy"], "python": [PYTHON, "-c", "pass"]}
    found["indexer status"] = [PYTHON.with_name("indexer"), "status", "--index", index]
    for asked in ASKED:
        found[f"search {asked}"] = [PYTHON.with_name("search"), asked, "--index", index]
        if old:
            found[f"old: search {asked}"] = [old[0] / ".venv" / "bin" / "search", asked, "--index", old[1]]
    return found


def measured(index: Path, old: Sequence[Path] = (), *, runs: int = 15) -> dict[str, Any]:
    """Milliseconds of each command."""
    times: dict[str, list[float]] = {name: [] for name in commands(index, old)}
    for run in range(runs + 2):
        for name, command in commands(index, old).items():
            began = time.perf_counter()
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment())
            if run > 1:  # the first compile modules and fill the page cache
                times[name].append((time.perf_counter() - began) * 1e3)
    return {name: spread(kept) for name, kept in times.items()}


def instructions(index: Path, old: Sequence[Path]) -> Iterator[tuple[str, float]]:
    """Yield millions of instructions of each command, with its modules compiled."""
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    fixed = environment() | {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    for name, command in commands(index, old).items():
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=fixed)
        done = subprocess.run([*counting, *command], check=False, capture_output=True, text=True, env=fixed)
        (said,) = [line for line in done.stderr.splitlines() if "refs:" in line]
        yield name, int(said.rpartition(":")[2].replace(",", "")) / 1e6


def main() -> None:
    """Measure, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--old", type=Path, nargs=2, default=(), metavar=("CHECKOUT", "INDEX"))
    arguments.add_argument("--instructions", action="store_true")
    given = arguments.parse_args()
    found = dict(instructions(given.index, given.old)) if given.instructions else measured(given.index, given.old)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
