"""Which of the candidates are the headings: the sequence that weighs most in the form's own order.

What speaks for a line: its title is the item's, it is set apart, it stands in bold, text follows it, its part is right.
What speaks against it: it reads as a reference, says "continued", ends in a page number.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.edgar.headings import Numbering, fits
from indexer.edgar.item_titles import Heading
from indexer.outline.candidates import Candidate

_LITTLE, _ENOUGH = 150, 1500
"""Characters of text under a heading that speak for it, and those that speak more; what differs less is no difference,
so that of many alike the first is taken."""
_STEP = 0.3
_LEAST = 0.5
"""What a line must weigh."""
_UNDOUBTED = 3.4
"""What a line must weigh to be taken out of the form's order: nothing speaks against it."""
_NEARLY = 0.75
"""How much less than the heaviest of a run of lines of one item the first may weigh and still be its heading."""


class Choice(NamedTuple):
    """A line taken for the heading of one item."""

    name: str
    weight: float
    line: Candidate
    fits: bool
    """Whether its title is one of the item's."""


def choose(
    lines: Sequence[Candidate], lookup: Numbering, *, end: int, any_order: bool, bold: Mapping[int, bool]
) -> list[Choice]:
    """Choose the headings, in the order of the text.

    `lines` are the candidates outside tables of contents, `bold` says which of them stand in bold, by their starts,
    as far as that is known; the text is `end` characters long.
    """
    weighed = [
        choice
        for line, follows in zip(lines, _following(lines, end), strict=True)
        for choice in _choices(line, lookup, follows=follows, style=_style(bold, line))
    ]
    first = _first_of_runs(weighed)
    if any_order:
        return _heaviest_each(first)
    chosen = _heaviest_sequence(first, lookup.order)
    return sorted((*chosen, *_out_of_order(first, chosen)), key=lambda choice: choice.line.start)


def _style(bold: Mapping[int, bool], line: Candidate) -> float:
    """What its style says of a line: nothing where none stands in bold."""
    if bold.get(line.start):
        return 0.5
    return -0.3 if line.start in bold and any(bold.values()) else 0.0


def _choices(line: Candidate, lookup: Numbering, *, follows: int, style: float) -> list[Choice]:
    """The items a line may be the heading of, each with how much speaks for it."""
    base = (
        1.0
        + _STEP * (follows >= _LITTLE)
        + _STEP * (follows >= _ENOUGH)
        + 0.3 * line.apart
        + 0.3 * (len(line.numbers) > 1)
        + style
    )
    base -= 0.9 * line.has_page_number + 1.6 * line.is_continued + line.against
    return [_choice(line, heading, base) for heading in lookup.by_number[line.numbers[0]]]


def _choice(line: Candidate, heading: Heading, base: float) -> Choice:
    fit = fits(heading, line.words)
    part = heading.name.partition(".")[0]
    under = (0.5 if part == line.part else -0.5) if part in ("I", "II") and line.part else 0.0
    titled = 2.0 if fit else 0.3 if not line.words else -0.6
    return Choice(heading.name, base + titled + under, line, fit)


def _following(lines: Sequence[Candidate], end: int) -> list[int]:
    """How much text there is from each line to the next of another item, in characters."""
    follows: list[int] = []
    other, number, until = end, "", end
    for line in reversed(lines):
        if line.numbers[0] != number:
            other, number = until, line.numbers[0]
        follows.append(other - line.start)
        until = line.start
    return follows[::-1]


def _first_of_runs(choices: Sequence[Choice]) -> list[Choice]:
    """Of lines of one item in a row, such as running heads, the first that is nearly the heaviest, as heavy as that."""
    first: list[Choice] = []
    for _, run in groupby(choices, key=lambda choice: choice.line.numbers[0]):
        same = list(run)
        for name in dict.fromkeys(choice.name for choice in same):
            named = [choice for choice in same if choice.name == name]
            heaviest = max(choice.weight for choice in named)
            chosen = next(choice for choice in named if choice.weight >= heaviest - _NEARLY)
            first.append(chosen if chosen.weight == heaviest else chosen._replace(weight=heaviest))
    return sorted((each for each in first if each.weight >= _LEAST), key=lambda choice: choice.line.start)


def _out_of_order(choices: Sequence[Choice], chosen: Sequence[Choice]) -> list[Choice]:
    """Of the items that the sequence left out the lines that leave no doubt: statements behind the signatures."""
    taken = {number for choice in chosen for number in (choice.name, *choice.line.numbers[1:])}
    used = {choice.line.start for choice in chosen}
    left = [
        choice
        for choice in choices
        if choice.name not in taken
        and choice.line.start not in used
        and (choice.weight >= _UNDOUBTED or (len(choice.line.numbers) > 1 and chosen))
    ]
    return _heaviest_each(left)


def _heaviest_each(choices: Sequence[Choice]) -> list[Choice]:
    """For each item the line with most weight: the items of an 8-K stand in any order."""
    best: dict[str, Choice] = {}
    for choice in choices:
        if choice.name not in best or choice.weight > best[choice.name].weight:
            best[choice.name] = choice
    return sorted(best.values(), key=lambda choice: choice.line.start)


def _heaviest_sequence(choices: Sequence[Choice], order: Sequence[str]) -> list[Choice]:
    """The sequence in the form's own order that weighs most: the best for each item yet, line by line."""
    rank = {name: place for place, name in enumerate(order)}
    best: list[tuple[float, tuple[Choice, ...]]] = [(0.0, ())] * (len(order) + 1)
    for _, same_line in groupby(choices, key=lambda choice: choice.line.start):
        extended = []
        for choice in same_line:
            place = rank[choice.name]
            weight, sequence = best[place]
            extended.append((place, weight + choice.weight, (*sequence, choice)))
        for place, weight, sequence in extended:
            for at in range(place + 1, len(best)):
                if weight > best[at][0]:
                    best[at] = (weight, sequence)
    return list(best[-1][1])
