"""What stands under the hits: counts by field and over time, notes, coverage, totals."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from indexer.printing import columns, count, one_line
from search.answer_basis import Coverage
from search.output.style import Style
from search.results import Facet, FacetCount, Results, Timeline

if TYPE_CHECKING:
    from search.coverage.completeness import Completeness

FACET_ROWS = 10
"""Values shown of a field; all of them are in the other formats."""
_BAR = 24
_LABEL = 46
_MISSING = 5


def summary_lines(results: Results, style: Style, *, shown: int) -> Iterator[str]:
    """Write everything that stands under the hits; the totals come last. `shown` is the number of hits printed."""
    for facet in results.facets:
        yield from facet_lines(facet, style)
        yield ""
    if results.timeline:
        yield from timeline_lines(results.timeline, style)
        yield ""
    yield from (one_line(note) for note in results.notes)
    if results.coverage:
        yield from coverage_lines(results.coverage, notes=results.notes)
    yield style.quiet(totals(results, shown=shown))


def aside(results: Results, *, shown: int) -> Iterator[str]:
    """Write what is said beside a table: notes, coverage, and how many of all filings the table shows."""
    yield from (one_line(note) for note in results.notes)
    if results.coverage:
        yield from coverage_lines(results.coverage, notes=results.notes)
    more = "; --all is all of them" if shown < results.filings else ""
    yield f"{shown:,} of {count(results.filings, 'filing')} ({count(results.documents, 'document')}){more}"


def count_lines(results: Results) -> Iterator[str]:
    """Say how many filings and documents were found, then the notes, then what the numbers rest on."""
    yield f"{count(results.filings, 'filing')} ({count(results.documents, 'document')})"
    yield from map(one_line, results.notes)
    if results.coverage:
        yield from coverage_lines(results.coverage, notes=results.notes)


def totals(results: Results, *, shown: int) -> str:
    """Say how many were found and shown, and how many seconds it took."""
    part = f"{shown:,} of " if shown < results.filings else ""
    found = f"{count(results.filings, 'filing')} ({count(results.documents, 'document')})"
    return f"{part}{found} in {results.seconds:.2f} s"


def exact_total(results: Results) -> str:
    """Say how many have all the words, before those that lack some."""
    found = f"{count(results.filings, 'filing')} ({count(results.documents, 'document')})"
    return f"{found} {'has' if results.filings == 1 else 'have'} all {len(results.words)} words"


# Counts


def facet_lines(facet: Facet, style: Style) -> Iterator[str]:
    """Draw a field's most frequent values with how many filings have each, and bars."""
    kept = facet.counts[:FACET_ROWS]
    yield style.title(f"by {facet.field}")
    labels = [_cut(one_line(label(facet.field, each.value)), style) for each in kept]
    widest = max(map(columns, labels), default=0)
    for text, each in zip(labels, kept, strict=True):
        space = " " * (widest - columns(text))
        yield f"  {text}{space}  {each.filings:>9,}  {style.name(bar(each, kept, style))}"
    if len(facet.counts) > len(kept):
        yield style.quiet(f"  and {len(facet.counts) - len(kept):,} more")
    if not kept:
        yield style.quiet("  no filing found has one")


def _cut(text: str, style: Style) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + style.signs.more


def label(field: str, value: str) -> str:
    """Write a value as a person reads it: items, states and industries with their names.

    >>> label("item", "7.01"), label("state", "MN"), label("sic", "2834"), label("form", "8-K")
    ('7.01 Regulation FD Disclosure', 'MN Minnesota', '2834 Pharmaceutical Preparations', '8-K')
    """
    from indexer.edgar.industries import INDUSTRIES  # noqa: PLC0415
    from indexer.edgar.items import NEW  # noqa: PLC0415  (tables that few answers need)
    from indexer.edgar.states import STATES  # noqa: PLC0415

    match field:
        case "state" | "located" | "incorporated" | "inc":
            named = STATES.get(value.lower(), "")
        case "item" | "items":
            named = next(iter(NEW.get(value, ())), "")
        case "sic":
            named = INDUSTRIES.get(value, "")
        case _:
            named = ""
    return f"{value} {named}".rstrip()


def bar(each: FacetCount, among: Sequence[FacetCount], style: Style) -> str:
    """Draw a bar as long as the count is, next to the highest of all."""
    length = each.filings / max(other.filings for other in among) * _BAR
    return style.signs.bars[-1] * max(1, round(length))


def timeline_lines(timeline: Timeline, style: Style) -> Iterator[str]:
    """Draw the filings over time: a line of bars, or a line for each year when they are counted by month."""
    yield style.title(f"by {timeline.unit} filed")
    if timeline.unit == "year" and timeline.counts:
        yield f"  {timeline.counts[0].value} {spark(timeline.counts, style)} {timeline.counts[-1].value}"
    for year in _years(timeline) if timeline.unit == "month" else ():
        months = {int(each.value[5:]): each for each in year}
        line = "".join(spark([months[n]], style, among=timeline.counts) if n in months else " " for n in range(1, 13))
        yield f"  {year[0].value[:4]} {line} {sum(each.filings for each in year):>9,}"
    if timeline.counts:
        most = max(timeline.counts, key=lambda each: each.filings)
        yield style.quiet(f"  most in {most.value}: {count(most.filings, 'filing')}")
    if timeline.undated:
        yield style.quiet(f"  without a date: {timeline.undated:,}")


def _years(timeline: Timeline) -> list[list[FacetCount]]:
    years: dict[str, list[FacetCount]] = {}
    for each in timeline.counts:
        years.setdefault(each.value[:4], []).append(each)
    return list(years.values())


def spark(counts: Sequence[FacetCount], style: Style, *, among: Sequence[FacetCount] = ()) -> str:
    """Draw a bar for each count, as high as it is next to the highest; a space for none.

    >>> from search.output.style import PLAIN
    >>> spark([FacetCount("2016", 1), FacetCount("2017", 0), FacetCount("2018", 16)], PLAIN)
    '▁ █'
    """
    bars, highest = style.signs.bars, max((each.filings for each in among or counts), default=0)
    return "".join(
        bars[max(0, -(-each.filings * len(bars) // highest) - 1)] if each.filings else " " for each in counts
    )


# Coverage


def coverage_lines(coverage: Coverage, *, most: int = _MISSING, notes: Sequence[str] = ()) -> Iterator[str]:
    """Say in one sentence what the answer rests on, then name `most` missing values, none that a note named."""
    yield f"covered: {coverage_sentence(coverage)}"
    noted = {note.partition(";")[0] for note in notes}
    if missing := [each for each in coverage.missing if f"no filing in the index has {each}" not in noted]:
        shown = ", ".join(map(one_line, missing[:most]))
        more = f" and {len(missing) - most:,} more" if len(missing) > most else ""
        yield f"not in the index: {shown}{more}"


def completeness_lines(found: "Completeness") -> Iterator[str]:
    """Say how much of what EDGAR lists is here, and name some of what is not."""
    have = f"{found.here:,} of the {count(found.listed, 'filing')} that EDGAR lists ({one_line(found.wanted)})"
    yield f"{have} {'is' if found.listed == 1 else 'are'} here; EDGAR's lists are of {found.as_of}"
    if found.missing:
        more = f" and {len(found.missing) - _MISSING:,} more" if len(found.missing) > _MISSING else ""
        yield f"missing: {', '.join(found.missing[:_MISSING])}{more}; `indexer compare` names them all"


def coverage_sentence(coverage: Coverage) -> str:
    """Say how many filings were searched, when they were filed, and what of them could not be read."""
    said = count(coverage.filings, "filing") + (f" with {one_line(coverage.filters)}" if coverage.filters else "")
    if coverage.first_filed:
        said += f", filed {_span(coverage.first_filed, coverage.last_filed)}"
    return "; ".join((said, *_gaps(coverage)))


def _span(first: date, last: date | None) -> str:
    return f"{first}" if first == last else f"{first}..{last}"


def _gaps(coverage: Coverage) -> Iterator[str]:
    if coverage.unread:
        kinds = ", ".join(f"{each.documents:,} {each.kind}" for each in coverage.unread_kinds)
        of_them = f"{coverage.unread:,} of their {count(coverage.documents, 'document')}"
        yield f"{of_them} {'was' if coverage.unread == 1 else 'were'} not read{f' ({kinds})' if kinds else ''}"
    elif coverage.documents:
        yield f"all {count(coverage.documents, 'document')} read" if coverage.documents > 1 else "its document read"
    if coverage.incomplete:
        yield f"{count(coverage.incomplete, 'filing')} read in part"
    if coverage.unlocated:
        yield f"in {count(coverage.unlocated, 'document')} an item was not located"
    if coverage.unreadable_files:
        yield f"{count(coverage.unreadable_files, 'file')} of the corpus could not be read at all"
