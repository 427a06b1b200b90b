"""The options of `search`, in the groups its help shows. What they do is elsewhere."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from indexer.commands.terminal import INDEX_OPTION
from search.commands import completion

FORMATS = ("text", "json", "jsonl", "csv", "xlsx")
_LAST = "Other"
"""The group that the help shows last: what has no group stands there too."""
_EXCLUDED = re.compile(r"-(?!-|n[\d=]).{2,}", re.DOTALL)
"""Something to leave out of what is found. Letter by letter it may hold short options: `-form:4` holds `-o`."""


class Option(click.Option):
    """An option in a group of the help."""

    def __init__(self, *args: Any, group: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.group = group


class Command(click.Command):
    """A command whose free text may begin with `-`, and whose help shows its options in groups."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `-form:4` as part of the query, and refuse long options there are none of, lest they become words."""
        return super().parse_args(ctx, self._read(ctx, args))

    def _read(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        options = {name: each for each in self.get_params(ctx) if isinstance(each, click.Option) for name in each.opts}
        read, rest = list[str](), iter(args)
        for token in rest:
            name, equals, _ = token.partition("=")
            if token == "--":
                return [*read, token, *rest]
            if name.startswith("--") and name not in options:
                from difflib import get_close_matches  # noqa: PLC0415  (only now)

                raise click.NoSuchOption(name, possibilities=get_close_matches(name, options), ctx=ctx)
            read.append(f" {token}" if _EXCLUDED.fullmatch(token) else token)  # click reads no option behind a space
            option = options.get(name)
            if option and not equals and not option.is_flag and option.nargs == 1:
                read += [value for value in [next(rest, None)] if value is not None]
        return read

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each group under its name."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                groups.setdefault(getattr(param, "group", _LAST), []).append(record)
        for name, records in sorted(groups.items(), key=lambda item: item[0] == _LAST):
            with formatter.section(name):
                formatter.write_dl(records, col_max=28)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _group(name: str, *options: tuple[tuple[str, ...], dict[str, Any]]) -> Decorator:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for names, settings in reversed(options):
            function = click.option(*names, cls=Option, group=name, **settings)(function)
        return function

    return decorate


def _option(*names: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, settings


def _flag(*names: str, help: str) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, {"is_flag": True, "help": help}


_PATH = click.Path(path_type=Path)

ASKING = _group(
    "What to look for (@FILE in place of a value: one a line, or the first column of a CSV)",
    _option(
        "--form",
        multiple=True,
        shell_complete=completion.forms,
        help="Form type and its family: 10-K, 'SC 13D'; =10-K for that alone, -4 for not.",
    ),
    _option("--company", multiple=True, help="Words of the name of any party, present or former, in a row."),
    _option("--cik", multiple=True, help="CIK of any party, with or without leading zeros."),
    _option(
        "--filed", metavar="FROM..TO", help="Date filed: 2017-03-08, 2017, 2017Q1, 2015..2017-06, 2020.. or ..1999."
    ),
    _option("--exhibit", multiple=True, help="Document type and what is under it: EX-10 finds EX-10.12."),
    _option("--item", multiple=True, help="Item of the filing: 7.01, or 5 in the numbering before 2004-08-23."),
    _flag("--exact", help="No inflections: every word as typed."),
    _option("--synonyms", type=_PATH, metavar="FILE", help="Words that stand for one another: a group a line, commas."),
    _option("--like", metavar="ACCESSION[:FILENAME]", help="Filings like this one, by its most telling words."),
)

SHOWING = _group(
    "What to show",
    _option("-n", "--limit", type=click.IntRange(0), help="Filings at most.  [default: 10]"),
    _option("--offset", type=click.IntRange(0), default=0, help="Filings to leave out at the start."),
    _flag("--all", help="Every filing found; they are printed as they come."),
    _option(
        "--sort",
        shell_complete=completion.sorts,
        help="relevance, filed, period or company; :asc or :desc after it.",
    ),
    _option("--documents", type=click.IntRange(0), help="Documents of each filing.  [default: 3; all in tables]"),
    _option("--snippets", type=click.IntRange(0), default=1, show_default=True, help="Passages of each document."),
    _option("--width", type=click.IntRange(20), default=240, show_default=True, help="Characters of a passage."),
    _option("--context", type=click.Choice(["words", "sentence"]), default="words", help="Where passages are cut."),
    _option(
        "--facets",
        metavar="FIELD,...",
        shell_complete=completion.facets,
        help="Count the filings by form, company, sic, state, item, exhibit, year, ...",
    ),
    _option("--over-time", type=click.Choice(["year", "month"]), help="Count the filings by when they were filed."),
)

INSTEAD = _group(
    "Instead of the hits",
    _flag("--count", help="Only how many filings and documents there are."),
    _flag("--counts", help="A table: how often each word and phrase occurs in each filing."),
    _flag("--coverage", help="Say in full what was searched and what of it could not be read."),
    _flag("--explain", help="How the query was understood, and what each part finds."),
    _option("--open", "open_rank", type=click.IntRange(1), metavar="N", help="Open the N-th hit in a browser."),
    _flag("--text", help="With --open: show its text here instead."),
)

PRINTING = _group(
    "How to print",
    _option("--format", type=click.Choice(FORMATS), help="The shapes are in docs/output.md."),
    *(_option(f"--{name}", "short", flag_value=name, help=f"Short for --format {name}.") for name in FORMATS[1:]),
    _option("-o", "--output", type=_PATH, metavar="FILE", help="Write to FILE, in the format of its suffix."),
    _option(
        "--columns",
        metavar="NAME,...",
        shell_complete=completion.columns,
        help="Columns of CSV, Excel and JSON lines; edgar-tool and all name several.",
    ),
    _option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Mark with colour."),
)

KEEPING = _group(
    "To prove and to repeat",
    _option("--evidence", type=_PATH, metavar="FILE", help="Also write what it takes to repeat the lookup."),
    _option("--repeat", type=_PATH, metavar="FILE", help="Look up again what FILE is evidence of; say what changed."),
    _option("--save", metavar="NAME", help="Keep this search under a name."),
    _flag("--saved", help="List the searches kept for this index."),
    _option("--run", metavar="NAME", shell_complete=completion.saved, help="Run a search that was kept."),
    _option("--forget", metavar="NAME", shell_complete=completion.saved, help="Keep it no longer."),
    _flag("--alerts", help="What is new in the saved searches named, or in all, since this was last printed."),
)

OTHER = _group(
    _LAST,
    _flag("--fields", help="List the fields that can be asked for."),
    _option("--completion", type=click.Choice(["bash", "zsh", "fish"]), help="Print a script for the shell."),
)


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """All of them, on a click callback."""
    for group in (INDEX_OPTION, OTHER, KEEPING, PRINTING, INSTEAD, SHOWING, ASKING):
        function = group(function)
    return function
