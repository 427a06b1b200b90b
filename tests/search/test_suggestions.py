"""The nearest name."""

import pytest

from search.suggestions import nearest


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("compnay", ["company", "cik"], "company"),
        ("FORM", ["form"], "form"),
        ("10-k404", ["10-K405", "10-Q"], "10-K405"),
        ("zzz", ["form", "cik"], None),
        ("form", [], None),
        ("", ["form"], None),
        ("f" * 10_000, ["form"], None),
    ],
)
def test_nearest(name: str, names: list[str], expected: str | None) -> None:
    assert nearest(name, names) == expected
