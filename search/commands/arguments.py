"""What can be typed after `search`: each option is a field of `Arguments`, and its type is what the program gets.

What goes with what is in `search.commands.request`.
"""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from indexer.first_use import dataclass
from search.commands import completion
from search.commands.options import OTHER, Mode, Operands, OptionGroup, declared
from search.output.printer import DEFAULT, PRINTERS

FIND = Mode("find:find", Operands.REQUIRED, answers=True)
"""The mode when no option asks for another."""

_SHORT = {
    "oneline": "A line a filing: date, form, company, accession number, best passage.",
    "json": "One JSON object.",
    "jsonl": "A JSON object a line.",
    "csv": "A row for each document, separated by commas.",
    "tsv": "A row for each document, separated by tabs.",
    "markdown": "A table in Markdown.",
    "xlsx": "An Excel file, with --output.",
}
"""What formats are, as the help says it."""


def _about(format: str) -> str:
    return _SHORT.get(format, f"Short for --format {format}.")


_ASKING = OptionGroup("What to look for (in place of a value: @FILE, one a line)")
_SHOWING = OptionGroup("What to show")
_INSTEAD = OptionGroup("Instead of the hits")
_PRINTING = OptionGroup("How to print")
_KEEPING = OptionGroup("Evidence, saved searches and alerts")
_SERVING = OptionGroup("The page in a browser")
_ASIDE = OptionGroup(OTHER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Arguments:
    """What was typed, each option as its type says; None, False or nothing where it was not given."""

    query: tuple[str, ...] = ()
    """What stands there besides options: a query, or names of saved searches."""
    folder: Path = Path("index")
    """The index's (`--index`)."""

    form: tuple[str, ...] = _ASKING.texts(
        "Form type and its family: 10-K, 'SC 13D'; =10-K for that alone, -4 for not.", tab=completion.forms
    )
    company: tuple[str, ...] = _ASKING.texts("Consecutive words of any party's name, present or former.")
    cik: tuple[str, ...] = _ASKING.texts("CIK of any party, with or without leading zeros.")
    ticker: tuple[str, ...] = _ASKING.texts(
        "Ticker of a company, by the tables `indexer fetch` has kept, or of a fund."
    )
    filed: str | None = _ASKING.text(
        "Date filed: 2017-03-08, 2017, 2017Q1, 2015..2017-06, 2020.. or ..1999.", "FROM..TO"
    )
    exhibit: tuple[str, ...] = _ASKING.texts("Document type and what is under it: EX-10 finds EX-10.12.")
    item: tuple[str, ...] = _ASKING.texts("Item of the filing: 7.01, or 5 in the numbering before 2004-08-23.")
    timeout: float = _ASKING.seconds_or(30.0, "Give up when finding the answer takes longer.")
    exact: bool = _ASKING.flag("Match every word as typed, without its inflections.")
    all_words: bool = _ASKING.flag("Show nothing that lacks a word, also when few filings have all.")
    phrase: tuple[str, ...] = _ASKING.texts(
        "Text that must stand there as it is, marks and all (@FILE: what is in it)."
    )
    strict: bool = _ASKING.flag("Refuse a query that cannot be read, instead of taking it for words.")
    synonyms: Path | None = _ASKING.file("Synonyms: a group a line, separated by commas; `trade`: the program's own.")
    like: str | None = _ASKING.text(
        "Find filings like this one, by its most distinctive words.", "ACCESSION[:FILENAME]"
    )

    limit: int | None = _SHOWING.number("Show at most this many filings.  [default: 10]", letter="n")
    offset: int = _SHOWING.number_or(0, "Skip this many filings.")
    all: bool = _SHOWING.flag("Show every filing, each as it is found.")
    sort: str | None = _SHOWING.text(
        "Order by relevance, filed, period or company; :asc or :desc may follow.", tab=completion.sorts
    )
    documents: int | None = _SHOWING.number(
        "Show at most this many documents of each filing.  [default: 3; all in tables]"
    )
    snippets: int = _SHOWING.number_or(1, "Show at most this many passages of each document.")
    width: int = _SHOWING.number_or(240, "Length of a passage, in characters.", least=20)
    context: str = _SHOWING.choice_or(
        "words", ("words", "sentence"), "Cut passages between words, or show whole sentences."
    )
    facets: str | None = _SHOWING.text(
        "Count the filings by form, company, sic, state, item, exhibit, year, ...", "FIELD,...", tab=completion.facets
    )
    over_time: str | None = _SHOWING.choice(
        ("year", "month"), "Count the filings by the year or month they were filed."
    )

    count: bool = _INSTEAD.flag(
        "Print only how many filings and documents match.",
        letter="c",
        runs=Mode("find:count", Operands.REQUIRED, answers=True),
    )
    files: bool = _INSTEAD.flag(
        "Print the paths of the submission files that match, one a line.",
        letter="l",
        runs=Mode("find:files", Operands.REQUIRED, answers=True),
    )
    null: bool = _INSTEAD.flag("With --files: end each path with NUL, for xargs -0.", letter="0")
    counts: bool = _INSTEAD.flag(
        "Print a table of how often each word and phrase occurs in each filing.",
        runs=Mode("find:counts", Operands.REQUIRED, answers=True),
    )
    coverage: bool = _INSTEAD.flag(
        "Report in full what was searched and what could not be read.", runs=Mode("inspect:coverage")
    )
    explain: int | None = _INSTEAD.number_or_none(
        "Show how the query was understood and what each part matches; with N, what the score of the N-th hit is of.",
        runs=Mode("inspect:explain", Operands.REQUIRED),
    )
    open: int | None = _INSTEAD.number(
        "Open the N-th hit in a browser.", least=1, runs=Mode("open:open_hit", Operands.REQUIRED)
    )
    text: bool = _INSTEAD.flag("With --open: show the text here instead.")

    format: str | None = _PRINTING.choice(PRINTERS, "Print in this format; --help-output describes each.")
    short: str | None = _PRINTING.switches({name: _about(name) for name in PRINTERS if name != DEFAULT})
    output: Path | None = _PRINTING.file("Write to FILE, in the format of its suffix.", letter="o")
    columns: str | None = _PRINTING.text(
        "Columns of tables and JSON lines; the names edgar-tool and all stand for several.",
        "NAME,...",
        tab=completion.columns,
    )
    bom: bool = _PRINTING.flag("Begin CSV or TSV with a byte-order mark, by which Excel knows UTF-8.")
    color: str = _PRINTING.choice_or("auto", ("auto", "always", "never"), "Use colour.")
    pager: str | None = _PRINTING.text(
        "Show on a terminal what is longer than the screen with this program.  [default: $PAGER, else less]", "COMMAND"
    )
    no_pager: bool = _PRINTING.flag("Show it without a pager.")

    evidence: Path | None = _KEEPING.file(
        "Also write evidence of the lookup, from which it can be repeated and checked."
    )
    report: Path | None = _KEEPING.file("Also write a report of it as one HTML page, to be printed and filed.")
    by: str | None = _KEEPING.text("Who asks, as evidence and report say.  [default: user and machine]", "NAME")
    sign: Path | None = _KEEPING.file("Sign the evidence with this SSH key, into FILE.sig beside it.", metavar="KEY")
    force: bool = _KEEPING.flag("Write over evidence or a report that is there already.")
    repeat: Path | None = _KEEPING.file(
        "Repeat the lookup that FILE is evidence of, and report what has changed.", runs=Mode("evidence:repeat")
    )
    verify_evidence: Path | None = _KEEPING.file(
        "Check evidence, or a report, against itself and its sources; no index is needed.",
        runs=Mode("evidence_checks:verify", Operands.NONE),
    )
    signers: Path | None = _KEEPING.file("With --verify-evidence: keys whose signatures hold (ALLOWED SIGNERS).")
    save: str | None = _KEEPING.text("Save this search under a name.", "NAME")
    saved: bool = _KEEPING.flag("List the saved searches of this index.", runs=Mode("saved_searches:listing"))
    run: str | None = _KEEPING.text("Run a saved search.", "NAME", tab=completion.saved)
    forget: str | None = _KEEPING.text(
        "Delete a saved search.", "NAME", tab=completion.saved, runs=Mode("saved_searches:forget")
    )
    dry_run: bool = _KEEPING.flag("With --forget: say what would be deleted, and leave it.")
    alerts: bool = _KEEPING.flag(
        "Show what is new in the saved searches named, or in all, since last shown.",
        runs=Mode("alerts:alerts", Operands.NAMES),
    )

    serve: bool = _SERVING.flag("Serve the page, on this machine alone.", runs=Mode("serve:serve", Operands.NONE))
    mcp: bool = _SERVING.flag(
        "Serve tools for agents (Model Context Protocol) on standard input and output, or at --port.",
        runs=Mode("mcp:serve_tools", Operands.NONE),
    )
    port: int | None = _SERVING.number("Serve at this port; 0 takes any that is free.  [default: 8017]")
    host: str | None = _SERVING.text("Serve at this address: others who reach it need the token.", "ADDRESS")
    name: tuple[str, ...] = _SERVING.texts("Also answer when asked by this name.")
    corpus: tuple[Path, ...] = _SERVING.files(
        "Where submission files are that have moved since they were indexed; with --verify-evidence, too."
    )
    workers: int | None = _SERVING.number("Answer in so many processes.  [default: 1]", least=1)

    cache: int = _ASIDE.number_or(256, "Megabytes kept in memory of what was read for earlier questions.")
    fields: bool = _ASIDE.flag("List the fields that can be searched.", runs=Mode("inspect:fields"))
    help_query: bool = _ASIDE.flag("Show the query language, with examples.", runs=Mode("help:query"))
    help_output: bool = _ASIDE.flag("Show what is printed, in every format.", runs=Mode("help:output"))
    help_config: bool = _ASIDE.flag(
        "Show the defaults file: where it is, what holds now, what can be in it.", runs=Mode("help:config")
    )
    man: bool = _ASIDE.flag("Print the manual page: search --man | man -l -", runs=Mode("help:manual_page"))
    completion: str | None = _ASIDE.choice(
        ("bash", "zsh", "fish"), "Print the completion script for a shell.", runs=Mode("completion:script")
    )


MODES: Mapping[str, Mode] = {each.name: mode for each in fields(Arguments) if (mode := declared(each).mode)}
"""By the field that asks for it; there can be one only."""
