"""Known items: questions made from a corpus whose right filing is known, the same ones for each run.

A phrase that one filing has; four words that tell a document from the others; the first word of a filer's name with
three words of the filing's text; and passages as a person pastes them, with their punctuation.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

from engines import Entry

from search.ask import Index

PHRASES, BAGS, FILERS, PASTED = 200, 150, 150, 100
_PHRASE = 6
"""Words of a phrase."""
_QUOTED = re.compile(r"(?<![^\s])[^\s.][^.\n]{39,160}[\"“][^\"”\n]{3,60}[\"”][^.\n]{10,80}\.")
"""A sentence with something in quotation marks, and a little around it."""


class Sample(NamedTuple):
    """What questions are made from."""

    entries: Sequence[Entry]
    prose: Sequence[Entry]
    """Those long enough to have something to say."""
    frequency: Counter[str]
    """In how many documents each word stands."""
    index: Path


class Item(NamedTuple):
    """A question, and the filings that are right: those that have what was asked."""

    kind: str
    question: str
    right: frozenset[str]


def known(entries: Sequence[Entry], index: Path, *, seed: int = 14) -> list[Item]:
    """Make 500 questions and 100 pasted passages from the documents of an index."""
    draw = random.Random(seed)
    prose = [entry for entry in entries if len(entry.text) > 5000]
    frequency = Counter(word for entry in entries for word in set(entry.text.split()))
    sample = Sample(entries, prose, frequency, index)
    return [*_phrases(sample, draw), *_bags(sample, draw), *_filers(sample, draw), *_pasted(sample, draw)]


def _phrases(sample: Sample, draw: random.Random) -> Iterator[Item]:
    chosen = []
    while len(chosen) < PHRASES:
        words = draw.choice(sample.prose).text.split()
        at = draw.randrange(len(words) - _PHRASE)
        phrase = words[at : at + _PHRASE]
        if all(word.isalpha() for word in phrase) and min(sample.frequency[word] for word in phrase) > 20:
            chosen.append(" ".join(phrase))
    holders = defaultdict(set)
    for entry in sample.entries:
        padded = f" {entry.text} "
        for phrase in chosen:
            if f" {phrase} " in padded:
                holders[phrase].add(entry.accession)
    for phrase in chosen:
        yield Item("phrase", f'"{phrase}"', frozenset(holders[phrase]))


def _telling(entry: Entry, sample: Sample, count: int) -> list[str]:
    """Return the words that are frequent in a document and rare elsewhere, those of one document left out."""
    inside = Counter(word for word in entry.text.split() if word.isalpha() and len(word) > 3)
    spread, documents = sample.frequency, len(sample.entries)
    worth = {word: times * log(documents / spread[word]) for word, times in inside.items() if spread[word] > 2}
    return sorted(worth, key=lambda word: (-worth[word], word))[:count]


def _bags(sample: Sample, draw: random.Random) -> Iterator[Item]:
    for entry in draw.sample(sample.prose, BAGS):
        yield Item("bag", " ".join(_telling(entry, sample, 4)), frozenset({entry.accession}))


def _filers(sample: Sample, draw: random.Random) -> Iterator[Item]:
    with Index(sample.index) as opened:
        named = []
        for entry in draw.sample(sample.prose, min(len(sample.prose), FILERS * 2)):
            parties = opened.header(entry.accession).parties
            if parties and (name := re.match(r"[A-Za-z]{4,}", parties[0].name)):
                named.append((entry, name[0].lower()))
    for entry, name in named[:FILERS]:
        telling = [word for word in _telling(entry, sample, 6) if word != name]
        yield Item("filer", " ".join([name, *telling[1:4]]), frozenset({entry.accession}))


def _pasted(sample: Sample, draw: random.Random) -> Iterator[Item]:
    """Sentences as they stand in the stored texts, quotation marks and all."""
    found = []
    with Index(sample.index) as opened:
        for accession in dict.fromkeys(entry.accession for entry in sample.prose):
            for document in opened._contents.documents(accession):
                sentences = _QUOTED.findall(opened.text(document.id))
                found += [(accession, " ".join(each.split())) for each in sentences[:3]]
    for accession, sentence in draw.sample(found, PASTED):
        yield Item("pasted", sentence, frozenset({accession}))
