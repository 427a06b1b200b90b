"""A term is found among those that begin like it, whatever bytes it has."""

from bisect import bisect_left
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.access.lexicon import FieldTerms, KeyCollector
from indexer.columnar.file import SegmentFile, SegmentFileWriter
from indexer.columnar.packing import starts

term = st.one_of(
    st.binary(min_size=1, max_size=3),
    st.builds(lambda end: b"alike-in-eight" + end, st.binary(max_size=2)),
    st.builds(lambda end: b"eight--" + end, st.binary(max_size=2)),
    st.builds(lambda number: f"{number:04}".encode(), st.integers(0, 500)),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


def lexicon(folder: Path, terms: list[bytes]) -> FieldTerms:
    path = folder / "a.cols"
    path.unlink(missing_ok=True)
    collector = KeyCollector()
    for low in range(0, len(terms), 50):  # as they come, block after block
        collector.add(terms[low : low + 50])
    with SegmentFileWriter(path) as file:
        file.add("x/terms", np.frombuffer(b"".join(each + b"\0" for each in terms), np.uint8))
        file.add("x/term_starts", starts(np.array([len(each) + 1 for each in terms], np.int64)).astype("<u4"))
        file.add("x/term_keys", collector.keys())
        file.finish({})
    return FieldTerms(SegmentFile(path), "x")


@given(st.sets(term, max_size=400), st.lists(term, max_size=20))
def test_terms_are_found_as_in_a_list(
    tmp_path_factory: pytest.TempPathFactory, known: set[bytes], asked: list[bytes]
) -> None:
    terms = sorted(known)
    read = lexicon(tmp_path_factory.mktemp("lexicon"), terms)
    assert read.term_count == len(terms)
    assert read.terms(0, len(terms)) == terms
    for each in [*asked, *terms[::7]]:
        assert read.at_or_after(each) == bisect_left(terms, each)
        assert read.find(each) == (terms.index(each) if each in known else None)
        low, high = read.beginning(each)
        assert terms[low:high] == [other for other in terms if other.startswith(each)]


def test_terms_with_zero_bytes_are_not_taken_for_several(tmp_path: Path) -> None:
    terms = sorted([b"a", b"a\0b", b"b\0", b"b\0c\0d", b"d"])
    read = lexicon(tmp_path, terms)
    assert [read.find(each) for each in terms] == [0, 1, 2, 3, 4]
    assert [read.find(each) for each in (b"b", b"c", b"c\0d", b"a\0", b"\0")] == [None] * 5


def test_every_term_of_many_is_found(tmp_path: Path) -> None:
    terms = sorted({f"term{number * 7 % 1009:05}{'x' * (number % 9)}".encode() for number in range(1000)})
    read = lexicon(tmp_path, terms)
    assert [read.find(each) for each in terms] == list(range(len(terms)))
    assert read.find(b"") is None
    assert read.find(b"\xff" * 9) is None
    assert [read.term(number) for number in (0, 63, 64, len(terms) - 1)] == [terms[0], terms[63], terms[64], terms[-1]]
