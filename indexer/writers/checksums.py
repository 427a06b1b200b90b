"""Compare a segment's files with the checksums they were written with."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indexer.columnar.file import SegmentFile
from indexer.errors import IndexerError, UnusableIndexError
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.whoosh_compat.segment_reader import is_altered, segment_path


def damage(folder: Path, segment: Any) -> list[str]:
    """List what is wrong with a segment's files; nothing when they are sound, or have no checksum."""
    try:
        if isinstance(segment, ColumnarSegment):
            return _damage(segment.path(folder))
        path = segment_path(folder, segment)
        if is_altered(path, segment):
            return [f"{path.name} is not as it was written: its checksum is another"]
    except FileNotFoundError as error:
        return [f"{Path(str(error.filename)).name} is missing"]
    except (IndexerError, OSError) as error:
        return [str(error)]
    return []


def refuse_damaged(folder: Path, segments: Iterable[Any]) -> None:
    """Raise UnusableIndexError for a damaged segment, which merging would make into a sound one of wrong content."""
    for segment in segments:
        for said in damage(folder, segment):
            raise UnusableIndexError(f"{said}; run `indexer verify --repair`")


def _damage(path: Path) -> list[str]:
    file = SegmentFile(path)
    try:
        return [f"{path.name} is not as it was written: {', '.join(damaged)}"] if (damaged := file.verify()) else []
    finally:
        file.close()
