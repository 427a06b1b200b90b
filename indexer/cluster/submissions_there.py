"""What an index on a cluster holds of a submission, looked up by accession number, or of all one after the other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from indexer.cluster import address as addresses
from indexer.cluster import state
from indexer.cluster.asking import Cluster, Json
from indexer.cluster.filing import joined, kept_document, text_id, unpacked
from indexer.cluster.mapping import filings_index, texts_index
from indexer.errors import StaleIndexError
from indexer.fields.entries import StoredDocument
from indexer.texts.text_layout import Parts

_PAGE = 500
"""Filings fetched at once."""


class WholeText(NamedTuple):
    """A text, and where its parts are."""

    content: str
    about: Parts

    def whole(self) -> str:
        """Return the whole text."""
        return self.content

    def parts(self) -> Parts:
        """Return its sections and pages."""
        return self.about


class FilingThere(NamedTuple):
    """A filing as the cluster has it."""

    id: str
    accession: str
    source: str
    header: str
    """Packed."""
    documents: Sequence[StoredDocument]

    @classmethod
    def of(cls, hit: Json) -> Self:
        """Take what the cluster says of it."""
        said = hit["_source"]
        documents = tuple(map(kept_document, said["kept"]["documents"]))
        return cls(hit["_id"], said["accession"], said["source"], said["header"], documents)


class ClusterContents:
    """An index on a cluster, opened for looking submissions up at its last commit."""

    def __init__(self, cluster: Cluster, last: state.ClusterState) -> None:
        self._cluster, self._state = cluster, last

    @classmethod
    def open(cls, address: Path) -> Self:
        """Open the index at an address; raises NoIndexError, UnusableIndexError."""
        cluster = Cluster(addresses.parse(address))
        return cls(cluster, state.present(cluster))

    @property
    def generation(self) -> int:
        """Return the generation it was opened at."""
        return self._state.generation

    def documents(self, accession: str) -> list[StoredDocument]:
        """Return a submission's documents in their order; none when the index does not hold it."""
        return [kept for filing in self._filings({"term": {"accession": accession}}) for kept in filing.documents]

    def every(self) -> Iterator["FilingThere"]:
        """Yield every filing, by accession number."""
        return self._filings({"match_all": {}})

    def _filings(self, asked: Json) -> Iterator["FilingThere"]:
        unseen = [
            {"terms": {"segment": sorted(self._state.building)}},
            {"ids": {"values": list(self._state.removing)}},
        ]
        query = {"bool": {"filter": [asked], "must_not": unseen}}
        index = filings_index(self._cluster.address.name, self._state.epoch)
        body: Json = {"query": query, "size": _PAGE, "sort": [{"accession": "asc"}, {"segment": "asc"}]}
        while True:
            hits = self._cluster.search(index, body)["hits"]["hits"]
            yield from map(FilingThere.of, hits)
            if len(hits) < _PAGE:
                return
            body["search_after"] = hits[-1]["sort"]

    def characters_of(self, filing: "FilingThere") -> int:
        """Read a filing's header and texts; return how many characters these have. IndexerError for a damaged one."""
        self.header_of(filing)
        return sum(len(self._text(filing, offset).content) for offset in range(len(filing.documents)))

    def _text(self, filing: "FilingThere", offset: int) -> WholeText:
        pieces = int(filing.documents[offset].text)
        ids = [text_id(filing.id, offset, piece) for piece in range(pieces)]
        index = texts_index(self._cluster.address.name, self._state.epoch)
        found = self._cluster.request("POST", f"/{index}/_mget", {"ids": ids})["docs"]
        if not all(each.get("found") for each in found):
            raise StaleIndexError(f"the text of {filing.documents[offset].id} is gone: a later commit replaced it")
        return WholeText(*joined([each["_source"]["content"] for each in found]))

    def text(self, document: StoredDocument) -> WholeText:
        """Return a document's text."""
        filing = self._filing_of(document)
        return self._text(filing, [each.id for each in filing.documents].index(document.id))

    def header(self, document: StoredDocument) -> str:
        """Return the header of a document's submission, as it stood."""
        return self.header_of(self._filing_of(document))

    @staticmethod
    def header_of(filing: "FilingThere") -> str:
        """Return the header of a filing, as it stood."""
        return unpacked(filing.header)

    def _filing_of(self, document: StoredDocument) -> "FilingThere":
        return next(self._filings({"term": {"accession": document.accession}}))

    def close(self) -> None:
        """Close connections."""
        self._cluster.close()
