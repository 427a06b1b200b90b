"""Where the last item of a document ends: at the signatures, the financial pages, the auditor's report.

Only what stands on a line of its own, or begins one, is taken; every pattern begins with a line end, so that looking
for it takes one pass.
"""

import re

from indexer.outline.wording import places

_BEGINS = r"\n[^\w\n]{0,80}+"
"""A line, up to its first word."""
_BY_RULE = r"pursuant\s{1,8}to\s{1,8}the\s{1,8}requirements?\s{1,8}of\s"
_SIGNATURES = re.compile(
    rf"{_BEGINS}(?:part iv\W{{1,9}})?"
    r"S(?:\s?I\s?G\s?N\s?A\s?T\s?U\s?R\s?E(?:\s?S|\s?\(\s?S\s?\))?|ignatures?(?:\(s\))?)"
    r"(?i:\s{1,4}(?:pages?|and certifications?))?[^\w\n]{0,80}(?=\n|\Z)"
)
_PURSUANT = re.compile(rf"{_BEGINS}{_BY_RULE}", re.I)
_OTHER_ENDS = re.compile(
    rf"{_BEGINS}(?:{_BY_RULE}"
    r"|after\s{1,8}reasonable\s{1,8}inquiry\b"
    r"|financial section[^\w\n]{0,40}(?=\n|\Z))",
    re.I,
)
"""With how the certification of a Schedule 13D or 13G begins."""
_PART = re.compile(rf"{_BEGINS}part\s{{1,4}}(?P<part>iii|ii|iv)\b[^\w\n]{{0,80}}(?=\n)", re.I)
_AUDITOR = re.compile(
    rf"{_BEGINS}(?:reports? of\s{{1,4}}(?:[a-z&.,]{{1,20}}\s{{1,4}}){{0,4}}?"
    r"(?:independent|certified|registered)[^\n]{0,80}"
    r"|independent\s{1,4}(?:auditor|accountant)s?[’']{0,2}s?[’']? reports?)[^\w\n]{0,40}(?=\n)",
    re.I,
)
_ADDRESSED = re.compile(
    r"\bto the\s{1,8}(?:board|share|stock|members|owners|partners|directors)|\bwe have audited\b", re.I
)
_FIRST_FINANCIAL_PAGE = re.compile(r"\n[^\w\n]{0,160}+F-1[^\w\n]{0,40}(?=\n|\Z)")
_BEFORE = 200
"""Characters of a line before the word."""
_PAGE = 6000
"""Characters before a heading in which a running head says its part."""
_BELOW = 300
"""Characters below the caption of a signature page in which it says what it is pursuant to."""
_SCHEDULE = 15_000
"""Characters of an auditor's report on an item's schedules, with the schedules; one on the statements is longer."""
_ADDRESS = 700
"""Characters below the caption of an auditor's report in which it is addressed to someone."""


def last_end(text: str, start: int, *, statements: bool) -> int:
    """Find where the item that begins at `start` ends, as no other follows it; `statements` whether it may hold them.

    >>> last_end("Item 15. Exhibits\\nNone.\\nS I G N A T U R E S\\nA. Velander", 0, statements=False)
    24
    """
    end = len(text)
    for pattern in (_SIGNATURES, _OTHER_ENDS):
        end = _before(pattern, text, (start, end))
    if statements:
        return end
    return _before(_FIRST_FINANCIAL_PAGE, text, (start, _auditors_report(text, (start, end))))


def next_part(text: str, start: int, end: int) -> int:
    """Find where the caption of another part stands alone between two places, the items between them left out.

    Where none does, that is the second place.
    """
    own = [each["part"].upper() for each in _PART.finditer(text, max(0, start - _PAGE), start)][-1:]
    found = (each.start() + 1 for each in _PART.finditer(text, start, end) if [each["part"].upper()] != own)
    return next(found, end)


def signed(text: str) -> list[int]:
    """Find where signature pages begin: their caption, and what they are pursuant to below it."""
    lines = (text.rfind("\n", max(0, at - _BEFORE), at) for at in places(text, "SIGNATURE"))
    found = (_SIGNATURES.match(text, line) for line in lines if line >= 0)
    return sorted(
        each.start() + 1 for each in found if each and _PURSUANT.search(text, each.end(), each.end() + _BELOW)
    )


def _before(pattern: re.Pattern[str], text: str, reach: tuple[int, int]) -> int:
    """Where the first line in reach that the pattern finds begins; the end of the reach where none does."""
    found = pattern.search(text, *reach)
    return found.start() + 1 if found else reach[1]


def _auditors_report(text: str, reach: tuple[int, int]) -> int:
    for found in _AUDITOR.finditer(text, *reach):
        if reach[1] - found.start() < _SCHEDULE:
            break
        if _ADDRESSED.search(text, found.end(), found.end() + _ADDRESS):
            return found.start() + 1
    return reach[1]
