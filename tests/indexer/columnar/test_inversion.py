"""Values of documents become postings: each document once under each value, whoever has the same list."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import inversion
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.inversion import ValueField


def test_values_that_documents_share_and_values_that_are_one_as_bytes() -> None:
    field, shared = ValueField(), ["b", "a", "b"]
    for document, values in enumerate((shared, shared, [], ["a"], shared, ["\ud800", "?", "\udfff"])):
        field.add(document, values)
    field.add(9, shared)
    found = field.inverted()
    assert found.terms == [b"?", b"a", b"b"]
    assert found.counts.tolist() == [1, 5, 4]
    assert found.docs.tolist() == [5, 0, 1, 3, 4, 9, 0, 1, 4, 9]


def test_no_values() -> None:
    field = ValueField()
    field.add(0, [])
    assert len(field.inverted().docs) == 0


def written(path: Path) -> bytes:
    builder = Builder(path, Layout(words=("text",), next_start=lambda start, count: start + 1000))
    for number in range(40):
        texts = (f"non-US mills paid ${number} for mill {number % 7}", "", f"the {'mill ' * (number % 5)}")
        builder.add(SegmentRow(words={"text": texts[: number % 4]}))
    builder.finish()
    return path.read_bytes()


@pytest.mark.parametrize(("bits", "part"), [(64, 16), (17, 1 << 20), (20, 16), (1, 50)])
def test_what_does_not_fit_one_number_or_one_part_is_inverted_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int, part: int
) -> None:
    at_once = written(tmp_path / "a.cols")
    monkeypatch.setattr(inversion, "_KEY", bits)
    monkeypatch.setattr(inversion, "_PART", part)
    assert written(tmp_path / "b.cols") == at_once


@given(st.lists(st.text("ab\0é", max_size=12).map(lambda text: text.encode() * 2), unique=True))
def test_terms_are_in_the_order_of_their_bytes(terms: list[bytes]) -> None:
    ordered = inversion.in_order(terms)
    assert ordered.terms == sorted(terms)
    assert [ordered.terms[rank] for rank in ordered.ranks.tolist()] == terms
