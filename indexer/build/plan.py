"""What a build has to read: new and changed files, in batches. Pure; nothing is read here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.corpus import CorpusFile
from indexer.manifest import FileRecord, printable

LEAST, MOST = 8 << 20, 64 << 20
"""Bytes of files in a batch: each becomes a segment or more, and is read anew when its worker dies."""


@dataclass(frozen=True, slots=True)
class Task:
    """Files for one worker to read into segments of their own."""

    files: tuple[CorpusFile, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """How the corpus differs from what was read before."""

    wanted: tuple[CorpusFile, ...]
    """New and changed files, and those to be tried again."""
    unchanged: tuple[CorpusFile, ...]
    vanished: tuple[str, ...]
    """Paths of files that were read before, lie under the paths named now, and are gone."""

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self.wanted)


def key(file: CorpusFile) -> str:
    """The file's path as the manifest has it."""
    return printable(str(file.path))


def compare(
    files: Iterable[CorpusFile], known: Mapping[str, FileRecord], *, roots: Iterable[str], retry: bool
) -> Changes:
    """Compare the corpus with what was read before; a file counts as unchanged by its size and time."""
    present = {key(file): file for file in files}
    wanted = {path: file for path, file in present.items() if _is_wanted(file, known.get(path), retry=retry)}
    prefixes = tuple(printable(root) for root in roots)
    return Changes(
        wanted=tuple(wanted.values()),
        unchanged=tuple(file for path, file in present.items() if path not in wanted),
        vanished=tuple(path for path in known if path not in present and _is_under(path, prefixes)),
    )


def _is_wanted(file: CorpusFile, before: FileRecord | None, *, retry: bool) -> bool:
    if before is None or (retry and before.outcome == "failed"):
        return True
    return (file.size, file.mtime_ns) != (before.size, before.mtime_ns)


def _is_under(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(root.rstrip("/") + "/") for root in roots)


def batches(files: Sequence[CorpusFile], processes: int) -> Iterator[Task]:
    """The files in their order, in tasks of about the same size, some for each process."""
    most = min(MOST, max(LEAST, sum(file.size for file in files) // (3 * processes)))
    batch: list[CorpusFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size
        if size >= most:
            yield Task(tuple(batch))
            batch, size = [], 0
    if batch:
        yield Task(tuple(batch))
