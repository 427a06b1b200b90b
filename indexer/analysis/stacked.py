"""What the marks beside a word say, as terms that stand at the word's own place, on top of it (Lucene: stacked tokens).

- `$`, `£`, `€`, `¥`, `%`: the number at this place has this sign before it, or a percent sign behind; blanks and
  parentheses may stand between, as in the cells of a table. So `"$5"` is the places that `5` and `$` share, and `5`
  finds it as any other 5.
- `+`: two plus signs follow, as in `C++`.
- `-nonrecourse`: where `non-recourse` is written, at the place of `recourse`; of longer ones each pair, and all.
- `^us`: `US` is written, in capitals among other letters, so that it is not the pronoun.

Each begins with a mark that begins no word, so that patterns never find them. They are not counted as words.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from indexer.first_use import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONEY = {"$": "$", "\x1c": "£", "\x1d": "€", "\x1e": "¥"}
"""Signs of money, as a folded text has them, and as terms."""
PERCENT, PLUS, JOINED, US = "%", "+", "-", "^us"
SIGNS = (*MONEY.values(), PERCENT, PLUS)
_FIRST = (*SIGNS, JOINED, US)
_FIRST_BYTES = tuple(sorted(mark.encode() for mark in _FIRST))
_TERMS = {ord(mark): sign.encode() for mark, sign in MONEY.items()}

PLUSSES = regex(rb"(?<=[0-9A-Za-z\x80-\xff])\+\+(?![0-9A-Za-z\x80-\xff])")
US_WRITTEN = regex(rb"US(?<![0-9A-Za-z\x80-\xff]US)(?![0-9A-Za-z\x80-\xff])")  # begins with letters: quicker
_MARK = regex(b"|".join((rb"[$%\x1c-\x1e]|(?<=[A-Za-z])-(?=[A-Za-z])", PLUSSES.pattern, US_WRITTEN.pattern)))
APART = 8
"""Blanks and parentheses that may stand between a number and its sign."""
BEFORE, _BEHIND = b" \t(", b" \t)"
"""Those before the number, and those behind it."""
_AROUND = 24
"""Characters on each side of `US` that are looked at: capitals throughout say nothing."""
_BEGINS_NUMBER = frozenset(b"0123456789.")

StackedTerm = tuple[int, bytes]
"""The place of the word it stands on, counted from 0, and the term."""


class Marks(NamedTuple):
    """What the marks in a text say."""

    signs: "Sequence[tuple[bytes, Sequence[int] | NDArray[np.int64]]]"
    """Terms, and the places of the words that they stand on, ascending."""
    hyphens: "Sequence[int] | NDArray[np.int64]"
    """The places of the words that a hyphen between letters joins to the one before, ascending."""


def is_stacked(term: str) -> bool:
    """Tell whether a term of the index is one of these, and not a word.

    >>> is_stacked("$"), is_stacked("-nonrecourse"), is_stacked("5")
    (True, True, False)
    """
    return term.startswith(_FIRST)


def is_word(term: bytes) -> bool:
    """Tell whether a term of the index, as UTF-8, is a word, and so counts."""
    return not term.startswith(_FIRST_BYTES)


def among(terms: Sequence[bytes]) -> Iterator[slice]:
    """Yield where such terms are among ascending terms of the index, as UTF-8: they are no words, and do not count.

    >>> list(among([b"$", b"5", b"us", b"\\xc2\\xa3"]))
    [slice(0, 1, None), slice(3, 4, None)]
    """
    for mark in _FIRST_BYTES:
        low, high = bisect_left(terms, mark), bisect_left(terms, mark[:-1] + bytes((mark[-1] + 1,)))
        if low < high:
            yield slice(low, high)


def signed(word: str) -> tuple[str, str] | None:
    """Split `$5` or `%5` into the terms that share its places; None for any other word.

    >>> signed("$21.5"), signed("21.5")
    (('$', '21.5'), None)
    """
    sign = word[:1]
    return (sign, word[1:]) if len(word) > 1 and sign in SIGNS else None


def as_typed(word: str) -> str:
    """Write a word with its sign as texts do.

    >>> as_typed("%5"), as_typed("$5"), as_typed("+c")
    ('5%', '$5', 'c++')
    """
    match signed(word):
        case (sign, bare) if sign == PERCENT:
            return f"{bare}%"
        case (sign, bare) if sign == PLUS:
            return f"{bare}++"
        case _:
            return word


def stacked_terms(marks: Marks, word: Callable[[int], bytes]) -> Iterator[StackedTerm]:
    """Yield the terms that stand on the words of a text; `word` gives the word at a place."""
    for term, places in marks.signs:
        yield from ((int(place), term) for place in places)
    yield from joined_terms(map(int, marks.hyphens), word)


def joined_terms(hyphens: Iterable[int], word: Callable[[int], bytes]) -> Iterator[StackedTerm]:
    """Yield for words that a hyphen joins to the one before, given by place, the two as one; of a chain all, too."""
    last, chain = -1, b""
    for place in hyphens:
        left, right = word(place - 1), word(place)
        if left.isalpha() and right.isalpha():
            yield place, b"-" + left + right
            chain = (chain if last == place - 1 else left) + right
            if last == place - 1:
                yield place, b"-" + chain
            last = place


def marks_of(folded: bytes, starts: Sequence[int]) -> Marks:
    """Find the marks of a short text, given where its words start."""
    signs, hyphens = dict[bytes, list[int]](), list[int]()
    for found in _MARK.finditer(folded):
        at, mark = found.start(), folded[found.start()]
        place = bisect_left(starts, at)
        if mark == ord("-"):
            hyphens.append(place)
        elif mark == ord("%"):
            if ends_in_digit(folded, at):
                signs.setdefault(b"%", []).append(place - 1)
        elif mark == ord("+"):
            signs.setdefault(b"+", []).append(place - 1)
        elif mark == ord("U"):
            if is_among_letters(folded, at):
                signs.setdefault(US.encode(), []).append(place)
        elif place < len(starts) and _is_money(folded, at, starts[place]):
            signs.setdefault(_TERMS[mark], []).append(place)
    return Marks(sorted(signs.items()), hyphens)


def _is_money(folded: bytes, at: int, start: int) -> bool:
    """Tell whether nothing but blanks and parentheses is between a sign and the number that starts there."""
    return folded[start] in _BEGINS_NUMBER and is_blank(folded[at + 1 : start])


def is_blank(between: bytes) -> bool:
    """Tell whether this may stand between a sign and its number."""
    return len(between) <= APART and not between.strip(BEFORE)


def ends_in_digit(folded: bytes, at: int) -> bool:
    """Tell whether a number ends before a place, with nothing between but blanks and parentheses."""
    return folded[max(0, at - APART) : at].rstrip(_BEHIND)[-1:].isdigit()


def is_among_letters(folded: bytes, at: int) -> bool:
    """Tell whether small letters stand around the place."""
    around = folded[max(0, at - _AROUND) : at + _AROUND]
    return around.upper() != around
