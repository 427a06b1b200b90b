"""Leaving the bytes of pictures out of a submission while it is read, so that it takes the memory of its texts.

A picture, like a spreadsheet or an archive, is a uuencoded document of which nothing is indexed: its first lines tell
what it is. A PDF is kept. What was left out is remembered, so that every place in the file can still be told.
"""

import re

from indexer.filings import Gap

_BEGIN = re.compile(rb"\nbegin")
"""A pattern, which looks for the line ends, takes half of the time that `find` does."""
_LENGTH = len(b"\nbegin")
_PICTURE = re.compile(rb"\nbegin(?:-[a-z]+)? [0-7]{3,4} ?([^\r\n]{0,255})\r?\n((?:M[ -`]{60}\r?\n){2})")
_PDF = b"M)5!$1BT"
"""How the first line of a uuencoded PDF begins."""
_BEFORE = 32
"""Bytes before a picture that are looked at for its <TEXT>."""
_AHEAD = 1 << 10
"""Bytes in which a picture's first two lines end."""
_ENDS = (b"\nend", b"\n</TEXT>", b"\n</DOCUMENT>")
"""What no line of a picture is: a small letter is none of its characters, and its own text is over with its tag."""
_LONGEST_END = max(map(len, _ENDS))


class Sieve:
    """Takes a file piece by piece and gives back what is kept of it.

    >>> sieve = Sieve()
    >>> lines = b"M" + 60 * b"@" + b"\\n"
    >>> kept = sieve.feed(b"<TEXT>\\nbegin 644 logo.jpg\\n" + 100_000 * lines + b"end\\n</TEXT>\\n") + sieve.rest()
    >>> len(kept), sieve.gaps
    (162, [Gap(at=149, size=6199876)])
    """

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self._kept = 0
        self._waiting = b""
        self._within = self._is_last = False

    def feed(self, piece: bytes, *, is_last: bool = False) -> bytes:
        """Return what is kept of the file up to here, but for a few bytes that the next piece decides on.

        What `is_last` comes back whole, and is not copied where nothing is left out.
        """
        self._waiting += piece
        self._is_last = is_last
        parts = []
        while (part := self._within_picture() if self._within else self._outside()) is not None:
            parts.append(part)
            self._kept += len(part)
        if is_last:
            parts.append(self._taken(len(self._waiting)))
        return b"".join(parts)

    def rest(self) -> bytes:
        """Return what is kept of the bytes that `feed` held back, at the end of the file."""
        return self._waiting

    def _outside(self) -> bytes | None:
        """What stands before the next picture, or before what may be the beginning of one; None for nothing more."""
        buffer = self._waiting
        keep = len(buffer) - _LENGTH
        for begin in _BEGIN.finditer(buffer):
            if len(buffer) - begin.start() < _AHEAD:
                keep = begin.start()
                break
            picture = _PICTURE.match(buffer, begin.start())
            if picture and not picture[2].startswith(_PDF) and _follows_text(buffer, begin.start()):
                self._within = True
                return self._taken(picture.end() - 1)
        keep -= _BEFORE
        return self._taken(keep) if keep > 0 and not self._is_last else None

    def _within_picture(self) -> bytes | None:
        """Nothing, and the gap that is in its place; None when the picture goes on in the next piece."""
        ends = [at for at in map(self._waiting.find, _ENDS) if at >= 0]
        size = min(ends) if ends else len(self._waiting) - _LONGEST_END
        if size > 0:
            self._leave_out(size)
        self._within = not ends
        return b"" if ends else None

    def _leave_out(self, size: int) -> None:
        self._taken(size)
        if self.gaps and self.gaps[-1].at == self._kept:
            size += self.gaps.pop().size
        self.gaps.append(Gap(self._kept, size))

    def _taken(self, size: int) -> bytes:
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        return taken


def _follows_text(buffer: bytes, at: int) -> bool:
    return buffer[max(0, at - _BEFORE) : at].rstrip().endswith(b"<TEXT>")
