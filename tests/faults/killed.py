"""One corpus indexed by one process, by four, and by one that is killed again and again. Prints JSON.

    python killed.py FOLDER --builder columnar --kills 20 --seed 7

Every kill comes at a place drawn at random (see `hooks`), so that each build gets a little further than the one before.
"""

import argparse
import json
import os
import random
from pathlib import Path

import scenario
from hooks import KILLED, Places, install
from scenario import State, state

from indexer.storage.lock import FILE as LOCK


def main() -> None:
    options = scenario.options(kills=20, seed=7)
    corpus = options.folder / "corpus"
    write(corpus)
    how = {"builder": options.builder}
    scenario.build(corpus, options.folder / "one", **how)
    scenario.build(corpus, options.folder / "four", processes=4, **how)
    kills = kill(corpus, options.folder / "killed", options)
    scenario.build(corpus, options.folder / "killed", **how)
    one, four, killed = (state(options.folder / name) for name in ("one", "four", "killed"))
    report = {"kills": kills, "submissions": len(one.submissions), "four": differences(four, one)}
    print(json.dumps({**report, "killed": differences(killed, one)}))


def write(corpus: Path) -> None:
    """Some two hundred submissions, of many of which there are copies, fuller and lesser ones."""
    corpus.mkdir()
    scenario.write_first(corpus / "first")
    for number in range(100, 300):
        texts = [scenario.text(number, 10 + number % 60), *(scenario.text(number + at, 9) for at in range(number % 3))]
        (corpus / f"{number}.txt").write_bytes(scenario.submission(number, *texts))
        if number % 4 == 0:
            copy = scenario.submission(number, scenario.text(number, number % 90))
            (corpus / f"{number // 10}-copy-of-{number}.txt").write_bytes(copy)


def kill(corpus: Path, index: Path, options: argparse.Namespace) -> int:
    """Start a build so many times and kill it each time; how many were killed before they were done."""
    draw = random.Random(options.seed)
    kills = 0
    while kills < options.kills:
        at = draw.randrange(3, 30)
        if not (child := os.fork()):
            random.seed()
            install(Places(index, at=at))
            scenario.build(corpus, index, builder=options.builder)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != KILLED:
            return kills
        kills += 1
        if kills % 7 and index.exists():
            (index / LOCK).write_bytes(b"")  # or all builds would read in workers, which takes longer
    return kills


def differences(found: State, expected: State) -> list[str]:
    """What is not the same."""
    return [name for name, mine, theirs in zip(State._fields, found, expected, strict=True) if mine != theirs]


if __name__ == "__main__":
    main()
