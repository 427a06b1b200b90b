"""What is made when it is first used, so that a short command does not wait for what it does not need.

Patterns take a tenth of a millisecond to two each to compile, and a question uses a few of the hundreds there are. A
dataclass takes a quarter of one, for six methods that are compiled; values are made of half of them, and few are
compared. To type checkers both are what the standard library has. Nothing here knows what is asked or indexed.
"""

import dataclasses
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  (re-exported)

    def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return what `re.compile` does, once it is used; a mistake in it is an error (`re.error`) only then."""

else:

    def dataclass(*, frozen, slots=False, kw_only=False, eq=True, repr=True):
        """Make a frozen dataclass of which the methods are written when first called; options as in `dataclasses`.

        For classes of their own: without other bases than `object`, and without `__post_init__`.
        """
        later = {"__init__"} | ({"__eq__", "__hash__"} if eq else set()) | ({"__repr__"} if repr else set())

        def made(plain):
            fields = vars(plain).get("__annotations__", {})
            given = {name: vars(plain)[name] for name in fields if name in vars(plain)}
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(plain)
            for name in later:
                setattr(cls, name, _later(cls, name, given))
            cls.__setattr__, cls.__delattr__ = _unassignable, _undeletable
            if slots:
                cls.__getstate__, cls.__setstate__ = _state, _restore
            return cls

        return made

    def regex(pattern, flags=0):
        """Return what `re.compile` does, once it is used; a mistake in it is an error (`re.error`) only then."""
        return LatePattern(pattern, flags)


class LatePattern:
    """A pattern that is compiled when it is first asked for more than its text; then it is as quick as any."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled pattern has under a name. It is kept, so that this is asked once for each."""
        if name.startswith("_"):  # as what copies values does before they have anything
            raise AttributeError(name)
        found = self.__dict__[name] = getattr(self.compiled(), name)
        return found

    def compiled(self) -> re.Pattern[Any]:
        """Return the pattern as `re` makes it."""
        return re.compile(self.pattern, self._flags)


def _later(cls: type, name: str, given: dict[str, Any]) -> Callable[..., Any]:
    """Return a method of a dataclass that writes itself: on its first call it is replaced by the one written."""

    def method(self: object, *values: Any, **named: Any) -> Any:
        written = _initializer(cls) if name == "__init__" else _generated(cls, name, given)
        setattr(cls, name, written)
        return written(self, *values, **named)

    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return method


def _initializer(cls: Any) -> Callable[..., None]:
    """Write the `__init__` of a frozen dataclass."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_factory": object()}
    placed, named, body = ["self"], ["*"], [" pass"]
    for field in dataclasses.fields(cls):
        parameter, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"_{field.name}"] = field.default
            parameter += f"=_{field.name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_{field.name}"] = field.default_factory
            parameter += "=_factory"
            value = f"_{field.name}() if {field.name} is _factory else {field.name}"
        (named if field.kw_only else placed).append(parameter)
        body.append(f" _set(self, {field.name!r}, {value})")
    parameters = ", ".join(placed + named * (len(named) > 1))
    exec("\n".join([f"def __init__({parameters}):", *body]), known)
    written: Callable[..., None] = known["__init__"]
    return written


def _generated(cls: Any, name: str, given: dict[str, Any]) -> Callable[..., Any]:
    """Return a method as the standard library writes it, for a class of the same fields."""
    body = given | {"__annotations__": cls.__annotations__, "__module__": cls.__module__, "__doc__": cls.__doc__}
    wanted = {"repr": name == "__repr__", "eq": name == "__eq__", "unsafe_hash": name == "__hash__"}
    like: Any = dataclasses.dataclass(init=False, **wanted)(type(cls.__name__, (), body))
    written: Callable[..., Any] = getattr(like, name)
    return written


def _unassignable(self: object, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _undeletable(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
