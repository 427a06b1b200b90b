"""How long a build takes that finds nothing changed. Prints JSON.

python unchanged.py FOLDER --files 100000
"""

import argparse
import json
import time
from pathlib import Path

import scenario


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--files", type=int, default=100_000)
    options = arguments.parse_args()
    corpus, index = options.folder / "corpus", options.folder / "index"
    for number in range(options.files):
        path = corpus / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(scenario.submission(number, scenario.text(number % 97, 12)))
    plain = {"commit_seconds": 30.0, "batch_bytes": None}
    first = _timed(lambda: scenario.build(corpus, index, processes=2, **plain))
    again = [_timed(lambda: scenario.build(corpus, index, processes=2, **plain)) for _ in range(3)]
    print(json.dumps({"files": options.files, "first": first, "again": sorted(again)[1]}))


def _timed(build: "scenario.Callable[[], scenario.Summary]") -> float:
    began = time.perf_counter()
    build()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
