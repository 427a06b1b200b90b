"""The exceptions of asking; each one's text is what the user sees."""


class SearchError(Exception):
    """A reason not to answer: what is wrong, where, and what to do, in one line."""


class QuerySyntaxError(SearchError):
    """A query that cannot be read. Draws itself: the message, the query, and a marker under the span."""

    def __init__(self, message: str, source: str, span: tuple[int, int]) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.span = span
        """Offsets (start, end) into `source`; start == end marks a place between characters."""

    def __str__(self) -> str:
        start, end = self.span
        line = "".join(character if character.isprintable() else " " for character in self.source)
        return f"{self.message}\n  {line}\n  {' ' * start}{'^' * max(1, end - start)}"


class UnknownFieldError(QuerySyntaxError):
    """A field name that is not in the schema; the message names the nearest."""


class NoIndexError(SearchError):
    """There is no index at the place given."""
