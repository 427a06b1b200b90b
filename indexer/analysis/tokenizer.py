"""The one tokenizer: what a word is, for the index, for queries, for matching and for snippets alike.

A word is a maximal run of letters and decimal digits, or a number as it is written (`numerals`): `1,234.56` is one
word, `1234.56`. Everything else separates: `10b-5` is two words and `U.S.` is two, and a query for either becomes
a phrase, so that people find them as they type them. What a mark beside a word says (`$5`, `5%`, `non-GAAP`) stands
at the place of the word besides (`stacked`).

Before comparing, characters are folded one by one: lower case, compatibility forms (ligatures, full-width) to plain
ones, accents off, `½` to `1/2`. Soft hyphens, zero-width characters and combining marks belong to the word around
them and fold to nothing.

`words()` is the fast form for indexing; `tokenize()` gives the same words with offsets into the text as it
stands. No stop words, no stemming here: inflections are found at query time (`stemming`).

Chinese, Japanese and Korean are written without spaces between words, so that a run of their characters is taken as its
overlapping pairs: `有限公司` is the words `有限`, `限公`, `公司`, and a query for it the phrase of these. A run of one
character is a word of one; digits and Latin letters beside a run are words of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from indexer.analysis.folding import fold_apart, folded_apart, folded_with_offsets
from indexer.analysis.numerals import canonical, has_joint, runs
from indexer.analysis.stacked import Marks, StackedTerm, marks_of, stacked_terms
from indexer.first_use import regex

if TYPE_CHECKING:  # what is indexed needs numpy, what is typed does not
    import numpy as np
    from numpy.typing import NDArray

    from indexer.analysis.together import JoinedTexts
    from indexer.analysis.word_bytes import WordBytes

MAX_WORD = 128
"""Characters of a word that count; longer runs (undecoded binary, mostly) are cut to this many."""

_RUN = regex("[0-9a-z\x80-\U0010ffff]+")
_LOWER = bytes(range(256)).lower()
_LONG = 400
"""Characters of a text from which on it is taken apart all at once."""
TOGETHER = 1 << 18
"""Characters of texts that are taken apart together, at most, unless one alone has more."""
_FEW = 8
"""Pieces of a text whose words are counted one piece after the other; of more, all at once."""
_SPACE = ord(" ")
_BETWEEN = "zqunitqz"
"""A word that is put between two pieces, so that the words before it can be counted."""
_ASCII_TABLE = bytes(
    code if chr(code).isalnum() or code >= 0x80 else 0x20 for code in b"".join(bytes([c]).lower() for c in range(256))
)


class Token(NamedTuple):
    """A word of a text: what it is compared as, and where it stands."""

    word: str
    start: int
    """Offset of its first character."""
    end: int
    """Offset past its last character."""


def words(text: str) -> list[bytes]:
    """Split a text into its words, in order, as UTF-8, not yet cut to `MAX_WORD` (see `term`).

    >>> words("Rule 10b-5 of the U.S. S.E.C.: $1,000.50")
    [b'rule', b'10b', b'5', b'of', b'the', b'u', b's', b's', b'e', b'c', b'1000.50']
    """
    return analyzed(text).spaced.split()


def count_words(text: str) -> int:
    """Count the words of a text.

    >>> count_words("Rule 10b-5, “revised”")
    4
    """
    return len(words(text)) if len(text) < _LONG else _word_bytes(_bytes(text)).count()


def words_before(text: str, offsets: Sequence[int]) -> list[int]:
    """Count the words that stand before each of these offsets, which ascend and are between words.

    >>> words_before("Rule 10b-5, “revised”", (0, 5, 12))
    [0, 1, 3]
    """
    if taken := taken_in_place(text):
        counts: list[int] = taken.together.before(taken.number, offsets).tolist()
        return counts
    pieces = [text[start:end] for start, end in pairwise((0, *offsets))]
    return _counted_at_once(pieces) or list(accumulate(len(words(piece)) for piece in pieces))


def taken_in_place(text: str) -> "TakenApart | None":
    """Take a long text apart, or return it as it was; None where offsets would be others."""
    taken = kept_apart(text) or (keep_apart([text])[0] if len(text) >= _LONG else None)
    return taken if taken and taken.keeps_offsets else None


def _counted_at_once(pieces: Sequence[str]) -> list[int]:
    """Count the words up to the end of each piece, all in one text; nothing when it has the word that parts them."""
    import numpy as np  # noqa: PLC0415  (only indexing counts)

    if len(pieces) < _FEW:
        return []
    joined = f" {_BETWEEN} ".join([*pieces, ""])
    found = np.frombuffer(b" " + _word_bytes(_bytes(joined)).spaced(), np.uint8)
    is_space = found == _SPACE
    starts = np.flatnonzero(is_space[:-1] & ~is_space[1:]) + 1
    wanted = np.frombuffer(_BETWEEN.encode(), np.uint8)
    marks = starts[starts + len(wanted) < len(found)]
    for at, letter in enumerate(wanted):
        marks = marks[found[marks + at] == letter]
    marks = marks[is_space[marks + len(wanted)]]
    if len(marks) != len(pieces):
        return []
    counts: list[int] = (np.searchsorted(starts, marks) - np.arange(len(marks))).tolist()
    return counts


class Analyzed(NamedTuple):
    """A text taken apart for the index."""

    spaced: bytes
    """Its words as UTF-8, as they come from `words`, with nothing but spaces before, between and behind."""
    marks: Callable[[], Marks]
    """Finds what its marks say of the words (`indexer.analysis.stacked`)."""


def analyzed(text: str) -> Analyzed:
    """Take a text apart into words, and what their marks say.

    >>> analyzed("Rule 10b-5.").spaced
    b'rule 10b 5 '
    """
    if len(text) < _LONG:
        return _short(_bytes(text))
    found = _word_bytes(_bytes(text))
    return Analyzed(found.spaced(), found.marks)


def stacked(text: str) -> list[StackedTerm]:
    """List the terms that stand on top of a text's words, each with the place of its word.

    >>> stacked("non-GAAP: $5")
    [(2, b'$'), (1, b'-nongaap')]
    """
    spaced, marks = analyzed(text)
    return list(stacked_terms(marks(), spaced.split().__getitem__))


class TakenApart(NamedTuple):
    """A text taken apart, with others or alone."""

    text: str
    together: "JoinedTexts"
    number: int
    """Which of these it is, counted from 0."""
    keeps_offsets: bool
    """Whether each character is one byte, so that offsets are those of the text."""

    @property
    def is_last(self) -> bool:
        """Tell whether it is the last of those it was taken apart with."""
        return self.number + 1 == len(self.together)


_kept: dict[int, TakenApart] = {}
"""The texts taken apart last, by identity, since each is both counted and indexed. A hash would read all of it."""


def kept_apart(text: str) -> TakenApart | None:
    """Return the text as it was taken apart by `keep_apart`, if it is one of those."""
    taken = _kept.get(id(text))
    return taken if taken and taken.text is text else None


def kept_with(together: "JoinedTexts") -> list[TakenApart]:
    """List the texts that `keep_apart` took apart together, each object once."""
    return [taken for taken in _kept.values() if taken.together is together]


def keep_apart(*groups: Sequence[str]) -> list[TakenApart]:
    """Take texts apart, those of each group together, and have what was found at hand until others are."""
    found = [taken for texts in groups for taken in taken_apart(texts)]
    _kept.clear()
    _kept.update((id(taken.text), taken) for taken in found)
    return found


def taken_apart(texts: Sequence[str]) -> list[TakenApart]:
    """Take texts apart, so many together that their bytes stay in the processor's cache."""
    from indexer.analysis.together import JoinedTexts  # noqa: PLC0415  (numpy: what is indexed needs it, what is typed does not)

    found: list[TakenApart] = []
    for group in _groups(texts):
        folded, keep = zip(*map(_folded, group), strict=True)
        together = JoinedTexts(folded)
        found += map(TakenApart, group, repeat(together), range(len(group)), keep)
    return found


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for text in texts:
        if group and size + len(text) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(text)
        size += len(text)
    if group:
        yield group


def _folded(text: str) -> tuple[bytes, bool]:
    """Fold a text, and tell whether each of its characters became one byte."""
    folded, keeps_offsets = fold_apart(text)
    content = folded.encode("utf-8", "replace")
    return content, keeps_offsets and len(content) == len(text)


def _bytes(text: str) -> bytes:
    return folded_apart(text).encode("utf-8", "replace")


def _word_bytes(folded: bytes) -> "WordBytes":
    from indexer.analysis.word_bytes import WordBytes  # noqa: PLC0415  (numpy: what is indexed needs it, what is typed does not)

    return WordBytes(folded)


def _short(folded: bytes) -> Analyzed:
    """Take a short text apart word by word, which is quicker there."""
    lower = folded.translate(_LOWER).decode("latin-1")
    if not has_joint(lower):
        spaced = folded.translate(_ASCII_TABLE)
        return Analyzed(spaced, lambda: marks_of(folded, [span.start() for span in _RUN.finditer(lower)]))
    spans = list(runs(lower))
    spaced = "".join(f"{canonical(lower[start:end])} " for start, end in spans).encode("latin-1")
    return Analyzed(spaced, lambda: marks_of(folded, [start for start, _ in spans]))


def term(word: bytes) -> str:
    """Make the index term of one of `words()`: decoded, and cut to `MAX_WORD` characters."""
    return word.decode("utf-8")[:MAX_WORD]


def tokenize(text: str) -> Iterator[Token]:
    """Yield the words of a text with their offsets, in order; those of a character that is several words are the same.

    >>> list(tokenize("AT&T"))
    [Token(word='at', start=0, end=2), Token(word='t', start=3, end=4)]
    """
    folded, offsets = folded_with_offsets(text)
    for start, end in runs(folded):
        word = canonical(folded[start:end])[:MAX_WORD]
        yield Token(word, offsets[start], offsets[end - 1] + 1)


def edges(text: str) -> "NDArray[np.int64]":
    """Find where the words of a text start and end, as `tokenize` gives them, in turns; quicker for long texts.

    >>> edges("AT&T").tolist()
    [0, 2, 3, 4]
    """
    folded, offsets = folded_with_offsets(text)
    marked = folded.replace("?", " ").encode("ascii", "replace").replace(b"?", b"\x80")  # one byte a character
    found = _word_bytes(marked).edges()
    if isinstance(offsets, range):
        return found
    import numpy as np  # noqa: PLC0415  (as in `_word_bytes`)

    place = np.array([*offsets, 0], np.int64)
    found[0::2], found[1::2] = place[found[0::2]], place[found[1::2] - 1] + 1
    return found


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets (start, end) of the words of a text, in order, as `tokenize` gives them.

    >>> list(spans("AT&T"))
    [(0, 2), (3, 4)]
    """
    found = edges(text).tolist()
    return zip(found[0::2], found[1::2], strict=True)
