"""What a conjunction means that asks for values of rows: they hold in one and the same row.

`transaction:P officer-title:CFO shares:>1000` asks for a row that has all three. Beside such a value `owner` is the
owner of the row. What is left out is left out of the row, too, but for another value of a field that has one value in
a row: `transaction:P -transaction:S` leaves out documents that have such a row. Parentheses around a conjunction make
a row of their own. A value that is alone asks for any row.
"""

from collections.abc import Sequence

from indexer.fields.schema import BY_NAME, ROW_OWNER, Kind
from search.query import nodes as q
from search.query.walk import children, rewrite


def rowed(parts: Sequence[q.Query], field: str = "text") -> tuple[q.Query, ...]:
    """Bind what asks values of rows to one row, among the parts of a conjunction asked of `field`.

    >>> sold = q.Field("transaction", q.Term("s", exact=True))
    >>> [type(part).__name__ for part in rowed((q.Term("plan"), sold, q.Field("shares", q.Range(1, None))))]
    ['Term', 'Row']
    """
    asked = [_fields(part) for part in parts]
    present = frozenset().union(*(fields for part, fields in zip(parts, asked, strict=True) if _is_wanted(part)))
    if field != "text" or not present & _OF_ROWS:
        return tuple(parts)
    same = [
        at for at, part in enumerate(parts) if asked[at] and (_is_wanted(part) or not asked[at] <= present & _SINGLE)
    ]
    row = q.Row(q.And(tuple(_of_row(parts[at]) for at in same)))
    if len(same) == 1:
        return tuple(parts)
    return tuple(row if at == same[0] else part for at, part in enumerate(parts) if at not in same[1:])


_OF_ROWS = frozenset(field.name for field in BY_NAME.values() if field.of_rows)
_SINGLE = frozenset(name for name in _OF_ROWS if BY_NAME[name].kind is not Kind.TEXT)


def _is_wanted(part: q.Query) -> bool:
    return not isinstance(part, q.Not)


def _fields(part: q.Query) -> frozenset[str]:
    """Return the fields of rows, and `owner`, that a part asks; none for one that asks anything else."""
    if isinstance(part, q.Field):
        is_asked = (part.name in _OF_ROWS or part.name == "owner") and _is_value(part.query)
        return frozenset({part.name} if is_asked else ())
    each = [_fields(below) for below in children(part)] if isinstance(part, q.Not | q.Boost | q.Or) else []
    return frozenset().union(*each) if all(each) else frozenset()


def _is_value(query: q.Query) -> bool:
    """Tell whether a part of a field asks for one value in a row; two that must both be there may stand in two rows."""
    if isinstance(query, q.Row):
        return True
    return not isinstance(query, q.And | q.Field | q.Everything) and all(map(_is_value, children(query)))


def _of_row(part: q.Query) -> q.Query:
    if isinstance(part, q.Field):
        return q.Field(ROW_OWNER, part.query) if part.name == "owner" else part
    return rewrite(part, _of_row)
