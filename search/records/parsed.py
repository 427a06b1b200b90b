"""JSON that this program wrote, or someone who changed it: each value is read as the type it was written with.

ValueError says which value is of another type and where it stands (`hits[3].documents[0].id is no text`), or at which
line and column the text is no JSON. What the values mean is the business of those who read them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

Kind = TypeVar("Kind")
_NAMES: dict[type, str] = {str: "text", list: "list", bool: "true or false", dict: "object"}


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object of JSON, and where it stands in its file."""

    members: dict[str, Any]
    place: str = ""

    @classmethod
    def parse(cls, content: str) -> "JsonObject":
        """Parse a text that is one object; ValueError."""
        try:
            found = json.loads(content)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
        return cls(_of(dict, found, "the whole"))

    def __contains__(self, name: str) -> bool:
        return self.members.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the members."""
        return iter(self.members)

    def record(self, name: str) -> "JsonObject":
        """Return the object of a name."""
        return JsonObject(self._member(dict, name), self._at(name))

    def records(self, name: str) -> list["JsonObject"]:
        """Return the objects in the list of a name; ValueError."""
        return [JsonObject(_of(dict, each, place), place) for each, place in self._items(name)]

    def text(self, name: str) -> str:
        """Return the text of a name."""
        return self._member(str, name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts in the list of a name."""
        return tuple(_of(str, each, place) for each, place in self._items(name))

    def array(self, name: str) -> list[Any]:
        """Return the list of a name."""
        return self._member(list, name)

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the lists of texts in the list of a name."""
        lists = [JsonObject({"": _of(list, each, place)}, place) for each, place in self._items(name)]
        return tuple(each.texts("") for each in lists)

    def row(self, name: str, *names: str) -> "JsonObject":
        """Return the list of a name, which has a value for each of these names, as an object."""
        values = self._member(list, name)
        if len(values) != len(names):
            raise ValueError(f"{self._at(name)} has not {len(names)} members")
        return JsonObject(dict(zip(names, values, strict=True)), self._at(name))

    def rows(self, name: str, *names: str) -> list["JsonObject"]:
        """Return the lists in the list of a name as objects; see `row`."""
        return [JsonObject({"": each}, place).row("", *names) for each, place in self._items(name)]

    def number(self, name: str) -> int:
        """Return the whole number of a name, not negative."""
        value = self.members.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
            raise ValueError(
                f"{self._at(name)} is no number" if name in self.members else f"{self._at(name)} is missing"
            )
        return value

    def flag(self, name: str) -> bool:
        """Tell whether, of a name."""
        return self._member(bool, name)

    def _member(self, kind: type[Kind], name: str) -> Kind:
        if name not in self.members:
            raise ValueError(f"{self._at(name)} is missing")
        return _of(kind, self.members[name], self._at(name))

    def _items(self, name: str) -> Iterator[tuple[Any, str]]:
        return ((each, f"{self._at(name)}[{number}]") for number, each in enumerate(self._member(list, name)))

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place and name else self.place or name


def _of(kind: type[Kind], value: object, place: str) -> Kind:
    if not isinstance(value, kind):
        raise ValueError(f"{place} is no {_NAMES[kind]}")
    return value
