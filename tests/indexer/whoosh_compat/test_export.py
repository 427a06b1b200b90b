"""An exported index is opened, read and searched by a Whoosh that cannot import this package."""

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.edgar.roles import Role
from indexer.errors import IndexerError, NoIndexError
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header, Party
from indexer.whoosh_compat.export import export
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy

ASK = """
import sys
sys.modules["indexer"] = sys.modules["search"] = None
from whoosh import index, query
with index.open_dir(sys.argv[1]).searcher() as searcher:
    print(searcher.doc_count_all())
    for hit in searcher.search(query.Phrase("text", ["orphan", "drug"]), limit=None, sortedby="filed"):
        print(hit["id"], hit["names"][0], hit.get("filed"))
"""


def entry(number: int, text: str) -> IndexedDocument:
    header = Header(
        f"0009000001-17-{number:06}", "8-K", None, parties=(Party(Role.FILER, "Quillon Inc", "0009000001"),)
    )
    return IndexedDocument(
        header, Document("8-K", 1, "d.htm", "", b""), ExtractedText(text, Reading.TEXT), "a.txt", "ab"
    )


def test_whoosh_alone_reads_what_was_exported(tmp_path: Path) -> None:
    folder, target = tmp_path / "index", tmp_path / "plain"
    folder.mkdir()
    writer = SegmentList(folder)
    for start in (0, 10):
        builder = ColumnarBuilder(folder)
        for number in range(start, start + 3):
            each = entry(number, "an orphan drug" if number % 2 == 0 else "a drug for an orphan")
            builder.add(each, stored(each, text="t:0:1", header="t:1:1"))
        writer.add([builder.finish()])
    writer.remove([Copy("0009000001-17-000002")])
    writer.commit()
    writer.close()
    assert export(folder, target) == 5
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, str(target)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    count, *hits = asked.stdout.splitlines()
    assert count == "5"
    assert hits == [f"0009000001-17-{number:06}:d.htm Quillon Inc None" for number in (0, 10, 12)]


def test_export_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    folder, full = tmp_path / "index", tmp_path / "full"
    for made in (folder, full):
        made.mkdir()
    with pytest.raises(NoIndexError):
        export(folder, tmp_path / "plain")
    SegmentList(folder).close()
    (full / "notes.txt").touch()
    with pytest.raises(IndexerError, match="not empty"):
        export(folder, full)
    for within in (folder, folder / "plain"):
        with pytest.raises(IndexerError, match="is in the index at"):
            export(folder, within)
