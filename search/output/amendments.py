"""Which of the filings shown are amendments that say the same: they stand under the first that says it."""

from collections import Counter
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
    hits = tuple(hits)
    alike = Counter(map(_filer_and_form, hits))
    for hit in hits:
        leader = first.setdefault(_key(hit) if alike[_filer_and_form(hit)] > 1 else object(), (hit, []))
        if leader[0] is hit:
            leading.append(leader)
        elif _is_amendment(hit) or _is_amendment(leader[0]):
            leader[1].append(hit)
        else:
            leading.append((hit, []))
    return (Led(hit, tuple(others)) for hit, others in leading)


def _filer_and_form(hit: Hit) -> tuple[object, ...]:
    return hit.form.partition("/")[0], frozenset(party.cik for party in hit.parties)


def _key(hit: Hit) -> object:
    """Return what two filings share that say the same; of one that has no passage, or nobody, what none shares."""
    snippets = hit.documents[0].snippets if hit.documents else ()
    if not (snippets and hit.parties):
        return object()
    return *_filer_and_form(hit), hit.lacks, hit.in_header, passage_key(snippets[0].text)


def _is_amendment(hit: Hit) -> bool:
    return hit.form.endswith("/A")
