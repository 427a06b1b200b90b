"""Results as JSON and as JSON lines: the shapes of docs/output.md, with a version. Hits are written one by one."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from indexer import printing
from indexer.harmless import harmless_json
from search.output.printer import NewHits, Printer, Report
from search.output.table import Table, TablePrinter
from search.results import Hit, Results

if TYPE_CHECKING:
    from indexer.filings import Header

_PAIR = re.compile(r"\[\n *(\d+),\n *(\d+)\n *\]")  # no string holds a line break that is not escaped

plain = partial(printing.plain, without=("handle",))
"""Make plain values of what JSON is to hold; what an engine calls a document means nothing to others."""

VERSION = 1
"""Raised when a name is taken away or changes its meaning; a new name does not raise it."""


_COLUMNS = {"type": "document_type"}
"""Columns that are called otherwise in JSON, where `type` says what a line is."""


class JsonPrinter(Printer):
    """Print one JSON object; of tables and lists, one a line."""

    relaxes = True

    def hits(self, results: Results, hits: Iterable[Hit], header: "Callable[[str], Header]") -> None:
        """Print the totals and, last, the hits, each written as it comes."""
        self._sink.lines(streamed(results, hits))

    def table(self, table: Table) -> None:
        """Print an object for each row, a line each."""
        ObjectPrinter(self._sink).table(table)

    def count(self, results: Results) -> None:
        """Print the totals on one line."""
        self._sink.lines([dumped(_without(versioned(results), "hits", "seconds"))])

    def report(self, report: Report) -> None:
        """Print one object, indented, or a line for each of several."""
        match report.data:
            case None:
                self._sink.lines([dumped({"version": VERSION, "lines": list(report.lines)}, indent=2)])
            case list():
                self._sink.lines(dumped(typed(each, report.kind)) for each in report.data)
            case one:
                self._sink.lines([dumped(versioned(one), indent=2)])

    def alerts(self, alerts: Iterable[NewHits]) -> None:
        """Print one object that holds one for each search."""
        self._sink.lines(_alerts_object(alerts))


class JsonLinesPrinter(JsonPrinter):
    """Print a JSON object a line; of chosen columns, one for each document."""

    relaxes = False

    @property
    def documents(self) -> int | None:
        """Show all, where the hits are printed as a table."""
        return None if self._columns else super().documents

    def hits(self, results: Results, hits: Iterable[Hit], header: "Callable[[str], Header]") -> None:
        """Print the totals, then the hits; or the columns that were named of each document."""
        if self._columns:
            ObjectPrinter(self._sink, self._columns).hits(results, hits, header)
        else:
            self._sink.lines(as_json_lines(results, hits))

    def count(self, results: Results) -> None:
        """Print the totals."""
        self._sink.lines([dumped(_without(typed(results, "results"), "hits", "seconds"))])

    def report(self, report: Report) -> None:
        """Print a line for each of several, or for the one."""
        match report.data:
            case None:
                self._sink.lines(dumped(typed(each, "line")) for each in report.lines)
            case list():
                super().report(report)
            case one:
                self._sink.lines([dumped(typed(one, report.kind))])

    def alerts(self, alerts: Iterable[NewHits]) -> None:
        """Print, of each search, what it is and then its hits."""
        self._sink.lines(line for alert in alerts for line in _alert_lines(alert))


class ObjectPrinter(TablePrinter):
    """Print a JSON object for each row of a table."""

    def table(self, table: Table) -> None:
        """Print an object for each row, a line each."""
        names = [_COLUMNS.get(name, name) for name in table.columns]
        rows = (dict(zip(names, row, strict=True)) for row in table.rows)
        self._sink.lines(dumped(typed(row, "row")) for row in rows)


def typed(value: object, kind: str) -> dict[str, Any]:
    """Give the names and values of an object for a line of its own: what it is and the version of the shapes first.

    >>> typed("a.txt", "path")
    {'type': 'path', 'version': 1, 'path': 'a.txt'}
    """
    values = plain(value)
    return {"type": kind, "version": VERSION, **(values if isinstance(values, dict) else {kind: values})}


def versioned(value: object) -> dict[str, Any]:
    """Give the names and values of an object, with the version of the shapes before them."""
    return {"version": VERSION, **plain(value)}


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name not in names}


def _alert_head(alert: NewHits) -> dict[str, Any]:
    return _without({"name": alert.name, "since": alert.since, **plain(alert.results)}, "hits")


def _alerts_object(alerts: Iterable[NewHits]) -> Iterator[str]:
    yield f'{{"version": {VERSION}, "alerts": ['
    yield from separated("\n".join(object_lines(_alert_head(alert), alert.hits)) for alert in alerts)
    yield "]}"


def _alert_lines(alert: NewHits) -> Iterator[str]:
    yield dumped(typed(_alert_head(alert), "alert"))
    for hit in alert.hits:
        yield dumped(typed({"alert": alert.name, **plain(hit)}, "hit"))


def as_json(results: Results) -> str:
    """Write results as one JSON object, with line breaks."""
    return "\n".join(streamed(results, results.hits))


def streamed(results: Results, hits: Iterable[Hit]) -> Iterator[str]:
    """Write one JSON object, a line or a hit at a time; with `hits` in place of those the results hold."""
    yield from object_lines(versioned(results), hits)


def object_lines(head: dict[str, Any], hits: Iterable[Hit]) -> Iterator[str]:
    """Write a JSON object that has the members of `head` and, last, the hits under `hits`."""
    head.pop("hits", None)
    yield dumped(head, indent=2).removesuffix("\n}") + ","
    yield '  "hits": ['
    yield from separated(_indented(dumped(plain(hit), indent=2), 4) for hit in hits)
    yield "  ]"
    yield "}"


def separated(items: Iterable[str]) -> Iterator[str]:
    """Put a comma after each item of a JSON array but the last."""
    before = None
    for item in items:
        if before is not None:
            yield before + ","
        before = item
    if before is not None:
        yield before


def _indented(text: str, columns: int) -> str:
    return " " * columns + text.replace("\n", "\n" + " " * columns)


def as_json_lines(results: Results, hits: Iterable[Hit]) -> Iterator[str]:
    """Write a JSON object a line: first the totals (`"type": "results"`), then the hits (`"type": "hit"`)."""
    yield dumped(_without(typed(results, "results"), "hits"))
    yield from (dumped(typed(hit, "hit")) for hit in hits)


def dumped(value: object, *, indent: int | None = None) -> str:
    """Write JSON that may be shown on a terminal; where it is indented, pairs of offsets stay on a line."""
    written = harmless_json(json.dumps(value, ensure_ascii=False, indent=indent))
    return written if indent is None else _PAIR.sub(r"[\1, \2]", written)
