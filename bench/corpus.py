"""Made-up submissions for measuring: as many as wanted, always the same, of the sizes and words EDGAR's have.

Words follow Zipf's law over a vocabulary that begins with common English and goes on with invented words and numbers;
some come in inflected forms and some in fixed phrases, so that stemming and phrases have something to find. The text
of a document has log-normal length; a submission has one to four documents (see `submissions` for their dress).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import PCG64, Generator

_COMMON = """
the of and to in a for or as by with that on be is any shall company this such from at not which has an are our
other may its all we no under agreement stock financial net interest million income december year cash tax rate
common value market share notes credit loans products report business risk operations assets capital total
period results services management information costs revenue plan date amount customers increase section party
certain board sales securities debt fair price executive director officer development license drug clinical
trial merger termination fee covenant waiver goodwill impairment charge going concern material weakness
cybersecurity incident climate weather orphan patent royalty lease default guarantee subsidiary audit dividend
option warrant
"""
_SYLLABLES = """
ba be bo da de di do fa fe ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se ta te to
va ve za
"""
COMMON = _COMMON.split()
SYLLABLES = _SYLLABLES.split()
FORMS = ("8-K", "10-Q", "10-K", "4", "DEF 14A", "S-1", "SC 13D", "424B5", "8-K/A", "6-K", "20-F", "10-K405")
SUFFIXES = ("", "s", "ing", "ed")


class Text(NamedTuple):
    """A document before it is dressed as EDGAR would have it."""

    submission: int
    ordinal: int
    form: str
    filed: int
    """YYYYMMDD."""
    words: str


class Vocabulary:
    """What texts are made of, the most frequent first."""

    def __init__(self, draw: Generator, *, size: int = 120_000, phrases: int = 4_000) -> None:
        self.words = list(dict.fromkeys([*COMMON, *_inflected(COMMON), *_invented(draw, size)]))[:size]
        ranks = np.arange(1, len(self.words) + 1)
        self._words = np.array(self.words, object)
        self._cumulated = np.cumsum(1 / (ranks + 2.7) ** 1.07)
        self.phrases = [" ".join(self.sample(draw, int(draw.integers(2, 5)))) for _ in range(phrases)]
        self._phrases = np.array(self.phrases, object)
        self._phrase_weights = np.cumsum(1 / (np.arange(phrases) + 5.0))

    def sample(self, draw: Generator, count: int) -> list[str]:
        """Words drawn by their frequency."""
        drawn = np.searchsorted(self._cumulated, draw.random(count) * self._cumulated[-1])
        return list(self._words[drawn])

    def text(self, draw: Generator, count: int) -> str:
        """About so many words, in sentences and paragraphs.

        Two of three rarer words are drawn again from a few that the document keeps coming back to, as real ones do.
        """
        ranks = np.searchsorted(self._cumulated, draw.random(max(1, count * 4 // 5)) * self._cumulated[-1])
        rare = np.flatnonzero(ranks > 100)
        topic = ranks[rare[: 20 + len(rare) // 8]]
        again = rare[draw.random(len(rare)) < 0.67]
        if len(topic):
            ranks[again] = topic[(draw.random(len(again)) ** 2 * len(topic)).astype(np.int64)]
        units = self._words[ranks]
        some = np.flatnonzero(draw.random(len(units)) < 0.08)
        chosen = np.searchsorted(self._phrase_weights, draw.random(len(some)) * self._phrase_weights[-1])
        units[some] = self._phrases[chosen]
        ends = np.flatnonzero(draw.random(len(units)) < 0.05)
        units[ends] = units[ends] + "."
        breaks = ends[draw.random(len(ends)) < 0.15]
        units[breaks] = units[breaks] + "\n\n"
        return " ".join(units)


def _inflected(words: Sequence[str]) -> list[str]:
    return [word.rstrip("e") + suffix for word in words if len(word) > 3 for suffix in SUFFIXES[1:]]


def _invented(draw: Generator, count: int) -> Iterator[str]:
    for number in range(count):
        if number % 5 == 4:
            yield str(int(draw.integers(0, 10 ** int(draw.integers(1, 8)))))
        else:
            stem = "".join(draw.choice(SYLLABLES, int(draw.integers(2, 5))))
            yield from (stem + suffix for suffix in SUFFIXES[: int(draw.integers(1, 5))])


def texts(documents: int, *, seed: int = 9, median: int = 2_000) -> Iterator[Text]:
    """Documents in order of their submissions; `median`: words of the median document."""
    draw = Generator(PCG64(seed))
    vocabulary = Vocabulary(Generator(PCG64(1)))
    made = submission = 0
    while made < documents:
        form = FORMS[min(int(draw.geometric(0.25)) - 1, len(FORMS) - 1)]
        filed = int(draw.integers(1994, 2025)) * 10000 + int(draw.integers(1, 13)) * 100 + int(draw.integers(1, 29))
        for ordinal in range(1, min(int(draw.integers(1, 5)), documents - made) + 1):
            length = int(min(draw.lognormal(np.log(median), 1.1), 200_000))
            yield Text(submission, ordinal, form, filed, vocabulary.text(draw, length))
            made += 1
        submission += 1
