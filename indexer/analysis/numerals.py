"""What a number is: which points and commas belong to one, so that it is one word.

A number is digits, with a comma before every three of them or none, and at most one point with digits behind it that
is not followed by another point and digit: `21.5`, `1,234.56` and `.5` are one word each; `1,2,3`, `5.2.1`,
`12.31.2017` and `212.555.1234` are several. A letter before it makes it none; behind it a unit may stand, as in `1.5M`,
unless a hyphen follows (`240.12b-2`). A number is compared without its commas, and without a zero before the point.

Here a text is looked at word by word; `indexer.analysis.word_bytes` finds the same for all of a long text at once.
"""

from collections.abc import Iterator, Sequence

from indexer.first_use import regex

MAX_DIGITS = 15
"""Digits before the point, and behind it, that a number may have."""
UNIT = "mm|mn|bn|tn|[kmbtx]"

_RUN = regex("[^\x00-/:-`{-\x7f]+")
"""Digits, small letters and all beyond ASCII, written as what they are not: that is compiled in no time."""
_JOINT = regex("[.,][0-9]")
_TAIL = regex(rf"([0-9]{{1,{MAX_DIGITS}}})(?:{UNIT})?")
_DECIMAL = regex(r"([0-9]*)\.([0-9]+)")
_PADDED = regex("0+([1-9][0-9]*)")
_CIK_DIGITS = 10


def has_joint(text: str) -> bool:
    """Tell whether a text has a point or a comma before a digit at all."""
    return _JOINT.search(text) is not None


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a folded text, as (start, end): its numbers, and other runs of letters and digits.

    >>> [("on 1,234.56 or 1,2"[start:end]) for start, end in runs("on 1,234.56 or 1,2")]
    ['on', '1,234.56', 'or', '1', '2']
    """
    found = [match.span() for match in _RUN.finditer(text)]
    joints = _Joints(text, found)
    start = -1
    for index, (begin, end) in enumerate(found):
        if start < 0:
            start = begin - (joints.marks[index] == "." and joints.leads(index) and joints.is_point(index))
        if index + 1 == len(found) or not joints.joins(index + 1):
            yield start, end
            start = -1


def canonical(word: str) -> str:
    """Return a word as it is compared: a number without commas, and without a zero before its point.

    >>> canonical("1,234.50"), canonical("0.5"), canonical("10.5")
    ('1234.50', '.5', '10.5')
    """
    plain = word.replace(",", "")
    return plain[1:] if plain.startswith("0.") else plain


def value(word: str) -> str | None:
    """Return what numbers of one value share, None for what is no number with zeros that say nothing.

    Those are zeros that end the digits behind a point, and those that fill a CIK up to ten digits.

    >>> value("21.50"), value("5.00"), value("0000320193"), value("320193")
    ('21.5', '5', '320193', None)
    """
    if found := _DECIMAL.fullmatch(word):
        behind = found[2].rstrip("0")
        return f"{found[1]}.{behind}" if behind else found[1] or None
    padded = _PADDED.fullmatch(word) if len(word) == _CIK_DIGITS else None
    return padded[1] if padded else None


class _Joints:
    """Which points and commas join runs of letters and digits of a folded text."""

    def __init__(self, text: str, found: Sequence[tuple[int, int]]) -> None:
        self._text, self._runs = text, found
        self.marks = [self._mark(start) for start, _ in found]
        """Of each run, the point or comma right before it, if it begins with a digit; else nothing."""
        self._commas = self._valid_commas()

    def _mark(self, start: int) -> str:
        is_mark = start > 0 and self._text[start - 1] in ".," and self._text[start] in "0123456789"
        return self._text[start - 1] if is_mark else ""

    def joins(self, index: int) -> bool:
        """Tell whether the run is joined to the one before."""
        if self.marks[index] == ",":
            return index in self._commas
        return self.marks[index] == "." and self._digits_before(index) > 0 and self.is_point(index)

    def leads(self, index: int) -> bool:
        """Tell whether the mark before the run has no digit, letter or other such mark before it."""
        start = self._runs[index][0]
        return not self._touches(index) and (start < 2 or self._text[start - 2] not in ".,")

    def is_point(self, index: int) -> bool:
        """Tell whether the mark before the run is the point of a number."""
        if self.marks[index] != "." or not self._ends(index):
            return False
        if not (self.leads(index) or 1 <= self._digits_before(index) <= MAX_DIGITS):
            return False
        return not (self._after_point(index) or self._before_point(index))

    def _touches(self, index: int) -> bool:
        """Tell whether nothing but the mark is between the run and the one before."""
        return index > 0 and self._runs[index - 1][1] == self._runs[index][0] - 1

    def _digits(self, index: int) -> int:
        """Count the digits of a run that has nothing else; 0 for any other."""
        start, end = self._runs[index]
        run = self._text[start:end]
        return end - start if run.isascii() and run.isdecimal() else 0

    def _digits_before(self, index: int) -> int:
        return self._digits(index - 1) if self._touches(index) else 0

    def _counts(self, index: int) -> bool:
        """Tell whether the mark before the run has a digit before it, too."""
        return self._touches(index) and self._text[self._runs[index][0] - 2] in "0123456789"

    def _after_point(self, index: int) -> bool:
        """Tell whether the number before the mark has a point already."""
        if not self._digits_before(index) or self.marks[index - 1] != ".":
            return False
        return self._counts(index - 1) or self.leads(index - 1)

    def _before_point(self, index: int) -> bool:
        after = index + 1
        return after < len(self._runs) and bool(self._digits_before(after)) and self.marks[after] == "."

    def _ends(self, index: int) -> bool:
        """Tell whether the run is digits, and perhaps a unit."""
        start, end = self._runs[index]
        found = _TAIL.fullmatch(self._text, start, end)
        return found is not None and (found.end(1) == end or self._text[end : end + 1] != "-")

    def _valid_commas(self) -> set[int]:
        """Find the runs that a comma joins to the one before: in a row of commas all do, or none."""
        valid, row = set[int](), list[int]()
        for index in [*range(len(self._runs)), None]:
            if row and (index is None or not self._follows_comma(index)):
                valid |= set(row) if all(map(self._is_comma, row)) else set()
                row = []
            if index is not None and self.marks[index] == ",":
                row.append(index)
        return valid

    def _follows_comma(self, index: int) -> bool:
        if self.marks[index] != "," or not self._digits_before(index):
            return False
        return self.marks[index - 1] == "," and self._counts(index - 1)

    def _is_comma(self, index: int) -> bool:
        start, end = self._runs[index]
        found = _TAIL.match(self._text, start, end)
        is_three = found is not None and found.end(1) - start == 3
        return is_three and self._ends(index) and 1 <= self._digits_before(index) <= 3 and not self._after_point(index)
