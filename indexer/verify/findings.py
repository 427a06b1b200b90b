"""Name what can be wrong with an index, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indexer.writers.writer import Copy


class Fault(StrEnum):
    """Name what sort of thing is wrong."""

    TABLE = "table"
    """The table of contents cannot be read, and with it nothing."""
    SEGMENT = "segment"
    """A segment's file is missing, cut short, or not as it was written."""
    TEXT = "text"
    """A document's stored text, or its submission's header, is missing or not as it was written."""
    WORDS = "words"
    """The words found by a search are not those of the stored text."""
    UNINDEXED = "unindexed"
    """The manifest has a submission that the index does not have, or not whole."""
    UNRECORDED = "unrecorded"
    """The index has a submission that the manifest does not have."""
    MANIFEST = "manifest"
    """The manifest is missing or damaged."""
    LEFT_OVER = "left-over"
    """A file that nothing needs; no harm but its size."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Say one thing that is wrong, and how it is mended."""

    fault: Fault
    where: str
    """A file of the index, or a document's id."""
    message: str
    mend: str
    copies: tuple[Copy, ...] = ()
    """The submissions that have to be read again."""
    segment: str = ""
    """The segment that cannot be used any more."""
    cause: str = ""
    """The file of the index whose damage is behind it; empty where it stands for itself."""

    def __str__(self) -> str:
        return f"{self.fault.value}  {self.where}: {self.message} ({self.mend})"


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put together what one damage has caused, in the order in which the causes were met."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(finding.cause or number, []).append(finding)
    return list(groups.values())


REPAIR = "`indexer verify --repair` reads it again"
REBUILD = "`indexer build PATH --rebuild` builds the index anew"
NEXT_BUILD = "the next build takes it away"
