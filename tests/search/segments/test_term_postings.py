"""A word's postings, read in parts and of several segments at once, are those of the texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.columnar.access import places_read
from indexer.columnar.access.blocks import SIZE
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import POSITION_BITS, FieldReader
from search.segments import term_postings
from search.segments.postings import Postings
from search.segments.term_postings import PackedPostings, TermIn, places_together
from search.segments.unions import united_postings

DOCUMENTS = 700
_POSITION = (1 << POSITION_BITS) - 1


def text(number: int) -> str:
    """Return the words of a document: some often, some far apart, and some in a few documents alone."""
    words = ["the"] * (number % 5) + ["filler"] * (number % 11 * 40) + ["often"] * (number % 3 > 0)
    words += ["filler"] * (40_000 if number == 333 else number % 2 * 150)
    return " ".join(
        [*words, *["often"] * (300 if number == 350 else number % 2), *["rare"] * (number % 97 == 0), "the"]
    )


PLACES = {
    word: {
        number: [at for at, each in enumerate(text(number).split()) if each == word]
        for number in range(DOCUMENTS)
        if word in text(number).split()
    }
    for word in ("the", "often", "rare")
}


@pytest.fixture(scope="module")
def postings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PackedPostings]:
    """The words over three segments, the second of few documents."""
    folder, terms = tmp_path_factory.mktemp("postings"), dict[str, list[TermIn]]()
    for low, high in ((0, 300), (300, 340), (340, DOCUMENTS)):
        builder = Builder(folder / f"{low}.cols", Layout(words=("text",), keys=("group",)))
        for number in range(low, high):
            builder.add(SegmentRow(words={"text": (text(number),)}, numbers={"group": number // 3}))
        builder.finish()
        field = FieldReader(SegmentFile(folder / f"{low}.cols"), "text")
        for word in PLACES:
            if (number := field.find(word.encode())) is not None:
                terms.setdefault(word, []).append(TermIn(low, field, number, *field.doc_bounds(number)))
    return {word: PackedPostings(found) for word, found in terms.items()}


@pytest.mark.parametrize("word", PLACES)
def test_documents_and_how_often(postings: dict[str, PackedPostings], word: str) -> None:
    found = postings[word]
    assert found.docs.tolist() == list(PLACES[word])
    assert found.count == len(PLACES[word])
    assert found.frequencies.tolist() == [len(places) for places in PLACES[word].values()]
    assert found.size == sum(map(len, PLACES[word].values()))
    every = np.arange(found.count)[::3]
    assert found.frequencies_at(every).tolist() == found.frequencies[every].tolist()


def assert_places(found: Postings, expected: dict[int, list[int]], wanted: list[int]) -> None:
    places = found.places_of(np.array(sorted(wanted), np.int64))
    assert (np.diff(places) > 0).all()
    read: dict[int, list[int]] = {}
    for place in places.tolist():
        read.setdefault(place >> POSITION_BITS, []).append(place & _POSITION)
    assert {number: read.get(number, []) for number in wanted} == {
        number: expected.get(number, []) for number in wanted
    }
    assert all(places == expected[number] for number, places in read.items())  # of others, all or nothing
    assert all(min(wanted) <= number <= max(wanted) for number in read)


@pytest.mark.parametrize("gap", [0, 50, 1 << 14])
@settings(deadline=None, max_examples=40)
@given(wanted=st.sets(st.integers(0, DOCUMENTS - 1), min_size=1, max_size=400), word=st.sampled_from(list(PLACES)))
def test_places_of_some_documents(postings: dict[str, PackedPostings], gap: int, wanted: set[int], word: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_postings, "_GAP", gap)
        assert_places(postings[word], PLACES[word], sorted(wanted))


@pytest.mark.parametrize("few", [0, 1 << 14])
@settings(deadline=None, max_examples=40)
@given(draw=st.data(), word=st.sampled_from(list(PLACES)))
def test_texts_laid_end_to_end(postings: dict[str, PackedPostings], few: int, draw: st.DataObject, word: str) -> None:
    docs = sorted(draw.draw(st.sets(st.sampled_from(list(PLACES[word])), min_size=1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places_read, "_FEW", few)
        line = postings[word].line(np.array(docs))
    assert (np.diff(line.numbers) > 0).all()
    laid = list(zip(docs, line.lows.tolist(), line.highs.tolist(), strict=True))
    read = [[each - low - 1 for each in line.numbers.tolist() if low < each <= high] for _, low, high in laid]
    assert read == [PLACES[word][number] for number in docs]
    assert line.moved(line.to_places(np.array(docs))).tolist() == [
        number << POSITION_BITS | place for number in docs for place in PLACES[word][number]
    ]


def test_what_four_bytes_do_not_hold_takes_eight() -> None:
    steps = np.array([2**31 - 9, 5, 2**31 - 9, 7], np.int32)
    line = places_read.TermLine.of(steps, np.array([2, 1, 1]), np.arange(3), room=None)
    assert line.highs.tolist() == [2**31 - 3, 2**32 - 11, 2**32 - 3]
    places = line.moved(line.to_places(np.arange(3)))
    assert places.tolist() == [2**31 - 9, 2**31 - 4, 1 << 32 | 2**31 - 9, 2 << 32 | 7]


@pytest.mark.parametrize("gap", [0, 50, 1 << 14])
@settings(deadline=None, max_examples=40)
@given(wanted=st.sets(st.integers(0, DOCUMENTS + 9), max_size=400), words=st.lists(st.sampled_from(list(PLACES))))
def test_places_of_several_words(
    postings: dict[str, PackedPostings], gap: int, wanted: set[int], words: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_postings, "_GAP", gap)
        places, terms = places_together([postings[word] for word in words], np.array(sorted(wanted), np.int64))
    assert list(zip(terms.tolist(), places.tolist(), strict=True)) == [
        (index, number << POSITION_BITS | place)
        for index, word in enumerate(words)
        for number in sorted(wanted)
        for place in PLACES[word].get(number, [])
    ]


@pytest.mark.parametrize("word", PLACES)
def test_positions_in_one_document(postings: dict[str, PackedPostings], word: str) -> None:
    found = {number: postings[word].positions(number) for number in range(DOCUMENTS)}
    read = {number: positions for number, positions in found.items() if positions is not None}
    assert read == {number: PLACES[word].get(number, []) for number in read}
    assert len(read) > DOCUMENTS / 2
    assert 334 in read  # though a place of the document before it is too large for two bytes


@settings(deadline=None, max_examples=40)
@given(wanted=st.sets(st.integers(0, DOCUMENTS - 1), min_size=1, max_size=400))
def test_words_read_as_one(postings: dict[str, PackedPostings], wanted: set[int]) -> None:
    both = united_postings([postings["the"], postings["rare"]], DOCUMENTS)
    expected = {
        number: sorted(PLACES["the"].get(number, []) + PLACES["rare"].get(number, []))
        for number in sorted({*PLACES["the"], *PLACES["rare"]})
    }
    assert both.docs.tolist() == list(expected)
    assert both.frequencies.tolist() == [len(places) for places in expected.values()]
    for number in wanted:
        assert_places(both, expected, [number])


@settings(deadline=None, max_examples=60)
@given(data=st.data(), word=st.sampled_from(list(PLACES)))
def test_blocks_hold_what_they_say(postings: dict[str, PackedPostings], data: st.DataObject, word: str) -> None:
    found = postings[word]
    weights = found.weights(100.0)
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, len(weights) - 1)))), np.int64)
    docs, often = found.in_blocks(chosen)
    assert [PLACES[word][number] and len(PLACES[word][number]) for number in docs.tolist()] == often.tolist()
    if len(docs):
        assert set(found.blocks_of(docs).tolist()) == set(chosen.tolist())
        assert len(docs) <= len(chosen) * SIZE
