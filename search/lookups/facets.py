"""The filings found by the values of a field, and over time. Counting is the engine's; here values get their names."""

from collections.abc import Iterator, Sequence

from indexer.fields.schema import BY_NAME, Kind, SchemaField
from search.errors import SearchError
from search.query import nodes as q
from search.results import Facet, FacetCount, Timeline
from search.searchers.searcher import Searcher
from search.suggestions import nearest

COUNTED = ("company", "year", "month")
"""What can be counted besides keyword fields and the years of date fields."""
_CAPITALS = frozenset({"form", "root_form", "type", "exhibit", "state", "incorporated", "ticker", "transaction"})
"""Fields whose values are written in capitals; the index compares them in lower case."""
_TYPE = "type"
"""The field of document types, which has other values than those of exhibits."""
UNITS = ("year", "month")


def facetable() -> list[str]:
    """List every name that `facets` takes, aliases included, as people write them."""
    fields = [name for name, field in BY_NAME.items() if _can_be_counted(field)]
    return [*COUNTED, *dict.fromkeys(name.replace("_", "-") for name in fields)]


def facets(names: Sequence[str], query: q.Query, searcher: Searcher, *, most: int | None = None) -> tuple[Facet, ...]:
    """Count the filings that match by each field's values, most frequent first; SearchError for an unknown name.

    `most`: values of each field, at most; all when None.
    """
    wanted = dict.fromkeys(map(_known, names))
    if not wanted:
        return ()
    whole = [field for field in wanted if field == _TYPE and most is not None]
    bounded = [field for field in wanted if field not in whole]
    counted = (*searcher.facets(query, bounded, most=most), *searcher.facets(query, whole))
    counts = {facet.field: facet.counts for facet in counted}
    return tuple(_named(name, counts[_known(name)], most) for name in names)


def timeline(unit: str, query: q.Query, searcher: Searcher, *, filings: int) -> Timeline:
    """Count the filings that match by the `year` or `month` filed; `filings` is how many match in all."""
    counts = {each.value: each.filings for facet in searcher.facets(query, [unit]) for each in facet.counts}
    periods = list(_periods(unit, min(counts), max(counts))) if counts else []
    dated = tuple(FacetCount(period, counts.get(period, 0)) for period in periods)
    return Timeline(unit, dated, undated=filings - sum(counts.values()))


def _known(name: str) -> str:
    plain = name.lower().replace("-", "_")
    if plain in COUNTED:
        return plain
    spelled = plain if plain in BY_NAME else name.lower()
    if spelled in BY_NAME and _can_be_counted(BY_NAME[spelled]):
        return BY_NAME[spelled].name
    meant = nearest(name, facetable())
    hint = f"did you mean {meant}?" if meant else "form, company, sic, state, item, exhibit, year and others can be"
    raise SearchError(f"filings cannot be counted by {name}; {hint}")


def _can_be_counted(field: SchemaField) -> bool:
    return field.kind in {Kind.KEYWORD, Kind.DATE} and not field.hidden


def _named(name: str, counts: tuple[FacetCount, ...], most: int | None) -> Facet:
    """Give a facet the name it was asked by, and its values as people write them."""
    field = name.lower().replace("-", "_")
    kept = [each for each in counts if (each.value.startswith("ex-") if field == "exhibit" else each.value)][:most]
    if field in _CAPITALS:
        kept = [FacetCount(value.upper(), filings) for value, filings in kept]
    return Facet(name.lower(), tuple(kept))


def _periods(unit: str, first: str, last: str) -> Iterator[str]:
    """List every year or month from the first to the last."""
    if unit == "year":
        yield from map(str, range(int(first), int(last) + 1))
        return
    months = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(months[0], months[1] + 1))
