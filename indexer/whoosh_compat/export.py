"""Copy an index into a plain Whoosh index: one that any Whoosh 2.7.4 opens without this package."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.addresses import refuse_within
from indexer.errors import IndexerError
from indexer.whoosh_compat.commits import NAME
from indexer.whoosh_compat.toc import open_last

_MEMORY = 256
"""Megabytes of postings before they are spilled to disk."""


def export(index: Path, target: Path) -> int:
    """Write the documents of an index into a new index in `target`; return how many.

    The texts are not copied: the stored field `text` still says where each lies in the text store of `index`. Takes
    as long as Whoosh takes to index (about 2 MB/s of text). NoIndexError; IndexerError when `target` is not empty,
    UnwritableIndexError when it is in the index.
    """
    refuse_within(index, target)
    storage = FileStorage(str(index))
    reader = open_last(index, lambda table: FileIndex._reader(storage, table.schema, table.segments, table.generation))
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise IndexerError(f"{target} is not empty: an index is exported into a new folder")
    written = FileIndex.create(FileStorage(str(target)), reader.schema, NAME)
    writer = written.writer(limitmb=_MEMORY)
    for segment, _ in reader.leaf_readers():
        writer.add_reader(segment)
    writer.commit(merge=False)
    reader.close()
    return int(written.doc_count())
