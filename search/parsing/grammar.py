"""From tokens to the tree.

    query       = and { "OR" and }
    and         = not { [ "AND" ] not }
    not         = { "NOT" | "-" } near
    near        = boosted { ( "NEAR(n)" | "BEFORE(n)" ) boosted }
    boosted     = operand [ "**" factor ]
    operand     = field ":" operand | [ "=" ] ( word | phrase | "(" query ")" ) | "*:*"

So `a OR b c` is `a OR (b c)`. What a field `section` in an `and` means is said in `scoping`. What does not fit is
reported, with its span, to a function that raises (a strict reading) or takes note (a lenient one); after a note the
reading goes on without the part that was reported.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from indexer.schema import BY_NAME, Kind
from search.parsing.corrections import with_distances
from search.parsing.lexer import QueryToken, TokenKind, tokens
from search.parsing.operands import Asked, WordRules, leaf
from search.parsing.row_scope import rowed
from search.parsing.section_scope import scoped
from search.query import nodes as q
from search.query import walk
from search.query.limits import (
    MAX_BEFORE_PARTS,
    MAX_BOOST,
    MAX_DEPTH,
    MAX_DISTANCE,
    MAX_NEAR_PARTS,
    MAX_WORDS,
)
from search.query.spans import TextSpan
from search.terms import values
from search.terms.names import READ_AS_NAMES, as_typed

Report: TypeAlias = Callable[[str, TextSpan], None]
"""Takes what is wrong and where; raises, or returns to have it ignored."""

_OPERANDS = {TokenKind.WORD, TokenKind.PHRASE, TokenKind.UNCLOSED}
_PROXIMITY = {TokenKind.NEAR, TokenKind.BEFORE}


class Grammar:
    """Reads one query; `report` hears of everything wrong, `unknown_field` of names that are no field's."""

    def __init__(self, text: str, reading: WordRules, *, report: Report, unknown_field: Report) -> None:
        self.spans: dict[int, TextSpan] = {}
        """Where the parts that must all match, or of which any must, stand in the text, by their identity."""
        self._text = text
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._reading = reading
        self._report = report
        self._unknown_field = unknown_field
        self._asked = Asked(BY_NAME["text"], "text")
        self._exact = False
        self._depth = 0
        self._words = 0
        self._end = 0

    def read(self) -> q.Query | None:
        """Read the tree of the whole query; None when it asks for nothing."""
        parts = [self._placed(self._alternatives)]
        while self._next.kind is not TokenKind.END:
            self._report("there is no ( for this )", self._take().span)
            parts.append(self._placed(self._alternatives))
        return _joined(q.And, parts)

    def _take(self) -> QueryToken:
        token = self._next
        self._next = next(self._tokens, token)
        self._end = token.end
        return token

    def _placed(self, read: Callable[[], q.Query | None]) -> q.Query | None:
        start = self._next.start
        part = read()
        if part is not None:
            self.spans[id(part)] = TextSpan(start, self._end)
        return part

    def _alternatives(self) -> q.Query | None:
        parts = [self._conjunction()]
        while self._next.kind is TokenKind.OR:
            token = self._take()
            parts.append(self._conjunction())
            if parts[-2] is None or parts[-1] is None:
                self._report("OR needs something on both sides", token.span)
        return _joined(q.Or, parts)

    def _conjunction(self) -> q.Query | None:
        parts: list[q.Query | None] = []
        while self._next.kind not in {TokenKind.OR, TokenKind.CLOSE, TokenKind.END}:
            if self._next.kind is not TokenKind.AND:
                parts.append(self._placed(self._negation))
                continue
            token = self._take()
            if not parts or self._next.kind in {TokenKind.OR, TokenKind.AND, TokenKind.CLOSE, TokenKind.END}:
                self._report("AND needs something on both sides", token.span)
        present = [part for part in parts if part is not None]
        asked = self._asked.field.name
        return _joined(q.And, scoped(rowed(present, asked), asked))

    def _negation(self) -> q.Query | None:
        if self._next.kind is not TokenKind.NOT:
            return self._proximity()
        token = self._take()
        part = self._deeper(token, self._negation)
        if part is None:
            self._report("there is nothing after this to leave out", token.span)
            return None
        return q.Not(part)

    def _deeper(self, token: QueryToken, read: Callable[[], q.Query | None]) -> q.Query | None:
        if self._depth == MAX_DEPTH:
            self._report(f"more than {MAX_DEPTH} levels of parentheses and NOTs", token.span)
            return None
        self._depth += 1
        try:
            return read()
        finally:
            self._depth -= 1

    # NEAR

    def _proximity(self) -> q.Query | None:
        first = self._boosted()
        if self._next.kind not in _PROXIMITY:
            return first
        parts, operators = [first], list[QueryToken]()
        while self._next.kind in _PROXIMITY:
            operators.append(self._take())
            parts.append(self._boosted())
        if self._asked.field.name in READ_AS_NAMES:
            parts = [part and as_typed(part) for part in parts]
        wrong = self._wrong_chain(parts, operators)
        if wrong is None:
            distance, ordered = int(operators[0].text), operators[0].kind is TokenKind.BEFORE
            return q.Near(tuple(part for part in parts if part is not None), distance, ordered)
        self._report(*wrong)
        return _joined(q.And, parts)

    def _wrong_chain(self, parts: list[q.Query | None], operators: list[QueryToken]) -> tuple[str, TextSpan] | None:
        for operator, left, right in zip(operators, parts[:-1], parts[1:], strict=True):
            if wrong := self._wrong_operator(operator, left, right):
                return wrong, operator.span
        if loose := next((operator for operator in operators if not operator.text), None):
            return self._without_distance(loose.kind.name, operators), loose.span
        last, name = operators[-1], operators[-1].kind.name
        most = MAX_BEFORE_PARTS if last.kind is TokenKind.BEFORE else MAX_NEAR_PARTS
        if len({(operator.kind, int(operator.text)) for operator in operators}) > 1:
            return "NEARs and BEFOREs in a row must be the same; join different ones with AND", last.span
        if len(parts) > most:
            return f"{name} takes at most {most} parts", last.span
        return None

    def _wrong_operator(self, operator: QueryToken, left: q.Query | None, right: q.Query | None) -> str:
        name = operator.kind.name
        if left is None or right is None:
            return f"{name} needs something on both sides"
        if len(operator.text) > 6 or int(operator.text or 0) > MAX_DISTANCE:
            return f"{name} allows at most {MAX_DISTANCE} words between"
        if self._asked.field.kind is not Kind.TEXT:
            return f"{name} needs words; {self._asked.field.name} is compared whole"
        if not (walk.can_be_near(left) and walk.can_be_near(right)):
            return f"{name} joins words, phrases and ORs of them"
        return ""

    def _without_distance(self, name: str, operators: list[QueryToken]) -> str:
        better = with_distances(self._text, operators)
        hint = f": {better}" if better else f", as in {name}(5)"
        return f'{name} needs a number of words{hint}; the word itself is written "{name.lower()}"'

    def _boosted(self) -> q.Query | None:
        part = self._operand()
        if self._next.kind is not TokenKind.BOOST:
            return part
        token = self._take()
        factor = float(token.text)
        if part is None or not 0 < factor <= MAX_BOOST:
            self._report(f"a weight is more than 0, at most {MAX_BOOST}, and stands after a word", token.span)
            return part
        return q.Boost(part, factor)

    # Operands

    def _operand(self) -> q.Query | None:
        match self._next.kind:
            case TokenKind.OPEN:
                return self._group()
            case TokenKind.FIELD:
                return self._of_field()
            case TokenKind.EVERYTHING:
                self._take()
                return q.Everything()
            case TokenKind.NEAR | TokenKind.BEFORE:
                return None  # the caller sees the operator, and that nothing was before it
            case TokenKind.EXACT:
                return self._of_exact()
            case TokenKind.WORD | TokenKind.PHRASE | TokenKind.UNCLOSED:
                return self._leaf(self._take())
            case _:
                return None

    def _group(self) -> q.Query | None:
        token = self._take()
        inner = self._deeper(token, self._alternatives)
        if self._next.kind is TokenKind.CLOSE:
            if inner is None:
                self._report("there is nothing between these parentheses", TextSpan(token.start, self._next.end))
            self._take()
        else:
            self._report("this ( is never closed", token.span)
        return inner

    def _of_exact(self) -> q.Query | None:
        self._take()
        outer, self._exact = self._exact, True
        try:
            return self._operand()
        finally:
            self._exact = outer

    def _of_field(self) -> q.Query | None:
        token = self._take()
        field = values.named(token.text)
        if field is None:
            self._unknown_field(token.text, TextSpan(token.start, token.end - 1))
            return self._leaf(token._replace(kind=TokenKind.WORD))
        if self._next.start != token.end or self._next.kind not in {*_OPERANDS, TokenKind.OPEN, TokenKind.EXACT}:
            self._report(f"{token.text}: needs a value right after the colon", token.span)
            return None
        outer, self._asked = self._asked, Asked(field, token.text.lower())
        try:
            inner = self._operand()
        finally:
            self._asked = outer
        return inner if inner is None or field is outer.field else q.Field(field.name, inner)

    def _leaf(self, token: QueryToken) -> q.Query | None:
        found = self._read_leaf(token) if self._words <= MAX_WORDS else None
        self._words += 0 if found is None else _number_of_words(found)
        if self._words <= MAX_WORDS:
            return found
        self._report(f"more than {MAX_WORDS} words and values", token.span)
        return None

    def _read_leaf(self, token: QueryToken) -> q.Query | None:
        if token.kind is TokenKind.UNCLOSED:
            self._report('this " is never closed', TextSpan(token.start, token.start + 1))
        try:
            return leaf(token, self._asked, self._reading, exact=self._exact)
        except ValueError as wrong:
            self._report(str(wrong), token.span)
            return None


def _number_of_words(query: q.Query) -> int:
    """Count the words, patterns and values that an operand asks for: a family of forms has many."""
    return sum(not walk.children(node) for node, _ in walk.nodes(query))


def _joined(join: type[q.And] | type[q.Or], parts: Sequence[q.Query | None]) -> q.Query | None:
    present = tuple(part for part in parts if part is not None)
    return present[0] if len(present) == 1 else join(present) if present else None
