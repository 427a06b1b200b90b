"""What was asked for at the command line, made of what was typed: every rule of which options go together is here.

No click and no index here.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.ask import Wanted
from search.commands.arguments import FIND, MODES, Arguments
from search.commands.destination import Destination
from search.commands.options import Mode, Operands
from search.errors import SearchError
from search.lookups.lookup import FILTERS, Lookup, dated, file_of, filters_of
from search.output import printer
from search.output.printer import MARKED, PRINTERS, Printer
from search.results import SORTS, Sort

if TYPE_CHECKING:
    from search.records.saved import SavedSearch

FOUND, NOTHING_FOUND, FAILED = 0, 1, 2
"""Exit codes."""
_DIRECTIONS = {"asc": False, "desc": True}
_FEW = 10
"""Filings shown when the user does not say how many."""


class Request(NamedTuple):
    """What a command line asks for, after every rule of what goes with what."""

    typed: Arguments
    mode: Mode
    """The command to carry out."""
    lookup: Lookup
    """With watchlists still as `@FILE` and without synonyms: what a saved search keeps."""
    synonyms: Path | None
    sort: str
    """As it was typed; empty when it was not."""
    wanted: Wanted
    printer: Printer

    @property
    def folder(self) -> Path:
        """Name the index's folder."""
        return self.typed.folder

    @property
    def cache(self) -> int:
        """Return how many bytes are kept of what was read."""
        return self.typed.cache << 20

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed to look for."""
        return replace(self.lookup, strict=False) == Lookup()

    def resolved(self) -> Lookup:
        """Read the watchlists, phrases and synonyms of the lookup from their files, write dates out; SearchError."""
        lookup = dated(self.lookup)
        values = chain.from_iterable(each.values for each in lookup.filters)
        if not self.synonyms and not any(map(file_of, (*values, *lookup.phrases))):
            return lookup
        from search.lookups.lists import resolved  # noqa: PLC0415  (few requests name a file)

        return resolved(lookup, self.synonyms)

    def recalled(self, search: "SavedSearch") -> "Request":
        """Ask what a saved search asks, and show it as this request would; the order typed now is the stronger."""
        synonyms = Path(search.synonyms) if search.synonyms else None
        sort = self.sort or search.sort or "relevance"
        wanted = self.wanted._replace(sort=sort_named(sort))
        lookup = replace(search.lookup, strict=self.typed.strict)
        return self._replace(lookup=lookup, synonyms=synonyms, sort=sort, wanted=wanted)


def request_of(typed: Arguments) -> Request:
    """Make a request of what was typed; SearchError for options that do not go together, or name nothing there is."""
    mode = _mode(replace(typed, coverage=False) if is_beside(typed) else typed)
    printer = _printer(typed)
    request = Request(
        typed=typed,
        mode=mode,
        lookup=_lookup(typed, () if mode.words is Operands.NAMES else _written_out(typed.query)),
        synonyms=typed.synonyms,
        sort=typed.sort or "",
        wanted=_wanted(typed, printer, mode),
        printer=printer,
    )
    if typed.run:
        return _named(request, typed.run)
    if mode.words is Operands.REQUIRED and request.is_empty:
        raise SearchError('nothing to search for: `search "orphan drug license"`, or `search --help`')
    return request


def is_beside(typed: Arguments) -> bool:
    """Tell whether coverage is to be written beside the answer, not in its place: beside a table in a file."""
    asks = bool(typed.query) or _lookup(typed, ()) != Lookup(strict=typed.strict)
    return typed.coverage and bool(typed.output) and PRINTERS[_format(typed)].beside and asks


def _mode(typed: Arguments) -> Mode:
    """Choose the one mode asked for; `FIND` when none is."""
    asked = [name for name in MODES if getattr(typed, name) or _is_zero(getattr(typed, name))]
    if len(asked) > 1:
        raise SearchError(f"{_joined(map(option_name, asked), 'and', each=' and ')} cannot be combined")
    if typed.text and not typed.open:
        raise SearchError("--text belongs with --open; for a printed answer write --format text")
    if typed.null and not typed.files:
        raise SearchError("--null belongs with --files")
    _check_serving(typed)
    mode = MODES[asked[0]] if asked else FIND
    if mode.words is Operands.NONE and typed.query:
        raise SearchError(f"--{asked[0]} takes no words beside it: {' '.join(typed.query)}")
    if typed.save and mode.words is not Operands.REQUIRED:
        raise SearchError(f"--save belongs with a search, not with --{asked[0]}")
    for name in ("evidence", "report"):
        if getattr(typed, name) and not mode.answers:
            raise SearchError(f"--{name} belongs with a search, not with --{option_name(asked[0])}")
    _check_companions(typed)
    return mode


def _check_serving(typed: Arguments) -> None:
    given = {
        "port": typed.port is not None,
        "host": typed.host,
        "name": typed.name,
        "workers": typed.workers,
    }
    alone = [
        name for name, is_given in given.items() if is_given and not (typed.serve or (typed.mcp and name == "port"))
    ]
    if alone:
        raise SearchError(f"--{alone[0]} belongs with --serve")


_COMPANIONS = {
    "sign": ("evidence",),
    "by": ("evidence", "report"),
    "force": ("evidence", "report"),
    "dry_run": ("forget",),
    "corpus": ("serve", "verify_evidence"),
    "signers": ("verify_evidence",),
}
"""Options that say something of another, by name: one of those must be there."""


def _check_companions(typed: Arguments) -> None:
    for name, others in _COMPANIONS.items():
        if getattr(typed, name) and not any(getattr(typed, other) for other in others):
            raise SearchError(f"--{option_name(name)} belongs with {_joined(map(option_name, others), 'or')}")


def option_name(field: str) -> str:
    """Return the name of an option as it is typed, without its dashes.

    >>> option_name("verify_evidence")
    'verify-evidence'
    """
    return field.replace("_", "-")


def _is_zero(value: object) -> bool:
    """Tell whether this is an option that was given without the number that may follow it."""
    return value == 0 and value is not False


def _lookup(typed: Arguments, words: tuple[str, ...]) -> Lookup:
    asked = filters_of({name: values for name in FILTERS if (values := getattr(typed, name))})
    return Lookup(query_of(words), asked, typed.exact, like=typed.like or "", phrases=typed.phrase, strict=typed.strict)


def _named(request: Request, name: str) -> Request:
    from search.records.saved import SavedSearches  # noqa: PLC0415  (few requests need it)

    if not request.is_empty or request.synonyms:
        raise SearchError("--run brings its own query and filters")
    return request.recalled(SavedSearches(request.folder).named(name))


def _format(typed: Arguments) -> str:
    """Choose the format as it is named, else by the output's suffix, else text."""
    named, output = typed.format or typed.short, typed.output
    if typed.format and typed.short and typed.format != typed.short:
        raise SearchError(f"--format {typed.format} and --{typed.short} cannot be combined")
    if output and not named and not printer.of_suffix(output):
        suffixes = ", ".join(suffix for each in PRINTERS.values() for suffix in each.suffixes)
        raise SearchError(f"--output {output}: name the format, or end it in one of {suffixes}")
    return named or (output and printer.of_suffix(output)) or printer.DEFAULT


def _printer(typed: Arguments) -> Printer:
    """Make the printer of the format asked for."""
    named, output = _format(typed), typed.output
    format = PRINTERS[named]
    if typed.columns and not format.takes_columns:
        takers = [name for name, each in PRINTERS.items() if each.takes_columns]
        raise SearchError(f"--columns belongs with {_joined(takers, 'or')}")
    if typed.bom and named not in MARKED:
        raise SearchError(f"--bom belongs with {_joined(MARKED, 'or')}")
    if typed.null and (output or format is not PRINTERS[printer.DEFAULT]):
        raise SearchError("--null is for a pipe, as text: leave the file and the format away")
    end = "\0" if typed.null else "\n"
    pager = "" if typed.no_pager else typed.pager
    destination = Destination(output=output, color=typed.color, end=end, marked=typed.bom, pager=pager)
    return format.load()(destination, typed.columns or "")


def _joined(names: Iterable[str], word: str, *, each: str = ", ") -> str:
    """Name options as a sentence does.

    >>> _joined(["csv", "xlsx", "jsonl"], "or")
    '--csv, --xlsx or --jsonl'
    """
    *first, last = (f"--{name}" for name in names)
    return f"{each.join(first)} {word} {last}" if first else last


def _wanted(typed: Arguments, printer: Printer, mode: Mode) -> Wanted:
    if typed.all and typed.limit is not None:
        raise SearchError("--all and --limit cannot be combined")
    few = None if mode.words is Operands.NAMES else _FEW
    return Wanted(
        limit=None if typed.all else few if typed.limit is None else typed.limit,
        offset=typed.offset,
        sort=sort_named(typed.sort or "relevance"),
        documents=printer.documents if typed.documents is None else typed.documents,
        snippets=typed.snippets,
        width=typed.width,
        sentences=typed.context == "sentence",
        facets=tuple(name.strip() for name in (typed.facets or "").split(",") if name.strip()),
        over_time=typed.over_time or "",
    )


def sort_named(name: str) -> Sort:
    """Read an order, `filed`, `filed:asc`, ...; SearchError when there is none of that name.

    Best, newest, or first in the alphabet come first unless the direction is given.

    >>> sort_named("filed"), sort_named("company")
    (Sort(by='filed', descending=True), Sort(by='company', descending=False))
    """
    by, colon, direction = name.partition(":")
    if by not in SORTS or (colon and direction not in _DIRECTIONS):
        raise SearchError(f"--sort {name}: sort by {', '.join(SORTS)}, and :asc or :desc after it")
    return Sort(by, descending=_DIRECTIONS[direction] if colon else by != "company")


def _written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read the queries that `-` (standard input) and `@FILE` stand for; between others each is in parentheses."""
    words = tuple(word.strip() for word in words)
    if not any(word == STDIN or file_of(word) for word in words):
        return words
    from search.lookups.lists import read_query  # noqa: PLC0415  (few queries stand in files)

    if len(words) == 1 and not words[0].startswith("-@"):
        return (read_query(words[0]),)
    return tuple(_grouped(word) if word == STDIN or file_of(word) else word for word in words)


def _grouped(word: str) -> str:
    from search.lookups.lists import read_query  # noqa: PLC0415

    return f"{'-' if word.startswith('-@') else ''}({read_query(word)})"


STDIN = "-"
"""In place of a query: it is read from standard input."""


def query_of(words: tuple[str, ...]) -> str:
    """Join the words of a query to one text: a shell user may leave its outer quotes away."""
    return re.sub(r"[\x00-\x1f]+", " ", " ".join(word.strip() for word in words)).strip()
