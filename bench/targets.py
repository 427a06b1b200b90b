"""What this program set out to cost, against what a run measured: the first table of its report."""

import statistics
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

SLOWER_AGAINST_TANTIVY = {"prefix": 3.0, "filter": 3.0}
FASTER_THAN_WHOOSH = {"rare": 4.0}


class Target(NamedTuple):
    """Something measured, and what it had to be."""

    what: str
    wanted: str
    measured: str
    is_met: bool


def targets(results: dict[str, Any]) -> Iterator[Target]:
    """Every target of a run, in the order of the report's tables."""
    for name, found in results["end to end"].items():
        yield from _end_to_end(name, found["pipelines"])
    yield from _text(results["text"])
    yield from _sizes(results)
    yield from _queries(results)
    yield from _rest(results)


def _at_least(what: str, wanted: float, measured: float, unit: str = "times as fast") -> Target:
    return Target(what, f"at least {wanted:g} {unit}", f"{measured:.2f}", measured >= wanted)


def _at_most(what: str, wanted: float, measured: float, unit: str = "") -> Target:
    return Target(what, f"at most {wanted:g} {unit}".rstrip(), f"{measured:.2f}", measured <= wanted)


def _median(runs: Sequence[dict[str, float]], what: str = "seconds") -> float:
    return statistics.median(run[what] for run in runs)


def _end_to_end(name: str, pipelines: dict[str, Any]) -> Iterator[Target]:
    seconds = {pipeline: _median(runs) for pipeline, runs in pipelines.items()}
    one, two = seconds["this program"], seconds["this program, 2 processes"]
    yield _at_least(
        f"{name}: against BeautifulSoup + stock Whoosh, one process", 15, seconds["BeautifulSoup + stock Whoosh"] / one
    )
    yield _at_least(f"{name}: against lxml + tantivy, one process", 0.8, seconds["lxml + tantivy"] / one)
    yield _at_least(f"{name}: against lxml + tantivy, two processes", 1, seconds["lxml + tantivy"] / two)


def _text(found: dict[str, Any]) -> Iterator[Target]:
    for processes, wanted in ((1, 14), (2, 22)):
        rate = found["stock Whoosh, 1"]["seconds"] / found[f"this program, {processes}"]["seconds"]
        yield _at_least(f"text alone: against stock Whoosh in one process, {processes} here", wanted, rate)


def _sizes(results: dict[str, Any]) -> Iterator[Target]:
    text = results["text"]
    yield _at_most("made-up text: index / text", 0.45, text["this program, 1"]["bytes"] / text["text"])
    for name, found in results["end to end"].items():
        run = found["pipelines"]["this program"][0]
        yield _at_most(f"{name}: index / text", 0.45, (run["bytes"] - run["text store"]) / run["text"])
        yield _at_most(f"{name}: text store / text", 0.32, run["text store"] / run["text"])


def _queries(results: dict[str, Any]) -> Iterator[Target]:
    by_size = {found["documents"]: found["engines"] for found in results["queries"]}
    small, large = sorted(by_size)[-2:]
    for kind in by_size[small]["this program"]["asked"]:
        rate = 1 / _times(by_size[small], "stock Whoosh", kind)
        yield _at_least(f"{kind}, {small:,} documents: against stock Whoosh", FASTER_THAN_WHOOSH.get(kind, 50), rate)
    for kind in by_size[large]["this program"]["asked"]:
        times = _times(by_size[large], "tantivy", kind)
        yield _at_most(
            f"{kind}, {large:,} documents: against tantivy", SLOWER_AGAINST_TANTIVY.get(kind, 2), times, "times as long"
        )


def _times(engines: dict[str, Any], peer: str, kind: str) -> float:
    """How many times as long as the peer a warm query of this kind takes."""
    ours, theirs = (engines[name]["asked"][kind]["warm"]["median"] for name in ("this program", peer))
    return float(ours / theirs)


def _rest(results: dict[str, Any]) -> Iterator[Target]:
    ours = results["passages"]["this program"]
    yield _at_most("a passage", 0.3, ours["hits"]["median"], "ms")
    yield _at_most("a passage of four million characters", 2, ours["long document"]["median"], "ms")
    cold = results["cold"]
    slowest = max(times["median"] for name, times in cold.items() if name.startswith("search"))
    yield _at_most("the slowest cold `search`", 1.5, slowest / cold["import numpy"]["median"], "times `import numpy`")
    built = {found["documents"]: found["engines"]["this program"]["built"] for found in results["queries"]}
    small, large = sorted(built)[-2:]
    yield _at_most(f"memory, {large:,} documents", 400, built[large]["memory"], "MB")
    yield _at_most(
        f"memory, {large:,} documents against {small:,}", 1.25, built[large]["memory"] / built[small]["memory"]
    )
    growth = built[large]["seconds"] / built[small]["seconds"] / (large / small)
    yield _at_most(f"building, {large:,} documents against {small:,}, by document", 1.15, growth)
