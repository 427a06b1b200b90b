"""The sections of a text in words: what the index keeps of them, so that a question can be asked of one section.

Where headings are is found by `indexer.outline`, in characters; which words lie under them is said here.
"""

from collections.abc import Iterable
from typing import NamedTuple

from indexer.analysis.tokenizer import words_before
from indexer.extracted import Section


class Stretch(NamedTuple):
    """A section in words."""

    name: str
    """Lower case: `1a`, `7.01`, `i.2`; a subject: `risk-factors`."""
    start: int
    """The place of its first word in the text, counted from 0."""
    end: int
    """The place past its last word."""


def stretches(text: str, sections: Iterable[Section]) -> list[Stretch]:
    """Turn the sections of a text into stretches of words, by name and then by place, each once.

    They begin and end between words, and have at least the words of their heading. Two of them are the same stretch
    or have no word in common.

    >>> stretches("Preface.\\nItem 1. Mills\\nItem 2. None", [Section("1", "Mills", 9, 23), Section("2", "", 23, 35)])
    [Stretch(name='1', start=1, end=4), Stretch(name='2', start=4, end=7)]
    """
    found = list(sections)
    offsets = sorted({offset for section in found for offset in (section.start, section.end)})
    before = dict(zip(offsets, words_before(text, offsets), strict=True))
    placed = {
        Stretch(name, before[section.start], before[section.end]) for section in found for name in _names(section)
    }
    return sorted(each for each in placed if each.start < each.end)


def _names(section: Section) -> tuple[str, ...]:
    """What it is asked by: the item, and what that is about."""
    return (section.name.lower(), section.subject) if section.subject else (section.name.lower(),)
