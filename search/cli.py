"""The `search` command: what a person types, and which mode it is. The work is done in `search.commands`.

Exit codes: 0 found; 1 nothing found (or nothing new, or a repeated lookup that differs); 2 error; 130 interrupted.
"""

import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.commands.terminal import let_go, run
from indexer.errors import IndexerError
from search.commands import completion
from search.commands.arguments import Command, options
from search.errors import SearchError

if TYPE_CHECKING:
    from search.commands.request import Printing, Request
    from search.lookups.lookup import Lookup

# Modes import what they need when they run, so that the first answer is not kept waiting.
# ruff: noqa: PLC0415

_MODES = ("fields", "completion", "saved", "forget", "alerts", "repeat", "coverage", "explain", "count", "counts")
"""Options of which there can be one only; `open_rank` is the last."""


@click.command(
    cls=Command,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True, "max_content_width": 110},
)
@click.version_option(package_name="edgar-corpus-search")
@click.argument("query", nargs=-1, shell_complete=completion.query)
@options
def commands(query: tuple[str, ...], **given: Any) -> int:
    """Search an index of EDGAR submissions; print ranked filings with passages.

    Words must all occur; "a phrase" is exact; OR, NOT or -word, prefix*, a NEAR(5) b, and field:value (form:8-K) are
    understood; docs/query-language.md has the rest.
    """
    mode = _mode(given)
    if mode == "completion":
        click.echo(completion.script(commands, given["completion"]))
        return 0
    request = _request(query, given, mode)
    if given["save"] is not None:
        from search.commands.saved_searches import save

        save(request)
    return _carry_out(mode, request)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = run(commands, "search", (SearchError, IndexerError))
    let_go()
    os._exit(code)  # nothing is left to be done; taking all modules apart would take a tenth of the whole


def _mode(given: Mapping[str, Any]) -> str:
    """The one mode asked for; `find` when none is."""
    asked = [mode for mode in (*_MODES, "open_rank") if given[mode]]
    if len(asked) > 1:
        names = " and ".join(f"--{mode.removesuffix('_rank')}" for mode in asked)
        raise click.UsageError(f"{names} cannot be combined")
    if given["text"] and asked != ["open_rank"]:
        raise click.UsageError("--text belongs with --open; for a printed answer write --format text")
    mode = asked[0] if asked else "find"
    for name, modes in (("save", _ASKING), ("evidence", _ANSWERING)):
        if given[name] and mode not in modes:
            raise click.UsageError(f"--{name} belongs with a search, not with --{mode.removesuffix('_rank')}")
    return mode


def _request(query: tuple[str, ...], given: Mapping[str, Any], mode: str) -> "Request":
    from search.commands.request import Request
    from search.lookups.lookup import Lookup

    printing = _printing(given)
    request = Request(
        folder=given["folder"],
        words=query,
        lookup=_lookup(() if mode == "alerts" else query, given),
        synonyms=given["synonyms"],
        sort=given["sort"] or "",
        wanted=_wanted(given, printing, mode),
        printing=printing,
        evidence=given["evidence"],
        save=given["save"] or "",
        forget=given["forget"] or "",
        repeat=given["repeat"],
        rank=given["open_rank"] or 0,
        as_text=given["text"],
    )
    if given["run"]:
        return _recalled(request, given["run"])
    if mode in _ASKING and request.lookup == Lookup():
        raise click.UsageError('nothing to search for: `search "orphan drug license"`, or `search --help`')
    return request


def _lookup(query: tuple[str, ...], given: Mapping[str, Any]) -> "Lookup":
    from search.commands.request import query_of
    from search.lookups.lookup import FILTERS, Lookup, filters_of

    filters = filters_of({name: given[name] for name in FILTERS if given[name]})
    return Lookup(query_of(query), filters, given["exact"], like=given["like"] or "")


def _recalled(request: "Request", name: str) -> "Request":
    from search.commands.saved_searches import recalled
    from search.lookups.lookup import Lookup
    from search.records.saved import SavedSearches

    if request.lookup != Lookup() or request.synonyms:
        raise click.UsageError("--run brings its own query and filters")
    return recalled(SavedSearches(request.folder).named(name), request)


def _printing(given: Mapping[str, Any]) -> "Printing":
    """The format: as it is named, else that of the output's suffix, else text."""
    from search.commands.destination import SUFFIXES
    from search.commands.request import Printing

    output: Path | None = given["output"]
    named = given["format"] or given["short"]
    if given["format"] and given["short"] and given["format"] != given["short"]:
        raise click.UsageError(f"--format {given['format']} and --{given['short']} cannot be combined")
    if output and not named and output.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"--output {output}: name the format, or end it in one of {', '.join(SUFFIXES)}")
    found = named or (SUFFIXES[output.suffix.lower()] if output else "text")
    if given["columns"] and found not in ("csv", "xlsx", "jsonl"):
        raise click.UsageError("--columns belongs with --csv, --xlsx or --jsonl")
    return Printing(found, output, given["columns"] or "", given["color"])


def _wanted(given: Mapping[str, Any], printing: "Printing", mode: str) -> Any:
    from search.ask import Wanted
    from search.commands.request import sort_named

    if given["all"] and given["limit"] is not None:
        raise click.UsageError("--all and --limit cannot be combined")
    is_table = printing.format in ("csv", "xlsx") or bool(printing.columns)
    few = 10 if given["limit"] is None and mode != "alerts" else given["limit"]
    return Wanted(
        limit=None if given["all"] else few,
        offset=given["offset"],
        sort=sort_named(given["sort"] or "relevance"),
        documents=given["documents"] if given["documents"] is not None else None if is_table else 3,
        snippets=given["snippets"],
        width=given["width"],
        sentences=given["context"] == "sentence",
        facets=tuple(name.strip() for name in (given["facets"] or "").split(",") if name.strip()),
        over_time=given["over_time"] or "",
    )


_ANSWERING = frozenset({"find", "count", "counts"})
"""Modes that answer a lookup."""
_ASKING = _ANSWERING | {"explain", "open_rank"}
"""Modes that need something to look for."""


def _carry_out(mode: str, request: "Request") -> int:
    match mode:
        case "count":
            from search.commands.find import count as command
        case "counts":
            from search.commands.tables import counts as command
        case "explain":
            from search.commands.inspect import explain as command
        case "coverage":
            from search.commands.inspect import coverage as command
        case "fields":
            from search.commands.inspect import fields as command
        case "open_rank":
            from search.commands.open import open_hit as command
        case "repeat":
            from search.commands.evidence import repeat as command
        case "saved":
            from search.commands.saved_searches import listing as command
        case "forget":
            from search.commands.saved_searches import forget as command
        case "alerts":
            from search.commands.saved_searches import alerts as command
        case _:
            from search.commands.find import find as command
    return command(request)
