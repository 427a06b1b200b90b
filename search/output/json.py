"""Results as JSON and as JSON lines: the shapes of docs/output.md, with a version. Hits are written one by one."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.harmless import harmless_json
from indexer.printing import plain
from search.results import Hit, Results

_PAIR = re.compile(r"\[\n *(\d+),\n *(\d+)\n *\]")  # no string holds a line break that is not escaped

VERSION = 1
"""Raised when a name is taken away or changes its meaning; a new name does not raise it."""


def as_json(results: Results) -> str:
    """One JSON object."""
    return "\n".join(streamed(results, results.hits))


def streamed(results: Results, hits: Iterable[Hit]) -> Iterator[str]:
    """One JSON object, a line or a hit at a time; with `hits` in place of those the results hold."""
    yield from object_lines({"version": VERSION, **plain(results)}, hits)


def object_lines(head: dict[str, Any], hits: Iterable[Hit]) -> Iterator[str]:
    """A JSON object with the hits under `hits`, last."""
    head.pop("hits", None)
    yield dumped(head, indent=2).removesuffix("\n}") + ","
    yield '  "hits": ['
    yield from separated(_indented(dumped(plain(hit), indent=2), 4) for hit in hits)
    yield "  ]"
    yield "}"


def separated(items: Iterable[str]) -> Iterator[str]:
    """The items of a JSON array, a comma after each but the last."""
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
    """A JSON object a line: first the totals (`"type": "results"`), then the hits (`"type": "hit"`)."""
    head = {"type": "results", "version": VERSION, **plain(results)}
    head.pop("hits")
    yield dumped(head)
    for hit in hits:
        yield dumped({"type": "hit", **plain(hit)})


def dumped(value: object, *, indent: int | None = None) -> str:
    """JSON that may be shown on a terminal; indented, with pairs of offsets on a line."""
    return _PAIR.sub(r"[\1, \2]", harmless_json(json.dumps(value, ensure_ascii=False, indent=indent)))
