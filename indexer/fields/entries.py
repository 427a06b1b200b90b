"""Entries: what an index is given of a document, and what it keeps of it for showing it.

An entry is one document of a submission, with the header's fields on every one. Which fields it can be asked by is said
in `indexer.fields.schema`.
"""

from __future__ import annotations  # asking needs the stored ones only, and so need not load what they are made from

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from indexer.first_use import dataclass

if TYPE_CHECKING:
    from indexer.filings import Document, ExtractedText, Header


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One entry: a document, the header of its submission, its text, and where it came from."""

    header: Header
    document: Document
    extracted: ExtractedText
    source: str
    """The file, and ` > member` for a member of an archive."""
    sha256: str = ""
    """Of the submission's bytes, hexadecimal."""
    name: str = ""
    """What the document is called within its submission (see `document_names`)."""

    @property
    def submission_id(self) -> str:
        """Return the accession number; where the header has none, `sha256-` and 16 digits of the submission's hash."""
        return self.header.accession_number or f"sha256-{self.sha256[:16]}"

    @property
    def id(self) -> str:
        """Name the entry: `accession:name`."""
        return f"{self.submission_id}:{self.name or self.document.filename or self.document.ordinal}"

    @property
    def filing_key(self) -> int:
        """Return a 63-bit number that documents of one submission share and others do not."""
        digits = self.submission_id.replace("-", "")
        if len(digits) == 18 and digits.isdecimal():
            return int(digits)
        from hashlib import blake2b  # noqa: PLC0415  (as above)

        return -int.from_bytes(blake2b(self.submission_id.encode(), digest_size=7).digest(), "big") - 1


Values = Callable[[IndexedDocument], Iterable[str]]
"""Gives the values that an entry has in one field, in order: dates as YYYYMMDD, numbers as digits."""


def document_names(documents: Sequence[Document]) -> list[str]:
    """Name each document: by its filename; by its ordinal where it has none, or another has the same."""
    times = Counter(document.filename for document in documents)
    return [
        document.filename if document.filename and times[document.filename] == 1 else str(document.ordinal)
        for document in documents
    ]


class StoredDocument(NamedTuple):
    """What an index keeps of an entry for showing it; engines store these fields under these names."""

    id: str
    accession: str
    form: str
    items: tuple[str, ...]
    roles: tuple[str, ...]
    """Of the parties, in the header's order; `names` and `ciks` run parallel."""
    names: tuple[str, ...]
    ciks: tuple[str, ...]
    type: str
    ordinal: int
    filename: str
    description: str
    reading: str
    source: str
    sha256: str
    text: str
    """Where the document's text lies in the text store (`indexer.texts.text_layout.TextAddress`, printed)."""
    header: str
    """Where the submission's header lies, as it stood."""
    filed: int | None = None
    """YYYYMMDD, as is `period`."""
    period: int | None = None
    sequence: int | None = None

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes, about."""
        return 2000 + 300 * len(self.names)

    @property
    def parties(self) -> list[str]:
        """List the parties that have a name, each as its CIK, a tab, and its name."""
        return [f"{cik}\t{name}" for cik, name in zip(self.ciks, self.names, strict=True) if name]


def company_labels(filed: Mapping[str, int]) -> dict[str, str]:
    """Say what each party is counted as: the latest name of its CIK, with the CIK where others have that name, too.

    Parties are as `StoredDocument.parties` gives them; `filed` is the last day each was filed under, YYYYMMDD or 0.

    >>> company_labels({"1\\tWrexley Steel": 19990101, "1\\tWrexley Industries": 20240101, "\\tAcme": 0})
    {'1\\tWrexley Steel': 'Wrexley Industries', '1\\tWrexley Industries': 'Wrexley Industries', '\\tAcme': 'Acme'}
    """
    latest: dict[str, tuple[int, str]] = {}
    for party, day in filed.items():
        cik, _, name = party.partition("\t")
        latest[cik or party] = max(latest.get(cik or party, (-1, "")), (day, name))
    times = Counter(name for _, name in latest.values())
    labels = {
        who: f"{name} (CIK {who})" if times[name] > 1 and who.isdecimal() else name for who, (_, name) in latest.items()
    }
    return {party: labels[party.partition("\t")[0] or party] for party in filed}


def stored(entry: IndexedDocument, *, text: str, header: str, source: str = "") -> StoredDocument:
    """Make of an entry what an index keeps; `text` and `header` are printed text store addresses.

    `source`: what the index calls the file, where that is not as the entry does.
    """
    head, document, parties = entry.header, entry.document, entry.header.parties
    return StoredDocument(
        id=entry.id,
        accession=entry.submission_id,
        form=head.form,
        items=tuple(item.code or item.title for item in head.items),
        roles=tuple(party.role.value for party in parties),
        names=tuple(party.name for party in parties),
        ciks=tuple(party.cik for party in parties),
        type=document.type,
        ordinal=document.ordinal,
        filename=document.filename,
        description=document.description,
        reading=entry.extracted.reading.value,
        source=source or entry.source,
        sha256=entry.sha256,
        text=text,
        header=header,
        filed=_number(head.filed),
        period=_number(head.period),
        sequence=document.sequence,
    )


def _number(day: date | None) -> int | None:
    return day.year * 10_000 + day.month * 100 + day.day if day else None
