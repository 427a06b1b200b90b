"""Bound a filing by what a cluster takes in one request.

A filing is one document of the cluster, since words of its documents are counted together, and cannot be divided.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.cluster import placed_terms
from indexer.cluster.asking import Cluster
from indexer.cluster.filing import filing_size
from indexer.errors import Problem, ProblemKind
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.printing import size as in_words

LONGEST_TEXT = 50_000_000
"""Characters of a text with its marks; nodes read no longer strings (`opensearch.xcontent.string.length.max`)."""
_MOST_GROWTH = 12
"""Bytes that a character of a text comes to with marks and stems, at the most, about."""
_NOT_ASKED = 8 << 20
"""Bytes that every cluster takes."""


def bounded(header: str, entries: Sequence[IndexedDocument], cluster: Cluster) -> Sequence[IndexedDocument]:
    """Return a submission's documents, without the texts of the longest where all together are more than a request.

    Each of these is then `UNREAD`, with a problem that says how to have it read.
    """
    most = _MOST_GROWTH * sum(len(entry.extracted.text) for entry in entries)
    if most < _NOT_ASKED or most + filing_size(header, list(map(_bare, entries))) < cluster.largest_request:
        return entries
    sizes = [_size(entry) for entry in entries]
    room = cluster.largest_request - filing_size(header, list(map(_bare, entries)))
    left_out = {number for number, size in enumerate(sizes) if size > LONGEST_TEXT}
    for number in sorted(range(len(entries)), key=sizes.__getitem__, reverse=True):
        if sum(size for other, size in enumerate(sizes) if other not in left_out) <= room:
            break
        left_out.add(number)
    return [
        _without_text(entry, sizes[number], cluster) if number in left_out else entry
        for number, entry in enumerate(entries)
    ]


def _size(entry: IndexedDocument) -> int:
    placed, _ = placed_terms.text(entry.extracted.text, entry.extracted.sections)
    return len(placed.encode("utf-8", "replace"))


def _bare(entry: IndexedDocument) -> IndexedDocument:
    read = replace(entry.extracted, text="", reading=Reading.UNREAD, sections=(), pages=(), unlocated=())
    return replace(entry, extracted=read)


def _without_text(entry: IndexedDocument, size: int, cluster: Cluster) -> IndexedDocument:
    bare = _bare(entry)
    takes, limit = cluster.largest_request, "http.max_content_length"
    if size > LONGEST_TEXT:
        takes, limit = LONGEST_TEXT, "opensearch.xcontent.string.length.max"
    said = f"its words make {in_words(size)}, of which the cluster's nodes take {in_words(takes)} ({limit})"
    problem = Problem(ProblemKind.OVER_LIMIT, said, outcome="left out; raise it there and build with --rebuild")
    return replace(bare, extracted=replace(bare.extracted, problems=(*bare.extracted.problems, problem)))
