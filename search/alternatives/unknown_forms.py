"""Notes on forms that were asked for, which are neither in the index nor EDGAR's."""

from collections.abc import Callable, Iterable, Iterator

from search.lookups.lookup import Filter, Lookup, filter_tree, reading
from search.query import nodes as q
from search.query.walk import conjuncts
from search.searchers.searcher import Engine


def unknown_forms(lookup: Lookup, engine: Engine, forms: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Note every form asked for that is neither in the index nor known; `forms` are those of the index."""
    for value in _forms(lookup):
        if not engine.count(filter_tree(Filter("form", (value,)))):
            yield from _unknown(value, forms)


def _unknown(value: str, forms: Callable[[], Iterable[str]]) -> Iterator[str]:
    from indexer.edgar.form_types import KNOWN, canonical, category  # noqa: PLC0415  (most are in the index)
    from search.suggestions import nearest  # noqa: PLC0415

    if canonical(value) in KNOWN or category(value):
        return
    meant = nearest(value, forms()) or nearest(value, KNOWN)
    yield f"no filing in the index has form {value}" + (f"; did you mean {meant}?" if meant else "")


def _forms(lookup: Lookup) -> Iterator[str]:
    """Yield the forms of the filters, and those that the query itself asks for."""
    yield from (value.lstrip("-=") for name, values in lookup.filters if name == "form" for value in values)
    if lookup.query.strip():
        typed = reading(lookup)
        asked = (
            typed.typed(part) for part in conjuncts(typed.query) if isinstance(part, q.Field) and part.name == "form"
        )
        yield from (value.partition(":")[2].strip('="') for value in asked if "(" not in value)
