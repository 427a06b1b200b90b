"""What to say to someone who found nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from indexer.analysis.stemming import stem
from indexer.edgar.accession import accession_number
from indexer.fields.schema import SECTION
from search.alternatives.near_names import names_line, near_names
from search.lookups.lookup import Lookup, joined, scope, tree
from search.lookups.term_counts import counted, titles
from search.parsing.format import format_query
from search.parsing.section_scope import asked_sections
from search.query import nodes as q
from search.query.walk import conjuncts, required, text_part, unbounded
from search.query.words import within_edits
from search.searchers.searcher import Engine, count_filings
from search.terms.names import READ_AS_NAMES

SUGGESTIONS = 3
MOST = 20
"""Words of a query that are looked at."""
UNKNOWN = 3
"""Words that occur nowhere of a query that is corrected; with more of them it is not misspelt."""
_CLOSE = 12
"""Words looked up for each word that occurs nowhere."""
_LONG = 5
"""Letters from which on a word may be off by two."""


def hints(lookup: Lookup, query: q.Query, engine: Engine) -> Iterator[str]:
    """Say why nothing was found, and what would be: one line each."""
    if filing := _as_accession(lookup.query, engine):
        yield f"did you mean: {filing} (1 filing)"
        return
    yield from _unknown_names(lookup, query, engine)
    from search.alternatives.near_values import of_query  # noqa: PLC0415  (only where nothing was found)

    yield from of_query(lookup, engine)
    if missing := [names for names in asked_sections(query) if not engine.count(q.Field(SECTION, names))]:
        said = " or ".join(format_query(q.Field(SECTION, names)) for names in missing)
        yield f"no document has {said}; --facets section counts those there are"
        return
    unknown = [word for word in islice(dict.fromkeys(_words(query)), MOST) if not _documents(word, engine)]
    if unknown:
        yield f"no document has {' or '.join(unknown)}"
        if len(unknown) > UNKNOWN:
            return
        yield from (f"did you mean: {text} ({_filings(found)})" for text, found in _corrected(lookup, unknown, engine))
        return
    words = text_part(query)
    parts = counted(query)[:MOST]
    if words is None or not parts:
        return
    if len(parts) > 1 and not engine.count(words):
        yield _never_together(parts, engine)
    within = scope(query)
    if unbounded(words) != words and (elsewhere := count_filings(joined([unbounded(words), within]), engine)):
        yield f"{_filings(elsewhere)} {_has(elsewhere)} it outside these sections"
    if not isinstance(within, q.Everything) and (elsewhere := count_filings(words, engine)):
        yield f"{_filings(elsewhere)} outside these filters {_has(elsewhere)} it"


def _unknown_names(lookup: Lookup, query: q.Query, engine: Engine) -> Iterator[str]:
    """Name the names in the query itself that no filing has, and those near; coverage names those of filters."""
    if not lookup.query.strip():
        return
    for part in conjuncts(tree(replace(lookup, filters=()))):
        if isinstance(part, q.Field) and part.name in READ_AS_NAMES and (name := _name(part.query)):
            near = names_line(near_names(name, engine)) if not engine.count(part) else ""
            if near:
                yield f"no filing has {format_query(part)}; {near}"


def _name(query: q.Query) -> str:
    first = query.parts[0] if isinstance(query, q.Or) else query
    return first.said if isinstance(first, q.Row) else first.word if isinstance(first, q.Term) else ""


def _as_accession(query: str, engine: Engine) -> str:
    """The question for the filing whose accession number was typed as if it were words; empty when it was not."""
    accession = accession_number(query.strip(' "'))
    if accession is None:
        return ""
    return f"accession:{accession}" if engine.count(q.Field("accession", q.Term(accession, exact=True))) else ""


def _never_together(parts: Sequence[q.Query], engine: Engine) -> str:
    counts = [engine.count(part) for part in parts]
    if not any(counts):
        return f"no document has any of it: {', '.join(titles(parts))}"
    found = (f"{title} in {number:,}" for title, number in zip(titles(parts), counts, strict=True))
    return f"no document has all of it: {', '.join(found)}"


def _words(query: q.Query) -> Iterator[str]:
    """The words that documents must have; not those of an OR, of which one is enough."""
    return (part.word for part, field in required(query) if field == "text" and isinstance(part, q.Term))


def _documents(word: str, engine: Engine) -> int:
    return engine.expansion(q.Term(word), "text").documents


def _corrected(lookup: Lookup, unknown: Sequence[str], engine: Engine) -> list[tuple[str, int]]:
    """The query with the unknown words replaced by the nearest that are known, and how many filings each finds.

    Inflections of one word are one suggestion.
    """
    found = dict[tuple[str, ...], tuple[str, int]]()
    for words in _choices([_nearest_words(word, engine) for word in unknown]):
        stems, text = tuple(map(stem, words)), lookup.query
        for word, known in zip(unknown, words, strict=True):
            text = _replaced(text, word, known)
        if stems not in found and (filings := count_filings(tree(replace(lookup, query=text)), engine)):
            found[stems] = text, filings
        if len(found) == SUGGESTIONS:
            break
    return list(found.values())


def _choices(corrections: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """A known word for each that is unknown: the nearest of all, then the next of each; none where one has none."""
    for choice in range(max(map(len, corrections)) if all(corrections) else 0):
        yield tuple(known[min(choice, len(known) - 1)] for known in corrections)


def _nearest_words(word: str, engine: Engine) -> list[str]:
    """Words of the index off by an edit or two, the nearest first, then the most frequent."""
    edits, is_nearest = 2 if len(word) >= _LONG else 1, within_edits(word, 1)
    for known_letters in (2, 1):
        among = engine.words("text", word[:known_letters])
        near = list(filter(within_edits(word, edits), among))
        if near:
            closest = sorted(near, key=lambda each: not is_nearest(each))[:_CLOSE]
            rated = [(not is_nearest(each), -_documents(each, engine), each) for each in closest]
            return [each for *_, each in sorted(rated)]
    return []


def _replaced(text: str, word: str, by: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", by, text, flags=re.IGNORECASE)


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _filings(number: int) -> str:
    return f"{number:,} {'filing' if number == 1 else 'filings'}"
