"""A filing as a cluster keeps it: one document with its documents nested, and their texts in pieces."""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import zstandard

from indexer.analysis.folding import fold
from indexer.cluster import placed_terms as places
from indexer.cluster.asking import Action
from indexer.cluster.mapping import (
    DOCS,
    LENGTH,
    MONTH,
    NUMBER,
    ROUNDED,
    YEAR,
    filings_index,
    number,
    texts_index,
    whole,
)
from indexer.columnar.packing import rounded_length
from indexer.edgar import exhibits
from indexer.errors import UnusableIndexError
from indexer.extracted import Section
from indexer.fields.entries import IndexedDocument, StoredDocument, stored
from indexer.fields.schema import FIELDS, Kind, SchemaField, field_values
from indexer.texts.text_layout import Parts

Json = dict[str, Any]

PIECE = 1 << 20
"""Characters of a text in a piece."""
_LIST_FIELDS = ("items", "roles", "names", "ciks")


class Place(NamedTuple):
    """Say where filings go: the index's name, its epoch, and the segment being built."""

    name: str
    epoch: int
    segment: str
    number: int = 0
    """Of the filing in its segment, which may have several copies of one."""

    def filing_id(self, accession: str) -> str:
        """Return what the cluster calls a filing of this segment."""
        return f"{accession}~{self.segment}.{self.number}"


def actions(place: Place, header: str, entries: Sequence[IndexedDocument]) -> Iterator[Action]:
    """Yield what indexes a submission: its texts, then the filing itself."""
    filing_id = place.filing_id(entries[0].submission_id)
    index = texts_index(place.name, place.epoch)
    for offset, entry in enumerate(entries):
        for number_, body in enumerate(_pieces(entry, filing_id, place.segment)):
            yield Action("index", index, text_id(filing_id, offset, number_), body)
    body = _plain(_filing(place, header, entries))
    yield Action("index", filings_index(place.name, place.epoch), filing_id, body)


def filing_size(header: str, entries: Sequence[IndexedDocument]) -> int:
    """Count the bytes of the request that indexes a submission, but for its texts."""
    return len(_plain(_filing(Place("", 0, ""), header, entries)).encode())


def _plain(value: object) -> str:
    """Write JSON; a lone surrogate, which JSON of others has not, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def text_id(filing_id: str, offset: int, piece: int) -> str:
    """Return what the cluster calls a piece of a document's text; `offset` is the document's place in its filing."""
    return f"{filing_id}#{offset}#{piece}"


def _filing(place: Place, header: str, entries: Sequence[IndexedDocument]) -> Json:
    first = stored(entries[0], text="", header="")
    return {
        "accession": first.accession,
        "source": first.source,
        "segment": place.segment,
        "filed": first.filed,
        "period": first.period,
        "company": fold(first.names[0])[:8000] if first.names else None,
        "header": packed(header),
        "kept": {"documents": [_kept(entry) for entry in entries]},
        DOCS: [_document(entry) for entry in entries],
    }


def _kept(entry: IndexedDocument) -> Json:
    """Return what hits show of a document, how many pieces its text has, and its values, but for its text."""
    values = {field.name: field_values(entry, field) for field in FIELDS if field.name != "text"}
    return {
        "stored": stored(entry, text=str(_piece_count(entry.extracted.text)), header="")._asdict(),
        "values": {name: found for name, found in values.items() if found},
    }


def _document(entry: IndexedDocument) -> Json:
    text, length = places.text(entry.extracted.text, entry.extracted.sections)
    found: Json = {
        "id": entry.id,
        "ordinal": entry.document.ordinal,
        "weight": exhibits.weight(entry.document.type),
        "parties": stored(entry, text="", header="").parties,
    }
    if text:
        found["text"] = text
    for field in FIELDS:
        if field.name != "text" and (values := field_values(entry, field)):
            _put(found, field, values)
    titles = sum(len(value.split(" ")) for value in found.get("title", ()) if value)
    found[LENGTH] = {"text": length, "title": titles}
    found[ROUNDED] = {"text": rounded_length(length), "title": rounded_length(titles)}
    return found


def _put(found: Json, field: SchemaField, values: Sequence[str]) -> None:
    """Put in the values of a field other than the text."""
    if field.kind is Kind.TEXT:
        if any(words := places.field(values)):  # else the cluster would say that the field is there
            found[field.name] = words
        return
    found[field.name] = [whole(value) for value in values if value]
    digits = [number(int(value)) for value in values if value.isascii() and value.isdecimal()]
    if digits and field.kind is not Kind.DECIMAL:
        found.setdefault(NUMBER, {})[field.name] = digits
    if field.kind is Kind.DATE:
        found.setdefault(YEAR, {})[field.name] = [value[:4] for value in values]
        if field.name == "filed":
            found[MONTH] = {"filed": [f"{value[:4]}-{value[4:6]}" for value in values]}


# Texts


def _piece_count(text: str) -> int:
    return max(1, -(-len(text) // PIECE))


def _pieces(entry: IndexedDocument, filing_id: str, segment: str) -> Iterator[str]:
    """Yield the pieces of a document's text as JSON; the first has where its parts are, besides."""
    read = entry.extracted
    parts = json.dumps(Parts(read.sections, read.pages, read.unlocated))
    for at in range(_piece_count(read.text)):
        text = read.text[at * PIECE : (at + 1) * PIECE]
        content = f"{len(parts)}\n{parts}{text}" if at == 0 else text
        yield json.dumps({"filing": filing_id, "segment": segment, "content": packed(content)})


def packed(text: str) -> str:
    """Compress a text for JSON; `unpacked` gives it back."""
    content = zstandard.ZstdCompressor(level=3, write_checksum=True).compress(text.encode("utf-8", "surrogatepass"))
    return base64.b64encode(content).decode("ascii")


def unpacked(content: str) -> str:
    """Return a text that was packed; UnusableIndexError when it is damaged."""
    try:
        text = zstandard.ZstdDecompressor().decompress(base64.b64decode(content))
    except (zstandard.ZstdError, ValueError) as error:
        raise UnusableIndexError(f"a text of the cluster is damaged ({error}); run `indexer verify`") from error
    return bytes(text).decode("utf-8", "surrogatepass")


def joined(pieces: Sequence[str]) -> tuple[str, Parts]:
    """Return the text that these pieces are of, packed as they came, and where its parts are."""
    first, *rest = map(unpacked, pieces)
    size, _, content = first.partition("\n")
    sections, pages, unlocated = json.loads(content[: int(size)])
    parts = Parts(tuple(Section(*section) for section in sections), tuple(pages), tuple(unlocated))
    return content[int(size) :] + "".join(rest), parts


def kept_document(kept: Json) -> StoredDocument:
    """Return what a cluster keeps of a document for showing it."""
    said: Json = {name: kept["stored"][name] for name in StoredDocument._fields}
    return StoredDocument(**{**said, **{name: tuple(said[name]) for name in _LIST_FIELDS}})
