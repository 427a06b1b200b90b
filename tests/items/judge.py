"""What the project locates, held against the table.

The table's offsets are bytes of the submission's file, those of a located section are characters of an extracted text.
Both are brought to letters and digits alone, without markup, and a place of the text is looked for in the file by what
stands there: the words of a heading and those that follow it, which tell it from its line in a table of contents.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extracted import Section
from indexer.filings import Document, ExtractedText, Submission
from tests.items.table import Key, Row

NEAR = 40
"""Letters and digits between two places of one heading: the line `Part II` above may belong to it or not."""
SLACK, SHARE = 500, 0.05
"""By how much a section's length may differ: so many letters and digits, or this share of it."""

_MARKUP = re.compile(r"<!--.*?-->|<[A-Za-z/!?][^<>]*>", re.S)
_REST = re.compile(r"[\W_]+")
_VARIANT = re.compile(r"(?:\((?:T|[a-z])\)|(?<=[A-K])T)$")
_KEYS = (200, 80, 40)
_LATER = (0, 15, 40, 80)


class Place(NamedTuple):
    """A section, counted in letters and digits."""

    item: str
    start: int
    lengths: tuple[int, int]
    must: bool = True


class Score(NamedTuple):
    """What became of the items of a document, or of many."""

    right: int
    wanted: int
    located: int
    misplaced: int
    """Of the wanted, those located at their place with another length."""


class Judged(NamedTuple):
    """A document's score, and a clause for each item that is missing or wrong."""

    key: Key
    score: Score
    complaints: tuple[str, ...]


class Work(NamedTuple):
    """The documents of the table that stand in one file."""

    file: Path
    documents: list[tuple[Key, list[Row]]]


def work(shared: Path, tables: dict[Key, list[Row]]) -> list[Work]:
    """Put the table's documents together by file; a path without a folder is one of the bare documents."""
    grouped = groupby(sorted(tables), key=lambda key: key.path)
    return [
        Work(shared / ("filings" if "/" in path else "documents") / path, [(key, tables[key]) for key in keys])
        for path, keys in grouped
    ]


def judge(work: Work) -> list[Judged]:
    """Read one file as the index does, and score the documents of the table in it."""
    content = work.file.read_bytes()
    submission = parse_submission(content, name=work.file.name)
    if not submission.documents:
        key = work.documents[0][0]
        submission = Submission(submission.header, (Document(key.form, 1, key.path, "", content),))
    return [_judge(content, submission, each) for each in work.documents]


def _judge(content: bytes, submission: Submission, wanted: tuple[Key, list[Row]]) -> Judged:
    key, rows = wanted
    documents = {each.ordinal: each for each in submission.documents}
    document, following = documents[key.ordinal], documents.get(key.ordinal + 1)
    header = submission.header
    extracted = extract_text(document, form=header.form or key.form, filed=header.filed)
    stretch = slice(document.offset, following.offset if following else len(content))
    located = _located(extracted, _decoded(content[stretch]))
    score, complaints = compare(_wanted(content, stretch.start, rows), located)
    return Judged(key, score, tuple(complaints))


def _wanted(content: bytes, begin: int, rows: list[Row]) -> list[Place]:
    def measured(start: int, end: int) -> int:
        return len(squeezed(_decoded(content[start:end])))

    return [
        Place(item, measured(begin, at), (measured(at, at + lengths[0]), measured(at, at + lengths[1])), must)
        for item, at, lengths, must in rows
        if item != "-"
    ]


def _located(extracted: ExtractedText, source: str) -> list[Place]:
    if not extracted.sections:
        return []
    whole, text = squeezed(source), squeezed(extracted.text)
    places = list[Place]()
    for section in filter(_is_item, extracted.sections):
        start = len(squeezed(extracted.text[: section.start]))
        length = len(squeezed(extracted.text[section.start : section.end]))
        name = _VARIANT.sub("", section.name)
        at = _element(source, name) if "<edgarSubmission" in source else found_in(whole, text, start)
        places.append(Place(name, -NEAR - 1 if at is None else at, (length, length)))
    return places


def _is_item(section: Section) -> bool:
    """Whether it has a number; the table knows nothing of captions."""
    return re.match(r"(?:I{1,2}\.)?\d", section.name) is not None


def _element(source: str, item: str) -> int | None:
    """Where the element of an item begins; its heading stands in the text only, made from the element's name."""
    element = re.search(rf"<(?:\w+:)?item{item}>", source)
    return len(squeezed(source[: element.start()])) if element else None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def squeezed(text: str) -> str:
    """Leave letters and digits alone, in one case, without markup and with its characters decoded.

    >>> squeezed("<b>Item&nbsp;1A.</b> Risk<br>Factors < 5%")
    'item1ariskfactors5'
    """
    plain = html.unescape(_MARKUP.sub("", text))
    return _REST.sub("", unicodedata.normalize("NFKC", plain)).casefold()


def found_in(source: str, text: str, start: int) -> int | None:
    """Find in `source` what `text` has at `start`; of like places the longest key tells the right one, or nearness.

    >>> source = squeezed("Item 1. Mills 4 Item 2. Banks 9 Item 1. Mills The mill makes flour. Item 2. Banks None.")
    >>> found_in(source, squeezed("Item 1. Mills The mill makes flour. Item 2. Banks None."), 0)
    22
    """
    for size in _KEYS:
        for later in _LATER:
            key = text[start + later : start + later + size]
            places = [match.start() for match in re.finditer(f"(?={re.escape(key)})", source)] if key else []
            if places and (not later or len(key) >= min(_KEYS)):
                return min(places, key=lambda at: abs(at - start - later)) - later
    return None


def compare(wanted: list[Place], located: list[Place]) -> tuple[Score, list[str]]:
    """Let each wanted item be met by one located item at most; what meets one that only may be located is left out."""
    left = list(wanted)
    right = counted = 0
    complaints = list[str]()
    for place in located:
        met = next((each for each in left if each.item == place.item and abs(each.start - place.start) <= NEAR), None)
        if met is not None and not met.must:
            continue
        counted += 1
        if met is None:
            complaints.append(f"{place.item} at {place.start} is none")
            continue
        left.remove(met)
        if _same_length(met.lengths, place.lengths[0]):
            right += 1
        else:
            complaints.append(f"{place.item} is {place.lengths[0]:,} long, not {met.lengths[0]:,}")
    misplaced = sum(each.must for each in wanted) - sum(each.must for each in left) - right
    complaints += [f"{each.item} at {each.start} is missing" for each in left if each.must]
    return Score(right, sum(each.must for each in wanted), counted, misplaced), complaints


def _same_length(lengths: tuple[int, int], length: int) -> bool:
    low, high = lengths
    return low - max(SLACK, SHARE * low) <= length <= high + max(SLACK, SHARE * high)


def total(scores: Iterable[Score]) -> Score:
    """Add up.

    >>> total([Score(1, 2, 3, 1), Score(4, 4, 4, 0)])
    Score(right=5, wanted=6, located=7, misplaced=1)
    """
    return Score(*(sum(column) for column in zip(*scores, strict=True)))


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Bound a share by its 95 % interval (Wilson, 1927).

    >>> [round(bound, 3) for bound in wilson(9, 10)], wilson(0, 0)
    ([0.596, 0.982], (0.0, 1.0))
    """
    if not trials:
        return 0.0, 1.0
    z, share = 1.96, hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return middle - half, middle + half
