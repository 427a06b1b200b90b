"""What a typed name asks for: its words in any order, in every spelling that names of parties have.

`J. O'Brien & Co` is asked as words that all stand in one name: a word that begins with j; `o brien` or `obrien`; `co`
or `company`. Which words are written how stands in `indexer.edgar.name_words`. Whether any name fits is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.edgar.name_words import LEGAL_FORMS, NO_GIVEN_NAME, SPELLINGS, SUFFIXES, UNSPOKEN
from indexer.edgar.states import STATES
from indexer.fields.schema import NAMES as PARTIES
from indexer.fields.schema import ROW_OWNER
from indexer.first_use import regex
from search.query import nodes as q
from search.query.limits import MAX_DISTANCE, MAX_NEAR_PARTS
from search.query.walk import can_be_near, leaves
from search.terms import typed_words
from search.terms.synonyms import WordList, words_of

READ_AS_NAMES = PARTIES | {ROW_OWNER, "holding"}
"""The fields whose values are read so."""

_SUFFIX = regex(r"(?<!\s)\s*+[/\\](\w{2,3})[/\\]?\s*", re.ASCII)
_LETTERS = regex(r"(?<!\w)([^\W\d_])\.?\s+(?=[^\W\d_]\.?(?!\w))")
_PIECES = regex(r"[^\s,;()]+")
_CONJUNCTION = regex(r"(?<=[\w.] )(?:and|&)(?= [A-Z])")
_APOSTROPHE = regex(r"['’‘ʼ`´]")
_HYPHEN = regex(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
_INITIALS = regex(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]", re.UNICODE)
_IRISH = regex(r"(o)([b-df-hj-np-tv-z]\w{2,})", re.ASCII)
_LED = regex(r"([A-Z]{2,3})([A-Z][a-z]{2,})", re.ASCII)
_ELIDED = regex(r"[DL][AEIOUH][a-z]{2,}", re.ASCII)
_POSSESSIVE = regex(r"([^\W\d_]{3,})s")
_SPELLINGS = {word: group for group in SPELLINGS for word in group}
MAY_BE_LISTED = frozenset({"company", "issuer", "filer"})
"""The fields of names in which a ticker symbol may be typed."""
_TICKER = regex(r"[A-Z]{1,5}(?:[.-][A-Z])?")
_ACRONYM = 3
"""Letters up to which a word may also be written with points between them: `IBM`, `I.B.M.`"""
_FULL_NAME = 3
"""Words of a person's name with a middle name, which may stand in the index as an initial."""


def name(text: str) -> q.Query | None:
    """Read a name as it was typed; None when there is no letter or digit in it. ValueError as `typed_words.word`.

    >>> name("Maestri")
    Term(word='maestri', exact=True)
    >>> name("Fernly & Company").query.parts[1]
    Or(parts=(Term(word='company', exact=True), Term(word='co', exact=True)))
    """
    text = quotable(text)
    pieces = _pieces(text)
    is_alone = len(pieces) == 1
    parts = [part for piece in pieces if (part := _piece(piece, is_alone=is_alone)) is not None]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0] if isinstance(parts[0], q.Leaf) else q.Row(parts[0], text)
    if len(parts) < len(pieces):
        return q.Row(_all(parts), text)
    given = _given_names(parts)
    return q.Row(_any(map(_all, [given, *_joined_initials(pieces, given)])), text)


def other_conjunction(text: str) -> str:
    """Write `&` for `and`, and the reverse, between capitalized words, as in names of firms; empty where there is none.

    >>> other_conjunction("Fernly and Hart"), other_conjunction("Fernly & Hart"), other_conjunction("law and order")
    ('Fernly & Hart', 'Fernly and Hart', '')
    """
    other = _CONJUNCTION.sub(lambda found: "and" if found[0] == "&" else "&", text)
    return other if other != text else ""


def as_typed(query: q.Query) -> q.Query:
    """Take a name for the words that were typed, one after the other, and in no other spelling: as a NEAR does.

    >>> as_typed(q.Row(q.Or((q.Term("co", exact=True), q.Term("company", exact=True))), "co"))
    Term(word='co', exact=True)
    """
    if isinstance(query, q.Row) and query.said:
        return typed_words.phrase(query.said, as_written=True) or query
    if isinstance(query, q.Or):
        return q.any_of(as_typed(part) for part in query.parts if not isinstance(part, q.Field))
    return query


def may_be_ticker(field: str, text: str) -> bool:
    """Tell whether what was typed for a name may be a ticker symbol: a few letters, all capitals."""
    return field in MAY_BE_LISTED and _TICKER.fullmatch(text) is not None


def _pieces(text: str) -> list[str]:
    """Split a name where it has blanks or commas, without its suffix and what names may leave out."""
    suffix = re.search(f"{_SUFFIX.pattern}$", text)
    if suffix and suffix.start() and (suffix[1].lower() in SUFFIXES or suffix[1].lower() in _STATES):
        text = text[: suffix.start()]
    pieces = _PIECES.findall(_LETTERS.sub(r"\1.", text))
    spoken = [piece for piece in pieces if piece.lower() not in UNSPOKEN]
    return spoken or pieces


_STATES = frozenset(code.lower() for code in STATES)


def quotable(text: str) -> str:
    """Return a name as it can stand between quotation marks in a query: without any of its own."""
    return " ".join(text.replace('"', " ").split())


def _piece(piece: str, *, is_alone: bool) -> q.Query | None:
    """Read what stands between two blanks."""
    if "*" in piece or "?" in piece:
        return typed_words.word(piece, typed_words.Taken(exact=True, as_written=True))
    words = words_of(piece)
    if not words:
        return None
    if _INITIALS.fullmatch(piece) and all(len(word) == 1 for word in words):  # Þ is indexed as th
        return _initials(words, is_alone=is_alone)
    spelled = dict.fromkeys([words, *_closed_up(piece)])
    if len(words) == 1:
        spelled |= dict.fromkeys(_other_spellings(words[0]))
    return _any(typed_words.in_a_row(each) for each in filter(None, spelled))  # `'-a` closed up may be no word


def _initials(words: WordList, *, is_alone: bool) -> q.Query | None:
    """Read `J.`, `J.P.` or `L.P.`: what begins so, or the letters themselves, apart or joined."""
    joined = "".join(words)
    spelled = [typed_words.in_a_row(words), *([_term(joined)] if len(words) > 1 else [])]
    if is_alone or joined in LEGAL_FORMS:
        return _any(spelled)
    initials: list[q.Query] = [q.Prefix(letter) for letter in words]
    return initials[0] if len(words) == 1 else _any([*spelled, _all(initials)])


def _closed_up(piece: str) -> Iterator[WordList]:
    """Yield the piece without its apostrophes and hyphens, and with an apostrophe that was left out."""
    for mark in (_APOSTROPHE, _HYPHEN):
        if mark.search(piece):
            yield words_of(mark.sub("", piece))
    if _ELIDED.fullmatch(piece):  # DAngelo
        yield words_of(f"{piece[0]} {piece[1:]}")
    if led := _LED.fullmatch(piece):  # JPFernly
        yield words_of(f"{' '.join(led[1])} {led[2]}")
        yield words_of(f"{led[1]} {led[2]}")


def _other_spellings(word: str) -> Iterator[WordList]:
    """Yield the other ways to write one word of a name."""
    yield from ((other,) for other in _SPELLINGS.get(word, ()))
    if word.isalpha() and (word in LEGAL_FORMS or (1 < len(word) <= _ACRONYM and word not in _SPELLINGS)):
        yield tuple(word)
    if irish := _IRISH.fullmatch(word):  # obrien
        yield irish.group(1, 2)
    if (owned := _POSSESSIVE.fullmatch(word)) and word not in _SPELLINGS:  # wendys
        yield owned[1], "s"


def _given_names(parts: Sequence[q.Query]) -> list[q.Query]:
    """Let the words of a person's name after the first stand as initials: `Ingrid Marie Halvorsen` as `M`."""
    words = [_spelled(part) for part in parts]
    if len(parts) != _FULL_NAME or not all(word.isalpha() and word not in NO_GIVEN_NAME for word in words):
        return list(parts)
    return [parts[0], *(_any([part, _term(word[0])]) for part, word in zip(parts[1:], words[1:], strict=True))]


def _spelled(part: q.Query) -> str:
    """Return the word that is asked, as it was typed; empty when it is not one word of several letters."""
    first = part.parts[0] if isinstance(part, q.Or) else part
    return first.word if isinstance(first, q.Term) and len(first.word) > 1 else ""


def _joined_initials(pieces: Sequence[str], parts: Sequence[q.Query]) -> Iterator[list[q.Query]]:
    """Yield the parts with initials joined to the word behind them: `J.P. Fernly` as `JPFERNLY`."""
    for at, (piece, following) in enumerate(pairwise(pieces)):
        letters = "".join(words_of(piece))
        is_short = len(letters) < _ACRONYM and letters.isalpha() and letters not in LEGAL_FORMS | _SPELLINGS.keys()
        if is_short and len(words := words_of(following)) == 1 and len(words[0]) > _ACRONYM and words[0].isalpha():
            yield [*parts[:at], _term(letters + words[0]), *parts[at + 2 :]]


def _all(parts: Sequence[q.Query]) -> q.Query:
    return q.all_of(_apart(parts))


def _apart(parts: Sequence[q.Query]) -> list[q.Query]:
    """Let an initial not stand for a word that another part stands for: `Q. Quenby` asks for two words."""
    initials = dict.fromkeys(part.prefix for part in parts if isinstance(part, q.Prefix))
    found = list(parts)
    for initial in initials:
        same = [part for part in found if can_be_near(part) and _begins(part, initial)][:MAX_NEAR_PARTS]
        if len(same) > 1:
            at = next(index for index, part in enumerate(found) if part is same[0])
            rest = [part for part in found if not any(part is each for each in same)]
            found = [*rest[:at], q.Near(tuple(same), MAX_DISTANCE), *rest[at:]]
    return found


def _begins(part: q.Query, letter: str) -> bool:
    return any(
        (leaf.prefix if isinstance(leaf, q.Prefix) else leaf.word if isinstance(leaf, q.Term) else "").startswith(
            letter
        )
        for leaf in leaves(part)
    )


def _any(parts: Iterable[q.Query]) -> q.Query:
    flat = (each for part in parts for each in (part.parts if isinstance(part, q.Or) else (part,)))
    return q.any_of(dict.fromkeys(flat))


def _term(word: str) -> q.Term:
    return q.Term(word, exact=True)
