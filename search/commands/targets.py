"""Which files an answer may be written to: none of the index, none of its corpus, and no evidence that is there."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from indexer.addresses import refuse_within
from indexer.errors import IndexerError
from indexer.printing import printable
from search.commands.arguments import Arguments
from search.errors import SearchError


def check_targets(typed: Arguments) -> None:
    """Refuse, before anything is asked, files that must not be written over; SearchError, UnwritableIndexError."""
    for option, path in _targets(typed):
        refuse_within(typed.folder, path)
        if path.is_file():
            _refuse_over_filing(typed.folder, option, path)
            if option != "output" and not typed.force:
                raise SearchError(
                    f"--{option} {path}: it is there already; name another file, or --force writes over it"
                )


def _targets(typed: Arguments) -> Iterator[tuple[str, Path]]:
    for option, path in (("output", typed.output), ("evidence", typed.evidence), ("report", typed.report)):
        if path:
            yield option, path


def _refuse_over_filing(folder: Path, option: str, path: Path) -> None:
    from indexer.engines.engine import open_manifest  # noqa: PLC0415  (loads SQLite)

    with suppress(IndexerError), closing(open_manifest(folder)) as manifest:  # the question itself says what is wrong
        if manifest.submissions_of(printable(str(path.resolve()))):
            raise SearchError(f"--{option} {path}: this is a file of the corpus; name another")
