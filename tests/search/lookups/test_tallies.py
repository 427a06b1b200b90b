"""How often each part of a query occurs."""

import pytest

from search.lookups.tallies import counted, tally, titles
from search.parser import parse_query

TEXTS = ["The license of an orphan drug. Licensing the orphan drug, orphan.", "A drug. The bank granted a license."]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("license drug", {"license": 3, "drug": 3}),
        ('"orphan drug" OR =license', {'"orphan drug"': 2, "=license": 2}),
        ("licens* -bank form:8-K", {"licens*": 3}),
        ("license license", {"license": 3}),
        ("license NEAR(3) drug", {"license NEAR(3) drug": 2}),
        ("company:license", {}),
        ("drug**3", {"drug": 3}),
    ],
)
def test_each_part_is_counted_over_all_texts(query: str, parts: dict[str, int]) -> None:
    found = counted(parse_query(query))
    assert dict(zip(titles(found), tally(found, TEXTS), strict=True)) == parts
