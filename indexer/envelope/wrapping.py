"""Undoing the breaks that www.sec.gov put into long lines of `.txt` submissions.

Lines of more than 1,023 characters were broken after the 1,023rd, in the middle of words, tags and attribute values.
Submissions of later years are served unbroken; a document with any longer line was not broken at all.
"""

from typing import AnyStr

WRAP = 1023
"""Characters in a broken line, without its line end."""

_LONGEST = 4 * WRAP
"""Bytes that 1,023 characters of UTF-8 can take."""


def unwrapped(content: bytes) -> bytes:
    """Join the broken lines of a document; the same object comes back when none was broken.

    >>> unwrapped(b"a" * 1023 + b"\\nbc\\n") == b"a" * 1023 + b"bc\\n"
    True
    """
    line_end = _line_end(content)
    breaks, longer = _breaks(content, line_end)
    if longer < 0:
        return _joined(content, line_end, breaks)
    end = content.find(line_end, longer)
    if (end if end >= 0 else len(content)) - longer > _LONGEST or content.isascii():
        return content
    return _unwrapped_by_characters(content, line_end)


def _unwrapped_by_characters(content: bytes, line_end: bytes) -> bytes:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    ends = line_end.decode()
    breaks, longer = _breaks(text, ends)
    return _joined(text, ends, breaks).encode() if longer < 0 and breaks else content


def _line_end(content: bytes) -> bytes:
    newline = content.find(b"\n")
    if newline < 0:
        return b"\r"
    return b"\r\n" if content[newline - 1 : newline] == b"\r" else b"\n"


def _breaks(content: AnyStr, line_end: AnyStr) -> tuple[list[int], int]:
    """The ends of all lines of exactly 1,023, and the start of the first line that is longer, or -1.

    Looks back for a line end from the farthest place where one may stand, so that most lines are never looked at.
    """
    breaks: list[int] = []
    start, width = 0, len(line_end)
    while start + WRAP < len(content):
        end = content.rfind(line_end, start, start + WRAP + width)
        if end < 0:
            return breaks, start
        if end == start + WRAP and content.find(line_end, start, end) < 0:
            breaks.append(end)
        start = end + width
    return breaks, -1


def _joined(content: AnyStr, line_end: AnyStr, breaks: list[int]) -> AnyStr:
    if not breaks:
        return content
    starts = [0, *(at + len(line_end) for at in breaks)]
    return content[:0].join(content[start:end] for start, end in zip(starts, [*breaks, len(content)], strict=True))
