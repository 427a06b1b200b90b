"""Segments of documents made up for a test, with their texts in the text store."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indexer.fields.entries import IndexedDocument, stored
from indexer.texts.text_layout import FOLDER
from indexer.texts.text_writer import TextWriter


def written(folder: Path, entries: Iterable[IndexedDocument], builder: Any) -> Any:
    """Write one segment by a builder, and close it; for `SegmentList.add` of the same folder."""
    with TextWriter(folder / FOLDER) as texts:
        for each in entries:
            builder.add(each, stored(each, text=str(texts.add(each.extracted.text)), header=""))
        segment = builder.finish()
        builder.close()
        return segment
