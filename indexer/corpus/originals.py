"""The bytes of one submission as its file has them, pictures and all, found again by its source.

Walking a corpus leaves pictures out and reads whole archives; here one submission is looked for, by the name that the
walk gave it.
"""

import io
import os
from collections.abc import Iterator

from indexer.corpus.archives import READ_ERRORS, Container, Content, container_of, gunzipped, tar_contents, zip_contents
from indexer.corpus.budget import Budget, OverLimitError
from indexer.corpus.walking import MEMBER, all_of, opened, reason
from indexer.envelope.submission import SNIFFED_BYTES
from indexer.errors import NoCorpusError, Problem
from indexer.limits import DEFAULT_LIMITS
from indexer.printing import printable


def submission_bytes(source: str) -> bytes:
    """Read the submission of a source (`SubmissionFile.source`) once more, unzipped, every byte of it.

    An archive is read as far as the member that is meant. Raises NoCorpusError when the file is gone or cannot be read,
    or has no such member; the message begins with the source.
    """
    path, _, member = source.partition(MEMBER)
    try:
        with opened(path) as stream:
            budget = Budget(DEFAULT_LIMITS, os.fstat(stream.fileno()).st_size)
            for name, content in _contents(stream, budget):
                if name == member:
                    return all_of(content, DEFAULT_LIMITS)
    except OverLimitError as error:
        raise NoCorpusError(f"{source}: {error}") from error
    except READ_ERRORS as error:
        raise NoCorpusError(f"{source}: {reason(error)}") from error
    raise NoCorpusError(f"{source}: there is no such member")


def _contents(stream: io.BufferedReader, budget: Budget) -> Iterator[tuple[str, io.BufferedReader]]:
    """Yield what a file holds with the name of each, empty for what is no archive."""
    match container_of(stream.peek(SNIFFED_BYTES)):
        case Container.GZIP:
            unzipped = gunzipped(stream, budget, stream.tell)
            if container_of(unzipped.peek(SNIFFED_BYTES)) is Container.TAR:
                yield from _members(tar_contents(unzipped, budget, stream.tell), budget)
            else:
                yield "", unzipped
        case Container.TAR:
            yield from _members(tar_contents(stream, budget, stream.tell), budget)
        case Container.ZIP:
            yield from _members(zip_contents(stream, budget), budget)
        case None:
            yield "", stream


def _members(contents: Iterator[Content | Problem], budget: Budget) -> Iterator[tuple[str, io.BufferedReader]]:
    for content in contents:
        if not isinstance(content, Problem):
            is_gzip = container_of(content.stream.peek(SNIFFED_BYTES)) is Container.GZIP
            yield (
                printable(content.name),
                gunzipped(content.stream, budget, content.consumed) if is_gzip else content.stream,
            )
