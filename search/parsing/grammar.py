"""From tokens to the tree.

    query       = and { "OR" and }
    and         = not { [ "AND" ] not }
    not         = { "NOT" | "-" } near
    near        = boosted { ( "NEAR(n)" | "BEFORE(n)" | "/s" | "+s" ) boosted }
    boosted     = operand [ "**" factor ]
    operand     = field ":" operand | [ "=" ] ( word | phrase | "(" query ")" ) | "*:*"

So `a OR b c` is `a OR (b c)`. What a field `section` in an `and` means is said in `section_scope`. What does not fit is
reported, with its span, to a function that raises (a strict reading) or takes note (a lenient one); after a note the
reading goes on as the report says. Operators of other systems are refused in both.
"""

from collections.abc import Callable, Iterator, Set
from typing import TypeAlias

from indexer.errors import clipped
from indexer.fields.schema import BY_NAME, Kind
from indexer.first_use import regex
from search.errors import QuerySyntaxError
from search.parsing.chains import PROXIMITY, Chain
from search.parsing.lexer import QueryToken, TokenKind, tokens
from search.parsing.operands import PATTERN_MARKS, Asked, WordRules, leaf
from search.parsing.row_scope import rowed
from search.parsing.section_scope import scoped
from search.query import nodes as q
from search.query import walk
from search.query.limits import MAX_BOOST, MAX_DEPTH, MAX_WORDS
from search.query.spans import TextSpan
from search.terms import values
from search.terms.function_words import can_spare, is_function_word
from search.terms.names import READ_AS_NAMES, as_typed

Report: TypeAlias = Callable[[str, TextSpan, str], None]
"""Takes what is wrong, where, and how it is read all the same; raises, or returns to have it read so."""
IGNORED, AS_WORDS = "ignored", "read as words"

_PHRASES = {TokenKind.PHRASE, TokenKind.NESTED, TokenKind.UNCLOSED}
_OPERANDS = {TokenKind.WORD} | _PHRASES
_QUESTION = regex(r"(?<=[^\W_])\?+(?=(?:[^\w\s*?!]|_)*!?(?:\s|$))")
"""Question marks that end a word."""
_EDITS = regex(r"~\d*$")


class Grammar:
    """Reads one query; `report` hears of everything wrong, `unknown_field` of names that are no field's.

    Notes say of what is not wrong how it was read, where that could surprise.
    """

    def __init__(self, text: str, reading: WordRules, *, report: Report, unknown_field: Report) -> None:
        self.spans: dict[int, TextSpan] = {}
        """Where the parts that must all match, or of which any must, stand in the text, by their identity."""
        self._text = text
        self.notes: list[str] = []
        self._tokens = self._refusing(tokens(text))
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
            self._report("there is no ( for this )", self._take().span, IGNORED)
            parts.append(self._placed(self._alternatives))
        return walk.joined(q.all_of, parts)

    def _refusing(self, found: Iterator[QueryToken]) -> Iterator[QueryToken]:
        for token in found:
            if token.kind is TokenKind.FOREIGN:
                raise QuerySyntaxError(token.text, self._text, token.span)
            yield token

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
                self._report("OR needs something on both sides", token.span, IGNORED)
        return walk.joined(q.any_of, parts)

    def _conjunction(self) -> q.Query | None:
        parts: list[q.Query | None] = []
        bare, joined = set[int](), False
        while self._next.kind not in {TokenKind.OR, TokenKind.CLOSE, TokenKind.END}:
            if self._next.kind is not TokenKind.AND:
                bare |= {len(parts)} if self._next.kind is TokenKind.WORD else set()
                parts.append(self._placed(self._negation))
                continue
            token, joined = self._take(), True
            if not parts or self._next.kind in {TokenKind.OR, TokenKind.AND, TokenKind.CLOSE, TokenKind.END}:
                self._report("AND needs something on both sides", token.span, IGNORED)
        if bare and not joined and self._asked.field.name == "text":
            parts = self._sparing(parts, bare)
        present = [part for part in parts if part is not None]
        asked = self._asked.field.name
        return walk.joined(q.all_of, scoped(rowed(present, asked), asked))

    def _sparing(self, parts: list[q.Query | None], bare: Set[int]) -> list[q.Query | None]:
        """Let words like `of` that stand bare, at these places, be asked for only where they stand beside others."""
        if not can_spare([part for part in parts if part is not None]):
            return parts
        return [self._spared(part) if at in bare else part for at, part in enumerate(parts)]

    def _spared(self, part: q.Query | None) -> q.Query | None:
        if part is None or not is_function_word(part):
            return part
        spared = q.AtLeast((part,), 0)
        self.spans[id(spared)] = self.spans[id(part)]
        return spared

    def _negation(self) -> q.Query | None:
        if self._next.kind is not TokenKind.NOT:
            return self._proximity()
        token = self._take()
        part = self._deeper(token, self._negation)
        if part is None:
            self._report("there is nothing after this to leave out", token.span, IGNORED)
            return None
        return q.Not(part)

    def _deeper(self, token: QueryToken, read: Callable[[], q.Query | None]) -> q.Query | None:
        if self._depth == MAX_DEPTH:
            self._report(f"more than {MAX_DEPTH} levels of parentheses and NOTs", token.span, IGNORED)
            return None
        self._depth += 1
        try:
            return read()
        finally:
            self._depth -= 1

    # NEAR

    def _proximity(self) -> q.Query | None:
        first = self._boosted()
        if self._next.kind not in PROXIMITY:
            return first
        parts, operators = [first], list[QueryToken]()
        while self._next.kind in PROXIMITY:
            operators.append(self._take())
            parts.append(self._boosted())
        are_names = self._asked.field.name in READ_AS_NAMES
        typed = [part and as_typed(part) for part in parts] if are_names else parts
        chain = Chain(typed, operators, self._asked.field)
        wrong = chain.wrong(self._text)
        if wrong is None:
            return chain.tree()
        pairs = chain.pairs()
        each_fits = all(pair.wrong(self._text) is None for pair in pairs)
        self._report(*wrong, "each read as if alone, joined with AND" if each_fits else "read as AND")
        return walk.joined(q.all_of, [pair.tree() for pair in pairs] if each_fits else parts)

    def _boosted(self) -> q.Query | None:
        part = self._operand()
        if self._next.kind is not TokenKind.BOOST:
            return part
        token = self._take()
        factor = float(token.text)
        if part is None or not 0 < factor <= MAX_BOOST:
            self._report(f"a weight is more than 0, at most {MAX_BOOST}, and stands after a word", token.span, IGNORED)
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
            case TokenKind.EXACT:
                return self._of_exact()
            case TokenKind.WORD | TokenKind.PHRASE | TokenKind.NESTED | TokenKind.UNCLOSED:
                return self._leaf(self._take())
            case _:
                return None  # of an operator: the caller sees it, and that nothing was before it

    def _group(self) -> q.Query | None:
        token = self._take()
        inner = self._deeper(token, self._alternatives)
        if self._next.kind is TokenKind.CLOSE:
            if inner is None:
                self._report(
                    "there is nothing between these parentheses", TextSpan(token.start, self._next.end), IGNORED
                )
            self._take()
        else:
            self._report("this ( is never closed", token.span, IGNORED)
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
            self._unknown_field(token.text, TextSpan(token.start, token.end - 1), "read as a word")
            return self._leaf(token._replace(kind=TokenKind.WORD))
        if self._next.start != token.end or self._next.kind not in {*_OPERANDS, TokenKind.OPEN, TokenKind.EXACT}:
            self._report(f"{token.text}: needs a value right after the colon", token.span, "read as a word")
            return self._leaf(token._replace(kind=TokenKind.WORD))
        asked = self._next
        outer, self._asked = self._asked, Asked(field, token.text.lower())
        try:
            inner = self._operand()
        finally:
            self._asked = outer
        if inner is None and asked.kind in _OPERANDS:
            return self._as_words(token, asked)
        return inner if inner is None or field is outer.field else q.Field(field.name, inner)

    def _as_words(self, name: QueryToken, asked: QueryToken) -> q.Query | None:
        """A field's name and its value as words, after it was reported that the field has no such value."""
        plain = PATTERN_MARKS.sub(" ", asked.text)
        parts = [self._leaf(name._replace(kind=TokenKind.WORD))]
        parts += [
            self._leaf(asked._replace(kind=TokenKind.WORD, text=word)) for word in plain.replace(",", " ").split()
        ]
        return walk.joined(q.all_of, parts)

    def _leaf(self, token: QueryToken) -> q.Query | None:
        found = self._read_leaf(token) if self._words <= MAX_WORDS else None
        self._words += 0 if found is None else _number_of_words(found)
        if self._words <= MAX_WORDS:
            return found
        self._report(f"more than {MAX_WORDS} words and values", token.span, IGNORED)
        return None

    def _read_leaf(self, token: QueryToken) -> q.Query | None:
        is_text = self._asked.field.kind is Kind.TEXT
        if token.kind in _PHRASES:
            self._note_quotes(token)
        if is_text:
            token = self._without_question_marks(token)
        try:
            return None if token.kind is TokenKind.UNCLOSED and not token.text else self._leaf_of(token)
        except ValueError as wrong:
            self._report(str(wrong), token.span, AS_WORDS)
        plain = PATTERN_MARKS.sub(" ", _EDITS.sub("", token.text))
        return self._leaf_of(token._replace(kind=TokenKind.WORD, text=plain)) if is_text and plain.strip() else None

    def _leaf_of(self, token: QueryToken) -> q.Query | None:
        return leaf(token, self._asked, self._reading, exact=self._exact)

    def _note_quotes(self, token: QueryToken) -> None:
        if token.kind is TokenKind.UNCLOSED:
            instead = "read as one phrase up to the last one" if token.text else IGNORED
            self._report('this " is never closed', TextSpan(token.start, token.start + 1), instead)
        elif token.kind is TokenKind.NESTED:
            self.notes.append(f'read as one phrase: "{clipped(token.text)}"; the quotation marks in it as punctuation')

    def _without_question_marks(self, token: QueryToken) -> QueryToken:
        """A token without the question marks that end its words: they are punctuation, and that is noted."""
        text = _QUESTION.sub("", token.text)
        if text != token.text:
            word = _QUESTION.split(token.text)[0].split()[-1]
            self.notes.append(f"the ? behind {clipped(word)} was read as punctuation; {word}?* finds longer words")
        return token._replace(text=text)


def _number_of_words(query: q.Query) -> int:
    """Count the words, patterns and values that an operand asks for: a family of forms has many."""
    return sum(not walk.children(node) for node, _ in walk.nodes(query))
