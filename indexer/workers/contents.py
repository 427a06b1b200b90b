"""Say what is in one file of the corpus: its submissions, each under the name it has in the index, and its record."""

from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from time import process_time, time_ns
from typing import NamedTuple

from indexer.corpus.walking import CorpusFile, submissions
from indexer.errors import Problem, ProblemKind
from indexer.filings import Gap, SubmissionFile
from indexer.limits import Limits
from indexer.manifest.records import FileRecord, Outcome
from indexer.workers.task import key, sha256_of

_SMALL = 16 << 20
"""Bytes of a file without a submission that are hashed; a larger one is sooner looked into again."""


class Member(NamedTuple):
    """Hold a submission under the one name it has in the index."""

    number: int
    """Counted from 0 among all that is in its file, what is skipped included."""
    source: str
    """The file, and ` > member` for a member of an archive."""
    content: bytes
    gaps: tuple[Gap, ...]
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Return the name of the file or the member itself, which may be its accession number."""
        return Path(self.source).name


class Contents:
    """Read the submissions of a file one after the other, and sum it up."""

    def __init__(
        self,
        file: CorpusFile,
        limits: Limits,
        note: Callable[[int, Problem], None],
        *,
        clock: Callable[[], float] = process_time,
    ) -> None:
        """Begin; `note` is told of what is skipped, by number; `clock` tells what processor time the file cost."""
        self._file, self._limits, self._note, self._clock = file, limits, note, clock
        self._began = time_ns()
        self._names: Counter[str] = Counter()
        self._skipped = False
        self._size, self._sha256 = 0, ""  # of the last submission

    @property
    def count(self) -> int:
        """Count the submissions so far."""
        return self._names.total()

    def members(self, only: frozenset[int] | None = None) -> Generator[Member, None, None]:
        """Yield its submissions, or some of them by number. Read each before the next is asked for."""
        for number, each in enumerate(submissions(self._file, limits=self._limits, clock=self._clock)):
            is_wanted = only is None or number in only
            if isinstance(each, SubmissionFile):
                member = self._named(number, each)
                if is_wanted:
                    yield member
            else:
                self._skipped = self._skipped or each.kind is ProblemKind.NOT_A_SUBMISSION
                if is_wanted:
                    self._note(number, each)

    def _named(self, number: int, file: SubmissionFile) -> Member:
        """Name a submission; of several members of one name the later get a number."""
        self._names[file.source] += 1
        same = self._names[file.source]
        source = file.source if same == 1 else f"{file.source} ({same})"
        self._size, self._sha256 = file.size, file.sha256
        return Member(number, source, file.content, file.gaps, file.size, file.sha256)

    def record(self) -> FileRecord:
        """Sum the file up, when all of it has been read."""
        file, count = self._file, self.count
        outcome = Outcome.READ if count else Outcome.SKIPPED if self._skipped else Outcome.FAILED
        hashed = count > 0 or (self._skipped and file.size <= _SMALL)
        digest = self._digest() if hashed and _is_as_listed(file) else ""
        return FileRecord(key(file), file.size, file.mtime_ns, digest, outcome.value, file.ctime_ns, self._began)

    def _digest(self) -> str:
        """Return the SHA-256 of the file's bytes, which are the submission's when that is all there is."""
        is_whole = (self.count, self._size) == (1, self._file.size)
        return self._sha256 if is_whole else sha256_of(self._file.path)


def _is_as_listed(file: CorpusFile) -> bool:
    """Tell whether the file is as it was when it was listed; else its sha256 is not that of what was read."""
    try:
        now = Path(file.path).stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns) == (file.size, file.mtime_ns, file.ctime_ns)
