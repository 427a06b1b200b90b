"""Results for people: filings in order, their best documents, passages with what matched marked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from indexer.edgar.roles import BYLINES
from indexer.printing import broken, count, one_line, spaced
from search.output.amendments import Led, led
from search.output.printer import NewHits, Printer, Report
from search.output.style import PLAIN, Style
from search.output.summary import count_lines, exact_total, summary_lines
from search.results import DocumentHit, Hit, Results, Snippet

if TYPE_CHECKING:
    from indexer.filings import Header
    from search.output.table import Table

_LONGEST = {"company": 40}
"""Characters shown of a cell of a column."""
_FACTS, _PASSAGES = 5, 7
"""Columns from the left, of what is said of a filing and of passages."""


class TextPrinter(Printer):
    """Print for people, at a terminal or in a file."""

    relaxes = True

    def hits(self, results: Results, hits: Iterable[Hit], header: "Callable[[str], Header]") -> None:
        """Print the hits with their passages, and the totals under them."""
        self._print(as_text(results, hits, self._sink.style))

    def table(self, table: "Table") -> None:
        """Print the table with its columns aligned, long names cut; on a terminal, cells broken to its width."""
        from search.output.tables.aligned import as_aligned  # noqa: PLC0415  (hits need it not)

        self._sink.lines(as_aligned(table, _LONGEST, width=self._sink.style.width))

    def count(self, results: Results) -> None:
        """Print how many filings and documents were found, and what that rests on."""
        self._print(count_lines(results))

    def report(self, report: Report) -> None:
        """Print an answer that has no hits."""
        if report.table:
            self.table(report.table)
        else:
            self._print(report.lines)

    def alerts(self, alerts: Iterable[NewHits]) -> None:
        """Print the new hits under the name of each search."""
        style = self._sink.style
        self._print(line for alert in alerts for line in _alert_lines(alert, style))

    def _print(self, lines: Iterable[str]) -> None:
        """Print lines, broken to the terminal's width where they are longer."""
        self._sink.lines(self._broken(lines))

    def _broken(self, lines: Iterable[str]) -> Iterator[str]:
        width = self._sink.style.width
        return (part for line in lines for part in broken(line, width))


def _alert_lines(alert: NewHits, style: Style) -> Iterator[str]:
    yield style.title(f"{alert.name}: {count(alert.results.filings, 'new filing')}")
    for hit in alert.hits:
        yield from hit_lines(hit, style)
        yield ""


def as_text(results: Results, hits: Iterable[Hit] | None = None, style: Style = PLAIN) -> Iterator[str]:
    """Write results line by line; with `hits` in place of those they hold."""
    if results.words:
        yield style.quiet(exact_total(results))
        yield ""
    shown = 0
    hits = results.hits if hits is None else hits
    for hit, same in led(hits) if isinstance(hits, Sequence) else map(Led, hits):
        yield from hit_lines(hit, style, words=results.words)
        yield from (_amendment_line(other, style) for other in same)
        yield ""
        shown += sum(1 for each in (hit, *same) if not (each.lacks or each.in_header))
    yield from summary_lines(results, style, shown=shown)


def _amendment_line(hit: Hit, style: Style) -> str:
    kind = "its amendment" if hit.form.endswith("/A") else "what it amends,"
    facts = [f"and {kind} {style.name(one_line(hit.form))}", *([f"filed {hit.filed}"] if hit.filed else [])]
    facts += [style.link(one_line(hit.accession), hit.url)]
    return "     " + f" {style.signs.dot} ".join(facts) + ", same passage"


def hit_lines(hit: Hit, style: Style = PLAIN, *, words: Sequence[str] = ()) -> Iterator[str]:
    """Write a filing: who, what and when, and under it its documents with their passages.

    Of one that lacks some of the `words` asked for, it is said which.
    """
    yield from broken(f"{hit.rank:>3}. {_who(hit, style)}", style.width, _FACTS)
    facts = [style.name(one_line(hit.form) or "form unknown")]
    facts += [f"filed {hit.filed}"] if hit.filed else []
    facts += [f"period {hit.period}"] if hit.period and hit.period != hit.filed else []
    facts += [f"items {', '.join(map(one_line, hit.items))}"] if hit.items else []
    facts += [style.link(one_line(hit.accession), hit.url)]
    yield "     " + style.quiet(f" {style.signs.dot} ").join(facts)
    if hit.lacks or hit.in_header:
        yield "     " + style.quiet(one_line(lacking(hit, words)))
    for document in hit.documents:
        yield from _document_lines(document, style)
    more = hit.matching - len(hit.documents)
    if more > 0 and hit.documents:
        yield style.quiet(f"     and {more:,} more {'document' if more == 1 else 'documents'} of this filing")


def lacking(hit: Hit, words: Sequence[str]) -> str:
    """Say which of the words asked for a filing lacks, or has in its header alone."""
    if hit.in_header:
        return f"{', '.join(hit.in_header)}: in the header"
    return f"{len(words) - len(hit.lacks)} of {len(words)} words; lacks: {', '.join(hit.lacks)}"


def _who(hit: Hit, style: Style) -> str:
    """Name the company the filing is about, and who filed about it; without a company, the file that it is in."""
    if not hit.parties:
        file = one_line(hit.source.rpartition(" > ")[2].rpartition("/")[2])
        return " ".join(part for part in (style.title(file), style.quiet("(no company named in the header)")) if part)
    ordered = hit.by_importance
    first, others = ordered[0], ordered[1:]
    cik = style.quiet(f"(CIK {int(first.cik)})") if first.cik.isdecimal() else ""
    said = [f"{style.title(one_line(first.name) or 'no name')} {cik}".rstrip()]
    said += [f"{BYLINES.get(other.role, 'and')} {one_line(other.name)}" for other in others[:2]]
    said += [f"and {len(others) - 2:,} more"] if len(others) > 2 else []
    return style.quiet(", ").join(said)


def _document_lines(document: DocumentHit, style: Style) -> Iterator[str]:
    name = style.link(one_line(document.filename or document.id.rpartition(":")[2]), document.url)
    description = "" if document.description in ("", document.type) else f"  {one_line(document.description)}"
    yield f"     {style.name(one_line(document.type))}  {name}{description}"
    if document.same_as:
        yield " " * _PASSAGES + style.quiet(f"same passage as {one_line(document.same_as)}")
        return
    for snippet in document.snippets:
        yield from passage_lines(snippet, style)


class Flat(NamedTuple):
    """A passage on one line."""

    line: str
    marks: tuple[tuple[int, int], ...]
    """What matched, as offsets into the line; marks with only white space between them are one."""


def flat(snippet: Snippet) -> Flat:
    """Put a passage on one line, white space as single spaces, without what cannot be printed."""
    text = spaced(snippet.text)
    line = " ".join(text.split())
    marks = list[tuple[int, int]]()
    for start, end in ([_place(text[: each - snippet.start]) for each in match] for match in snippet.matches):
        touches = marks and not line[marks[-1][1] : start].strip()
        marks.append((marks.pop()[0] if touches else start, end))
    return Flat(line, tuple(marks))


def _place(before: str) -> int:
    """Return where on the line stands what comes after the beginning of a passage."""
    words = before.split()
    return sum(map(len, words)) + len(words) - (not before[-1:].isspace()) if words else 0


def passage_lines(snippet: Snippet, style: Style) -> Iterator[str]:
    """Write a passage, its matches marked, after where it stands; broken to the style's width, indented."""
    more, page = style.signs.more, f"p. {snippet.page}" if snippet.page else ""
    where = ", ".join(part for part in (one_line(snippet.section), page) if part)
    before = f"{where}: {more} " if where else f"{more} "
    after = f" {more} [{snippet.start}..{snippet.end}]"
    line = style.quiet(before) + marked(flat(snippet), style) + style.quiet(after)
    yield from broken(" " * _PASSAGES + line, style.width, _PASSAGES)


def marked(passage: Flat, style: Style) -> str:
    """Write a passage on one line with what matched marked."""
    pieces, end = [], 0
    for start, stop in passage.marks:
        pieces += [passage.line[end:start], style.match(passage.line[start:stop])]
        end = stop
    return "".join((*pieces, passage.line[end:]))
