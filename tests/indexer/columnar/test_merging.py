"""What is built is what the documents say, and merging gives what building at once would have given."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.tokenizer import term, words
from indexer.columnar import merging
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.merging import Source, merge
from indexer.columnar.packing import length_bytes
from indexer.columnar.postings import POSITION_BITS, FieldReader
from indexer.columnar.stored import ABSENT, RowsReader, read_labels, read_numbers

GAP = 10


def _next(start: int, words: int) -> int:
    return start + max(0, words - 1) + GAP


LAYOUT = Layout(
    ("body", "name"), ("kind",), ("day",), ("group",), ("shown",), ("sort",), ("id", "of"), _next, ("mark",)
)

word = st.sampled_from(["drug", "orphan", "naïve", "a", "b-5", "x" * 200, "x" * 201, "ß", "\u0130"])
text = st.one_of(
    st.lists(word, max_size=8).map(" ".join),
    st.lists(word, max_size=8).map(" ".join),
    st.lists(word, max_size=8).map(" ".join),
    st.builds(lambda count, last: "a " * count + last, st.sampled_from([0, 1, 254, 255, 256]), word),
)
value = st.sampled_from(["8-k", "10-k/a", "", "zero\0byte", "é" * 100, "\ud800"])
row = st.builds(
    lambda body, name, kind, day, group, sort, mark: SegmentRow(
        words={"body": body, "name": name},
        values={"kind": kind, "shown": [each.upper() for each in kind]},
        numbers={"group": group} | ({} if day is None else {"day": day}),
        labels={"sort": sort},
        stored=[sort, (group, None)],
        marks={"mark": {name: sorted(place for other, place in mark if other == name) for name, _ in mark}},
    ),
    st.lists(text, max_size=3),
    st.lists(text, max_size=1),
    st.lists(value, max_size=3),
    st.none() | st.integers(-(2**31) + 1, 2**31 - 1),
    st.integers(-(2**62), 2**62),
    st.sampled_from(["", "b", "a", "\ud800é"]),
    st.sets(st.tuples(st.sampled_from(["1a", "7", "7.01"]), st.sampled_from([0, 1, 5, 300, 2**20])), max_size=5),
)


def built(path: Path, rows: Sequence[SegmentRow]) -> SegmentFile:
    builder = Builder(path, LAYOUT)
    for each in rows:
        builder.add(each)
    builder.finish()
    return SegmentFile(path)


def postings(file: SegmentFile, name: str) -> dict[bytes, list[tuple[int, int]]]:
    """Of each term: document and position of every occurrence, as the file has them."""
    field, mask = FieldReader(file, name), (1 << POSITION_BITS) - 1
    terms = field.terms(0, field.term_count)
    assert terms == sorted(set(terms))
    found = {}
    for number, name_of in enumerate(terms):
        assert field.find(name_of) == number
        places = field.places(number, number + 1).tolist()
        found[name_of] = [(place >> POSITION_BITS, place & mask) for place in places]
        counts = Counter(document for document, _ in found[name_of])
        docs = field.docs(number, number + 1).tolist()
        assert dict(zip(docs, field.freqs(number, number + 1).tolist(), strict=True)) == counts
        assert_only_within(field, number, places)
    return found


def assert_only_within(field: FieldReader, number: int, places: list[int]) -> None:
    docs = sorted({place >> POSITION_BITS for place in places})
    for wanted in (docs[::2], docs[1:2], []):
        kept = np.isin(field.docs(number, number + 1), wanted)
        expected = [place for place in places if place >> POSITION_BITS in wanted]
        assert field.places(number, number + 1, kept).tolist() == expected


def expected_words(rows: Sequence[SegmentRow], name: str) -> dict[bytes, list[tuple[int, int]]]:
    found: dict[bytes, list[tuple[int, int]]] = {}
    for document, each in enumerate(rows):
        start = 0
        for said in each.words[name]:
            last = start
            for last, form in enumerate(words(said), start):
                found.setdefault(term(form).encode(), []).append((document, last))
            start = last + GAP
    return found


def expected_values(rows: Sequence[SegmentRow], name: str) -> dict[bytes, list[tuple[int, int]]]:
    found: dict[bytes, list[tuple[int, int]]] = {}
    for document, each in enumerate(rows):
        for said in {said.encode("utf-8", "replace") for said in each.values[name]}:
            found.setdefault(said, []).append((document, 0))
    return found


def expected_marks(rows: Sequence[SegmentRow]) -> dict[bytes, list[tuple[int, int]]]:
    found: dict[bytes, list[tuple[int, int]]] = {}
    for document, each in enumerate(rows):
        for value_of, positions in each.marks.get("mark", {}).items():
            found.setdefault(value_of.encode(), []).extend((document, position) for position in positions)
    return found


def assert_holds(file: SegmentFile, rows: Sequence[SegmentRow]) -> None:
    assert file.about["documents"] == len(rows)
    for name in LAYOUT.words:
        assert postings(file, name) == expected_words(rows, name)
        lengths = [sum(len(words(said)) for said in each.words[name]) for each in rows]
        assert file.about["words"][name] == sum(lengths)
        if any(lengths):
            assert file.array(f"{name}/lengths").tolist() == length_bytes(np.array(lengths)).tolist()
    for name in ("kind", "shown"):
        assert postings(file, name) == expected_values(rows, name)
    assert postings(file, "mark") == expected_marks(rows)
    assert read_numbers(file, "day").tolist() == [each.numbers.get("day", ABSENT) for each in rows]
    assert read_numbers(file, "group").tolist() == [each.numbers["group"] for each in rows]
    labels = read_labels(file, "sort")
    assert [labels.names[index] for index in labels.indices] == [each.labels["sort"] for each in rows]
    assert [RowsReader(file).row(number) for number in range(len(rows))] == [list(each.stored) for each in rows]
    assert file.verify() == []


@given(rows=st.lists(row, max_size=40))
def test_a_segment_holds_what_it_was_given(tmp_path_factory: pytest.TempPathFactory, rows: list[SegmentRow]) -> None:
    assert_holds(built(tmp_path_factory.mktemp("built") / "a.cols", rows), rows)


def test_far_positions_and_many_occurrences_are_kept(tmp_path: Path) -> None:
    said = "far " + "drug " * 70_000 + "far orphan"
    rows = [
        SegmentRow(words={"body": [said, said], "name": []}, values={"kind": [], "shown": []}, numbers={"group": 1},
            labels={"sort": ""}, stored=["", ()])
    ]  # fmt: skip
    file = built(tmp_path / "a.cols", rows)
    assert_holds(file, rows)
    merge([Source(file, np.ones(1, np.bool_))] * 2, tmp_path / "b.cols")
    assert_holds(SegmentFile(tmp_path / "b.cols"), rows * 2)


@settings(max_examples=60)
@given(
    parts=st.lists(st.lists(st.tuples(row, st.booleans()), max_size=25), min_size=1, max_size=4),
    block=st.integers(1, 50),
)
def test_merging_is_building_what_is_kept(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[tuple[SegmentRow, bool]]], block: int
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    sources = [
        Source(
            built(folder / f"{number}.cols", [each for each, _ in part]),
            np.array([kept for _, kept in part], np.bool_),
        )
        for number, part in enumerate(parts)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "BLOCK_PLACES", block)
        merge(sources, folder / "all.cols")
    assert_holds(SegmentFile(folder / "all.cols"), [each for part in parts for each, kept in part if kept])


def test_segments_of_other_fields_are_not_merged(tmp_path: Path) -> None:
    first = built(tmp_path / "a.cols", [])
    other = Builder(tmp_path / "b.cols", Layout(("body",)))
    other.finish()
    sources = [Source(first, np.empty(0, np.bool_)), Source(SegmentFile(tmp_path / "b.cols"), np.empty(0, np.bool_))]
    with pytest.raises(ValueError, match=r"b\.cols has other fields"):
        merge(sources, tmp_path / "c.cols")
