"""The query tree: what was asked, as values. Imports nothing; knows nothing of engines or of EDGAR.

A tree is evaluated against one document at a time (`search.matcher` says what it means). Leaves ask a field; the
field is `text` unless a `Field` above them names another. Words in leaves are folded by `indexer.analysis`
already; values of keyword fields are lower case.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or one whole value of a keyword field."""

    word: str
    exact: bool = False
    """False: inflections of the word match too (text fields only)."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so: `licens*`."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any word that fits: `?` is one character, `*` any number; everything else is itself."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word within so many insertions, deletions, substitutions or transpositions of neighbours: `word~2`."""

    word: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow one another without a word between them.

    A part is a word, a pattern, a phrase, or an Or of these.
    """

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Parts that stand within `distance` words: the words between two neighbouring parts number at most `distance`.

    A part is a word, a pattern, a phrase, or an Or of these.
    """

    parts: tuple["Query", ...]
    distance: int
    ordered: bool = False
    """True: in the order of `parts` (BEFORE); False: in any order."""


@dataclass(frozen=True, slots=True)
class Range:
    """Dates or numbers between two ends, both included; None is open. Dates are the number YYYYMMDD."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """The query, asked of the named field (a name of `indexer.schema.FIELDS`)."""

    name: str
    query: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """All parts match the document."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part matches the document."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match the document."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


Query: TypeAlias = Term | Prefix | Wildcard | Fuzzy | Phrase | Near | Range | Field | And | Or | Not | Everything
