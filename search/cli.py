"""The `search` command: reads what was typed, makes a request of it, and has a module of `search.commands` do it.

Exit codes: 0 found; 1 nothing found (or nothing new, or evidence from which something differs); 2 error; 3 the index is
locked; 4 it was made by another version; 130 interrupted.
"""

import os
from typing import Any

import click

from indexer.commands.terminal import INDEX_OPTION, let_go, run
from indexer.errors import IndexerError
from search.commands import completion
from search.commands.arguments import Arguments
from search.commands.options import Command, options_of
from search.errors import SearchError

# What a request needs is imported when there is one, so that the help is not kept waiting.
# ruff: noqa: PLC0415


@click.command(
    cls=Command,
    params=list(options_of(Arguments)),
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True, "max_content_width": 110},
)
@INDEX_OPTION
@click.version_option(package_name="edgar-corpus-search")
@click.argument("query", nargs=-1, shell_complete=completion.query)
def commands(**typed: Any) -> int:
    """Search an index of EDGAR submissions; print ranked filings with passages.

    \b
    search '"going concern" -form:8-K' --filed 2019-2020
    search 'covenant NEAR(5) waiv*' --cik @mine.csv -o hits.xlsx
    search license --form 10-K --exhibit EX-10 --oneline

    Words must all occur, but for little ones (of, the); "a phrase" is exact; OR, NOT or -word, prefix*, a NEAR(5) b,
    and field:value (form:8-K) are understood; --help-query has the rest. The query may also stand in @FILE,
    or come from standard input: `-`.
    """
    from search.commands.request import request_of

    request = request_of(Arguments(**typed))
    if request.typed.output or request.typed.evidence or request.typed.report:
        from search.commands.targets import check_targets

        check_targets(request.typed)
    if request.typed.save is not None:
        from search.commands.saved_searches import save

        save(request)
    return request.mode.load()(request)


def main() -> None:
    """Run the console script; the process ends with it."""
    code = run(commands, "search", (SearchError, IndexerError))
    let_go()
    os._exit(code)  # nothing is left to be done; taking all modules apart would take a tenth of the whole
