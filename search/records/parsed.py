"""JSON that this program wrote, or someone who changed it: each value is read as the type it was written with.

ValueError says which is of another. What the values mean is the business of `evidence` and `saved`.
"""

import json
from typing import Any, TypeVar

Json = dict[str, Any]
Kind = TypeVar("Kind")


def parsed(content: str) -> Json:
    """Parse a JSON object; ValueError when it is none."""
    try:
        found = json.loads(content)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return mapping(found, "it")


def mapping(value: object, what: str) -> Json:
    """Take a value for an object."""
    if not isinstance(value, dict):
        raise ValueError(f"{what} is no object")
    return value


def record(found: Json, name: str) -> Json:
    """Return the object under a name."""
    return mapping(found.get(name), name)


def records(found: Json, name: str) -> list[Json]:
    """Return the objects in the list under a name."""
    return [mapping(each, f"a member of {name}") for each in array(found, name)]


def text(found: Json, name: str) -> str:
    """Return the text under a name."""
    return _of(str, found.get(name), name)


def texts(found: Json, name: str) -> tuple[str, ...]:
    """Return the texts in the list under a name."""
    return tuple(_of(str, each, f"a member of {name}") for each in array(found, name))


def array(found: Json, name: str) -> list[Any]:
    """Return the list under a name."""
    return _of(list, found.get(name), name)


def arrays(found: Json, name: str) -> list[list[Any]]:
    """Return the lists in the list under a name."""
    return [_of(list, each, f"a member of {name}") for each in array(found, name)]


def lists(found: Json, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lists of texts in the list under a name."""
    return tuple(texts({name: each}, name) for each in array(found, name))


def number(found: Json, name: str) -> int:
    """Return the whole number under a name, not negative."""
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise ValueError(f"{name} is no number")
    return value


def flag(found: Json, name: str) -> bool:
    """Return the truth under a name."""
    return _of(bool, found.get(name), name)


def _of(kind: type[Kind], value: object, what: str) -> Kind:
    if not isinstance(value, kind):
        raise ValueError(f"{what} is no {_NAMES[kind]}")
    return value


_NAMES: dict[type, str] = {str: "text", list: "list", bool: "true or false"}
