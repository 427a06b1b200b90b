"""The exceptions of asking; each one's text is what the user sees."""

import unicodedata

from indexer.printing import columns, spaced


class SearchError(Exception):
    """A reason not to answer: what is wrong, where, and what to do, in one line."""


class SearchTimeoutError(SearchError):
    """An answer took longer than it may. There is none, not even a part of one."""

    def __init__(
        self, seconds: float, what: str = "the search", advice: str = "ask for less, or allow it more time"
    ) -> None:
        super().__init__(f"{what} took longer than {seconds:g} s and was given up: {advice}")
        self.seconds = seconds


class FilterError(SearchError):
    """A filter's value that cannot be read; the text is as the command line has it, which calls filters by options."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"--{field}{value and f' {value}'}: {reason}")
        self.field = field
        self.value = value
        """As it was typed; empty when there is none."""
        self.reason = reason


class TooWideError(SearchError):
    """The patterns of a query stand for more words than they may in all; the message names the widest."""


class QuerySyntaxError(SearchError):
    """A query that cannot be read. Draws itself: the message, the query, and a marker under the span."""

    def __init__(self, message: str, source: str, span: tuple[int, int]) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.span = span
        """Offsets (start, end) into `source`; start == end marks a place between characters."""

    def __str__(self) -> str:
        return "\n  ".join((self.message, *marked(self.source, self.span)))


class UnknownFieldError(QuerySyntaxError):
    """A field name that is not in the schema; the message names the nearest."""


_BEFORE, _INSIDE, _AFTER = 24, 24, 22
"""Characters of a query that are drawn around what cannot be read, so that a terminal of 80 columns shows them all."""


def marked(source: str, span: tuple[int, int]) -> tuple[str, str]:
    """Write the source on one line, cut to what surrounds the span, and the marker that stands under it.

    Where letters run from right to left the terminal reorders them, and no marker would stand right: the span is set
    between brackets in the line instead.

    >>> print("\\n".join(marked("orphan OR", (7, 9))))
    orphan OR
           ^^
    """
    start, end = span
    low, high = max(0, start - _BEFORE), min(len(source), max(start + 1, min(end, start + _INSIDE)) + _AFTER)
    before, inside, after = (spaced(source[a:b]) for a, b in ((low, start), (start, min(end, high)), (end, high)))
    before, after = "…" * (low > 0) + before, after + "…" * (high < len(source))
    if any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in before + inside + after):
        return f"{before}[{inside}]{after}", f"at character {start + 1}"
    return f"{before}{inside}{after}", " " * columns(before) + "^" * max(1, columns(inside))
