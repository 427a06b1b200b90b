"""List the corpus of a build: its files, and what could not be listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.corpus.walking import CorpusFile, files
from indexer.errors import NoCorpusError, Problem
from indexer.workers.task import key


@dataclass(frozen=True)
class Listing:
    """Hold the files under some paths."""

    roots: tuple[Path, ...]
    files: tuple[CorpusFile, ...]
    problems: tuple[Problem, ...]
    """What could not be looked into; the source says what."""

    @cached_property
    def by_path(self) -> dict[str, CorpusFile]:
        """Return the files by their paths as the manifest has them."""
        return {key(file): file for file in self.files}

    def file(self, path: str) -> CorpusFile | None:
        """Return the file of that path, also when it lies elsewhere; None when there is none."""
        if path in self.by_path:
            return self.by_path[path]
        try:
            status = Path(path).stat()
        except (OSError, ValueError):
            return None
        return CorpusFile.of(path, status)


def listed(paths: Sequence[Path], *, index: Path, empty: bool = False) -> Listing:
    """List the files under the paths, those of the index left out, which may lie among them.

    Raises NoCorpusError for a path that does not exist, and, unless it may be `empty`, when there is no file at all.
    """
    roots = tuple(path.resolve() for path in paths)
    own = f"{index.resolve()}/"
    found: Iterable[CorpusFile | Problem] = files(roots)
    kept: list[CorpusFile] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        elif not each.path.startswith(own):
            kept.append(each)
    if not kept and not problems and not empty:
        raise NoCorpusError(f"no files in {', '.join(map(str, paths))}")
    return Listing(roots, tuple(kept), tuple(problems))
