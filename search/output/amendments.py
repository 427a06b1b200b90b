"""Which of the filings shown are amendments that say the same: they stand under the first that says it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.passages.cutting import passage_key
from search.results import Hit


class Led(NamedTuple):
    """A filing, and others of the same filer and form that are shown for the same passage."""

    hit: Hit
    others: tuple[Hit, ...] = ()


def led(hits: Iterable[Hit]) -> Iterator[Led]:
    """Put amendments that say the same under the first of them; all others stay in their order.

    Of two, one is an amendment at least; the words of their first passages are the same, and so is what each lacks.
    """
    leading: list[tuple[Hit, list[Hit]]] = []
    first: dict[object, tuple[Hit, list[Hit]]] = {}
    for hit in hits:
        leader = first.setdefault(_key(hit) or object(), (hit, []))
        if leader[0] is hit:
            leading.append(leader)
        elif _is_amendment(hit) or _is_amendment(leader[0]):
            leader[1].append(hit)
        else:
            leading.append((hit, []))
    return (Led(hit, tuple(others)) for hit, others in leading)


def _key(hit: Hit) -> tuple[object, ...] | None:
    snippets = hit.documents[0].snippets if hit.documents else ()
    if not (snippets and hit.parties):
        return None
    parties = frozenset(party.cik for party in hit.parties)
    return hit.form.partition("/")[0], parties, hit.lacks, hit.in_header, passage_key(snippets[0].text)


def _is_amendment(hit: Hit) -> bool:
    return hit.form.endswith("/A")
