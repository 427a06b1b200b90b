"""Plan what a build has to read: new and changed files, in batches; or only say so. Files are opened in doubt only.

A file is taken to be unchanged when its size and times are those it was read with. Where the size is the same and a
time is not, or a time lies so near to the reading that a later change need not show in it, its sha256 decides.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from time import time_ns

from indexer.corpus.walking import CorpusFile, is_archive
from indexer.engines.engine import open_manifest
from indexer.errors import NoIndexError
from indexer.manifest.manifest import Manifest
from indexer.manifest.records import FileRecord, Outcome, SubmissionRecord
from indexer.pipeline.listing import Listing, listed
from indexer.printing import printable
from indexer.workers.task import Task, key, sha256_of

LEAST, MOST = 8 << 20, 64 << 20
"""Bytes of files in a batch: each becomes a segment or more, and is read anew when its worker dies."""

_SHARE, _FILE = 1 << 20, 32 << 10
"""Bytes of files that are handed out at a time where several read, and what a file counts besides its bytes:
so many are read in the time that a file takes whatever its size."""

_LARGE = 4 << 20
"""Bytes of files that are begun with, since nobody can help with one."""

_UNPACKED = 4
"""Bytes that a byte of an archive comes to, at least in most of them."""

RECENT_NS = 2_000_000_000
"""Within so much of its reading a file may change without a change of its time: file systems count in steps of up to
two seconds (FAT)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Say how the corpus differs from what was read before."""

    wanted: tuple[CorpusFile, ...]
    """New and changed files, and those to be tried again."""
    doubtful: tuple[CorpusFile, ...]
    """Files whose content decides whether they have changed."""
    unchanged: tuple[CorpusFile, ...]
    unsettled: tuple[CorpusFile, ...]
    """New and changed files that may still be being written."""
    vanished: tuple[str, ...]
    """Paths of files that were read before, lie under the paths named now, and are gone."""


class _Verdict(Enum):
    WANTED = auto()
    DOUBTFUL = auto()
    UNCHANGED = auto()
    UNSETTLED = auto()


def compare(
    files: Iterable[CorpusFile],
    known: Mapping[str, FileRecord],
    *,
    roots: Iterable[str],
    unlisted: Iterable[str] = (),
    again: Collection[str] = (),
    settling_ns: tuple[int, int] | None = None,
) -> Changes:
    """Compare the corpus with what was read before.

    `unlisted` are paths that could not be looked into: what lay there is not gone. `again` are paths to be read
    whether or not they have changed. What would be read but changed between the two times of `settling_ns` is left
    for the next time; not what bears a later one, which would stay out until a clock that was set back has caught up.
    """
    present = {key(file): file for file in files}
    verdicts: dict[_Verdict, list[CorpusFile]] = {verdict: [] for verdict in _Verdict}
    for path, file in present.items():
        verdict = _Verdict.WANTED if path in again else _verdict(file, known.get(path))
        if settling_ns and verdict is not _Verdict.UNCHANGED and settling_ns[0] < _changed_ns(file) <= settling_ns[1]:
            verdict = _Verdict.UNSETTLED
        verdicts[verdict].append(file)
    under, beyond = _prefixes(roots), _prefixes(unlisted)
    gone = (path for path in known if path not in present)
    return Changes(
        wanted=tuple(verdicts[_Verdict.WANTED]),
        doubtful=tuple(verdicts[_Verdict.DOUBTFUL]),
        unchanged=tuple(verdicts[_Verdict.UNCHANGED]),
        unsettled=tuple(verdicts[_Verdict.UNSETTLED]),
        vanished=tuple(path for path in gone if _is_under(path, under) and not _is_under(path, beyond)),
    )


def _verdict(file: CorpusFile, before: FileRecord | None) -> _Verdict:
    if before is None or file.size != before.size or before.outcome == Outcome.AGAIN:
        return _Verdict.WANTED
    same_times = (file.mtime_ns, file.ctime_ns) == (before.mtime_ns, before.ctime_ns)
    if same_times and _changed_ns(file) < before.checked_ns - RECENT_NS:
        return _Verdict.UNCHANGED
    return _Verdict.DOUBTFUL if before.sha256 else _Verdict.WANTED


def _changed_ns(file: CorpusFile) -> int:
    return max(file.mtime_ns, file.ctime_ns)


def _prefixes(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((path, path.rstrip("/") + "/") for path in map(printable, paths))


def _is_under(path: str, prefixes: tuple[tuple[str, str], ...]) -> bool:
    return any(path == root or path.startswith(inside) for root, inside in prefixes)


def decided(changes: Changes, known: Mapping[str, FileRecord], *, threads: int) -> tuple[Changes, list[FileRecord]]:
    """Decide the doubts by comparing contents; return the changes, and the unchanged files' records with new times."""
    if not changes.doubtful:
        return changes, []
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (as a rule there is no doubt)

    now = time_ns()
    with ThreadPoolExecutor(threads) as pool:
        hashes = list(pool.map(sha256_of, (file.path for file in changes.doubtful)))
    same = [
        file for file, found in zip(changes.doubtful, hashes, strict=True) if found and found == known[key(file)].sha256
    ]
    passed = set(same)
    other = tuple(file for file in changes.doubtful if file not in passed)
    fresh = [replace(known[key(file)], mtime_ns=file.mtime_ns, ctime_ns=file.ctime_ns, checked_ns=now) for file in same]
    wanted, unchanged = (*changes.wanted, *other), (*changes.unchanged, *same)
    return replace(changes, wanted=wanted, doubtful=(), unchanged=unchanged), fresh


def processes_for(files: Iterable[CorpusFile], processes: int) -> int:
    """Tell how many of the processes the files are worth: each is to have a batch; an archive is shared by all."""
    total = 0
    for file in files:
        total += file.size + _FILE
        if total > LEAST * (processes - 1) or (file.size * _UNPACKED >= LEAST and is_archive(file.path)):
            return processes
    return max(1, -(-total // LEAST))


def batches(files: Sequence[CorpusFile], processes: int, *, size: int | None = None) -> Iterator[Task]:
    """Yield the files in tasks of about the same size, some for each process, or of `size` bytes.

    One process reads them in their order. Several begin with what would keep one of them long after the others are
    done: archives, whose members they share out among them, and large files. The rest they share out too, a few files
    at a time, so that they have as much each and are done at once.
    """
    enough = size or _enough(sum(file.size for file in files), processes)
    if processes > 1:
        shared = {file for file in files if file.size * _UNPACKED >= enough and is_archive(file.path)}
        yield from (Task((file,), size or MOST) for file in _largest_first(shared))
        files = [file for file in files if file not in shared]
    if processes == 1 or size:
        yield from _in_order(files, enough)
        return
    large = {file for file in files if file.size >= _LARGE}
    yield from (Task((file,), share_bytes=enough) for file in _largest_first(large))
    rest = (file for file in files if file not in large)
    yield from (replace(task, share_bytes=enough) for task in _in_order(rest, _SHARE, each=_FILE))


def _enough(total: int, processes: int) -> int:
    """Bytes of a task, of which one process has three, and each of several as many as are nearest to the bound.

    All of these are as large, half of the bound more at most: each ends in a segment, which costs time.
    """
    if processes == 1:
        return min(MOST, max(LEAST, total // 3))
    each = max(1, round(total / (MOST * processes)))
    return max(LEAST, -(-total // (processes * each)))


def _largest_first(files: Iterable[CorpusFile]) -> list[CorpusFile]:
    return sorted(files, key=lambda file: (-file.size, file.path))


def _in_order(files: Iterable[CorpusFile], enough: int, *, each: int = 0) -> Iterator[Task]:
    """The files in tasks of enough bytes, for each of them so many more counted."""
    batch: list[CorpusFile] = []
    bytes_so_far = 0
    for file in files:
        batch.append(file)
        bytes_so_far += file.size + each
        if bytes_so_far >= enough:
            yield Task(tuple(batch))
            batch, bytes_so_far = [], 0
    if batch:
        yield Task(tuple(batch))


@dataclass(frozen=True, slots=True)
class Plan:
    """Say what a build would do: the files it would read, and those that are gone."""

    wanted: int
    """Files that would be read."""
    bytes: int
    unchanged: int
    vanished: tuple[str, ...]
    """Files that are gone."""
    taken_out: tuple[SubmissionRecord, ...]
    """What the index holds of those."""


def plan_build(paths: Sequence[Path], folder: Path) -> Plan:
    """Compare a corpus with the index in a folder, which need not be there; raises as `Build` does."""
    listing = listed(paths, index=folder)
    try:
        with closing(open_manifest(folder)) as manifest:
            changes = _changes(listing, manifest)
            gone = [record for path in changes.vanished for record in manifest.submissions_of(path) if record.kept]
    except NoIndexError:
        changes, gone = Changes(listing.files, (), (), (), ()), []
    size = sum(file.size for file in changes.wanted)
    return Plan(len(changes.wanted), size, len(changes.unchanged), changes.vanished, tuple(gone))


def _changes(listing: Listing, manifest: Manifest) -> Changes:
    known = manifest.files()
    unlisted = (problem.source for problem in listing.problems)
    changes = compare(listing.files, known, roots=map(str, listing.roots), unlisted=unlisted)
    return decided(changes, known, threads=os.cpu_count() or 1)[0]
