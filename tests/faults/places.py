"""Builds that are cut short or fail at every place there is, and what becomes of the index. Prints JSON.

    python places.py FOLDER --builder columnar --fault kill [--rebuild] [--stays] [--every 3]

A build of the corpus's second state over an index of the first is done once undisturbed, then once for each place. In
a process of its own each fails at its place. Then the index is opened as it was left, and has to be as of a commit of
the undisturbed build; and the build is run again, and has to come to what the undisturbed build came to.
"""

import argparse
import json
import os
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import scenario
from hooks import KILLED, Places, install
from scenario import State, copied, state

from indexer.errors import UnwritableIndexError
from indexer.storage.lock import FILE as LOCK
from indexer.whoosh_compat.commits import generation

_IN_WORKERS = 12
"""After a killed build the next one reads in worker processes, which takes time: here once in so many places."""

REFUSED, FINISHED, OTHERWISE = 87, 0, 88


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--builder", default="columnar")
    arguments.add_argument("--fault", default="kill")
    arguments.add_argument("--rebuild", action="store_true")
    arguments.add_argument("--stays", action="store_true")
    arguments.add_argument("--every", type=int, default=1)
    options = arguments.parse_args()
    trial = Trial(options.folder, builder=options.builder, rebuild=options.rebuild)
    trial.prepare()
    template = Places(options.folder, fault=options.fault, stays=options.stays)
    outcomes: Counter[str] = Counter()
    met: Counter[str] = Counter()
    wrong = []
    for at in range(0, trial.places.count, options.every):
        kind, outcome = trial.at(replace(template, at=at, kinds=Counter(), unsynced={}, unnamed=set(), renamed=[]))
        met[kind] += 1
        outcomes[outcome.split(":")[0]] += 1
        if not outcome.startswith(("same", "after", "unreached")):
            wrong.append((at, kind, outcome))
    print(json.dumps({"places": met.total(), "kinds": met, "outcomes": outcomes, "wrong": wrong}))


class Trial:
    """The undisturbed builds, and the disturbed ones against them."""

    def __init__(self, folder: Path, *, builder: str, rebuild: bool) -> None:
        self._corpus, self._index = folder / "corpus", folder / "index"
        self._before, self._end = folder / "before", folder / "end"
        self._how = {"builder": builder, "rebuild": rebuild}
        self.places = Places(folder)
        self._states: dict[int, State] = {}
        self._last: State

    def prepare(self) -> None:
        """Build undisturbed: the first corpus, and the second over it, keeping what the index says at each commit."""
        scenario.write_first(self._corpus)
        scenario.build(self._corpus, self._index, builder=self._how["builder"])
        scenario.write_second(self._corpus)
        copied(self._index, self._before)
        self._states[generation(self._index)] = state(self._index)
        reading, writing = os.pipe()
        if not os.fork():
            self._undisturbed(writing)
        os.close(writing)
        with os.fdopen(reading) as counted:
            self.places.count = int(counted.read())
        self._last = state(self._index)
        self._states[generation(self._index)] = self._last
        assert os.wait()[1] == 0

    def _undisturbed(self, writing: int) -> None:
        places = replace(self.places, folder=self._index)
        install(places)
        scenario.build(self._corpus, self._index, **self._how)
        os.write(writing, str(places.count).encode())
        os._exit(0)

    def at(self, places: Places) -> tuple[str, str]:
        """The kind of the place, and what became of the index."""
        copied(self._before, self._index)
        places.folder = self._index
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            self._disturbed(places, writing)
        os.close(writing)
        with os.fdopen(reading) as said:
            kind = said.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == FINISHED and not kind:
            return "none", "unreached: this build had fewer places"
        return kind, self._judge(code, places)

    def _disturbed(self, places: Places, writing: int) -> None:
        random.seed()
        exit_at = os._exit

        def leave(code: int) -> None:
            os.write(writing, places.met.encode())
            exit_at(code)

        os._exit = leave
        install(places)
        try:
            scenario.build(self._corpus, self._index, **self._how)
        except UnwritableIndexError:
            leave(REFUSED)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            leave(OTHERWISE)
        leave(FINISHED)

    def _judge(self, code: int, places: Places) -> str:
        if code not in (KILLED, REFUSED, FINISHED):
            return f"ended with {code}"
        try:
            at = generation(self._index)
            left = state(self._index)
            if at in self._states and left != self._states[at]:
                return f"left otherwise than the commit it was at: {_differences(left, self._states[at])}"
            random.seed()
            if places.at % _IN_WORKERS:
                (self._index / LOCK).write_bytes(b"")
            scenario.build(self._corpus, self._index, **self._how)
            resumed = state(self._index)
        except Exception as error:
            return f"failed: {error!r}"
        if resumed != self._last:
            return f"resumed to something else: {_differences(resumed, self._last)}"
        scenario.build(self._corpus, self._index, builder=self._how["builder"])
        if left_over := scenario.leftovers(self._index):
            return f"left files behind: {left_over}"
        return "same" if code != FINISHED else "after: the build went on to its end"


def _differences(one: State, other: State) -> str:
    return "; ".join(
        f"{name}: {_only(mine, theirs)} for {_only(theirs, mine)}"
        for name, mine, theirs in zip(State._fields, one, other, strict=True)
        if mine != theirs
    )


def _only(mine: list[Any], theirs: list[Any]) -> str:
    return repr([each for each in mine if each not in theirs])[:500]


if __name__ == "__main__":
    main()
