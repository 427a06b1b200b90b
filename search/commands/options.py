"""How an option of `search` is declared as a field of a dataclass, and how click reads it and shows it in the help.

Which options there are is in `search.commands.arguments`.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, field, fields
from enum import Enum, auto
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from indexer.first_use import regex

if TYPE_CHECKING:
    from search.commands.request import Request

T = TypeVar("T")
Completer = Callable[[click.Context, click.Parameter, str], list[str]]


# Modes


class Operands(Enum):
    """What a mode takes the words on the command line for that belong to no option."""

    REQUIRED = auto()
    """A query: there must be one, or filters, or `--like`."""
    OPTIONAL = auto()
    """A query, if there is one."""
    NAMES = auto()
    """Names of saved searches."""
    NONE = auto()
    """Nothing: there must be none."""


class Mode(NamedTuple):
    """One of the things that `search` does."""

    command: str
    """Its module in this folder and the function there, `MODULE:FUNCTION`."""
    words: Operands = Operands.OPTIONAL
    answers: bool = False
    """Whether it answers a lookup, so that evidence can be kept of it."""

    def load(self) -> "Callable[[Request], int]":
        """Import the function that carries a request out and returns the exit code."""
        module, _, name = self.command.partition(":")
        return cast("Callable[[Request], int]", getattr(import_module(f"search.commands.{module}"), name))


# Declaring options


class Declared(NamedTuple):
    """What is known of a field of `Arguments` besides its type."""

    group: str
    """The heading of the help under which it stands."""
    names: tuple[tuple[str, dict[str, Any]], ...]
    """Ways to type it, and what each is to click."""
    mode: Mode | None


class _WholeNumber(click.IntRange):
    """A number, as messages call it."""

    name = "whole number"


_MAYBE = "[N]"
"""What may follow an option, or not."""


class OptionGroup:
    """Options that the help shows together. A method for each kind of value declares one, typed as mypy sees it."""

    def __init__(self, title: str) -> None:
        """Show them under `title`."""
        self._title = title

    def flag(self, help: str, *, letter: str = "", runs: Mode | None = None) -> bool:
        """Declare an option without a value."""
        return self._field(False, runs, letter=letter, is_flag=True, help=help)

    def number(self, help: str, *, least: int = 0, letter: str = "", runs: Mode | None = None) -> int | None:
        """Declare a number of at least `least`; None when it is not given."""
        return self._field(None, runs, letter=letter, type=_WholeNumber(least), metavar="N", help=help)

    def number_or(self, default: int, help: str, *, least: int = 0) -> int:
        """Declare a number that is `default` when it is not given."""
        return self._field(default, type=_WholeNumber(least), metavar="N", help=help, show_default=bool(default))

    def seconds_or(self, default: float, help: str) -> float:
        """Declare a time in seconds that is `default` when it is not given."""
        return self._field(default, type=click.FloatRange(0), metavar="SECONDS", help=help, show_default=True)

    def number_or_none(self, help: str, *, runs: Mode | None = None) -> int | None:
        """Declare an option that a number may follow: 0 when none does, None when the option is not given."""
        return self._field(None, runs, is_flag=False, flag_value=0, type=click.IntRange(0), metavar=_MAYBE, help=help)

    def text(
        self, help: str, metavar: str | None = None, *, tab: Completer | None = None, runs: Mode | None = None
    ) -> str | None:
        """Declare a text; None when it is not given. `tab` says what a shell offers for it."""
        return self._field(None, runs, metavar=metavar, shell_complete=tab, help=help)

    def texts(self, help: str, *, tab: Completer | None = None) -> tuple[str, ...]:
        """Declare a text that can be given several times."""
        return self._field((), multiple=True, shell_complete=tab, help=help)

    def file(self, help: str, *, letter: str = "", metavar: str = "FILE", runs: Mode | None = None) -> Path | None:
        """Declare a file; None when it is not given."""
        return self._field(None, runs, letter=letter, type=click.Path(path_type=Path), metavar=metavar, help=help)

    def files(self, help: str) -> tuple[Path, ...]:
        """Declare a file or folder that can be given several times."""
        return self._field((), multiple=True, type=click.Path(path_type=Path), metavar="PATH", help=help)

    def choice(self, choices: Iterable[str], help: str, *, runs: Mode | None = None) -> str | None:
        """Declare one of several words; None when it is not given."""
        return self._field(None, runs, type=click.Choice(list(choices)), help=help)

    def choice_or(self, default: str, choices: Iterable[str], help: str) -> str:
        """Declare one of several words, `default` when it is not given."""
        return self._field(default, type=click.Choice(list(choices)), help=help)

    def switches(self, helps: Mapping[str, str]) -> str | None:
        """Declare options without a value, each of which gives its name; None when there is none."""
        names = tuple((f"--{name}", {"flag_value": name, "help": help}) for name, help in helps.items())
        return field(default=None, metadata={"declared": Declared(self._title, names, None)})

    def _field(self, default: T, runs: Mode | None = None, *, letter: str = "", **settings: Any) -> T:
        names = ((f"-{letter}" if letter else "", {"default": default, **settings}),)
        return field(default=default, metadata={"declared": Declared(self._title, names, runs)})


OTHER = "Other"
"""The group that the help shows last: what has no group stands there too."""


def declared(of: Field[Any]) -> Declared:
    """Say how a field was declared; one without an option of its own has no names."""
    return cast(Declared, of.metadata.get("declared", Declared(OTHER, (), None)))


# Reading and showing them with click


class Option(click.Option):
    """An option in a group of the help."""

    def __init__(self, *args: Any, group: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.group = group


def options_of(arguments: type) -> Iterator[Option]:
    """Make of the fields of a dataclass the options that click reads it by."""
    for each in fields(arguments):
        group, names, _ = declared(each)
        for name, settings in names:
            long = name if name.startswith("--") else f"--{each.name.replace('_', '-')}"
            yield Option([each.name, *([name] if name not in ("", long) else []), long], group=group, **settings)


_EXCLUDED = regex(r"-(?!-|n[\d=]).{2,}", re.DOTALL)
"""Something to leave out of what is found. Letter by letter it may hold short options: `-form:4` holds `-o`."""
_LONE = regex(r"-([^\W_])(\d*)", re.ASCII)
"""What other programs take for an option, where here it would leave a word out of what is found."""
_TOGETHER = {"-l0": ("-l", "-0"), "-0l": ("-l", "-0")}
_MEANT = {
    **dict.fromkeys("ABC", "--snippets N shows more passages, --width N longer ones"),
    **dict.fromkeys("aR", "every document of the index is searched; --all shows every hit"),
    **dict.fromkeys("eFx", "--phrase TEXT takes a text as it is"),
    "E": "--help-query has the patterns",
    "f": "--phrase @FILE reads a phrase from a file, --form is a form type",
    "i": "case never matters",
    "j": "--json prints JSON",
    "L": "-l prints the files that match",
    "m": "--limit N shows at most so many filings",
    "q": "--count prints totals alone",
    "r": "every document of the index is searched",
    "s": "--sort filed sorts by date",
    "v": "NOT WORD leaves a word out",
    "V": "--version prints the version",
    "w": "--exact takes words without their inflections",
    **dict.fromkeys("123456789", "--limit N shows at most so many filings"),
}
"""By letter: what is typed here for what other programs mean by it."""


class Command(click.Command):
    """A command whose free text may begin with `-`, and whose help shows its options in groups."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `-form:4` as part of the query, and refuse long options there are none of, lest they become words."""
        return super().parse_args(ctx, self._read(ctx, args))

    def _read(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        options = {name: each for each in self.get_params(ctx) if isinstance(each, click.Option) for name in each.opts}
        read, rest, is_asked = list[str](), deque(args), False
        while rest:
            token = rest.popleft()
            name, equals, _ = token.partition("=")
            if token == "--":
                return [*read, token, *rest]
            if name.startswith("--") and name not in options:
                from difflib import get_close_matches  # noqa: PLC0415  (only now)

                raise click.NoSuchOption(name, possibilities=get_close_matches(name, options), ctx=ctx)
            if token in _TOGETHER:
                read += _TOGETHER[token]
                continue
            _refuse_lone(token, options, ctx)
            read.append(f" {token}" if _EXCLUDED.fullmatch(token) else token)  # click reads no option behind a space
            option = options.get(name)
            if option and option.metavar == _MAYBE and not equals:
                is_number = bool(rest) and rest[0].isdecimal() and (is_asked or len(rest) > 1)
                read[-1] = f"{name}={rest.popleft() if is_number else 0}"
            elif option and not equals and not option.is_flag and option.nargs == 1:
                read += [rest.popleft()] if rest else []
            is_asked |= option is None
        return read

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show each group under its name."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                groups.setdefault(getattr(param, "group", OTHER), []).append(record)
        for name, records in sorted(groups.items(), key=lambda item: item[0] == OTHER):
            with formatter.section(name):
                formatter.write_dl(records, col_max=28)


def _refuse_lone(token: str, options: Mapping[str, click.Option], ctx: click.Context) -> None:
    """Raise UsageError for `-i` or `-A2`: as a word to leave out it would lose filings without a word."""
    found = _LONE.fullmatch(token)
    if found is None or token in options or (found[1] == "n" and found[2]):
        return
    meant = _MEANT.get(found[1], "search --help lists the options")
    if known := options.get(f"-{found[1]}"):
        meant = f"{known.opts[0]} is {known.opts[-1]}" + (", without a number" if known.is_flag else f" {found[2]}")
    raise click.UsageError(
        f"{token} is no option: {meant}; to leave the word {token[1:]} out, write NOT {token[1:]}", ctx
    )
