"""From one word, phrase or value to the tree, as its field takes it."""

from typing import NamedTuple

from indexer.edgar.name_words import OFFICERS
from indexer.errors import clipped
from indexer.fields.schema import AMOUNT, WHOLE_NAME, Kind, SchemaField, whole_name
from indexer.fields.schema import NAMES as PARTIES
from indexer.first_use import dataclass, regex
from search.parsing.lexer import QueryToken, TokenKind
from search.query import nodes as q
from search.query import walk
from search.terms import names, typed_words, values
from search.terms.money import is_amount
from search.terms.synonyms import NO_SYNONYMS, Synonyms


@dataclass(frozen=True, slots=True)
class WordRules:
    """How words are read: as typed or with their inflections, and with which synonyms."""

    exact: bool = False
    """Every word as typed, `~` without meaning: as EDGAR full-text search reads."""
    synonyms: Synonyms = NO_SYNONYMS
    capitals: bool = False
    """Whether capitals say something: not where all of the query is in capitals."""


_TRUNCATED = regex(r"([^\s!*?~]*[^\W_])!")
"""A word that ends in `!`, which is what other systems write for `*`."""


PATTERN_MARKS = regex(r"[*?~!]")
"""What makes a word a pattern; without a letter or digit beside it, it is punctuation."""


class Asked(NamedTuple):
    """The field asked, and the name it was asked by, lower case."""

    field: SchemaField
    alias: str


def value(asked: Asked, text: str, *, exact: bool = False) -> q.Query | None:
    """Read one value of a field, spaces and quotes and all; None when nothing in it can be searched for.

    A text field is asked for the value as a phrase. `exact` takes the value alone, without its family. ValueError says
    what is wrong with it.
    """
    name_or_cik = None if exact else values.name_or_cik(asked.field, text.strip())
    token = QueryToken(TokenKind.PHRASE, text, 0, len(text))
    return name_or_cik or leaf(token, asked, WordRules(), exact=exact)


def leaf(token: QueryToken, asked: Asked, reading: WordRules, *, exact: bool) -> q.Query | None:
    """Read a word, or any token of a phrase; None when nothing in it can be searched for.

    `exact`: there was a `=` before it. ValueError says what is wrong with it.
    """
    if asked.field.kind is not Kind.TEXT:
        return _value(token, asked, exact=exact)
    if token.text == "*" and asked.field.name != "text":
        return q.Prefix("")
    if token.kind is TokenKind.WORD and not exact and (cik := values.name_or_cik(asked.field, token.text)):
        return cik
    if asked.field.name in names.READ_AS_NAMES:
        if _is_pattern(token):
            found = _words(token, asked, reading, exact=exact)
            if found is None or any(not isinstance(each, q.Term) for each in walk.leaves(found)):
                return found
            token = token._replace(text=PATTERN_MARKS.sub(" ", token.text))  # there is no pattern in `?-or`
        return _name(token, asked.field.name, exact=exact)
    if asked.field.name == "officer_title":
        return _officer(token, exact=exact)
    return _words(token, asked, reading, exact=exact)


def _words(token: QueryToken, asked: Asked, reading: WordRules, *, exact: bool) -> q.Query | None:
    """The tree of a word or a phrase with its patterns."""
    synonyms = reading.synonyms if asked.field.name == "text" else NO_SYNONYMS
    if token.kind is not TokenKind.WORD:
        return _phrase(token, synonyms, reading, as_written=exact)
    if "!" in token.text and (truncated := _TRUNCATED.fullmatch(token.text)):
        token = token._replace(text=f"{truncated[1]}*")
    if token.text.startswith("~") and not reading.exact:
        raise ValueError("~ belongs right after a word; for words near one another write a NEAR(5) b")
    if not reading.exact and (fuzzy := typed_words.fuzzy(token.text)):
        return fuzzy
    taken = typed_words.Taken(
        exact=exact or reading.exact or asked.field.name not in values.PROSE,
        as_written=exact,
        capitals=reading.capitals,
        synonyms=synonyms,
    )
    return typed_words.word(token.text, taken)


def _is_pattern(token: QueryToken) -> bool:
    is_truncated = token.kind is TokenKind.WORD and "!" in token.text and _TRUNCATED.fullmatch(token.text)
    return bool(is_truncated) or typed_words.is_pattern(token.text)


def _name(token: QueryToken, field: str, *, exact: bool) -> q.Query | None:
    """The tree of a name; `exact` asks for all of it, as the header has it. What may be a ticker symbol is one, too."""
    if exact and field in PARTIES:
        return q.Field(WHOLE_NAME, q.Term(whole_name(field, token.text), exact=True))
    found = typed_words.phrase(token.text, as_written=True) if exact else names.name(token.text)
    if found is None and token.kind is not TokenKind.WORD:
        raise ValueError("there is no word between these quotes")
    if found is not None and not exact and token.kind is TokenKind.WORD and names.may_be_ticker(field, token.text):
        return q.Or((found, q.Field("ticker", q.Term(token.text.lower(), exact=True))))
    return found


def _officer(token: QueryToken, *, exact: bool) -> q.Query | None:
    """The tree of an officer's title, which may be abbreviated otherwise in the filing."""
    typed = typed_words.phrase(token.text, as_written=True)
    found = typed if exact else typed_words.phrase(token.text, as_written=True, synonyms=_OFFICERS)
    return found if found is None or found == typed else q.Row(found, names.quotable(token.text))


_OFFICERS = Synonyms.of(OFFICERS)


def _phrase(token: QueryToken, synonyms: Synonyms, reading: WordRules, *, as_written: bool) -> q.Query | None:
    """The tree of a phrase; of a firm's name also with `&` for `and`, or the reverse."""
    found = typed_words.phrase(token.text, as_written=as_written, synonyms=synonyms)
    if found is None:
        raise ValueError("there is no word between these quotes")
    other = "" if as_written or reading.exact else names.other_conjunction(token.text)
    also = typed_words.phrase(other, synonyms=synonyms) if other else None
    return found if also is None else q.Or((found, also))


def _value(token: QueryToken, asked: Asked, *, exact: bool) -> q.Query:
    token = token._replace(text=token.text.replace('"', " "))  # no value has any, and none could be written
    if not token.text.strip(" ,"):
        raise ValueError(f"{asked.alias}: needs a value")
    is_word = token.kind is TokenKind.WORD
    is_list = is_word and not (asked.field.name == AMOUNT and is_amount(token.text))
    texts = [text for text in token.text.split(",") if text] if is_list else [token.text]
    if is_word and (excluded := next((text for text in texts if text.startswith("-")), "")):
        raise ValueError(f"to leave a value out, write -{asked.alias}:{clipped(excluded[1:])}")
    return q.any_of(values.value(asked.field, text, alias=asked.alias, exact=exact) for text in texts)
