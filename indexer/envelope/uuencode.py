"""Decoding the uuencoded documents of a submission: graphics, PDF, zip and spreadsheet files.

Served files have lost the blanks at the ends of lines, so that each line is taken as if blanks followed it. What was
decoded is not looked at here.
"""

import binascii
import re
from typing import NamedTuple

from indexer.errors import Problem, ProblemKind

_BEGIN = re.compile(rb"\s*begin(?:-[a-z]+)? ([0-7]{3,4}) ?([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_NOTHING = re.compile(rb"(?:[ `]*+[\r\n])*+(?i:end)\s*\Z")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_JUNK = 4
"""Characters that may follow what a line needs: a checksum, or a group of nothing (0001193125-08-224958)."""

_ENDS = (b"end", b"END")


class Uudecoded(NamedTuple):
    """A file as it was before it was uuencoded."""

    name: str
    """On the `begin` line; a name only, never a path to write to."""
    mode: int
    """Unix permissions: 0o644."""
    data: bytes
    problems: tuple[Problem, ...]
    """Of kind DAMAGED_DOCUMENT; the data is then as much as could be decoded."""


def is_uuencoded(content: bytes) -> bool:
    """Tell whether a document's bytes are uuencoded, by its first two lines.

    >>> is_uuencoded(b"begin 644 cat.txt\\n#0V%T\\n`\\nend\\n"), is_uuencoded(b"begin 644 words with care\\n")
    (True, False)
    """
    begin = _BEGIN.match(content, 0, 4096)
    if begin is None:
        return False
    following = content[begin.end() : begin.end() + 128]
    line = _LINE_END.split(following, maxsplit=1)[0]
    return bool(_NOTHING.match(following)) or (_size(line) > 0 and len(line.rstrip()) <= _width(line) + _JUNK)


def decode(content: bytes) -> Uudecoded:
    """Decode the file in a uuencoded document; whatever is wrong with it is a problem, and the rest is decoded.

    >>> decode(b"begin 644 cat.txt\\n#0V%T\\n`\\nend\\n")
    Uudecoded(name='cat.txt', mode=420, data=b'Cat', problems=())
    """
    begin = _BEGIN.match(content)
    if begin is None:
        return Uudecoded("", 0, b"", (_damaged("not uuencoded: no begin line", "nothing decoded"),))
    name = begin[2].decode("utf-8", "replace").strip()
    data, problems = _decoded_lines(_LINE_END.split(content[begin.end() :]))
    return Uudecoded(name, int(begin[1], 8), data, problems)


def _decoded_lines(lines: list[bytes]) -> tuple[bytes, tuple[Problem, ...]]:
    pieces: list[bytes] = []
    wrong: list[int] = []
    ended = False
    for number, line in enumerate(lines, 2):
        if line.rstrip() in _ENDS:
            ended = True
            break
        piece, right = _decoded_line(line)
        pieces.append(piece)
        if not right:
            wrong.append(number)
    return b"".join(pieces), tuple(_problems(wrong, ended=ended))


def _decoded_line(line: bytes) -> tuple[bytes, bool]:
    """A line's bytes, and whether the line was as long as its first character says, and of the right characters."""
    if not line:
        return b"", True
    try:
        return binascii.a2b_uu(line), True
    except binascii.Error:
        pass
    try:
        # Many encoders fill the last group with whatever lay in memory (0001047469-07-009340).
        return binascii.a2b_uu(line[: _needed(line)]), len(line.rstrip()) <= _width(line) + _JUNK
    except binascii.Error:
        return bytes(_size(line)), False


def _size(line: bytes) -> int:
    """How many bytes a line says it holds."""
    return (line[0] - 32) & 63 if line else 0


def _width(line: bytes) -> int:
    """How many characters a line takes that holds so many bytes, its first included."""
    return 1 + (_size(line) + 2) // 3 * 4


def _needed(line: bytes) -> int:
    """How many of a line's characters carry its bytes, the first included."""
    return 1 + (_size(line) * 8 + 5) // 6


def _problems(wrong: list[int], *, ended: bool) -> list[Problem]:
    found = []
    if wrong:
        message = (
            f"{len(wrong)} uuencoded lines of a wrong length or with wrong characters, the first at line {wrong[0]}"
        )
        found.append(_damaged(message, "decoded as far as their lengths go"))
    if not ended:
        found.append(_damaged("uuencoded data without its end line", "decoded as far as it goes"))
    return found


def _damaged(message: str, outcome: str) -> Problem:
    return Problem(ProblemKind.DAMAGED_DOCUMENT, message, outcome=outcome)
