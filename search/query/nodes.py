"""The query tree: what was asked, as values. Imports nothing; knows nothing of engines or of EDGAR.

A tree is evaluated against one document at a time (`search.query.matcher` says what it means). Leaves ask a field; the
field is `text` unless a `Field` above them names another, and the nearest `Field` above a leaf counts. Words in
leaves are folded by `indexer.analysis` already; values of keyword, date and number fields are lower case, and a
keyword field's whole value counts as one word.

Places. The words of a field are numbered from 0. A field with several values numbers them one after the other:
the first word of the next value comes at the first multiple of `VALUE_SPAN` (2048, `indexer.fields.row_values`) that is
at least `VALUE_GAP` (1000) after the last word of the one before (after that value's start when it has no words). An
occurrence is a stretch of places (start, end): the place of its first word, and the place past its last.
These nodes (`Placed`) have occurrences in a text:

- `Term`, `Prefix`, `Wildcard`, `Fuzzy`: (p, p + 1) for every word at p that fits.
- `Or`: those of all its parts.
- `Phrase`: (start of the first, end of the last) for every choice of one occurrence of each part in which each
  starts where the one before ends.

`Near` matches where there is a choice of one occurrence of each part so that, taken in the order of the text (which
must be the order of `parts` if `ordered`), each starts at or after the end of the one before, with at most
`distance` words between the two. Occurrences of different parts therefore never overlap, and a word that two parts
could claim counts for one of them.

`Same` matches where there is such a choice within one sentence or paragraph of the field `text`, however many words are
between. `indexer.fields.sentences` says where these begin; an occurrence that reaches over such a place is in none of
them. Other fields have no sentences: no `Same` matches there.

A part of a `Phrase`, a `Near` or a `Same` is a `Term`, `Prefix`, `Wildcard`, `Fuzzy`, `Phrase`, or an `Or` of these
(`Neighbour`).

Sections. A document has sections (`fields.section_words`): each has a name, a value of the keyword field `section`,
and is a stretch of places of the field `text`. Two sections of a document are either the same stretch or have no
place in common. A `Within` bounds what is below it: there, an occurrence in the field `text` is one only if it lies
wholly in one of the sections named; what a `Phrase`, a `Near` or a `Same` is made of lies in one and the same. Of
several `Within` above a leaf the nearest counts. Other fields are not bounded.

Rows. A place of a field other than `text` lies in the row of its number divided by `VALUE_SPAN`. So each value of a
field is a row of its own, and the fields of rows (`of_rows` in `indexer.fields.schema`) have their values in the rows
of the form: `price` that of the transaction whose code is in `transaction`. A `Row` matches where there is a row in
which what is below it matches: there, an occurrence is one only if it lies in the row, a `Range` asks the row's
number, and a `Not` what the row has not. The rows of a document are those in which a field asked below has a value.
"""

from collections.abc import Iterable
from dataclasses import field
from typing import Literal, TypeAlias

from indexer.first_use import dataclass

Unit: TypeAlias = Literal["sentence", "paragraph"]
"""What a text is divided into besides sections."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or one whole value of a keyword field."""

    word: str
    exact: bool = False
    """False: any word with the same stem (`indexer.analysis`) fits too; always True in keyword fields."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so: `licens*`. An empty prefix is any word at all: the field has a value."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any whole word that fits: `?` is one character, `*` any number of them or none; all else is itself."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word that at most so many single edits turn into this one: `word~2`.

    An edit inserts, deletes or replaces a character, or exchanges two neighbours; no part of the word is edited
    twice (optimal string alignment distance).
    """

    word: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow one another without a word between them; never empty."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Parts that stand together: the words between two neighbouring ones number at most `distance`. Never empty."""

    parts: tuple["Query", ...]
    distance: int
    """0 or more; less than `VALUE_GAP` - 1, so that no occurrence reaches from one value into the next."""
    ordered: bool = False
    """True: in the order of `parts` (BEFORE); False: in any order."""


@dataclass(frozen=True, slots=True)
class Same:
    """Parts that stand in one sentence, or in one paragraph, of the text. Never empty."""

    parts: tuple["Query", ...]
    unit: Unit
    ordered: bool = False
    """True: in the order of `parts`; False: in any order."""


@dataclass(frozen=True, slots=True)
class Range:
    """Dates or numbers between two ends, both included; None is open. Dates are the number YYYYMMDD; the ends of a
    decimal field are millionths.

    In keyword fields, values that are all decimal digits count as numbers (`sic:2830..2839`); others are outside
    every range, also an open one.
    """

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """The query, asked of the named field (a name of `indexer.fields.schema.FIELDS`)."""

    name: str
    query: "Query"


@dataclass(frozen=True, slots=True)
class Within:
    """The document has a section of a name that fits, and the query matches, bounded by the sections that do."""

    sections: "Query"
    """What is asked of the names: a `Leaf`, or an `Or` of these."""
    query: "Query"


@dataclass(frozen=True, slots=True)
class Row:
    """Some row of the document matches: all of it holds in one and the same.

    Below are fields of words other than `text`, and fields of rows; a `Row` below a `Row` is the same row.
    """

    query: "Query"
    said: str = field(default="", compare=False)
    """A name as it was typed, of which `query` is what was read; empty when it was not one name."""


@dataclass(frozen=True, slots=True)
class And:
    """All parts match the document."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part matches the document."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least so many parts match the document.

    With `least` 0, every document matches, nothing in it scores, and its words count for where they stand alone
    (`search.query.proximity`): so are words like `of` asked for beside others.
    """

    parts: tuple["Query", ...]
    least: int


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match the document."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Boost:
    """Matches as its part does; its part's scores count so many times (`word**2`)."""

    part: "Query"
    factor: float


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


Leaf: TypeAlias = Term | Prefix | Wildcard | Fuzzy
"""What one word of a text can fit."""

Neighbour: TypeAlias = Leaf | Phrase | Or
"""What may be a part of a `Phrase`, a `Near` or a `Same`; an `Or` only of these."""

Placed: TypeAlias = Neighbour | Near | Same
"""What has occurrences in a text; of a `Near` or a `Same`, those of its parts that stand together."""

OfText: TypeAlias = Placed | And | AtLeast | Within
"""What a query comes to of which only what asks for words of the text is left (`search.query.walk.text_part`)."""

Query: TypeAlias = (
    Leaf | Phrase | Near | Same | Range | Field | Within | Row | And | Or | AtLeast | Not | Boost | Everything
)
"""Every node. What takes only some of them takes one of the above, and refuses the others with a TypeError."""


def all_of(parts: Iterable[Query]) -> Query:
    """Join parts into one that asks all of them; a part that is alone is returned as it is.

    >>> all_of([Term("drug")]), all_of([])
    (Term(word='drug', exact=False), And(parts=()))
    """
    several = tuple(parts)
    return several[0] if len(several) == 1 else And(several)


def any_of(parts: Iterable[Query]) -> Query:
    """Join parts into one that asks any of them; a part that is alone is returned as it is.

    >>> any_of([Term("drug")]), any_of([])
    (Term(word='drug', exact=False), Or(parts=()))
    """
    several = tuple(parts)
    return several[0] if len(several) == 1 else Or(several)
