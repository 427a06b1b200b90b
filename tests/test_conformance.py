"""Every engine gives the reference's answers: over the sample corpus, over generated filings, and over random trees.

The queries are in `data/conformance/queries.txt`. A new engine is a function in ENGINES.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.corpus.walking import walk
from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem
from indexer.extract.document import extract_text
from indexer.extracted import FormRow, Reading, Section
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, FormerName, Header, Party
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from search.errors import QuerySyntaxError
from search.evaluation import nearness, same
from search.parsing.parser import parse_query, parse_query_lenient
from search.query.nodes import (
    And,
    AtLeast,
    Boost,
    Everything,
    Field,
    Fuzzy,
    Leaf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Row,
    Same,
    Term,
    Wildcard,
    Within,
)
from search.results import Answer, Hit, Question, Sort
from search.searchers.local import LocalSearcher
from search.searchers.memory import MemorySearcher
from search.searchers.searcher import Searcher
from search.segments import collection, postings
from tests.opensearch import cluster
from tests.segments import written

pytestmark = pytest.mark.usefixtures("every_word_is_frequent")

HERE = Path(__file__).resolve().parent
QUERIES = HERE / "data" / "conformance" / "queries.txt"
Entries: TypeAlias = list[IndexedDocument]
Names: TypeAlias = tuple[str, ...]
Engine: TypeAlias = Callable[[Path, Sequence[Entries]], Searcher]
"""Makes a searcher in an empty folder, over entries that come in batches: one segment each, no submission split."""


# The engines


def columnar(folder: Path, batches: Sequence[Entries]) -> Searcher:
    """A Whoosh index, as the program builds it."""
    return _committed(folder, batches, ColumnarBuilder)


def stock(folder: Path, batches: Sequence[Entries]) -> Searcher:
    """A Whoosh index of Whoosh's own codec."""
    return _committed(folder, batches, StockBuilder)


def _committed(folder: Path, batches: Sequence[Entries], builder: Callable[[Path], Any]) -> Searcher:
    writer = SegmentList(folder)
    writer.add([written(folder, entries, builder(folder)) for entries in batches])
    writer.commit()
    writer.close()
    return LocalSearcher.open(folder)


LOCAL: dict[str, Engine] = {"columnar": columnar, "stock": stock}
ENGINES: dict[str, Engine] = {**LOCAL, **({"opensearch": cluster.searcher} if cluster.URL else {})}


# What is asked


def asked() -> dict[str, list[str]]:
    """The queries of the file by section."""
    sections: dict[str, list[str]] = {}
    for line in QUERIES.read_text("utf-8").splitlines():
        if line.startswith("# "):
            sections[line[2:]] = []
        elif line:
            sections[next(reversed(sections))].append(line)
    return sections


FINDING = [query for section, queries in asked().items() if section != "nothing" for query in queries]
FINDING_NOTHING = asked()["nothing"]


# What it is asked of


@cache
def sample() -> list[Entries]:
    """The sample corpus, a batch a submission file, each submission once."""
    found: dict[str, Entries] = {}
    for file in walk([str(HERE.parent / "corpus")]):
        if not isinstance(file, Problem):
            submission = parse_submission(file.content, name=Path(file.source).name)
            entries = [
                IndexedDocument(submission.header, document, extract_text(document), file.source, "ab" * 32)
                for document in submission.documents
            ]
            if entries:
                found.setdefault(entries[0].submission_id, entries)
    submissions = list(found.values())
    return [[entry for each in submissions[start::3] for entry in each] for start in range(3)]


DRAWN = """
the of a and to in license licenses licensing licensed licence orphan drug drugs waiver waived covenant covenants
agreement amendment goodwill impairment impaired charge charges company filing report climate risk naïve dying die
going concern material weakness customer cybersecurity incident b s 10b-5 U.S. AT&T 1.5 non-GAAP 2009 401(k) $1,234.56
$5 5% 21.5 21.50 $(1,234) non-recourse nonrecourse e-mail email US us 0009000417 13-1234567 131234567 C++
"""
VOCABULARY = DRAWN.split()
FORMS = ("8-K", "8-K/A", "10-K", "10-K405", "10-K405/A", "4", "SC 13D", "SCHEDULE 13D/A", "DEF 14A", "D")
TYPES = ("EX-99.1", "EX-10", "EX-10.12", "EX-101.INS", "EX-1.1", "GRAPHIC")
NAMES = ("Wrexley Industries Inc", "Tessalune Biosciences, Inc.", "Ostermark Networks", "Dunwattle Outfitters Inc")
CODES = ("1.01", "7.01", "9.01", "5", "06b")


@cache
def generated() -> list[Entries]:
    """Filings of words drawn from a small vocabulary, common ones often; always the same."""
    draw = random.Random("conformance")
    batches = [_generated_filing(draw, number) for number in range(120)]
    return [[entry for filing in batches[start : start + 40] for entry in filing] for start in range(0, 120, 40)]


def _generated_filing(draw: random.Random, number: int) -> Entries:
    form = draw.choice(FORMS)
    parties = tuple(_generated_party(draw) for _ in range(draw.choice((1, 1, 2))))
    header = Header(
        accession_number=f"{9_000_000 + draw.randrange(50):010}-{draw.randrange(100):02}-{number:06}",
        form=form,
        filed=draw.choice((None, *[date(1996, 1, 1) + timedelta(days=draw.randrange(10_000)) for _ in range(9)])),
        period=draw.choice((None, date(1997, 12, 31), date(2008, 12, 31), date(2023, 6, 30))),
        items=tuple(Item(code, "") for code in draw.sample(CODES, draw.randrange(3))),
        parties=parties,
    )
    return [_generated_document(draw, header, ordinal) for ordinal in range(1, draw.choice((2, 2, 3, 5)))]


def _generated_party(draw: random.Random) -> Party:
    name = draw.choice(NAMES)
    return Party(
        role=draw.choice((Role.FILER, Role.SUBJECT_COMPANY, Role.FILED_BY)),
        name=name,
        cik=f"{9_000_000 + NAMES.index(name):010}",
        sic=draw.choice(("2834", "7372", "")),
        state_of_incorporation=draw.choice(("DE", "NV", "Q8")),
        former_names=draw.choice(((), (FormerName("Harrow Lake Sciences"), FormerName("Wrexley Steel & Wire Co")))),
    )


def _generated_document(draw: random.Random, header: Header, ordinal: int) -> IndexedDocument:
    length = draw.choice((0, 3, 10, 40, 200))
    weights = [1 / rank for rank in range(1, len(VOCABULARY) + 1)]
    text = _in_sentences(
        draw.choices(VOCABULARY, weights, k=length), random.Random(f"sentences {header.filed} {ordinal}")
    )
    document = Document(
        type=header.form if ordinal == 1 else draw.choice(TYPES),
        sequence=draw.choice((ordinal, ordinal, None)),
        filename=draw.choice((f"d{ordinal}.htm", "")),
        description=draw.choice(("", "Press release", "License agreement", "orphan drug license")),
        content=b"",
        ordinal=ordinal,
    )
    apart = random.Random(f"{header.accession_number}:{ordinal}")
    cuts = [(apart.choice(SECTIONS), apart.choice((1, 4, 20, 60))) for _ in range(apart.randrange(6))]
    extracted = ExtractedText(text, Reading.TEXT, sections=sections(text, cuts))
    return IndexedDocument(header, document, extracted, f"{header.accession_number}.txt", "ab")


def _in_sentences(words: Sequence[str], draw: random.Random) -> str:
    """Words with a full stop or the end of a paragraph behind some; `sections` counts the blanks only."""
    marks = draw.choices((" ", ". ", ".\n ", "\n\n "), (12, 2, 1, 1), k=len(words))
    ends = [mark if word[-1:].isalnum() else " " for word, mark in zip(words, marks, strict=True)]
    capital = [mark.strip(" ") != "" for mark in (" ", *ends)]
    parts = (word.capitalize() if upper else word for word, upper in zip(words, capital, strict=False))
    return "".join(map("".join, zip(parts, ends, strict=True))).rstrip()


SECTIONS: Sequence[Names] = ((), ("1A",), ("7",), ("I.2",), ("II.2",), ("7.01",), ("7A", "8"), ("1", "2"))


def sections(text: str, cuts: Sequence[tuple[Names, int]]) -> tuple[Section, ...]:
    """A text cut after so many of its words (as spaces part them), each piece a section by all of these names."""
    starts = [0, *(found.end() for found in re.finditer(" ", text)), len(text)]
    ends = list(accumulate((count for _, count in cuts), initial=0))
    return tuple(
        Section(name, "", starts[low], starts[min(high, len(starts) - 1)])
        for (names, _), low, high in zip(cuts, ends, ends[1:], strict=False)
        if text and low < len(starts) - 1
        for name in names
    )


CORPORA = {"sample": sample, "generated": generated}


@cache
def reference(corpus: str) -> MemorySearcher:
    return MemorySearcher.of(entry for batch in CORPORA[corpus]() for entry in batch)


@pytest.fixture(scope="module", params=[(engine, corpus) for engine in ENGINES for corpus in CORPORA], ids="-".join)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    """An engine, and the reference over the same entries."""
    engine, corpus = request.param
    searcher = ENGINES[engine](tmp_path_factory.mktemp(corpus), CORPORA[corpus]())
    yield searcher, reference(corpus)
    searcher.close()


# The comparison


def plain(hit: Hit) -> Hit:
    """The hit without its scores, which are compared apart, and handles, which are each engine's own."""
    documents = tuple(document._replace(score=0.0, handle="") for document in hit.documents)
    return hit._replace(score=0.0, documents=documents)


def scores(answer: Answer) -> list[float]:
    return [score for hit in answer.hits for score in (hit.score, *(document.score for document in hit.documents))]


@lru_cache(maxsize=4000)
def expected_answer(expected: Searcher, question: Question) -> Answer:
    """The reference's answer, worked out once for all engines."""
    return expected.search(question)


def assert_equal_answers(searcher: Searcher, expected: Searcher, question: Question) -> None:
    got, want = searcher.search(question), expected_answer(expected, question)
    assert (got.filings, got.documents) == (want.filings, want.documents)
    assert [plain(hit) for hit in got.hits] == [plain(hit) for hit in want.hits]
    assert scores(got) == pytest.approx(scores(want), rel=1e-6, abs=2e-6)


def test_enough_is_asked() -> None:
    assert len(set(FINDING)) == len(FINDING) >= 150


@pytest.mark.parametrize("text", FINDING)
def test_each_query_finds_something_somewhere(text: str) -> None:
    question = Question(parse_query(text), limit=0)
    assert sum(reference(corpus).search(question).filings for corpus in CORPORA) > 0


@pytest.mark.parametrize("text", FINDING_NOTHING)
def test_the_queries_for_nothing_find_nothing(text: str) -> None:
    question = Question(parse_query(text), limit=0)
    assert [reference(corpus).search(question).filings for corpus in CORPORA] == [0, 0]


@pytest.mark.parametrize("text", FINDING + FINDING_NOTHING)
def test_engines_give_the_reference_s_answer(pair: tuple[Searcher, Searcher], text: str) -> None:
    assert_equal_answers(*pair, Question(parse_query(text), limit=None, documents=10**6))


@pytest.mark.parametrize("text", ["license", '"orphan drug" OR the', "form:8-K", "-form:4 agreement~", "10b-5 OR U.S."])
def test_engines_give_the_reference_s_answer_exactly_as_typed(pair: tuple[Searcher, Searcher], text: str) -> None:
    assert_equal_answers(*pair, Question(parse_query(text, exact=True), limit=None, documents=10**6))


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("by", ["relevance", "filed", "period", "company"])
def test_engines_sort_and_cut_as_the_reference(pair: tuple[Searcher, Searcher], by: str, descending: bool) -> None:
    for text in ("*:*", "license", "form:8-K", "the -license"):
        for limit, offset in ((None, 0), (10, 0), (7, 3), (1, 0), (5, 10_000), (0, 0)):
            sort = Sort(by, descending)
            assert_equal_answers(*pair, Question(parse_query(text), limit, offset, sort, documents=2))


@pytest.mark.parametrize("text", ["*:*", "license", "form:8-K", "zzzz", '"orphan drug" -form:4'])
def test_engines_count_facets_as_the_reference(pair: tuple[Searcher, Searcher], text: str) -> None:
    searcher, expected = pair
    fields = ["form", "root_form", "exhibit", "type", "sic", "state", "incorporated", "item", "cik", "company", "year"]
    fields += ["transaction", "ticker", "filed", "period", "reading", "fiscal_year_end", "section"]
    assert searcher.facets(parse_query(text), fields) == expected.facets(parse_query(text), fields)
    documents = expected.facets(parse_query(text), fields, documents=True)
    assert searcher.facets(parse_query(text), fields, documents=True) == documents
    assert searcher.facets(parse_query(text), fields, most=2) == expected.facets(parse_query(text), fields, most=2)
    assert all(len(each.counts) <= 2 for each in searcher.facets(parse_query(text), fields, most=2))


def test_engines_refuse_to_count_by_what_has_no_values(pair: tuple[Searcher, Searcher]) -> None:
    for searcher in pair:
        for field in ("text", "nonsense"):
            with pytest.raises(ValueError, match=field):
                searcher.facets(Everything(), [field])


@pytest.mark.parametrize(
    "text", ["license", "=license", "licens*", "l?c*e", "orphan~", "zzzz", "company:wre*", "form:10-*"]
)
def test_engines_tell_what_words_stand_for_as_the_reference(pair: tuple[Any, Any], text: str) -> None:
    searcher, expected = pair
    query = parse_query(text)
    leaf, field = (query.query, query.name) if isinstance(query, Field) else (query, "text")
    assert isinstance(leaf, Leaf)
    assert searcher.expansion(leaf, field) == expected.expansion(leaf, field)
    assert searcher.count(query) == expected.count(query)


@pytest.mark.parametrize(
    "text", ["license", "orphan drug license", '"orphan drug" of the', "license form:8-K", "type:EX-*"]
)
def test_engines_take_scores_apart_as_the_reference(pair: tuple[Any, Any], text: str) -> None:
    searcher, expected = pair
    query = parse_query(text)
    for got, want in zip(searcher.search(Question(query)).hits, expected.search(Question(query)).hits, strict=True):
        parts = searcher.score_parts(query, got.documents[0].handle)
        wanted = expected.score_parts(query, want.documents[0].handle)
        assert [each[:2] for each in parts.leaves] == [each[:2] for each in wanted.leaves]
        assert [each.score for each in parts.leaves] == pytest.approx([each.score for each in wanted.leaves])
        assert parts[1:] == pytest.approx(wanted[1:])
        assert parts.total == pytest.approx(got.score, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("text", ["license", "orphan -drug", "company:wrexley", "form:8-K"])
def test_engines_tell_which_documents_match_as_the_reference(pair: tuple[Searcher, Searcher], text: str) -> None:
    searcher, expected = pair
    for hit in expected.search(Question(Everything(), limit=20)).hits:
        for document in hit.documents:
            got = searcher.matches(parse_query(text), searcher.handle(document.id))
            assert got == expected.matches(parse_query(text), document.handle)


def test_engines_give_the_text(pair: tuple[Searcher, Searcher]) -> None:
    searcher, expected = pair
    hits = expected.search(Question(Everything(), limit=None, documents=10**6)).hits
    for document in [document for hit in hits for document in hit.documents]:
        assert searcher.text(searcher.handle(document.id)) == expected.text(document.handle)
    for hit in searcher.search(Question(Everything(), limit=None, documents=10**6)).hits:
        assert all(document.handle == searcher.handle(document.id) for document in hit.documents)
    with pytest.raises(KeyError):
        searcher.handle("0009999999-99-999999:none.htm")


typed = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "license",
                "drug*",
                "orphan~",
                '"',
                "(",
                ")",
                "-",
                "OR",
                "NOT",
                "NEAR(3)",
                "BEFORE(9)",
                "/s",
                "+p",
                "/9",
                "*",
                "=the",
            ]
        ),
        st.sampled_from(
            [
                "form:4",
                "form:(",
                "filed:2017..",
                "company:wrexley",
                "exhibit:10",
                "item:fd",
                "**2",
                "??",
                "section:1A",
                "section:7*",
                "transaction:S",
                "shares:>100",
                'owner:"I. Halvorsen"',
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=typed)
def test_engines_answer_whatever_is_typed(pair: tuple[Searcher, Searcher], text: str) -> None:
    try:
        query = parse_query_lenient(text).query
    except QuerySyntaxError:  # an operator of another system
        return
    assert_equal_answers(*pair, Question(query, limit=20))


# Random trees over random texts

WORDS = ("license", "licensing", "orphan", "drug", "dying", "die", "ab", "ba", "naïve", "7")
words = st.sampled_from(WORDS)
leaves = st.one_of(
    st.builds(Term, words, st.booleans()),
    st.builds(Prefix, st.sampled_from(["", "lic", "d", "z"])),
    st.builds(Wildcard, st.sampled_from(["*ing", "l?c*", "?", "*a*", "?*"])),
    st.builds(Fuzzy, words, st.integers(1, 2)),
)


def some(inner: st.SearchStrategy[Query], low: int, high: int) -> st.SearchStrategy[tuple[Query, ...]]:
    return st.lists(inner, min_size=low, max_size=high).map(tuple)


placed = st.recursive(
    leaves,
    lambda inner: st.one_of(st.builds(Phrase, some(inner, 1, 3)), st.builds(Or, some(inner, 1, 3))),
    max_leaves=4,
)
near = st.one_of(
    st.builds(Near, some(placed, 1, 4), st.integers(0, 4), st.booleans()),
    st.builds(Same, some(placed, 1, 4), st.sampled_from(["sentence", "paragraph"]), st.booleans()),
)
headers = st.one_of(
    st.builds(Field, st.just("filed"), st.builds(Range, st.none() | st.just(20000101), st.none() | st.just(20170308))),
    st.builds(Field, st.just("sequence"), st.builds(Range, st.just(1), st.integers(1, 2))),
    st.builds(Field, st.just("form"), st.builds(Term, st.sampled_from(["8-k", "4", "sc 13d"]), st.just(True))),
    st.builds(Field, st.just("sic"), st.builds(Range, st.none(), st.just(3000))),
    st.builds(Field, st.just("company"), st.builds(Phrase, some(st.builds(Term, words, st.just(True)), 1, 2))),
    st.builds(Field, st.just("title"), placed),
    st.builds(Field, st.just("section"), st.deferred(lambda: names)),
    st.just(Everything()),
)
names = st.recursive(
    st.one_of(
        st.builds(Term, st.sampled_from(["1a", "7", "7a", "i.2", "9"]), st.just(True)),
        st.builds(Prefix, st.sampled_from(["", "7", "z"])),
        st.builds(Wildcard, st.sampled_from(["?", "*a"])),
    ),
    lambda inner: st.builds(Or, some(inner, 1, 3)),
    max_leaves=3,
)
millionths = st.none() | st.sampled_from([0, 1_000_000, 2_500_000, 2_500_001])
of_rows = st.one_of(
    st.builds(Field, st.just("transaction"), st.builds(Term, st.sampled_from(["p", "s"]), st.just(True))),
    st.builds(Field, st.just("transaction"), st.builds(Range, st.none(), st.just(3))),
    st.builds(Field, st.sampled_from(["shares", "price"]), st.builds(Range, millionths, millionths)),
    st.builds(Field, st.sampled_from(["officer_title", "holding", "company"]), placed | near),
)
rows = st.recursive(
    of_rows,
    lambda inner: st.one_of(
        st.builds(And, some(inner, 0, 3)),
        st.builds(Or, some(inner, 0, 3)),
        st.builds(Not, inner),
        st.builds(Row, inner),
        st.builds(Boost, inner, st.just(2.0)),
    ),
    max_leaves=5,
)
trees = st.recursive(
    placed | near | headers | of_rows | st.builds(Row, rows),
    lambda inner: st.one_of(
        st.builds(And, some(inner, 0, 3)),
        st.builds(Or, some(inner, 0, 3)),
        st.builds(AtLeast, some(inner, 0, 3), st.integers(0, 2)),
        st.builds(Not, inner),
        st.builds(Boost, inner, st.sampled_from([0.5, 2.0])),
        st.builds(Field, st.sampled_from(["text", "title"]), placed | near),
        st.builds(Within, names, inner | near),
    ),
    max_leaves=6,
)
texts = st.lists(st.sampled_from((*WORDS, "of", "the", "die. Ab", "drug.", "7\n", "die\n\n")), max_size=14).map(
    " ".join
)
documents = st.tuples(
    texts,
    st.lists(words, max_size=3).map(" ".join),
    st.sampled_from(["8-K", "4", "SC 13D"]),
    st.sampled_from([None, date(1996, 2, 29), date(2017, 3, 8)]),
    st.sampled_from(["", "2834", "7372"]),
    st.lists(st.tuples(st.sampled_from([(), ("1A",), ("7",), ("7", "7A"), ("I.2",)]), st.integers(1, 5)), max_size=4),
    st.lists(
        st.builds(
            FormRow,
            transaction=st.sampled_from(["", "P", "S", "3"]),
            shares=st.sampled_from(["", "1", "2.5", "2.500001", "none"]),
            price=st.sampled_from(["", "0", "1.00"]),
            officer_title=st.sampled_from(["", "license", "drug ab", "Orphan of drug"]),
            holding=st.sampled_from(["", "Orphan Drug die 7", "ba"]),
        ),
        max_size=4,
    ).map(tuple),
)


FEW: Mapping[ModuleType, Mapping[str, int]] = {
    collection: {"_MOST_KEPT": 1},
    nearness: {"_WINDOW": 4, "_FIRSTS": 1},
    postings: {"_PORTION": 2, "_PORTION_OF_UNIONS": 2},
    same: {"_AT_ONCE": 2},
}
"""How many are looked at together, as if the texts were long."""


Drawn: TypeAlias = tuple[str, str, str, date | None, str, list[tuple[Names, int]], tuple[FormRow, ...]]


def _entry(number: int, drawn: Drawn, first: Drawn) -> IndexedDocument:
    """A document of its filing, two to a filing; the header is the same for both."""
    (text, title, *_, cuts, rows), (_, name, form, filed, sic, *_) = drawn, first
    ordinal = number % 2 + 1
    party = Party(Role.FILER, name, f"{number // 2:010}", sic)
    header = Header(f"0009000001-17-{number // 2:06}", form, filed, parties=(party,))
    document = Document("EX-1", ordinal, f"d{ordinal}.htm", title, b"", ordinal=ordinal)
    extracted = ExtractedText(text, Reading.TEXT, sections=sections(text, cuts), rows=rows)
    return IndexedDocument(header, document, extracted, "a.txt", "ab")


@pytest.mark.parametrize("engine", LOCAL)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    drawn=st.lists(documents, min_size=1, max_size=8),
    asked=st.lists(trees, min_size=5, max_size=12),
    few=st.sampled_from([{}, FEW]),
)
def test_engines_agree_on_random_trees(
    engine: str, drawn: list[Drawn], asked: list[Query], few: Mapping[ModuleType, Mapping[str, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module, sizes in few.items():
            for name, size in sizes.items():
                patch.setattr(module, name, size)
        assert_agreement_on_trees(LOCAL[engine], drawn, asked)


def assert_agreement_on_trees(engine: Engine, drawn: list[Drawn], asked: list[Query]) -> None:
    entries = [_entry(number, each, drawn[number // 2 * 2]) for number, each in enumerate(drawn)]
    half = len(entries) // 4 * 2
    with TemporaryDirectory() as folder:
        searcher = engine(Path(folder), [part for part in (entries[:half], entries[half:]) if part])
        expected = MemorySearcher.of(entries)
        for query in asked:
            assert_equal_answers(searcher, expected, Question(query, limit=None, documents=10))
            assert_equal_answers(searcher, expected, Question(query, limit=2, proximity=False))
        searcher.close()
