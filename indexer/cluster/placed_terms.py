"""A text as the cluster is given it: at each place what stands there, so that its positions are ours.

Places are parted by blanks, what stands at one place by `|`: the word; `~licens`, the stem of a word that is not its
own stem; terms stacked on the word (`indexer.analysis.stacked`); `=$5`, a word with its sign. Of the text, moreover:
`<s`, `>s`, `<p`, `>p` at the first and the last word of each sentence and paragraph of several words, `[1a` and `]1a`
at those of each section, `[]1a` at a section of one word. None of these marks begins a word, so that no pattern finds
them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.analysis.stacked import SIGNS, stacked_terms
from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import analyzed, term
from indexer.extracted import Section
from indexer.fields.section_words import stretches
from indexer.fields.unit_places import unit_starts

STEM, SIGNED = "~", "="
FIRST, LAST = {"sentence": "<s", "paragraph": "<p"}, {"sentence": ">s", "paragraph": ">p"}
BEGIN, END, ALONE = "[", "]", "[]"
OURS = frozenset("~=<>[]")
"""What our marks begin with."""

_AT_ONE_PLACE = "|"


def has_own_stem(word: str) -> bool:
    """Tell whether a word is its own stem, so that it stands for the stem, too."""
    return stem(word) == word


def section_mark(name: str) -> str:
    """Return a section's name as part of a mark: it has no blank and no bar."""
    return "_".join(name.split()).replace(_AT_ONE_PLACE, "_") or "_"


@lru_cache(maxsize=1 << 20)
def _with_stem(word: bytes) -> str:
    named = term(word)
    root = stem(named)
    return named if root == named else f"{named}{_AT_ONE_PLACE}{STEM}{root}"


def places(value: str) -> list[str]:
    """Return what stands at each place of a value of a field of words.

    >>> places("Licensed non-GAAP for $5")
    ['licensed|~licens', 'non', 'gaap|-nongaap|~nongaap', 'for', '5|$|=$5']
    """
    spaced, marks = analyzed(value)
    words = spaced.split()
    found = list(map(_with_stem, words))
    stacked: dict[int, list[str]] = {}
    for place, each in stacked_terms(marks(), words.__getitem__):
        stacked.setdefault(place, []).append(term(each))
    for place, terms in stacked.items():
        found[place] = _AT_ONE_PLACE.join(
            dict.fromkeys([*found[place].split(_AT_ONE_PLACE), *_more(terms, words[place])])
        )
    return found


def _more(stacked: Sequence[str], word: bytes) -> Iterable[str]:
    """Yield what is stacked on a word, with its stem where that is another, and the word with each sign."""
    bare = [term(word)]
    for each in stacked:
        yield each
        if each in SIGNS:
            bare += [each + other for other in bare]
        elif (root := stem(each)) != each:
            yield STEM + root
    yield from (SIGNED + each for each in bare[1:])


def field(values: Sequence[str]) -> list[str]:
    """Return the values of a field of words as the cluster is given them."""
    return [" ".join(places(value)) for value in values]


def text(value: str, sections: Iterable[Section]) -> tuple[str, int]:
    """Return a document's text as the cluster is given it, and how many words it has."""
    found = places(value)
    if not found:
        return "", 0
    mark = _marker(found)
    units = unit_starts(value)
    for unit, starts in (("sentence", units.sentences), ("paragraph", units.paragraphs)):
        for start, end in pairwise([*starts, len(found)]):
            if end - start > 1:
                mark(start, FIRST[unit])
                mark(end - 1, LAST[unit])
    for name, start, end in (each for each in stretches(value, sections) if each.end <= len(found)):
        for place, said in ((start, BEGIN), (end - 1, END)) if end - start > 1 else ((start, ALONE),):
            mark(place, said + section_mark(name))
    return " ".join(found), len(found)


def _marker(found: list[str]) -> Callable[[int, str], None]:
    def mark(place: int, said: str) -> None:
        found[place] = f"{found[place]}{_AT_ONE_PLACE}{said}"

    return mark
