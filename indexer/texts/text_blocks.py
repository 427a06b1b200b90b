"""Cut a text into blocks, each compressed by itself, and a block into stretches, whose words are counted."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from indexer.analysis.tokenizer import words_before

BLOCK = 1 << 16
"""Characters of a block, about: read in 0.1 ms. Twice as long ones take 4 % less room. Measured 2026-11."""

STRETCH = 1 << 12
"""Characters of a stretch of a block, about: a word is found without counting from the first of its block."""


def split(text: str) -> Iterator[str]:
    """Cut a text into its blocks; each ends after white space, or where a word longer than a block does."""
    start = 0
    while start < len(text):
        end = _block_end(text, start)
        yield text[start:end]
        start = end


def _block_end(text: str, start: int) -> int:
    end = start + BLOCK
    if end >= len(text):
        return len(text)
    cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    while cut < start and end < len(text):  # one word longer than a block: go on to its end
        end = min(end + BLOCK, len(text))
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return cut + 1 if cut >= start else len(text)


def stretches(block: str) -> list[int]:
    """List where the stretches of a block begin: with it, and then at the first space after so many characters."""
    starts = [0]
    while (space := block.find(" ", starts[-1] + STRETCH)) >= 0:
        starts.append(space)
    return starts


def words_within(text: str, blocks: Sequence[str]) -> list[list[int]]:
    """Count the words of each block before each of its stretches, and last all of them."""
    inside = list(map(stretches, blocks))
    starts = [0, *accumulate(map(len, blocks))]
    offsets = [start + at for start, each in zip(starts, inside, strict=False) for at in each]
    before = words_before(text, [*offsets, len(text)])
    ends = [0, *accumulate(map(len, inside))]
    return [[count - before[low] for count in before[low : high + 1]] for low, high in pairwise(ends)]
