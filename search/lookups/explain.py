"""What a query was understood to ask, what its words expanded to, and how many documents each part finds."""

from collections.abc import Iterator

from indexer.printing import count
from search.errors import SearchError
from search.parsing.format import draw, format_query
from search.query import nodes as q
from search.query.proximity import BLOCK, REACH
from search.query.walk import children, field_below, leaves
from search.results import Expansion, Question
from search.searchers.searcher import Engine, Explaining

MAX_WORDS_SHOWN = 12


def explain(query: q.Query, searcher: Explaining) -> Iterator[str]:
    """Draw the tree a line a part, with how many documents each finds and what its words stand for."""
    for line, part, field in draw(query):
        found = searcher.count(q.Field(field, part))
        yield f"{line}  [{count(found, 'document')}]"
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        yield from (indent + said for said in _expansions(part, field, searcher))


def explain_score(query: q.Query, rank: int, searcher: Engine) -> Iterator[str]:
    """Take apart what the best document of the hit of a rank, from 1, scores; SearchError when there is no such hit."""
    answer = searcher.search(Question(query, limit=1, offset=rank - 1, documents=1))
    if not answer.hits:
        raise SearchError(f"--explain {rank}: {count(answer.filings, 'filing')} found")
    (document,) = answer.hits[0].documents
    parts = searcher.score_parts(query, document.handle)
    yield f"{rank}. {document.id}  {document.type}"
    yield f"{parts.total:10.3f}  score"
    for each in parts.leaves:
        yield f"{each.score:10.3f}  {format_query(each.leaf)}" + (" in the title" if each.field == "title" else "")
    if parts.pairs or parts.window:
        yield f"{parts.pairs:10.3f}  words at most {REACH} apart"
        yield f"{parts.window:10.3f}  words in the best {2 * BLOCK} on end"
    if parts.weight != 1:
        yield f"{'× ' + format(parts.weight, 'g'):>10}  a document of this kind"


def _expansions(part: q.Query, field: str, searcher: Explaining) -> Iterator[str]:
    if isinstance(part, q.Field | q.Within):
        (inner,) = children(part)
        yield from _expansions(inner, field_below(part, field), searcher)
    elif isinstance(part, q.Leaf | q.Phrase):
        inexact = (leaf for leaf in leaves(part) if not (isinstance(leaf, q.Term) and leaf.exact))
        yield from (_expansion_line(leaf, searcher.expansion(leaf, field)) for leaf in inexact)


def _expansion_line(leaf: q.Leaf, expansion: Expansion) -> str:
    words = expansion.words
    if not words:
        return "stands for no word of the index"
    more = f" and {len(words) - MAX_WORDS_SHOWN} more" if len(words) > MAX_WORDS_SHOWN else ""
    return f"stands for {', '.join(words[:MAX_WORDS_SHOWN])}{more}"
