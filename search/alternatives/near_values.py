"""What may have been meant by a value that no filing in the index has: the nearest that some have, in any field.

Names of parties have rules of their own (`search.alternatives.near_names`), and so have forms (`hints`).
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from indexer.edgar.items import NEW
from indexer.edgar.states import STATES
from indexer.fields.schema import BY_NAME, SECTION, Kind
from search.lookups.lookup import Filter, Lookup, filter_tree, reading
from search.query import nodes as q
from search.query.walk import conjuncts, leaves
from search.query.words import within_edits
from search.results import Question
from search.searchers.searcher import Engine
from search.suggestions import nearest
from search.terms.names import READ_AS_NAMES

_LOOKED_AT = 20
"""Values of a filter, or of a query, that are looked at."""
_AMONG = 50_000
"""Values of the index that one is compared with."""
_FEW = 4
"""Characters of a value up to which all values of its field are looked at, and at its end those that may differ."""
_CODES = frozenset({"form", "root_form", "type", "item", "ticker", "transaction", "state", "incorporated", "act"})
"""Fields whose values are written in capitals."""
_OTHERWISE = READ_AS_NAMES | {"text", "form", SECTION, "unlocated", "amount", "reading"}
"""Fields of which something else is said."""


def of_filters(filters: Iterable[Filter], engine: Engine) -> Iterator[str]:
    """Note each value of the filters that no filing has, where one is near that some have."""
    for name, values in filters:
        for value in islice((each.lstrip("-=") for each in values if not each.startswith("@")), _LOOKED_AT):
            asked = filter_tree(Filter(name, (value,)))
            if isinstance(asked, q.Field) and (meant := _meant(asked, engine)):
                yield f"no filing in the index has {name} {value}; did you mean {meant}?"


def of_query(lookup: Lookup, engine: Engine) -> Iterator[str]:
    """Note each field that the query itself asks for with a value that no filing has, where one is near."""
    if not lookup.query.strip():
        return
    typed = reading(lookup)
    for part in islice(conjuncts(typed.query), _LOOKED_AT):
        if isinstance(part, q.Field) and (meant := _meant(part, engine)):
            name = typed.typed(part).partition(":")[0]
            yield f"no filing in the index has {typed.typed(part)}; did you mean {name}:{meant}?"


def _meant(asked: q.Field, engine: Engine) -> str:
    """Say which value is near to one that nobody has, with how many filings have it; nothing for any other."""
    field, value = BY_NAME.get(asked.name), _value(asked.query)
    if not field or not value or field.name in _OTHERWISE or field.kind not in (Kind.TEXT, Kind.KEYWORD):
        return ""
    if engine.count(asked):
        return ""
    near = _near(field.name, value, engine)
    if near is None:
        return ""
    filings = engine.search(Question(q.Field(asked.name, q.Term(near, exact=True)), limit=0)).filings
    return f"{_written(field.name, near)} ({filings:,} {'filing' if filings == 1 else 'filings'})" if filings else ""


def _value(query: q.Query) -> str:
    """Read the value as it was typed, by the first of what it stands for; empty for patterns and ranges."""
    if isinstance(query, q.Phrase | q.Or | q.And | q.Row | q.Term):
        first = next(iter(leaves(query)), None)
        return first.word if isinstance(first, q.Term) else ""
    return ""


def _near(name: str, value: str, engine: Engine) -> str | None:
    titles = _titled(name)
    if meant := nearest(value, titles):
        return titles[meant]
    beginning = value[: max(0, len(value) - _FEW)]
    among = list(islice(engine.words(name, beginning), _AMONG)) or list(islice(engine.words(name, value[:1]), _AMONG))
    if any(map(str.isdecimal, value)):
        close = list(filter(within_edits(value, 1), among))
        return nearest(value, close)
    return nearest(value, among)


def _titled(name: str) -> dict[str, str]:
    """Name values by what they are called."""
    if name in ("state", "incorporated"):
        return {title.lower(): code for code, title in STATES.items()}
    if name == "item":
        return {title.lower(): code for code, titles in NEW.items() for title in titles}
    return {}


def _written(name: str, value: str) -> str:
    shown = value.upper() if name in _CODES else value
    return f'"{shown}"' if " " in shown else shown
