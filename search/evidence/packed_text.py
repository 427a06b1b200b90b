"""Text packed with gzip and base64: long lists within evidence, and evidence within the report that shows it.

A short list is kept row by row. The digest of one is of its lines of JSON, so that it is the same however the list is
kept. What the rows mean is not known here.
"""

import gzip
import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.output.json import plain
from search.records.parsed import JsonObject

SHORT = 16 << 10
"""Bytes of lines up to which the rows are kept as they are."""
MOST = 1 << 30
"""Bytes of lines that are unpacked: a small file may have been made to hold a large one."""

PAGE = "<!DOCTYPE html>"
"""Begins a report."""
_BEGINS, _ENDS = '<script type="application/gzip" id="evidence">', "</script>"


class Unpacked(NamedTuple):
    """A list read back."""

    rows: list[JsonObject]
    intact: bool
    """Whether its number of rows and its digest are those of the rows."""


def packed(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """Make what evidence holds of a list; each row has a value for each column."""
    lines = [_line(plain(row)) for row in rows]
    content = "".join(lines).encode()
    head = {"columns": list(columns), "number": len(lines), "sha256": hashlib.sha256(content).hexdigest()}
    if len(content) <= SHORT:
        return {**head, "rows": [json.loads(line) for line in lines]}
    return {**head, "gzip": _packed(content)}


def _line(row: object) -> str:
    return json.dumps(row, separators=(",", ":")) + "\n"


def unpacked(found: JsonObject, columns: Sequence[str]) -> Unpacked:
    """Read a list back; ValueError when it is none, or has other columns."""
    if found.texts("columns") != tuple(columns):
        raise ValueError(f"{found.place}.columns are not {', '.join(columns)}")
    content = _content(found)
    rows = [
        JsonObject(JsonObject.parse(f'{{"": {line}}}').members, f"{found.place}, row {number}").row("", *columns)
        for number, line in enumerate(content.splitlines(), 1)
    ]
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Unpacked(rows, (found.number("number"), found.text("sha256")) == (len(rows), digest))


def _content(found: JsonObject) -> str:
    if "gzip" not in found:
        return "".join(_line(row) for row in found.array("rows"))
    return _unpacked(found.text("gzip"), f"{found.place}.gzip").decode("ascii", "replace")


def embedded(content: str) -> str:
    """Make the element of a page that holds the text of evidence."""
    return f"{_BEGINS}{_packed(content.encode())}{_ENDS}"


def evidence_within(page: str) -> str:
    """Take the text of evidence out of a report; empty for a file that is none; ValueError when it cannot be."""
    if not page.startswith(PAGE):
        return ""
    _, begins, rest = page.rpartition(_BEGINS)
    if not begins:
        raise ValueError("it is a page without evidence in it")
    return _unpacked(rest.partition(_ENDS)[0], "the evidence in the page").decode("utf-8")


def _packed(content: bytes) -> str:
    return b64encode(gzip.compress(content, 9, mtime=0)).decode()


def _unpacked(said: str, place: str) -> bytes:
    try:
        unzipper = zlib.decompressobj(16 + zlib.MAX_WBITS)
        content = unzipper.decompress(b64decode(said, validate=True), MOST)
    except (ValueError, zlib.error) as error:
        raise ValueError(f"{place} cannot be unpacked ({error})") from error
    if not unzipper.eof:
        raise ValueError(f"{place} is cut short, or more than {MOST >> 20} MiB")
    return content
