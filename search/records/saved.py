"""Saved searches: kept for each user and index, with what was last shown of them.

They lie in one JSON file in the user's configuration (`searches.json` in `configuration()`), not in
the index: an index may be shared, read-only, or built anew. An index is known by its identity, wherever it lies; what
was kept under the path of one that had none is taken over. Every change is made under a lock and replaces the file
whole, so that none is lost and none is half written.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from indexer.addresses import absolute
from indexer.engines.engine import identity
from indexer.printing import one_line
from indexer.storage.lock import locked
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup, file_of
from search.records.files import write_lines
from search.records.parsed import JsonObject
from search.suggestions import nearest

VERSION = 1
_LONGEST = 100  # characters of a name
_LONGEST_ERROR = 300

_Kept: TypeAlias = dict[str, dict[str, Any]]
"""By index (its identity, or its path), then by name."""


class Seen(NamedTuple):
    """Up to where the results of a search have been shown."""

    generation: int
    begun: str
    """When the index was first committed to: its generations are another's when it was built anew."""
    committed: str = ""
    """When that generation was: an index brought back from a backup may have come to another of its number."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name."""

    name: str
    lookup: Lookup
    """With watchlists as `@FILE`, by their whole path, read anew each time; without synonyms."""
    saved: str
    """When, ISO 8601 in UTC."""
    synonyms: str = ""
    """The file they are in."""
    sort: str = "relevance"
    seen: Seen | None = None
    """None before anything was shown."""


class SavedSearches:
    """The saved searches of one user for one index."""

    def __init__(self, index: Path, folder: Path | None = None) -> None:
        """Keep the searches of an index in `folder`, else in the user's configuration."""
        self._path = absolute(index)
        self._index = identity(index) or self._path
        self._file = (folder or configuration()) / "searches.json"

    def all(self) -> list[SavedSearch]:
        """List the searches, by name."""
        return [_read(name, JsonObject(kept)) for name, kept in sorted(self._mine(self._load()).items())]

    def names(self) -> list[str]:
        """List their names, in order."""
        return sorted(self._mine(self._load()))

    def named(self, name: str) -> SavedSearch:
        """Find the search of that name; SearchError when there is none."""
        kept = self._mine(self._load())
        if name not in kept:
            raise SearchError(_no(name, list(kept)))
        return _read(name, JsonObject(kept[name]))

    def add(self, search: SavedSearch) -> None:
        """Keep a search; SearchError when its name is taken, or is no name."""
        _check(search.name)

        def change(kept: dict[str, Any]) -> None:
            if search.name in kept:
                raise SearchError(f"there is a search {search.name} already; --forget {search.name} takes it away")
            kept[search.name] = {name: value for name, value in asdict(search).items() if name != "name"}

        self._change(change)

    def remove(self, name: str) -> None:
        """Forget a search; SearchError when there is none of that name."""

        def change(kept: dict[str, Any]) -> None:
            if name not in kept:
                raise SearchError(_no(name, list(kept)))
            del kept[name]

        self._change(change)

    def mark(self, name: str, seen: Seen) -> None:
        """Note that a search's results have been shown; nothing when it was taken away meanwhile."""

        def change(kept: dict[str, Any]) -> None:
            if name in kept:
                kept[name]["seen"] = seen

        self._change(change)

    def _change(self, change: Callable[[dict[str, Any]], None]) -> None:
        with locked(self._file.with_suffix(".lock")):
            kept = self._load()
            change(self._mine(kept))
            write_lines(self._file, [json.dumps({"version": VERSION, "indexes": kept}, indent=2)])

    def _mine(self, kept: _Kept) -> dict[str, Any]:
        """Return the searches of the index, with those kept under its path before it had an identity."""
        by_path = kept.pop(self._path, {}) if self._path != self._index else {}
        mine = kept.setdefault(self._index, {})
        for name, search in by_path.items():
            mine.setdefault(name, search)
        return mine

    def _load(self) -> _Kept:
        try:
            content = JsonObject.parse(self._file.read_text(encoding="utf-8"))
            if content.number("version") > VERSION:
                raise SearchError(f"{self._file} was written by a newer version of this program: update the program")
            indexes = content.record("indexes")
            return {index: dict(_searches(indexes.record(index))) for index in indexes}
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise _unreadable(self._file, error) from error


def _searches(kept: JsonObject) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the searches of an index by name, each looked into, so that a fault shows before anything is asked."""
    for name in kept:
        _read(name, kept.record(name))
        yield name, kept.record(name).members


def _unreadable(file: Path, error: ValueError) -> SearchError:
    said = one_line(str(error))[:_LONGEST_ERROR]
    return SearchError(f"the saved searches in {file} cannot be read ({said}): mend it there, or move the file away")


def configuration() -> Path:
    """Name the folder of this program in the user's configuration."""
    from platformdirs import user_config_path  # noqa: PLC0415  (a search that is not saved does without)

    return user_config_path("edgar-corpus-search", appauthor=False)


def anchored(lookup: Lookup) -> Lookup:
    """Name the lookup's watchlists by their whole paths, so that it can be run from anywhere."""
    return replace(
        lookup,
        filters=tuple(Filter(name, tuple(map(_anchored, values))) for name, values in lookup.filters),
        phrases=tuple(map(_anchored, lookup.phrases)),
    )


def _anchored(value: str) -> str:
    named = file_of(value)
    return f"{named[0]}@{Path(named[1]).resolve()}" if named else value


def _check(name: str) -> None:
    if not name or len(name) > _LONGEST or not name.isprintable() or name.startswith("-"):
        raise SearchError(f"--save: a name is 1 to {_LONGEST} characters and does not begin with -")


def _no(name: str, names: list[str]) -> str:
    meant = nearest(name, names)
    hint = f"did you mean {meant}?" if meant else "--saved lists them"
    return f"there is no saved search {name}; {hint}"


def _read(name: str, kept: JsonObject) -> SavedSearch:
    lookup = kept.record("lookup")
    return SavedSearch(
        name,
        Lookup(
            lookup.text("query"),
            tuple(
                Filter(each.text("field"), each.texts("values")) for each in lookup.rows("filters", "field", "values")
            ),
            lookup.flag("exact"),
            like=lookup.text("like"),
            phrases=lookup.texts("phrases") if "phrases" in lookup else (),
        ),
        kept.text("saved"),
        kept.text("synonyms"),
        kept.text("sort"),
        _seen(kept) if "seen" in kept else None,
    )


def _seen(kept: JsonObject) -> Seen:
    names = ("generation", "begun", "committed")
    said = kept.row("seen", *names[: len(kept.members["seen"])] if isinstance(kept.members["seen"], list) else names)
    return Seen(said.number("generation"), said.text("begun"), said.text("committed") if "committed" in said else "")
