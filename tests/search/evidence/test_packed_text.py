"""Long lists are packed and come back; what was made to be unpacked at somebody's cost is refused."""

import gzip
import hashlib
from base64 import b64encode

import pytest

from search.evidence import packed_text
from search.evidence.evidence_file import COVERED
from search.evidence.packed_text import embedded, evidence_within, packed, unpacked
from search.output.json import dumped
from search.records.parsed import JsonObject

COLUMNS = ("name", "number")


def back(found: dict[str, object]) -> list[list[object]]:
    """The rows of a list that was packed, which is intact."""
    read = unpacked(JsonObject(found, "a list"), COLUMNS)
    assert read.intact
    return [[row.members[name] for name in COLUMNS] for row in read.rows]


@pytest.mark.parametrize("rows", [[], [["a", 1]], [[f"row \ud800 \u2028 {number}", number] for number in range(2_000)]])
def test_rows_come_back(rows: list[list[object]]) -> None:
    found = packed(COLUMNS, rows)
    assert ("gzip" in found) == (len(rows) > 1_000)
    assert back(found) == rows


def test_ten_thousand_covered_filings_take_less_than_two_megabytes() -> None:
    """With digests that nothing packs, two parties each, and long paths."""
    rows = []
    for number in range(10_000):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        accession = f"{int(digest[:8], 16) % 10**10:010}-{number % 30:02}-{int(digest[8:13], 16) % 10**6:06}"
        party = ["filer", f"{digest[:6].upper()} Holdings of {digest[6:9]} Inc", f"{int(digest[9:14], 16):010}"]
        path = f"/srv/edgar/corpus/{2000 + number % 25}/{party[2]}/{accession}.txt"
        rows.append([accession, "10-K", f"20{number % 25:02}-03-{number % 28 + 1:02}", 7, [party, party], path, digest])
    assert len(dumped(packed(COVERED, rows))) < 2_000_000


def test_a_list_that_was_changed_is_not_intact() -> None:
    found = packed(COLUMNS, [["a", 1], ["b", 2]])
    for changed in ({**found, "rows": [["a", 1]]}, {**found, "number": 3}, {**found, "sha256": "0" * 64}):
        assert not unpacked(JsonObject(changed), COLUMNS).intact


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": ["name"]}, "a list.columns are not name, number"),
        ({"rows": [["a"]]}, "a list, row 1 has not 2 members"),
        ({"rows": [["a", 1], 7]}, "a list, row 2 is no list"),
        ({"gzip": "?"}, "a list.gzip cannot be unpacked"),
        ({"gzip": b64encode(b"none").decode()}, "a list.gzip cannot be unpacked"),
        ({"gzip": b64encode(gzip.compress(b'["a",1]\n')[:-9]).decode()}, "a list.gzip is cut short"),
    ],
)
def test_what_is_no_list_is_an_error_with_the_place(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        unpacked(JsonObject({**packed(COLUMNS, [["a", 1]]), **change}, "a list"), COLUMNS)


def test_a_small_file_does_not_become_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_text, "MOST", 1_000)
    large = b64encode(gzip.compress(b"[" + b" " * 10_000 + b"]")).decode()
    with pytest.raises(ValueError, match="or more than"):
        unpacked(JsonObject({**packed(COLUMNS, []), "gzip": large}, "a list"), COLUMNS)


def test_a_page_carries_its_evidence_exactly() -> None:
    content = '{"a": "</script> é \\u003c"}\n'
    assert evidence_within(f"{packed_text.PAGE}\n<p>\n{embedded(content)}\n</html>") == content
    with pytest.raises(ValueError, match="without evidence"):
        evidence_within(packed_text.PAGE)
