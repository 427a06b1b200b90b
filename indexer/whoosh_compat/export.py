"""Copy an index into a plain Whoosh index: one that any Whoosh 2.7.4 opens without this package."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, exists_in, open_dir

from indexer.errors import IndexerError, NoIndexError
from indexer.whoosh_compat.commits import NAME


def export(index: Path, target: Path, *, memory: int = 256) -> int:
    """Write the documents of an index into a new index in `target`; return how many.

    `memory`: megabytes of postings before they are spilled to disk. The texts are not copied: the stored field
    `text` still says where each lies in the text store of `index`. Takes as long as Whoosh takes to index (about
    2 MB/s of text). NoIndexError; IndexerError when `target` is not empty.
    """
    if not exists_in(str(index)):
        raise NoIndexError(f"there is no index in {index}")
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise IndexerError(f"{target} is not empty: an index is exported into a new folder")
    opened = open_dir(str(index))
    written = FileIndex.create(FileStorage(str(target)), opened.schema, NAME)
    writer = written.writer(limitmb=memory)
    for reader, _ in opened.reader().leaf_readers():
        writer.add_reader(reader)
    writer.commit(merge=False)
    return int(written.doc_count())
