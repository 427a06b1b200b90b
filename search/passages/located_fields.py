"""Where words stand in a text, by the index: what `search.query.matcher.Fields` says of it, without splitting it.

Of a text of megabytes the index knows the few places that are asked for.
"""

from collections.abc import Iterable
from itertools import chain

from search.passages.indexed import IndexedText
from search.query import nodes as q
from search.query.matcher import ANYWHERE, Bounds
from search.query.occurrences import Positions
from search.query.spans import WordSpan


class LocatedFields:
    """The text of one document, as far as some leaves ask of it."""

    def __init__(self, text: IndexedText, leaves: Iterable[q.Leaf]) -> None:
        """Look up where the words of these leaves stand; no other leaf may be asked."""
        self._text = text
        forms = text.forms(leaves)
        words = text.every() if forms is None else text.known(dict.fromkeys(chain.from_iterable(forms.values())))
        self._positions: Positions = words.positions

    def occurrences(self, query: q.Query, *, bounds: Bounds = ANYWHERE) -> set[WordSpan]:
        """Find every occurrence in the text, where it counts; see `Positions.occurrences`."""
        if bounds.text is None:
            return self._positions.occurrences(query)
        return {span for section in bounds.text for span in self._positions.occurrences(query, section)}

    def bounds(self, names: q.Query) -> tuple[WordSpan, ...]:
        """Find the sections whose names fit, in words."""
        found = self._text.sections(names)
        return tuple(map(WordSpan, found.starts.tolist(), found.ends.tolist()))
