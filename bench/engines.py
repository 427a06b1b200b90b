"""The engines that are measured, each doing the same work: positions indexed, an exact count, the ten best by id.

An engine has `build` (texts to an index, in a folder) and `opened` (an index to a function that answers a question).
Run as a command, it does one of these in a process of its own and prints what it cost, as JSON:

    python bench/engines.py build ENGINE TEXTS FOLDER [PROCESSES]
    python bench/engines.py ask ENGINE FOLDER QUESTIONS
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from asked import Question
from ours import Ours
from peers import Fts5, StockWhoosh, Tantivy, Xapian

ENGINES: dict[str, Any] = {each.name: each() for each in (Ours, Tantivy, Fts5, Xapian, StockWhoosh)}


# One measurement, in a process of its own


def measured_build(engine: str, texts: Path, folder: Path, processes: int) -> dict[str, float]:
    """What building cost: seconds, bytes, and megabytes of memory of the process and its children."""
    began = time.perf_counter()
    ENGINES[engine].build(texts, folder, processes)
    seconds = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"seconds": seconds, "bytes": size, "memory": max(peaks) / 1024}


def measured_answers(engine: str, folder: Path, questions: list[Question], *, again: int = 5) -> dict[str, Any]:
    """By class of query: milliseconds of each question the first time and again, and how much each found."""
    ask = ENGINES[engine].opened(folder)
    ask(questions[0])
    times: dict[str, dict[str, list[float]]] = {}
    for asked in questions:
        kept = times.setdefault(asked.kind, {"first": [], "again": [], "found": []})
        began = time.perf_counter()
        kept["found"].append(ask(asked))
        kept["first"].append((time.perf_counter() - began) * 1e3)
    for asked in [asked for _ in range(again) for asked in questions]:
        began = time.perf_counter()
        ask(asked)
        times[asked.kind]["again"].append((time.perf_counter() - began) * 1e3)
    return times


def private_memory() -> float:
    """Megabytes the process has that are no mapped file; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def questions_of(file: Path) -> list[Question]:
    """Questions as `queries.py` writes them."""
    return [Question(*asked) for asked in json.loads(file.read_text())]


def main() -> None:
    """Do one measurement and print it."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    what, engine, *rest = sys.argv[1:]
    if what == "build":
        texts, folder, *processes = rest
        print(json.dumps(measured_build(engine, Path(texts), Path(folder), int([*processes, 1][0]))))
    else:
        answers = measured_answers(engine, Path(rest[0]), questions_of(Path(rest[1])))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"answers": answers, "memory": memory, "private": private_memory()}))


if __name__ == "__main__":
    main()
