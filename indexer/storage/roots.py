"""Name the files of a corpus by where they lie under its roots, so that an index and its corpus can be moved.

An index keeps `corpus/2017/a.txt`, and once where `corpus` is. Where the index itself is no longer where it was, a root
is looked for at the same place seen from the index; `indexer relocate` says where any other has gone. Names that
begin with `/` are of files under no root. Which files there are is the business of `indexer.corpus`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from indexer.first_use import dataclass
from indexer.printing import printable
from indexer.storage import location


@dataclass(frozen=True)
class Roots:
    """Hold the roots of a corpus: from a name's beginning to the folder it stands for."""

    places: Mapping[str, str] = field(default_factory=dict)
    """By name; whole paths, without a slash at their end."""

    @classmethod
    def of(cls, index: Path) -> Self:
        """Read the roots of the index in a folder, each where it is now; none where nothing can be read."""
        kept = location.marked(index)
        places, was, now = kept.get("roots"), kept.get("index"), str(index.resolve())
        if not isinstance(places, dict) or not isinstance(was, str):
            return cls()
        if was != now:
            places = {name: _moved(place, was, now) for name, place in places.items()}
        return cls(places)

    def keep(self, index: Path) -> None:
        """Write the roots down in an index's folder, whose lock is held."""
        location.remark(index, roots=dict(self.places), index=str(index.resolve()))

    def path(self, name: str) -> str:
        """Return where a file of that name is; what follows it (` > member`) stays.

        >>> Roots({"corpus": "/data/corpus"}).path("corpus/a.tar > b.txt")
        '/data/corpus/a.tar > b.txt'
        """
        return _translated(name, self.places)

    def name(self, path: str) -> str:
        """Return the name of the file at a path.

        >>> Roots({"corpus": "/data/corpus"}).name("/data/corpus/a.txt"), Roots().name("/data/a.txt")
        ('corpus/a.txt', '/data/a.txt')
        """
        return _translated(path, self._names)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {place: name for name, place in self.places.items()}

    def within(self, paths: Iterable[Path]) -> Self:
        """Return these and the roots that some paths need: a folder is one, of a file its folder."""
        places = dict(self.places)
        for path in paths:
            folder = printable(str(path if path.is_dir() else path.parent)).rstrip("/")
            if _translated(f"{folder}/", {place: name for name, place in places.items()}) == f"{folder}/":
                places[_unused(folder, places)] = folder
        return replace(self, places=places)

    def relocated(self, old: str, new: str) -> Self:
        """Return the roots after what lay at `old`, a root or something within or above one, has gone to `new`."""
        places = {name: new + place[len(old) :] if _is_at(place, old) else place for name, place in self.places.items()}
        if places == self.places:
            places[self.name(old)] = new
        return replace(self, places=places)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield names and places, by name."""
        return iter(sorted(self.places.items()))


def _translated(text: str, table: Mapping[str, str]) -> str:
    """Put what a table has for it in place of the longest beginning, of whole folders, that the table has."""
    end = text.rfind("/")
    while end >= 0:
        if text[:end] in table:
            return table[text[:end]] + text[end:]
        end = text.rfind("/", 0, end)
    return text


def _unused(folder: str, places: Mapping[str, str]) -> str:
    """Name a root after its folder, with a number where another has that name."""
    base, number = folder.rpartition("/")[2] or "root", 1
    while (name := base if number == 1 else f"{base}-{number}") in places:
        number += 1
    return name


def _is_at(place: str, folder: str) -> bool:
    return place == folder or place.startswith(f"{folder}/")


def _moved(place: str, was: str, now: str) -> str:
    """Find where a root is whose index has gone elsewhere: at the same place seen from the index, or where it was."""
    beside = os.path.normpath(Path(now) / os.path.relpath(place, was))
    return beside if Path(beside).exists() else place
