"""Merge segments into one: deleted documents left out, the others in the order they had, block after block of terms.

Memory hardly depends on the size of the segments: a block holds the postings of as many terms as make
`BLOCK_PLACES` places, or of one term in one segment.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.blocks import Weighing, group_numbers
from indexer.columnar.builder import Layout, about, layout_of
from indexer.columnar.file import SegmentFile, SegmentFileWriter
from indexer.columnar.packing import Numbers, keep_freed, starts
from indexer.columnar.postings import Block, FieldReader, FieldWriter
from indexer.columnar.stored import (
    RowsReader,
    RowsWriter,
    copy_rows,
    read_labels,
    read_numbers,
    write_labels,
    write_numbers,
)

BLOCK_PLACES = 500_000


class Source(NamedTuple):
    """Name a segment to be merged, and which of its documents stay."""

    file: SegmentFile
    kept: NDArray[np.bool_]
    """False for the documents to leave out."""


class _Part(NamedTuple):
    """Hold one field of a source, and the numbers of its documents in the merged segment."""

    field: FieldReader
    renumbered: Numbers
    """-1 for those left out."""


class _Postings(NamedTuple):
    """Hold a part's postings of a range of terms."""

    terms: list[bytes]
    counts: Numbers
    docs: Numbers
    freqs: Numbers
    steps: Numbers


def merge(sources: Sequence[Source], path: Path) -> dict[str, int]:
    """Write the sources' documents as one segment into `path`, a new file; return how many words each field has."""
    keep_freed()
    layout = _layout(sources)
    numbers = _renumbered(sources)
    documents = sum(int(source.kept.sum()) for source in sources)
    with SegmentFileWriter(path) as file:
        totals: dict[str, int] = {}
        groups = group_numbers(_numbers(sources, layout.keys[0])) if layout.keys else np.arange(documents)
        for name in (*layout.words, *layout.values, *layout.marks, *layout.facets):
            parts = [_Part(FieldReader(source.file, name), new) for source, new in zip(sources, numbers, strict=True)]
            lengths = _lengths(name, sources)
            totals[name] = _merge_field(FieldWriter(file, name, Weighing.of(lengths, groups)), parts)
            if lengths is not None:
                file.add(f"{name}/lengths", lengths)
        _merge_rows(file, layout, sources)
        file.finish(about(layout, documents=documents, totals=totals))
    return {name: totals[name] for name in layout.words}


def _layout(sources: Sequence[Source]) -> Layout:
    layouts = [layout_of(source.file) for source in sources]
    for source, layout in zip(sources, layouts, strict=True):
        if layout != layouts[0]:
            raise ValueError(f"{source.file.path} has other fields than {sources[0].file.path}")
    return layouts[0]


def _renumbered(sources: Sequence[Source]) -> list[Numbers]:
    numbers, first = [], 0
    for source in sources:
        new = np.where(source.kept, np.cumsum(source.kept) + first - 1, -1)
        first += int(source.kept.sum())
        numbers.append(new)
    return numbers


def _merge_field(writer: FieldWriter, parts: Sequence[_Part]) -> int:
    bounds = [_bounds(part.field, parts) for part in parts]
    for ranges in zip(*bounds, strict=True):
        if sum(high - low for low, high in ranges) <= len(parts) and len(_terms(parts, ranges)) == 1:
            _add_one_term(writer, parts, ranges)
        else:
            writer.add(_merged([_read(part, low, high) for part, (low, high) in zip(parts, ranges, strict=True)]))
    writer.finish()
    return writer.words


def _terms(parts: Sequence[_Part], ranges: Sequence[tuple[int, int]]) -> set[bytes]:
    return {term for part, bounds in zip(parts, ranges, strict=True) for term in part.field.terms(*bounds)}


def _add_one_term(writer: FieldWriter, parts: Sequence[_Part], ranges: Sequence[tuple[int, int]]) -> None:
    """Add a term part after part: it may have very many places."""
    continued = False
    for part, (low, high) in zip(parts, ranges, strict=True):
        block = _merged([_read(part, low, high)])
        writer.add(block, continued=continued)
        continued = continued or bool(block.terms)


def _bounds(field: FieldReader, parts: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """Yield the field's terms in ranges, cut at the same terms in all parts."""
    low = 0
    for cut in _cuts([part.field for part in parts]):
        high = field.at_or_after(cut)
        yield low, high
        low = high
    yield low, field.term_count


def _cuts(fields: Sequence[FieldReader]) -> list[bytes]:
    """Choose terms at which to cut, so that few places lie between two, or those of one term."""
    largest = max(fields, key=lambda field: field.size)
    step = max(1, BLOCK_PLACES * largest.size // max(1, sum(field.size for field in fields)))
    numbers = {largest.reaching(places) for places in range(step, largest.size, step)} - {largest.term_count}
    many = {largest.term(number) for number in largest.larger_than(step)}
    return sorted({*map(largest.term, numbers), *many, *(term + b"\0" for term in many)})


def _read(part: _Part, low: int, high: int) -> _Postings:
    field, renumbered = part
    if low >= high:
        nothing = np.empty(0, np.int64)
        return _Postings([], nothing, nothing, nothing, nothing)
    counts = field.doc_counts(low, high)
    docs = renumbered[field.docs(low, high)]
    freqs = field.freqs(low, high)
    steps = field.steps(low, high) if field.has_positions else np.empty(0, np.int64)
    postings = _Postings(field.terms(low, high), counts, docs, freqs, steps)
    field.release()  # before the next part is looked at: of each, so much is mapped as is read around what is wanted
    return postings if (docs >= 0).all() else _without_deleted(postings)


def _without_deleted(postings: _Postings) -> _Postings:
    kept = postings.docs >= 0
    term = np.repeat(np.arange(len(postings.terms)), postings.counts)[kept]
    counts = np.bincount(term, minlength=len(postings.terms))
    steps = postings.steps[np.repeat(kept, postings.freqs)] if len(postings.steps) else postings.steps
    present = counts > 0
    terms = [name for name, is_present in zip(postings.terms, present.tolist(), strict=True) if is_present]
    return _Postings(terms, counts[present], postings.docs[kept], postings.freqs[kept], steps)


def _merged(parts: Sequence[_Postings]) -> Block:
    terms = sorted(set().union(*(part.terms for part in parts)))
    rank = {name: number for number, name in enumerate(terms)}
    ranks = np.array([rank[name] for part in parts for name in part.terms], np.int64)
    run = np.argsort(ranks, kind="stable")  # a run: the postings of one term in one part
    counts, freqs = _joined(part.counts for part in parts), _joined(part.freqs for part in parts)
    docs = _joined(part.docs for part in parts)[_reordered(counts, run)]
    totals = np.bincount(ranks, counts, len(terms)).astype(np.int64)
    steps = _joined(part.steps for part in parts)
    if not len(steps):
        return Block(terms, totals, docs)
    places = np.add.reduceat(freqs, starts(counts)[:-1])
    return Block(terms, totals, docs, freqs[_reordered(counts, run)], steps[_reordered(places, run)])


def _joined(parts: Any) -> Numbers:
    return np.concatenate(list(parts))


def _reordered(sizes: Numbers, run: Numbers) -> Numbers:
    """Return the indices that put runs of these sizes into another order."""
    sizes_then = sizes[run]
    shift = starts(sizes)[:-1][run] - starts(sizes_then)[:-1]
    return np.repeat(shift, sizes_then) + np.arange(int(sizes.sum()))


def _lengths(name: str, sources: Sequence[Source]) -> NDArray[np.uint8] | None:
    """Read the lengths of a field in all documents; None when it is empty everywhere."""
    section = f"{name}/lengths"
    if not any(section in source.file for source in sources):
        return None
    parts = [
        source.file.array(section)[source.kept]
        if section in source.file
        else np.zeros(int(source.kept.sum()), np.uint8)
        for source in sources
    ]
    return np.concatenate(parts)


def _numbers(sources: Sequence[Source], name: str) -> Numbers:
    return _joined(read_numbers(source.file, name)[source.kept] for source in sources)


def _merge_rows(file: SegmentFileWriter, layout: Layout, sources: Sequence[Source]) -> None:
    for name in (*layout.numbers, *layout.keys):
        write_numbers(file, name, _numbers(sources, name))
    for name in layout.labels:
        labels = [(read_labels(source.file, name), source.kept) for source in sources]
        write_labels(file, name, [each.names[index] for each, kept in labels for index in each.indices[kept].tolist()])
    rows = RowsWriter(file)
    for source in sources:
        copy_rows(RowsReader(source.file), source.kept, rows)
    rows.finish()
