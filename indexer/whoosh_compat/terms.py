"""Give Whoosh the terms of a columnar segment, and their postings, as it asks for them.

A field of numbers has no terms in the file: they are made from its column, in Whoosh's encoding.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from indexer.columnar.builder import layout_of
from indexer.columnar.file import SegmentFile
from indexer.columnar.packing import Numbers
from indexer.columnar.postings import FieldReader
from indexer.columnar.stored import ABSENT, read_numbers

NUMBER_OFFSET = 1 << 31
"""What Whoosh adds to a signed number of 32 bits, so that it sorts as bytes."""


class _Postings(NamedTuple):
    docs: Numbers
    freqs: Numbers
    positions: Numbers
    """Of the first document, then of the second, ...; empty in fields without positions."""


class _Words:
    """Read a field of words or of whole values."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._field = FieldReader(file, name)
        self._lengths = file.array(f"{name}/lengths") if f"{name}/lengths" in file else None

    @cached_property
    def terms(self) -> list[bytes]:
        return self._field.terms(0, self._field.term_count)

    def find(self, term: bytes) -> int | None:
        return self._field.find(term)

    def postings(self, number: int) -> _Postings:
        docs, freqs = self._field.docs(number, number + 1), self._field.freqs(number, number + 1)
        places = self._field.places(number, number + 1) if self._field.has_positions else np.empty(0, np.int64)
        return _Postings(docs, freqs, places & 0xFFFFFFFF)

    def info(self, number: int) -> TermInfo:
        docs, freqs = self._field.docs(number, number + 1), self._field.freqs(number, number + 1)
        lengths = np.zeros(1, np.uint8) if self._lengths is None else self._lengths[docs]
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(docs),
            minlength=byte_to_length(int(lengths.min())),
            maxlength=byte_to_length(int(lengths.max())),
            maxweight=float(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )


class _Numbers:
    """Make terms of a field of numbers."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._numbers = read_numbers(file, name)
        self._values = np.unique(self._numbers[self._numbers != ABSENT])
        self.terms = [b"\0" + (value + NUMBER_OFFSET).to_bytes(4, "big") for value in self._values.tolist()]

    def find(self, term: bytes) -> int | None:
        number = bisect_left(self.terms, term)
        return number if number < len(self.terms) and self.terms[number] == term else None

    def postings(self, number: int) -> _Postings:
        docs = np.flatnonzero(self._numbers == self._values[number])
        return _Postings(docs, np.ones(len(docs), np.int64), np.empty(0, np.int64))

    def info(self, number: int) -> TermInfo:
        docs = self.postings(number).docs
        count = len(docs)
        return TermInfo(float(count), count, 0, 0, 1.0, int(docs[0]), int(docs[-1]))


class ColumnarTerms(base.TermsReader):  # type: ignore[misc]
    """Read the terms of all fields, by field and bytes."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        layout = layout_of(file)
        self._kinds: dict[str, type[_Words | _Numbers]] = {
            **dict.fromkeys((*layout.words, *layout.values, *layout.marks), _Words),
            **dict.fromkeys(layout.numbers, _Numbers),
        }
        self._fields: dict[str, _Words | _Numbers] = {}

    def _field(self, name: str) -> _Words | _Numbers:
        if name not in self._fields:
            self._fields[name] = self._kinds[name](self._file, name)
        return self._fields[name]

    def _found(self, field: str, term: bytes) -> tuple[_Words | _Numbers, int]:
        """Find the field and the term's number; KeyError."""
        number = self._field(field).find(term) if field in self._kinds else None
        if number is None:
            raise KeyError(f"No term {field}:{term!r}")
        return self._field(field), number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._kinds and self._field(field).find(text) is not None

    def indexed_field_names(self) -> list[str]:
        """List the fields that have terms."""
        return [name for name in sorted(self._kinds) if self._field(name).terms]

    def cursor(self, fieldname: str, fieldobj: Any) -> "_Cursor":
        """Open a cursor over the field's terms."""
        return _Cursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every field and term."""
        return ((name, term) for name in sorted(self._kinds) for term in self._field(name).terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield every field and term from there on."""
        for name in sorted(self._kinds):
            if name >= fieldname:
                terms = self._field(name).terms
                start = bisect_left(terms, prefix) if name == fieldname else 0
                yield from ((name, term) for term in terms[start:])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every field and term, and its statistics."""
        return (((name, term), self.term_info(name, term)) for name, term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every field and term from there on, and its statistics."""
        return (((name, term), self.term_info(name, term)) for name, term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a term's statistics; TermNotFound."""
        try:
            field, number = self._found(fieldname, text)
        except KeyError as error:
            raise TermNotFound(error.args[0]) from None
        return field.info(number)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Count a term's occurrences; KeyError."""
        field, number = self._found(fieldname, text)
        return float(field.info(number).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Count the documents that have a term; KeyError."""
        field, number = self._found(fieldname, text)
        return int(field.info(number).doc_frequency())

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> "ColumnarMatcher":
        """Open a term's postings; Whoosh's TermNotFound where the field has no such term."""
        info = self.term_info(fieldname, text)
        field, number = self._found(fieldname, text)
        postings = field.postings(number)
        return ColumnarMatcher(postings, format_, scorer, term=(fieldname, text), info=info)

    def close(self) -> None:
        """Release the file."""
        self._fields = {}
        self._file.close()


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Go through the terms of a field, as Whoosh's fuzzy queries do."""

    def __init__(self, field: _Words | _Numbers, fieldobj: Any) -> None:
        self._field, self._fieldobj = field, fieldobj
        self._number = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the term, or the first after it."""
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._number = bisect_left(self._field.terms, term)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term; None past the last."""
        return self._fieldobj.from_bytes(self._field.terms[self._number]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return the term's statistics; None past the last."""
        return self._field.info(self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether it is at a term."""
        return self._number < len(self._field.terms)


class ColumnarMatcher(ListMatcher):  # type: ignore[misc]
    """Go through the postings of a term, one document after the other."""

    def __init__(self, postings: _Postings, format_: Any, scorer: Any, *, term: Any, info: Any, at: int = 0) -> None:
        self._postings, self._info = postings, info
        self._i: int
        weights = postings.freqs.astype(np.float64).tolist()
        super().__init__(
            postings.docs.tolist(), weights, None, format_, scorer=scorer, position=at, term=term, terminfo=info
        )

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return list(pairwise([0, *np.cumsum(self._postings.freqs).tolist()]))

    def _positions(self) -> list[int]:
        low, high = self._bounds[self._i]
        positions: list[int] = self._postings.positions[low:high].tolist()
        return positions

    def copy(self) -> "ColumnarMatcher":
        """Return another matcher at the same document."""
        return ColumnarMatcher(self._postings, self._format, self._scorer, term=self._term, info=self._info, at=self._i)

    def skip_to(self, id: int) -> None:
        """Go on to the document, or the first after it."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    def block_max_weight(self) -> float:
        """Return the most occurrences in a document: all postings are one block."""
        return float(self._info.max_weight())

    def value(self) -> bytes:
        """Return the positions as Whoosh writes them."""
        encoded: bytes = self._format.encode(self._positions()) if len(self._postings.positions) else b""
        return encoded

    def all_values(self) -> Iterator[bytes]:
        """Yield the encoded positions in every document from here on."""
        while self.is_active():
            yield self.value()
            self.next()

    def value_as(self, astype: str) -> Any:
        """Return the positions, or how many, without encoding them first."""
        match astype:
            case "positions" if len(self._postings.positions):
                return self._positions()
            case "frequency":
                return int(self._postings.freqs[self._i])
            case "weight":
                return float(self._postings.freqs[self._i])
            case _:
                return super().value_as(astype)

    def spans(self) -> list[Span]:
        """Return the positions as spans."""
        return [Span(position) for position in self._positions()]
