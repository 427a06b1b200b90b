"""What can be typed after `search`: each option is a field of `Arguments`, and its type is what the program gets.

What goes with what is in `search.commands.request`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from search.commands import completion
from search.commands.options import OTHER, Mode, OptionGroup, Words, declared
from search.output.printer import DEFAULT, PRINTERS

# Every default is a declaration, made once.
# ruff: noqa: RUF009

FIND = Mode("find:find", Words.REQUIRED, answers=True)
"""The mode when no option asks for another."""

_ASKING = OptionGroup("What to look for (@FILE in place of a value: one a line, or the first column of a CSV)")
_SHOWING = OptionGroup("What to show")
_INSTEAD = OptionGroup("Instead of the hits")
_PRINTING = OptionGroup("How to print")
_KEEPING = OptionGroup("To prove and to repeat")
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
    company: tuple[str, ...] = _ASKING.texts("Words of the name of any party, present or former, in a row.")
    cik: tuple[str, ...] = _ASKING.texts("CIK of any party, with or without leading zeros.")
    filed: str | None = _ASKING.text(
        "Date filed: 2017-03-08, 2017, 2017Q1, 2015..2017-06, 2020.. or ..1999.", "FROM..TO"
    )
    exhibit: tuple[str, ...] = _ASKING.texts("Document type and what is under it: EX-10 finds EX-10.12.")
    item: tuple[str, ...] = _ASKING.texts("Item of the filing: 7.01, or 5 in the numbering before 2004-08-23.")
    exact: bool = _ASKING.flag("No inflections: every word as typed.")
    synonyms: Path | None = _ASKING.file("Words that stand for one another: a group a line, commas.")
    like: str | None = _ASKING.text("Filings like this one, by its most telling words.", "ACCESSION[:FILENAME]")

    limit: int | None = _SHOWING.number("Filings at most.  [default: 10]", letter="n")
    offset: int = _SHOWING.number_or(0, "Filings to leave out at the start.")
    all: bool = _SHOWING.flag("Every filing found; they are printed as they come.")
    sort: str | None = _SHOWING.text(
        "relevance, filed, period or company; :asc or :desc after it.", tab=completion.sorts
    )
    documents: int | None = _SHOWING.number("Documents of each filing.  [default: 3; all in tables]")
    snippets: int = _SHOWING.number_or(1, "Passages of each document.")
    width: int = _SHOWING.number_or(240, "Characters of a passage.", least=20)
    context: str = _SHOWING.choice_or("words", ("words", "sentence"), "Where passages are cut.")
    facets: str | None = _SHOWING.text(
        "Count the filings by form, company, sic, state, item, exhibit, year, ...", "FIELD,...", tab=completion.facets
    )
    over_time: str | None = _SHOWING.choice(("year", "month"), "Count the filings by when they were filed.")

    count: bool = _INSTEAD.flag(
        "Only how many filings and documents there are.", runs=Mode("find:count", Words.REQUIRED, answers=True)
    )
    counts: bool = _INSTEAD.flag(
        "A table: how often each word and phrase occurs in each filing.",
        runs=Mode("find:counts", Words.REQUIRED, answers=True),
    )
    coverage: bool = _INSTEAD.flag(
        "Say in full what was searched and what of it could not be read.", runs=Mode("inspect:coverage")
    )
    explain: bool = _INSTEAD.flag(
        "How the query was understood, and what each part finds.", runs=Mode("inspect:explain", Words.REQUIRED)
    )
    open: int | None = _INSTEAD.number(
        "Open the N-th hit in a browser.", least=1, runs=Mode("open:open_hit", Words.REQUIRED)
    )
    text: bool = _INSTEAD.flag("With --open: show its text here instead.")

    format: str | None = _PRINTING.choice(PRINTERS, "The shapes are in docs/output.md.")
    short: str | None = _PRINTING.switches(
        {name: f"Short for --format {name}." for name in PRINTERS if name != DEFAULT}
    )
    output: Path | None = _PRINTING.file("Write to FILE, in the format of its suffix.", letter="o")
    columns: str | None = _PRINTING.text(
        "Columns of CSV, Excel and JSON lines; edgar-tool and all name several.", "NAME,...", tab=completion.columns
    )
    color: str = _PRINTING.choice_or("auto", ("auto", "always", "never"), "Mark with colour.")

    evidence: Path | None = _KEEPING.file("Also write what it takes to repeat the lookup.")
    repeat: Path | None = _KEEPING.file(
        "Look up again what FILE is evidence of; say what changed.", runs=Mode("evidence:repeat")
    )
    save: str | None = _KEEPING.text("Keep this search under a name.", "NAME")
    saved: bool = _KEEPING.flag("List the searches kept for this index.", runs=Mode("saved_searches:listing"))
    run: str | None = _KEEPING.text("Run a search that was kept.", "NAME", tab=completion.saved)
    forget: str | None = _KEEPING.text(
        "Keep it no longer.", "NAME", tab=completion.saved, runs=Mode("saved_searches:forget")
    )
    alerts: bool = _KEEPING.flag(
        "What is new in the saved searches named, or in all, since this was last printed.",
        runs=Mode("alerts:alerts", Words.NAMES),
    )

    fields: bool = _ASIDE.flag("List the fields that can be asked for.", runs=Mode("inspect:fields"))
    completion: str | None = _ASIDE.choice(
        ("bash", "zsh", "fish"), "Print a script for the shell.", runs=Mode("completion:script")
    )


MODES: Mapping[str, Mode] = {each.name: mode for each in fields(Arguments) if (mode := declared(each).mode)}
"""By the field that asks for it; there can be one only."""
