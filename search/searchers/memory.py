"""The reference engine: looks at every document with the matcher. Slow, short and right; other engines equal it.

What matches is defined in `search.query.nodes` and `search.query.matcher`, what it is worth in `search.query.scoring`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from indexer.analysis.folding import fold
from indexer.edgar import exhibits
from indexer.extracted import Section
from indexer.fields.entries import IndexedDocument, StoredDocument, company_labels, stored
from indexer.fields.schema import BY_NAME, FIELDS, Kind, field_values
from indexer.texts.text_layout import Parts
from search.query import nodes as q
from search.query import walk
from search.query.matcher import Fields
from search.query.occurrences import Words
from search.query.proximity import FOREMOST, MOST_WORDS, PlacedWord, Together, together
from search.query.scoring import INFLECTED, TITLE_WEIGHT, bm25, idf, rounded, stored_length
from search.query.words import fits
from search.results import Answer, Expansion, Facet, FacetCount, Handle, Hit, LeafScore, Question, ScoreParts, Sort
from search.searchers.searcher import Verified
from search.searchers.stored_hits import document_of, hit_of

Values: TypeAlias = Mapping[str, tuple[str, ...]]


class Scored(NamedTuple):
    """A document that matches."""

    number: int
    kept: StoredDocument
    values: Values
    score: float


class Leaves(NamedTuple):
    """What one leaf is worth over all documents, in one field."""

    frequencies: list[float]
    """Of any word that fits, in each document."""
    idf: float


class MemorySearcher:
    """Answers questions from documents in memory; implements `search.searchers.searcher.Searcher`."""

    def __init__(
        self, documents: Sequence[tuple[StoredDocument, Values]], sections: Sequence[Sequence[Section]] = ()
    ) -> None:
        """Take each document as an index keeps it, and its values by field name (empty fields may be missing).

        `sections` are those of each document's text.
        """
        self.generation = 0
        self._documents = documents
        self._sections = sections
        self._fields = [Fields(values, self._sections_of(number)) for number, (_, values) in enumerate(documents)]

    @classmethod
    def of(cls, entries: Iterable[IndexedDocument]) -> "MemorySearcher":
        """Build a searcher over entries as a build would index them."""
        entries = list(entries)
        return cls(
            [
                (stored(entry, text="", header=""), {field.name: field_values(entry, field) for field in FIELDS})
                for entry in entries
            ],
            [entry.extracted.sections for entry in entries],
        )

    def search(self, question: Question) -> Answer:
        """Find the filings that match, ranked and grouped, and count them all."""
        by_place = question.proximity and question.sort.by == "relevance"
        filings = list(self._filings(question.query, proximity=by_place))
        # Sorting is stable: what ties in the order asked for stays in this one.
        filings.sort(key=lambda filing: (_filed_order(filing[0].kept), filing[0].kept.accession))
        filings = _sorted(filings, question.sort)
        end = None if question.limit is None else question.offset + question.limit
        hits = [_hit(filing, rank, question.documents) for rank, filing in enumerate(filings, 1)]
        return Answer(len(filings), sum(map(len, filings)), tuple(hits[question.offset : end]))

    def facets(
        self, query: q.Query, fields: Sequence[str], *, documents: bool = False, most: int | None = None
    ) -> tuple[Facet, ...]:
        """Count the filings that match, exactly, by each field's values; see `Searcher.facets`."""
        filings = list(self._filings(query))
        counted = [[each] for filing in filings for each in filing] if documents else filings
        called = company_labels(self._last_filed())
        return tuple(_facet(counted, field, called, most=most) for field in fields)

    def _last_filed(self) -> Mapping[str, int]:
        latest: dict[str, int] = {}
        for kept, _ in self._documents:
            latest |= {party: max(latest.get(party, 0), kept.filed or 0) for party in kept.parties}
        return latest

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the words of the field that the leaf stands for, and count the documents that have any."""
        test = fits(leaf)
        words = {word for fields in self._fields for word in fields[field].places if test(word)}
        return Expansion(tuple(sorted(words)), sum(map(bool, self._leaf(leaf, field).frequencies)))

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """List the words of the field that begin with `prefix`, in alphabetical order."""
        return sorted({word for fields in self._fields for word in fields[field].places if word.startswith(prefix)})

    def score_parts(self, query: q.Query, document: Handle) -> ScoreParts:
        """Take apart what a document that matches scores where filings come by relevance."""
        number = int(document)
        ranked = sorted(self._scored(query), key=_document_order)
        found = next((each for each in ranked[:FOREMOST] if each.number == number), None)
        pairs, window = self._together(query, found) if found else Together(0.0, 0.0)
        leaves = tuple(each for each in self._leaf_scores(query, number) if each.score)
        return ScoreParts(leaves, pairs, window, self._kind_weight(query, self._documents[number][0]))

    def count(self, query: q.Query) -> int:
        """Count the documents that match."""
        return sum(fields.matches(query) for fields in self._fields)

    def matches(self, query: q.Query, document: Handle) -> bool:
        """Tell whether a document matches."""
        return self._fields[int(document)].matches(query)

    def handle(self, document_id: str) -> Handle:
        """Look a document's number up by its id; KeyError when there is none of that id."""
        for number, (kept, _) in enumerate(self._documents):
            if kept.id == document_id:
                return number
        raise KeyError(document_id)

    def text(self, document: Handle) -> str:
        """Return the text of a document."""
        return "".join(self._documents[int(document)][1].get("text", ()))

    def parts(self, document: Handle) -> Parts:
        """Return the sections of a document; no pages: they are not indexed."""
        return Parts(tuple(self._sections_of(int(document))))

    def _sections_of(self, number: int) -> Sequence[Section]:
        return self._sections[number] if 0 <= number < len(self._sections) else ()

    def verify(self, documents: Iterable[Handle]) -> Verified:
        """Compare nothing: what is in memory has no checksum."""
        return Verified(segments=0, documents=sum(1 for _ in documents))

    def close(self) -> None:
        """Release nothing: there are no files."""

    def _filings(self, query: q.Query, *, proximity: bool = False) -> Iterator[list[Scored]]:
        """Yield the documents that match, by filing, best first."""
        found: dict[str, list[Scored]] = {}
        for each in self._rescored(query) if proximity else self._scored(query):
            found.setdefault(each.kept.accession, []).append(each._replace(score=rounded(each.score)))
        for filing in found.values():
            yield sorted(filing, key=lambda each: (-each.score, each.kept.ordinal))

    def _scored(self, query: q.Query) -> list[Scored]:
        return [
            Scored(number, kept, values, self._kind_weight(query, kept) * self._bare_score(query, number))
            for number, (kept, values) in enumerate(self._documents)
            if self._fields[number].matches(query)
        ]

    def _bare_score(self, query: q.Query, number: int) -> float:
        return sum(each.score for each in self._leaf_scores(query, number))

    def _leaf_scores(self, query: q.Query, number: int) -> Iterator[LeafScore]:
        """Yield what each leaf adds in the text, then what each adds in the title."""
        yield from self._text_scores(query, "text", number)
        for leaf, factor in walk.scoring_leaves(query):
            yield LeafScore(leaf, "title", TITLE_WEIGHT * factor * self._bm25(leaf, "title", number))

    @staticmethod
    def _kind_weight(query: q.Query, kept: StoredDocument) -> float:
        return 1.0 if walk.asks_field(query, "type") else exhibits.weight(kept.type)

    def _rescored(self, query: q.Query) -> list[Scored]:
        """Score the documents that match, the foremost of them for where their words stand, too."""
        ranked = sorted(self._scored(query), key=_document_order)
        near = [
            each._replace(score=each.score + self._kind_weight(query, each.kept) * sum(self._together(query, each)))
            for each in ranked[:FOREMOST]
        ]
        return near + ranked[FOREMOST:]

    def _together(self, query: q.Query, document: Scored) -> Together:
        factors = dict(list(walk.placed_words(query).items())[:MOST_WORDS])
        fields, idfs = self._fields[document.number], {word: self._leaf(word, "text").idf for word in factors}
        words = [
            PlacedWord(idfs[word], factor * idfs[word], sorted(span.start for span in fields["text"].occurrences(word)))
            for word, factor in factors.items()
        ]
        return together(words) if len(words) > 1 else Together(0.0, 0.0)

    def _text_scores(self, query: q.Query, field: str, number: int, factor: float = 1.0) -> Iterator[LeafScore]:
        """Yield what the leaves add in the document's text, of parts that match."""
        if not self._fields[number].matches(query, field):
            return
        if walk.scores_by_part(query):
            times = factor * query.factor if isinstance(query, q.Boost) else factor
            for part in walk.children(query):
                yield from self._text_scores(part, walk.field_below(query, field), number, times)
            return
        for leaf, boost in walk.scoring_leaves(query, field, factor):
            yield LeafScore(leaf, "text", boost * self._bm25(leaf, "text", number))

    def _bm25(self, leaf: q.Leaf, field: str, number: int) -> float:
        found, length = self._leaf(leaf, field), stored_length(self._lengths(field)[number])
        return bm25(found.frequencies[number], length, average=self._mean_length(field), idf=found.idf)

    def _mean_length(self, field: str) -> float:
        lengths = self._lengths(field)
        return sum(lengths) / len(lengths)

    @cache  # noqa: B019  (a reference engine lives as long as its test)
    def _lengths(self, field: str) -> list[int]:
        return [fields[field].count for fields in self._fields]

    @cache  # noqa: B019
    def _leaf(self, leaf: q.Leaf, field: str) -> Leaves:
        frequencies = self._frequencies(leaf, field)
        return Leaves(frequencies, idf(len(frequencies), sum(map(bool, frequencies))))

    @cache  # noqa: B019
    def _frequencies(self, leaf: q.Leaf, field: str) -> list[float]:
        return [_frequency(leaf, fields[field]) for fields in self._fields]


def _frequency(leaf: q.Leaf, words: Words) -> float:
    """Count how often the leaf occurs: of a word its inflections count less than itself."""
    every = len(words.occurrences(leaf))
    if not isinstance(leaf, q.Term) or leaf.exact:
        return every
    exactly = len(words.occurrences(q.Term(leaf.word, exact=True)))
    return INFLECTED * every + (1 - INFLECTED) * exactly


def _document_order(document: Scored) -> tuple[float, int, str, int]:
    kept = document.kept
    return -rounded(document.score), _filed_order(kept), kept.accession, kept.ordinal


def _filed_order(kept: StoredDocument) -> int:
    return -(kept.filed or 0)


def _sorted(filings: list[list[Scored]], sort: Sort) -> list[list[Scored]]:
    """Order filings; those that tie stay as they were, and those without a value come last."""
    valued = [(_sort_value(filing[0], sort.by), filing) for filing in filings]
    present = [each for each in valued if each[0] is not None]
    present.sort(key=itemgetter(0), reverse=sort.descending)
    return [filing for _, filing in present] + [filing for value, filing in valued if value is None]


def _sort_value(best: Scored, by: str) -> float | str | None:
    match by:
        case "relevance":
            return best.score
        case "filed":
            return best.kept.filed
        case "period":
            return best.kept.period
        case "company":
            return fold(best.kept.names[0]) if best.kept.names else None
        case _:
            raise ValueError(f"cannot sort by {by!r}")


def _hit(filing: Sequence[Scored], rank: int, shown: int) -> Hit:
    best = filing[0]
    documents = tuple(document_of(each.kept, each.number, each.score) for each in filing[:shown])
    return hit_of(best.kept, best.kept.source, rank=rank, matching=len(filing), score=best.score, documents=documents)


def _facet(filings: Iterable[Sequence[Scored]], field: str, called: Mapping[str, str], *, most: int | None) -> Facet:
    """Count filings by a field's values; `called` is what each party is counted as."""
    values = ({v for each in filing for v in _facet_values(each, field)} for filing in filings)
    counts = Counter(value for some in values for value in ({called[v] for v in some} if field == "company" else some))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(field, tuple(FacetCount(value, count) for value, count in ordered[:most]))


def _facet_values(found: Scored, name: str) -> Iterable[str]:
    if name == "company":
        return found.kept.parties
    if name == "month":
        return (f"{value[:4]}-{value[4:6]}" for value in found.values.get("filed", ()))
    field = BY_NAME.get("filed" if name == "year" else name)
    if field and field.kind is Kind.DATE:
        return (value[:4] for value in found.values.get(field.name, ()))
    if field and field.kind is Kind.KEYWORD:
        return (value.lower() for value in found.values.get(field.name, ()) if value)
    raise ValueError(f"cannot count by {name!r}")
