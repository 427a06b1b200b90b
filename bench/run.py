"""Every measurement in one go, kept under `runs/` with the machine and the versions: `make bench`.

    python bench/run.py [--small] [--folder DIR]

Is to take half an hour, and 5 GB of disk; `--small` takes minutes and says less. `asking.py` has the first time, p95,
memory, and a million documents.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import report
from cold import measured as cold
from measuring import HERE, in_process, machine, said
from queries import EVERY, write_texts
from queries import measured as queries

SHARED = HERE.parents[1] / "shared" / "filings"
FAST = ("this program", "tantivy")


def measured(folder: Path, kept: Path, *, small: bool) -> None:
    """Everything, by name of the measurement, each written when it is done; what is there already is not done again."""
    sizes = (300, 1000) if small else (1000, 10_000, 100_000)
    found: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {"machine": machine()}
    steps: dict[str, Callable[[], Any]] = {
        "end to end": lambda: _end_to_end(folder, 100 if small else 2000),
        "text": lambda: _text_only(folder, sizes[1]),
        "passages": lambda: in_process(HERE / "passages.py", folder / "p"),
        "cold": lambda: _cold(folder, sizes[1]),
        **{f"queries {size}": partial(_queries, folder, size) for size in sizes},
    }
    for name, step in steps.items():
        if name not in found:
            found[name] = step()
            found["machine"]["load after"] = machine()["load"]
            kept.write_text(json.dumps(found, indent=1) + "\n")


def _queries(folder: Path, size: int) -> Any:
    return queries(size, folder / "q", engines=EVERY if size <= 10_000 else FAST)


def _end_to_end(folder: Path, documents: int) -> dict[str, Any]:
    made = folder / "submissions"
    in_process(HERE / "submissions.py", made, "--documents", str(documents))
    corpora = {"made-up submissions": made} | ({"real submissions": SHARED} if SHARED.is_dir() else {})
    return {name: in_process(HERE / "end_to_end.py", path, folder / "e") for name, path in corpora.items()}


def _text_only(folder: Path, documents: int) -> dict[str, Any]:
    """Megabytes of text a second, with one process and two."""
    lines, index = folder / "texts.jsonl", folder / "t"
    size = write_texts(lines, documents, median=1000)
    found: dict[str, Any] = {"text": size, "documents": documents}
    for name, processes in [(name, n) for name in ("this program", "tantivy", "stock Whoosh") for n in (1, 2)]:
        said(f"text only: {name}, {processes}")
        built = in_process(HERE / "engines.py", "build", name, lines, index, str(processes))
        found[f"{name}, {processes}"] = built
        shutil.rmtree(index)
    return found


def _cold(folder: Path, documents: int) -> dict[str, Any]:
    said("cold starts")
    made, index = folder / "cold", folder / "cold-index"
    in_process(HERE / "submissions.py", made, "--documents", str(documents))
    in_process(HERE / "end_to_end.py", made, index, "this program", "2")
    return cold(index)


def main() -> None:
    """Measure, keep, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument(
        "--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the run; one that was cut short goes on"
    )
    parser.add_argument("--folder", type=Path, help="for the indexes; a temporary one by default")
    asked = parser.parse_args()
    kept = HERE / "runs" / f"{asked.date}{'-small' if asked.small else ''}"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        measured(Path(folder), kept / "results.json", small=asked.small)
    report.write(kept)
    said(f"written to {kept}")


if __name__ == "__main__":
    main()
