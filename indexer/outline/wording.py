"""What the words of a line tell: a page number at its end, that it goes on from a page before, that it refers to a
heading and is none. Everything looked at is bounded.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

LEAD = " \t\xa0.:;,|)]}>–—-*•·_#~"
TAIL = LEAD
"""What stands around a title and is not of it."""
PARAGRAPH = 400
"""Characters of a paragraph that are read to judge a line."""
_PAGE_ENDS = frozenset("0123456789-–—*")
_PAGE_AT_END = 60
"""Characters at the end of a line in which its page number stands."""
_PAGE_NUMBER = re.compile(
    r"(?<![^\s.…])(?:[A-Za-z]{1,3}-)?\d{1,3}(?:\s?[-–—,]\s?(?:[A-Za-z]{1,2}-)?\d{1,3}){0,9}"
    r"(?:\s{1,40}[-–—*]{1,3}){0,3}\s{0,9}\Z"
)
_CONTINUED = re.compile(
    r"[(\[–—-]\s{0,3}cont(?:inued|['’]?d|['’]t|n['’]?[td]|in['’]d|\.)?(?![a-z])"
    r"|[(\[–—-]\s{0,3}con['’]t|\bcontinued\W{0,9}\Z|\b(?:cont['’]d|con['’]t)\W{0,9}\Z",
    re.I,
)
_QUOTED = 80
"""Characters in which a quotation makes a line a reference."""
_QUOTES = "\"“”'‘’`"
_SENTENCE_END = re.compile(r"[.:\t](?:(?<=\t)|(?<=[a-z)\]”][.:])(?:\s|$))")
_RUNS_ON = re.compile(
    r"\b(?:of|in|to|under|from|within) (?:this|our|its"
    r"|the (?:annual|quarterly|form|company|registrant|proxy|prospectus))\b"
    r"|\b(?:herein|hereof|above|below|of part [ivx]+|included|contained|incorporated|set forth|described|discussed|see"
    r"|appear(?:s|ing)|contains?|and in|for (?:a|further|more|additional))\b"
)
_AMENDS = re.compile(
    r"(?:of|is|are|in|to|shall|has|on)\b[^\n]{0,160}\b(?:amend|supplement|restate|replace|delete)", re.I
)
_LEFT_OUT = re.compile(
    r"(?:(?:is|are|was|were|has|have|been|not|hereby|and)\s{1,8}){1,5}(?:omitted|applicable|required|inapplicable|reportable)",
    re.I,
)
_NOTHING = re.compile(
    r"(?:not (?:applicable|required)|inapplicable|none|n/a|omitted|reserved|see (?:item|note|page|exhibit|part))\b",
    re.I,
)
"""What stands in place of a title."""


def places(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands; four times as fast as a pattern."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def past_lead(text: str, at: int) -> int:
    """Find the first character from a place on that is no stop, bracket or bullet."""
    while at < len(text) and text[at] in LEAD:
        at += 1
    return at


def is_apart(text: str, start: int) -> bool:
    """Tell whether an empty line stands above the line that begins there, or nothing."""
    return start == 0 or text[start - 2 : start] in ("\n", "\n\n")


def end_of_line(text: str, start: int) -> int:
    """Find where a line ends, or is cut as too long."""
    end = text.find("\n", start, start + PARAGRAPH)
    return min(len(text), start + PARAGRAPH) if end < 0 else end


def continues(text: str, start: int) -> bool:
    """Tell whether a line goes on with a sentence of the line before it, as in wrapped text."""
    before = text[max(0, start - 200) : start]
    last = before.removesuffix("\n").rpartition("\n")[2].strip()
    return len(last) > 40 and not before.endswith("\n\n") and (last[-1].islower() or last[-1] == ",") and " " in last


def ends_in_page(line: str) -> bool:
    """Tell whether a line ends in a page number: `Properties ... 12`, `F-3`, `12 - 14`."""
    end = line[-_PAGE_AT_END:].rstrip()
    return end[-1:] in _PAGE_ENDS and _PAGE_NUMBER.search(end) is not None


def is_continued(title: str) -> bool:
    """Tell whether a title says that it goes on from a page before: `(Continued)`, `(cont'd)`."""
    said = title[:200].lower()
    return ("cont" in said or "con'" in said or "con’" in said) and _CONTINUED.search(said) is not None


def without_page(line: str) -> str:
    """Take the page number off the end of a line."""
    return line[:-_PAGE_AT_END] + _PAGE_NUMBER.sub("", line[-_PAGE_AT_END:])


def says_nothing(title: str) -> bool:
    """Tell whether `None`, `Not applicable` or the like stands in place of a title."""
    return _NOTHING.match(title) is not None


def amends(paragraph: str) -> bool:
    """Tell whether a sentence stands for a title and amends the item, as in 13D: `Item 4 is hereby amended ...`."""
    return _AMENDS.match(paragraph) is not None


@lru_cache(maxsize=4096)
def runs_on(title: str) -> bool:
    """Tell whether a sentence goes on behind the title, as in a reference: `Legal Proceedings of this report`."""
    return _RUNS_ON.search(first_sentence(title)) is not None


def first_sentence(paragraph: str) -> str:
    """Cut a paragraph at the end of its first sentence or cell, without what sets it off."""
    return _SENTENCE_END.split(paragraph[:200], maxsplit=1)[0].rstrip(TAIL)


def against(paragraph: str, *, fit: bool) -> float:
    """Weigh how much a paragraph speaks for a reference within running text: 0 nothing, 3 all."""
    if not paragraph:
        return 0.0
    if paragraph[0] in _QUOTES:
        return _of_quoted(paragraph)
    if not fit and (_LEFT_OUT.match(paragraph) or _NOTHING.match(paragraph)):
        return 0.3
    if paragraph[0].islower() and not fit:
        return 0.8 if amends(paragraph) else 3.0
    sentence = first_sentence(paragraph)
    quoted = min((at for mark in '"“”' if (at := sentence.find(mark, 0, _QUOTED)) >= 0), default=-1)
    if quoted >= 0 and sentence[:quoted].rstrip()[-1:] in ("-", "–", "—", ",", ":", ""):
        return 2.0
    if sentence.isupper():
        return 0.0
    return (1.5 if _RUNS_ON.search(sentence) else 0.0) + (0.3 if paragraph[0].islower() else 0.0)


def _of_quoted(paragraph: str) -> float:
    """Against a quoted title: nothing when the quotation is all there is, or ends a sentence."""
    closing = next((at for at, char in enumerate(paragraph[1:120], 1) if char in '"”’\'`'
                    and not paragraph[at + 1 : at + 2].isalnum()), None)  # fmt: skip
    if closing is None:
        return 1.0
    after = paragraph[closing + 1 :].lstrip(" .,;:)-–—")
    return 0.0 if not after or paragraph[closing - 1] == "." else 3.0
