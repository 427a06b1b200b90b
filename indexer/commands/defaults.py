"""The defaults file: what a user always wants, in place of options; every command of both programs reads it.

An option goes before its environment variable, that before the file, and the file before what the program does by
itself. No command here.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import IndexerError

NAME = "edgar-corpus-search"
VARIABLE = "EDGAR_CONFIG"
"""Names another file in place of the user's."""
_COLOURS = ("auto", "always", "never")


class Setting(NamedTuple):
    """What can stand in the file."""

    example: str
    about: str
    variables: tuple[str, ...] = ()
    """Of the environment, which go before the file."""
    otherwise: str = ""
    """What holds where it is said nowhere."""


SETTINGS: Mapping[str, Setting] = {
    "index": Setting('"~/edgar/index"', "the index that is built and asked (--index)", ("EDGAR_INDEX",), "./index"),
    "corpus": Setting(
        '"~/edgar/corpus"', "what is built and watched where no path is typed, and where fetch puts filings"
    ),
    "contact": Setting('"Your Name you@your.org"', "who asks EDGAR (--contact)", ("EDGAR_CONTACT", "EDGAR_IDENTITY")),
    "pager": Setting(
        '"less"', 'what shows long answers (--pager); $PAGER where it is not set, "" for none', (), "less"
    ),
    "colour": Setting('"auto"', "auto, always or never (--color)", (), "auto"),
}


class DefaultsError(IndexerError):
    """The defaults file cannot be read, or says what no setting is."""


def file() -> Path:
    """Name the file: what $EDGAR_CONFIG says, else `config.toml` in the user's configuration."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if sys.platform == "darwin":
        from platformdirs import user_config_path  # noqa: PLC0415

        return user_config_path(NAME) / "config.toml"
    # As platformdirs has it, whose import takes as long as reading a short answer.
    base = os.environ.get("XDG_CONFIG_HOME", "").strip() or "~/.config"
    return Path(base).expanduser() / NAME / "config.toml"


def read() -> Mapping[str, str | tuple[str, ...]]:
    """Read the file: its settings, by name; none without it. DefaultsError, a line, when it makes no sense."""
    path = file()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DefaultsError(f"{path}: {error.strerror}") from error
    from tomllib import TOMLDecodeError, loads  # noqa: PLC0415  (only for who has a file)

    try:
        found = loads(content.decode("utf-8-sig"))
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefaultsError(f"{path} cannot be read: {str(error).partition(chr(10))[0]}") from error
    return {_name(name, path): _value(name, value, path) for name, value in found.items()}


def _name(name: str, path: Path) -> str:
    plain = {"color": "colour"}.get(name, name)
    if plain not in SETTINGS:
        from difflib import get_close_matches  # noqa: PLC0415

        meant = get_close_matches(name, SETTINGS, 1)
        hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(SETTINGS)}"
        raise DefaultsError(f"{path}: there is no setting {name}; {hint}")
    return plain


def _value(name: str, value: object, path: Path) -> str | tuple[str, ...]:
    if name == "corpus" and isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return tuple(value)
    if not isinstance(value, str) or "\0" in value or (name != "pager" and not value.strip()):
        kind = "a text between quotes, or several between brackets" if name == "corpus" else "a text between quotes"
        raise DefaultsError(
            f"{path}: {name} is {kind}, as in {name} = {SETTINGS.get(name, SETTINGS['colour']).example}"
        )
    if name in ("colour", "color") and value not in _COLOURS:
        raise DefaultsError(f"{path}: {name} is {', '.join(_COLOURS[:-1])} or {_COLOURS[-1]}, not {value!r}")
    return value


def paths(settings: Mapping[str, str | tuple[str, ...]], name: str) -> tuple[Path, ...]:
    """Read a setting as paths, `~` as the user's folder; none where it is not set."""
    value = settings.get(name, ())
    return tuple(Path(each).expanduser() for each in ((value,) if isinstance(value, str) else value))


def of_options(settings: Mapping[str, str | tuple[str, ...]]) -> dict[str, Any]:
    """Give what click takes in place of options that are not typed, by the names of their values."""
    index, corpus = paths(settings, "index"), paths(settings, "corpus")
    found = {
        "folder": index[0] if index else None,
        "corpus": corpus[0] if corpus else None,
        "paths": corpus or None,
        "contact": settings.get("contact"),
        "pager": settings.get("pager"),
        "color": settings.get("colour"),
    }
    return {name: value for name, value in found.items() if value is not None}


def lines() -> Iterator[str]:
    """Say where the file is, what holds now and by whom it was said, and what can be written. DefaultsError."""
    path, settings = file(), read()
    yield f"{path}{'' if path.exists() else ' (there is none yet)'}"
    yield ""
    for name, setting in SETTINGS.items():
        value, source = _holding(name, setting, settings)
        yield f"{name:<8} {value or '-':<32} {source}".rstrip()
    yield ""
    yield "An option goes before its environment variable, that before the file. The file may have:"
    yield ""
    for name, setting in SETTINGS.items():
        yield f"# {setting.about}"
        yield f"{name} = {setting.example}"


def _holding(name: str, setting: Setting, settings: Mapping[str, str | tuple[str, ...]]) -> tuple[str, str]:
    for variable in setting.variables:
        if value := os.environ.get(variable):
            return value, f"${variable}"
    if name in settings:
        value_of = settings[name]
        return value_of if isinstance(value_of, str) else ", ".join(value_of), "the file"
    if name == "pager" and os.environ.get("PAGER"):
        return os.environ["PAGER"], "$PAGER"
    return setting.otherwise, "by default" if setting.otherwise else ""
