"""What a printer prints, and which printers there are: a format is a module of this folder and a line of `PRINTERS`.

Where the answer goes (the terminal, a pipe, a file) is the business of a `Sink`, which `search.commands` makes.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from indexer.filings import Header
    from search.coverage.covered import CoverageReport
    from search.output.style import Style
    from search.output.table import Table
    from search.results import Hit, Results

# A printer, and what it draws with, is imported when its format is asked for.
# ruff: noqa: PLC0415

FEW_DOCUMENTS = 3
"""Documents shown of each filing, unless the format or `--documents` says otherwise."""


class Sink(Protocol):
    """Take an answer to where it is wanted."""

    @property
    def style(self) -> "Style":
        """Say how text is marked there."""

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines, each without its line end."""

    def file(self, write: Callable[[Path], None], kind: str, suffix: str) -> None:
        """Have `write` write the file that was named; SearchError, naming its kind (`an Excel file`), when none was."""

    def beside(self, suffix: str, lines: Iterable[str]) -> None:
        """Write lines to a file beside the one that was named, called as it is with `suffix` behind."""

    def say(self, line: str) -> None:
        """Tell the user something that is not part of the answer."""


class Report(NamedTuple):
    """An answer that has no hits, in two forms: lines for people, data for programs."""

    lines: Iterable[str]
    data: object = None
    """A list is several objects; anything else is one. None: there are lines only."""
    kind: str = "report"
    """What each of several is called, or the one."""
    table: "Table | None" = None
    """For people, in place of the lines."""


class NewHits(NamedTuple):
    """What is new in a saved search."""

    name: str
    since: int | None
    """The generation up to which it had been shown; None when all of it is new."""
    results: "Results"
    """Totals of what is new; no hits."""
    hits: "Iterable[Hit]"


class Printer(Protocol):
    """Print answers in one format; a subclass says how hits and tables look, and overrides what else it can say."""

    relaxes: bool = False
    """Whether filings that lack some of the words may follow the others, for it says what they lack."""
    covers: bool = False
    """Whether it says what an answer rests on also where nothing was filtered and something found."""
    _sink: Sink
    _columns: str

    def __init__(self, sink: Sink, columns: str = "") -> None:
        """Print to `sink`; `columns` are those the user named, separated by commas."""
        self._sink = sink
        self._columns = columns

    @property
    def style(self) -> "Style":
        """Say how text is marked where it is printed."""
        return self._sink.style

    @property
    def documents(self) -> int | None:
        """Say how many documents of each filing are shown when the user does not; None is all."""
        return FEW_DOCUMENTS

    def hits(self, results: "Results", hits: "Iterable[Hit]", header: "Callable[[str], Header]") -> None:
        """Print an answer: `hits` in place of those of `results`; `header` gives that of an accession number."""
        ...

    def table(self, table: "Table") -> None:
        """Print a table."""
        ...

    def count(self, results: "Results") -> None:
        """Print how many filings and documents were found, and what that rests on."""
        from search.output.summary import count_lines

        self._sink.lines(count_lines(results))

    def report(self, report: Report) -> None:
        """Print an answer that has no hits."""
        self._sink.lines(report.lines)

    def coverage(self, report: "CoverageReport") -> None:
        """Write what the answer rests on beside it, which is printed after; SearchError where there is no beside."""
        from search.errors import SearchError

        raise SearchError("--coverage instead of the hits, or with --output FILE of a table, beside them")

    def alerts(self, alerts: Iterable[NewHits]) -> None:
        """Print what is new in saved searches; SearchError in a format that has no form for it."""
        from search.errors import SearchError

        raise SearchError("alerts are printed as text, json or jsonl; this format has no form for them")


class Format(NamedTuple):
    """What is known of a format before its module is loaded."""

    printer: str
    """Its module in this folder and the printer's class there, `MODULE:CLASS`."""
    suffixes: tuple[str, ...]
    """File names that ask for it, the usual one first."""
    takes_columns: bool = False
    """Whether `--columns` says which columns it has."""
    beside: bool = False
    """Whether `--coverage` with `--output` is written beside the hits, in place of them elsewhere."""

    def load(self) -> type[Printer]:
        """Import the printer."""
        module, _, name = self.printer.partition(":")
        return cast(type[Printer], getattr(import_module(f"search.output.{module}"), name))


PRINTERS: Mapping[str, Format] = {
    "text": Format("text:TextPrinter", (".txt",)),
    "oneline": Format("oneline:OneLinePrinter", ()),
    "json": Format("json:JsonPrinter", (".json",)),
    "csv": Format("csv:CsvPrinter", (".csv",), takes_columns=True, beside=True),
    "tsv": Format("csv:TsvPrinter", (".tsv", ".tab"), takes_columns=True, beside=True),
    "markdown": Format("tables.markdown:MarkdownPrinter", (".md", ".markdown"), takes_columns=True, beside=True),
    "xlsx": Format("tables.xlsx:XlsxPrinter", (".xlsx",), takes_columns=True, beside=True),
    "jsonl": Format("json:JsonLinesPrinter", (".jsonl", ".ndjson"), takes_columns=True),
}
"""By name, as `--format` takes it; every name but `text` is an option of its own, too."""
DEFAULT = "text"
MARKED = ("csv", "tsv")
"""Formats that spreadsheets open, and know to be UTF-8 by a byte-order mark."""


def of_suffix(path: Path) -> str | None:
    """Name the format that a file's suffix asks for; None when it asks for none.

    >>> of_suffix(Path("Answer.NDJSON")), of_suffix(Path("answer.doc"))
    ('jsonl', None)
    """
    return next((name for name, format in PRINTERS.items() if path.suffix.lower() in format.suffixes), None)
