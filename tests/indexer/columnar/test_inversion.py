"""Values of documents become postings: each document once under each value, whoever has the same list."""

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
