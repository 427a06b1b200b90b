"""What a query was understood to ask, what its words expanded to, and how many documents each part finds."""

from collections.abc import Iterator

from search.parsing.format import draw
from search.query import nodes as q
from search.results import Expansion
from search.searchers.searcher import Explaining

MAX_WORDS_SHOWN = 12


def explain(query: q.Query, searcher: Explaining | None = None) -> Iterator[str]:
    """The tree a line a part; with a searcher, also the number of documents each finds and what words stand for.

    >>> list(explain(q.Field("form", q.Term("8-k", exact=True))))
    ['form:=8-k']
    """
    for line, part, field in draw(query):
        if searcher is None:
            yield line
            continue
        found = searcher.count(q.Field(field, part))
        yield f"{line}  [{found:,} document{'' if found == 1 else 's'}]"
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        yield from (indent + said for said in _expansions(part, field, searcher))


def _expansions(part: q.Query, field: str, searcher: Explaining) -> Iterator[str]:
    match part:
        case q.Field(name, inner) if isinstance(inner, q.Leaf | q.Phrase):
            yield from _expansions(inner, name, searcher)
        case q.Within(_, inner):
            yield from _expansions(inner, field, searcher)
        case q.Phrase(parts):
            for each in parts:
                yield from _expansions(each, field, searcher)
        case q.Term(exact=True):
            return
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
            yield _said(part, searcher.expansion(part, field))
        case _:
            return


def _said(leaf: q.Leaf, expansion: Expansion) -> str:
    words = expansion.words
    if not words:
        return "stands for no word of the index"
    more = f" and {len(words) - MAX_WORDS_SHOWN} more" if len(words) > MAX_WORDS_SHOWN else ""
    return f"stands for {', '.join(words[:MAX_WORDS_SHOWN])}{more}"
