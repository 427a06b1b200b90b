"""Filings as EDGAR's lists name them, and which of them are wanted. Values; nothing is asked or read here."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.edgar.accession import accession_number_in
from indexer.edgar.form_types import category, family
from indexer.errors import IndexerError

_FOLDER = re.compile(r"edgar/data/(\d{1,10})/")
_CIK = re.compile(r"(?i:cik)?0*(\d{1,10})", re.ASCII)


class ListedFiling(NamedTuple):
    """A filing as one of EDGAR's lists names it."""

    accession: str
    """With hyphens: `0001144204-17-013452`."""
    cik: str
    """Of the party it is listed under, without leading zeros; empty when nobody said."""
    form: str = ""
    filed: int = 0
    """YYYYMMDD; 0 when the list does not say."""
    company: str = ""
    size: int = 0
    """In bytes, about; 0 when the list does not say."""

    @property
    def paths(self) -> tuple[str, str]:
        """Return the places of the complete submission in EDGAR's archive, the one that every year has first."""
        folder = f"/Archives/edgar/data/{self.cik}"
        return f"{folder}/{self.accession}.txt", f"{folder}/{self.accession.replace('-', '')}/{self.accession}.txt"


@dataclass(frozen=True, slots=True)
class WantedFilings:
    """Which filings are wanted: all that a list has, but for what is said here."""

    ciks: frozenset[str] = frozenset()
    """Without leading zeros; empty for anybody's."""
    forms: tuple[str, ...] = ()
    """As typed: `10-K` for its family, `=10-K` for itself, `-10-K/A` to leave out; empty for every form."""
    filed: tuple[int | None, int | None] = (None, None)
    """First and last day, YYYYMMDD, both included; None is open."""
    accessions: frozenset[str] = frozenset()
    """Empty for whatever number."""
    _included: frozenset[str] = field(init=False, compare=False, repr=False)
    _excluded: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_included", _forms(form for form in self.forms if not form.startswith("-")))
        object.__setattr__(self, "_excluded", _forms(form[1:] for form in self.forms if form.startswith("-")))

    def fits(self, filing: ListedFiling) -> bool:
        """Say whether a filing is wanted; a day or a form that the list does not know does not speak against it."""
        return (
            (not self.ciks or filing.cik in self.ciks)
            and (not filing.form or self._wants_form(filing.form.lower()))
            and (not filing.filed or self.covers(filing.filed))
            and (not self.accessions or filing.accession in self.accessions)
        )

    def _wants_form(self, form: str) -> bool:
        return (not self._included or form in self._included) and form not in self._excluded

    def covers(self, first: int, last: int | None = None) -> bool:
        """Say whether a day, or any day of a stretch, lies within the dates wanted (YYYYMMDD)."""
        low, high = self.filed
        return (high is None or first <= high) and (low is None or (first if last is None else last) >= low)

    def __str__(self) -> str:
        """Say it as options do; the same for the same wish, so that a journal can tell wishes apart."""
        low, high = (str(end or "") for end in self.filed)
        parts = (
            ("cik", sorted(self.ciks, key=int)),
            ("form", sorted(self.forms)),
            ("accession", sorted(self.accessions)),
        )
        said = [f"{name}:{','.join(values)}" for name, values in parts if values]
        return " ".join([*said, *([f"filed:{low}..{high}"] if low or high else [])]) or "everything"


def _forms(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(member for form in forms for member in _members(form.strip()))


def _members(form: str) -> tuple[str, ...]:
    if form.startswith("="):
        return (" ".join(form[1:].lower().split()),)
    return category(form) or family(form)


def filing_of(line: str) -> ListedFiling | None:
    """Read a filing from a line that names one: an accession number, a path, an address, or a hit of `search --jsonl`.

    >>> filing_of("https://www.sec.gov/Archives/edgar/data/9012704/000900010117004512/tsl8k.htm")
    ListedFiling(accession='0009000101-17-004512', cik='9012704', form='', filed=0, company='', size=0)
    """
    if line.lstrip().startswith("{"):
        return _filing_of_hit(line)
    accession, folder = accession_number_in(line), _FOLDER.search(line)
    return ListedFiling(accession, folder[1].lstrip("0") if folder else "") if accession else None


def _filing_of_hit(line: str) -> ListedFiling | None:
    try:
        hit = json.loads(line)
        if accession := accession_number_in(str(hit.get("accession", ""))):
            party: dict[str, str] = next(iter(hit.get("parties", ())), {})
            cik, filed = str(party.get("cik", "")).lstrip("0"), str(hit.get("filed") or "0").replace("-", "")
            return ListedFiling(accession, cik, str(hit.get("form", "")), int(filed), str(party.get("name", "")))
    except (ValueError, TypeError, AttributeError):
        pass
    return None


def cik_of(text: str) -> str:
    """Read a CIK, with or without leading zeros, as its digits without them; IndexerError.

    >>> cik_of("0001279704"), cik_of("CIK 417".replace(" ", ""))
    ('1279704', '417')
    """
    match = _CIK.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise IndexerError(f"{text!r} is not a CIK: a CIK is a number of at most ten digits")
    return match[1]
