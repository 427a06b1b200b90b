"""A run's results as tables and as a picture, and the README's table made from them.

python bench/report.py bench/runs/2026-11-20
"""

import json
import math
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from measuring import HERE
from targets import targets

README = HERE.parent / "README.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def write(run: Path) -> None:
    """Write `report.md` and `growth.svg` beside a run's results, and the table in the README."""
    results = json.loads((run / "results.json").read_text())
    results["queries"] = [found for name, found in results.items() if name.startswith("queries")]
    (run / "report.md").write_text("\n".join(lines(results)) + "\n")
    (run / "growth.svg").write_text(picture(results))
    if README.exists() and BEGIN in (text := README.read_text()):
        before, _, rest = text.partition(BEGIN)
        table = "\n".join(summary(results))
        README.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}")


def lines(results: dict[str, Any]) -> Iterable[str]:
    """The whole report."""
    machine = results["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    yield "# What was measured\n"
    where = [machine["when"], machine["processor"], f"{machine['cores']} cores", machine["memory"], machine["system"]]
    yield f"{', '.join(where)}, Python {machine['python']}; {versions}."
    yield f"Load {machine['load']:.1f} before, {machine['load after']:.1f} after."
    yield "Only ratios within one table mean something on another machine.\n"
    if len(results["queries"]) == 3:  # a small run says nothing of them
        yield "## What was aimed at\n"
        rows = [
            (each.what, each.wanted, each.measured, "yes" if each.is_met else "**no**") for each in targets(results)
        ]
        yield from _table(("", "wanted", "measured", "met"), rows)
    for name, corpus in results["end to end"].items():
        yield from _end_to_end(name, corpus)
    yield from _text(results["text"])
    for size in results["queries"]:
        yield from _queries(size)
    yield from _rest(results)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _median(runs: Sequence[dict[str, float]], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def _end_to_end(name: str, found: dict[str, Any]) -> Iterable[str]:
    size = found["corpus"] / 1e6
    ours = _median(found["pipelines"]["this program"], "seconds")
    yield f"## From raw submissions to an index: {name}, {size:.0f} MB\n"
    rows = []
    for pipeline, runs in found["pipelines"].items():
        seconds = [run["seconds"] for run in runs]
        middle = statistics.median(seconds)
        between = f"{min(seconds):.1f} to {max(seconds):.1f}" if len(seconds) > 1 else "once"
        memory = f"{_median(runs, 'memory'):.0f}"
        rows.append((pipeline, f"{middle:.1f} ({between})", f"{size / middle:.1f}", f"{middle / ours:.2f}", memory))
    yield from _table(("", "seconds", "MB/s", "times as long", "MB of memory"), rows)


def _text(found: dict[str, Any]) -> Iterable[str]:
    size = found["text"]
    yield f"## Indexing text alone: {found['documents']:,} documents, {size / 1e6:.0f} MB of text\n"
    rows = []
    for name, built in found.items():
        if isinstance(built, dict):
            rate = size / 1e6 / built["seconds"]
            rows.append((name, f"{rate:.1f}", f"{built['bytes'] / size:.2f}", f"{built['memory']:.0f}"))
    yield from _table(("engine, processes", "MB/s", "index / text", "MB of memory"), rows)


def _queries(found: dict[str, Any]) -> Iterable[str]:
    engines = found["engines"]
    yield f"## Queries, {found['documents']:,} documents, {found['text'] / 1e6:.0f} MB of text\n"
    yield (
        "Milliseconds: the first time / warm (median of 25 queries, five times each; in brackets the middle 80 %)."
        " Warm is the same question again: this program then has its answer in memory.\n"
    )
    rows = []
    for kind, ours in engines["this program"]["asked"].items():
        cells = [_cell(engine["asked"][kind]) for engine in engines.values()]
        rows.append((kind, f"{ours['found']:,.0f}", *cells))
    yield from _table(("class", "documents found", *engines), rows)
    built = [
        (
            name,
            f"{each['built']['seconds']:.1f}",
            f"{each['built']['bytes'] / found['text']:.2f}",
            f"{each['built']['memory']:.0f}",
            f"{each['memory']:.0f}",
        )
        for name, each in engines.items()
    ]
    yield from _table(("", "building, seconds", "index / text", "MB of memory, building", "asking"), built)


def _cell(asked: dict[str, Any]) -> str:
    warm = asked["warm"]
    return f"{asked['first']['median']:.3g} / {warm['median']:.3g} ({warm['low']:.3g} to {warm['high']:.3g})"


def _rest(results: dict[str, Any]) -> Iterable[str]:
    yield "## Passages\n"
    rows = [
        (engine, kind, f"{times['median']:.2f}", f"{times['low']:.2f} to {times['high']:.2f}")
        for engine, kinds in results["passages"].items()
        for kind, times in kinds.items()
    ]
    yield from _table(("engine", "of", "ms a passage", "middle 80 %"), rows)
    yield "## Starting cold\n"
    least = results["cold"]["import numpy"]["median"]
    rows = [
        (name, f"{times['median']:.0f}", f"{times['low']:.0f} to {times['high']:.0f}", f"{times['median'] / least:.2f}")
        for name, times in results["cold"].items()
    ]
    yield from _table(("process", "ms", "middle 80 %", "times `import numpy`"), rows)


def summary(results: dict[str, Any]) -> Iterable[str]:
    """The README's table: how long this program takes, and how many times as long two others do."""
    most = results["queries"][-1]["engines"]
    both = results["queries"][-2]["engines"]
    rows = []
    for name, found in results["end to end"].items():
        ours = _median(found["pipelines"]["this program"], "seconds")
        soup, lxml = (
            _median(found["pipelines"][each], "seconds") / ours
            for each in ("BeautifulSoup + stock Whoosh", "lxml + tantivy")
        )
        rate = found["corpus"] / 1e6 / ours
        rows.append(
            (f"building, {name}", f"{rate:.0f} MB/s", f"{soup:.1f} × with BeautifulSoup", f"{lxml:.2f} × with lxml")
        )
    for kind in most["this program"]["asked"]:
        against = [_ratio(both, "stock Whoosh", kind, "first"), _ratio(most, "tantivy", kind, "first")]
        milliseconds = most["this program"]["asked"][kind]["first"]["median"]
        whoosh, tantivy = (f"{ratio:.{0 if ratio >= 10 else 1 if ratio >= 2 else 2}f} ×" for ratio in against)
        rows.append((f"asking: {_SAID.get(kind, kind)}", f"{milliseconds:.2f} ms", whoosh, tantivy))
    small, large = (f"{results['queries'][place]['documents']:,} documents" for place in (-2, -1))
    return _table(("", f"this program ({large})", f"Whoosh takes ({small})", f"tantivy takes ({large})"), rows)


_SAID = {
    "common": "a common word",
    "rare": "a rare word",
    "and": "three words",
    "or": "any of three",
    "phrase": "a phrase",
    "prefix": "a beginning",
    "near": "two words near",
    "filter": "form and dates",
    "sort": "by date",
    "facet": "counts by form",
}


def _ratio(engines: dict[str, Any], peer: str, kind: str, when: str = "warm") -> float:
    of_peer, ours = (engines[name]["asked"][kind][when]["median"] for name in (peer, "this program"))
    return float(of_peer / ours)


# The picture

_COLOURS = {"this program": "#0b5", "tantivy": "#c60", "SQLite FTS5": "#57c", "xapian": "#a5a", "stock Whoosh": "#888"}
_WIDTH, _HEIGHT, _MARGIN = 360, 260, 50


def picture(results: dict[str, Any]) -> str:
    """What building, a common word and a phrase cost, by the number of documents; both axes are powers of ten."""
    plots = [
        _plot("building, seconds", [(size, lambda each: each["built"]["seconds"]) for size in results["queries"]]),
        _plot("a common word, the first time, ms", [(size, _first("common")) for size in results["queries"]]),
        _plot("a phrase, the first time, ms", [(size, _first("phrase")) for size in results["queries"]]),
    ]
    width = _WIDTH * len(plots)
    moved = [f'<g transform="translate({_WIDTH * place},0)">{plot}</g>' for place, plot in enumerate(plots)]
    style = "<style>text{font:11px sans-serif;fill:#555}path{fill:none;stroke-width:2}</style>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT + 20}" role="img">'
    return f"{head}<title>Cost by number of documents</title>{style}{''.join(moved)}{_legend()}</svg>\n"


def _first(kind: str) -> Any:
    return lambda each: each["asked"][kind]["first"]["median"]


def _plot(title: str, sizes: Sequence[tuple[dict[str, Any], Any]]) -> str:
    points = {
        name: [(size["documents"], cost(size["engines"][name])) for size, cost in sizes if name in size["engines"]]
        for name in _COLOURS
    }
    every = [point for kept in points.values() for point in kept]
    across = [math.log10(x) for x, _ in every]
    up = [math.log10(y) for _, y in every]
    bounds = (min(across), max(across), math.floor(min(up)), math.ceil(max(up)))
    parts = [f'<text x="{_MARGIN}" y="14">{title}</text>', *_grid(bounds)]
    for name, kept in points.items():
        if kept:
            places = [_place(math.log10(x), math.log10(y), bounds) for x, y in kept]
            path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
            parts.append(f'<path d="{path}" stroke="{_COLOURS[name]}"/>')
    return "".join(parts)


def _place(across: float, up: float, bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    left, right, bottom, top = bounds
    x = _MARGIN + (across - left) / (right - left or 1) * (_WIDTH - 1.5 * _MARGIN)
    y = _HEIGHT - 30 - (up - bottom) / (top - bottom or 1) * (_HEIGHT - 60)
    return x, y


def _grid(bounds: tuple[float, float, float, float]) -> Iterable[str]:
    left, right, bottom, top = bounds
    for power in range(math.ceil(left), math.floor(right) + 1):
        x, y = _place(power, bottom, bounds)
        yield f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{10**power:,}</text>'
    for power in range(int(bottom), int(top) + 1):
        x, y = _place(left, power, bounds)
        end, _ = _place(right, power, bounds)
        yield f'<line x1="{x:.0f}" x2="{end:.0f}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
        yield f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g}</text>'


def _legend() -> str:
    parts = []
    for place, (name, colour) in enumerate(_COLOURS.items()):
        x = _MARGIN + 140 * place
        parts.append(f'<rect x="{x}" y="{_HEIGHT}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="{_HEIGHT + 10}">{name}</text>')
    return "".join(parts)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
