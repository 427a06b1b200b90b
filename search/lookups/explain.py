"""What a query was understood to ask, what its words expanded to, and how many documents each part finds."""

from collections.abc import Iterator

from search.parsing.format import draw
from search.query.nodes import Field, Fuzzy, Leaf, Phrase, Prefix, Query, Term, Wildcard, Within
from search.results import Expansion
from search.searchers.searcher import Explaining

MAX_WORDS_SHOWN = 12


def explain(query: Query, searcher: Explaining | None = None) -> Iterator[str]:
    """The tree a line a part; with a searcher, also the number of documents each finds and what words stand for.

    >>> list(explain(Field("form", Term("8-k", exact=True))))
    ['form:=8-k']
    """
    for line, part, field in draw(query):
        if searcher is None:
            yield line
            continue
        found = searcher.count(Field(field, part))
        yield f"{line}  [{found:,} document{'' if found == 1 else 's'}]"
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        yield from (indent + said for said in _expansions(part, field, searcher))


def _expansions(part: Query, field: str, searcher: Explaining) -> Iterator[str]:
    match part:
        case Field(name, inner) if isinstance(inner, Leaf | Phrase):
            yield from _expansions(inner, name, searcher)
        case Within(_, inner):
            yield from _expansions(inner, field, searcher)
        case Phrase(parts):
            for each in parts:
                yield from _expansions(each, field, searcher)
        case Term(exact=True):
            return
        case Term() | Prefix() | Wildcard() | Fuzzy():
            yield _said(part, searcher.expansion(part, field))
        case _:
            return


def _said(leaf: Leaf, expansion: Expansion) -> str:
    words = expansion.words
    if not words:
        return "stands for no word of the index"
    more = f" and {len(words) - MAX_WORDS_SHOWN} more" if len(words) > MAX_WORDS_SHOWN else ""
    return f"stands for {', '.join(words[:MAX_WORDS_SHOWN])}{more}"
