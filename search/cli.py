"""The `search` command: modes are flags, because the argument is free text. The work is done elsewhere.

Exit codes: 0 found; 1 nothing found; 2 error; 130 interrupted.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import IndexerError
from indexer.terminal import DONE, INDEX_OPTION, run
from search.errors import SearchError

if TYPE_CHECKING:
    from search.results import Results

# Modes import what they need when they run, so that the first answer is not kept waiting.
# ruff: noqa: PLC0415

NOTHING_FOUND = 1


@click.command(
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True, "max_content_width": 110}
)
@click.version_option(package_name="edgar-corpus-search")
@click.argument("query", nargs=-1)
@INDEX_OPTION
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Filings at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Filings to leave out at the start.")
@click.option(
    "--form", multiple=True, help="Form type and its family: 10-K, 'SC 13D'; =10-K for that alone, -4 for not."
)
@click.option("--company", multiple=True, help="Words of the name of any party, present or former.")
@click.option("--cik", multiple=True, help="CIK of any party, with or without leading zeros.")
@click.option("--filed", metavar="FROM..TO", help="Date filed: 2017-03-08, 2017, 2015..2017-06, 2020.. or ..1999.")
@click.option("--exhibit", multiple=True, help="Document type and what is under it: EX-10 finds EX-10.12.")
@click.option("--item", multiple=True, help="Item of the filing: 7.01, or 5 in the numbering before 2004-08-23.")
@click.option("--exact", is_flag=True, help="No inflections: every word as typed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; its shape is in docs/output.md.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Mark with colour.")
def commands(query: tuple[str, ...], folder: Path, limit: int, offset: int, **options: object) -> int:
    """Search an index of EDGAR submissions; print ranked filings with passages.

    Words must all occur; "a phrase" is exact; OR, NOT or -word, prefix*, and field:value (form:8-K) are understood.
    """
    from search.ask import FILTERS, Index, Wanted

    filters = {name: options[name] for name in FILTERS if options[name]}
    if not query and not filters:
        raise click.UsageError('nothing to search for: `search "orphan drug license"`, or `search --help`')
    wanted = Wanted(limit=limit, offset=offset)
    with Index(folder) as index:
        results = index.search(" ".join(query), wanted=wanted, exact=bool(options["exact"]), **filters)  # type: ignore[arg-type]
    _print(results, as_json=bool(options["as_json"]), color=str(options["color"]))
    return DONE if results.filings else NOTHING_FOUND


def main() -> None:
    """The console script."""
    sys.exit(run(commands, "search", (SearchError, IndexerError)))


def _print(results: "Results", *, as_json: bool, color: str) -> None:
    if as_json:
        from search.output.json import as_json as printed

        click.echo(printed(results))
        return
    from search.output.text import PLAIN, TERMINAL, as_text

    colored = color == "always" or (color == "auto" and sys.stdout.isatty())
    for line in as_text(results, TERMINAL if colored else PLAIN):
        click.echo(line, color=colored)
