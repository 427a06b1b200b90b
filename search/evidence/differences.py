"""What differs between two answers, and between what they covered: each difference is named, with the reason."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.results import DocumentHit, Hit, PartyName

_KINDS = ("new", "changed", "moved", "gone")


class CoveredFiling(NamedTuple):
    """A filing that the filters of a lookup leave, whether or not it was found."""

    accession: str
    form: str
    filed: str
    """YYYY-MM-DD; empty when its header says none."""
    documents: int
    parties: tuple[PartyName, ...]
    source: str
    """The submission file it was read from."""
    sha256: str
    """Of the submission's bytes, hexadecimal."""


class Difference(NamedTuple):
    """One thing that is not as evidence has it."""

    change: str
    """Of a list `new`, `gone`, `moved` or `changed`; of a file `missing`, `unreadable`; `figure`, `passage`, ..."""
    what: str
    """An accession number, a document's id, or the name of a value in the evidence."""
    reason: str


def answer_changes(before: Iterable[Hit], now: Iterable[Hit]) -> Iterator[Difference]:
    """Compare answers, whose hits have all their documents: what is new, changed or moved, then what is gone."""
    left = {document.id: (hit, document) for hit in before for document in hit.documents}
    for hit in now:
        for document in hit.documents:
            standing = left.pop(document.id, None)
            if standing is None:
                yield Difference("new", document.id, _filing_line(hit.form, _day(hit), hit.parties))
            elif reasons := [*_moves(standing[0], hit), *_shifts(standing[1], document)]:
                yield Difference(_kind(standing[0], hit), document.id, "; ".join(reasons))
    for name, (hit, _) in left.items():
        yield Difference("gone", name, f"was read from {hit.source}")


def covered_changes(before: Iterable[CoveredFiling], now: Iterable[CoveredFiling]) -> Iterator[Difference]:
    """Compare what two lookups covered, filing by filing."""
    left = {filing.accession: filing for filing in before}
    for filing in now:
        standing = left.pop(filing.accession, None)
        if standing is None:
            yield Difference("new", filing.accession, _filing_line(filing.form, filing.filed, filing.parties))
        elif reasons := [*_moves(standing, filing)]:
            yield Difference(_kind(standing, filing), filing.accession, "; ".join(reasons))
    for filing in left.values():
        said = _filing_line(filing.form, filing.filed, filing.parties)
        yield Difference("gone", filing.accession, f"{said}; was read from {filing.source}")


def numbers_said(changes: Iterable[Difference]) -> str:
    """Say how many there are of each kind: `1 new, 2 gone`."""
    numbers = Counter(each.change for each in changes)
    return ", ".join(f"{numbers[change]:,} {change}" for change in _KINDS if numbers[change])


def _kind(before: Hit | CoveredFiling, now: Hit | CoveredFiling) -> str:
    return "moved" if before.sha256 == now.sha256 else "changed"


def _moves(before: Hit | CoveredFiling, now: Hit | CoveredFiling) -> Iterator[str]:
    if before.source != now.source:
        yield f"read from {now.source}, was from {before.source}"
    if before.sha256 != now.sha256:
        yield "the submission's bytes differ"


def _shifts(before: DocumentHit, now: DocumentHit) -> Iterator[str]:
    if _spans(before) != _spans(now):
        yield f"passages at {_spans(now)}, were at {_spans(before)}"
    elif [each.text for each in before.snippets] != [each.text for each in now.snippets]:
        yield f"other text in its passages at {_spans(now)}"


def _spans(document: DocumentHit) -> str:
    return " ".join(f"{snippet.start}..{snippet.end}" for snippet in document.snippets) or "no place"


def _day(hit: Hit) -> str:
    return hit.filed.isoformat() if hit.filed else ""


def _filing_line(form: str, filed: str, parties: Iterable[PartyName]) -> str:
    who = next((party.name for party in parties), "")
    return ", ".join(part for part in (form, f"filed {filed}" if filed else "", who) if part)
