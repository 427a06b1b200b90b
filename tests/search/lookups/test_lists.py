"""Watchlists and synonyms in files."""

from pathlib import Path

import pytest

from search.errors import SearchError
from search.lookups.lists import expanded, read_groups
from search.lookups.lookup import Filter
from search.terms.synonyms import Synonyms


def values_of(path: Path) -> list[str]:
    """What a filter takes from a list."""
    (found,) = expanded([Filter("company", (f"@{path}",))])
    return list(found.values)


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"417\n12704\n", ["417", "12704"]),
        (b"# mine\n\n 417 \n  # more\n417\n", ["417"]),
        (b"CIK,Name\r\n417,Wrexley\r\n12704,\r\n", ["Wrexley"]),
        (b'Company Name\n"Merriwick, Inc.",OH\n', ["Merriwick, Inc."]),
        ("\ufeffcik\n417\n".encode(), ["417"]),
        ("Skarvøy Rederi\n".encode("cp1252"), ["Skarvøy Rederi"]),
        (b"417", ["417"]),
    ],
)
def test_values_as_people_keep_them(tmp_path: Path, content: bytes, values: list[str]) -> None:
    (tmp_path / "list").write_bytes(content)
    assert values_of(tmp_path / "list") == values


@pytest.mark.parametrize("content", [b"", b"\n \n# nothing\n", b"CIK\n"])
def test_an_empty_list_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(SearchError, match=r"list names nothing: write one value a line"):
        values_of(tmp_path / "list")


def test_a_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"none\.csv: No such file or directory"):
        values_of(tmp_path / "none.csv")


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="Is a directory"):
        values_of(tmp_path)


def test_a_binary_file_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"a\x00b" + b'"' * 200_000)
    with pytest.raises(SearchError, match="cannot be read as a list"):
        values_of(tmp_path / "list")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cik", "CIK,Name\n417,Wrexley\n\nMerriwick,x\n", "list, line 4: --cik Merriwick: a CIK is a number"),
        ("cik", "12345678901\n", "list, line 1: --cik 12345678901: a CIK is a number"),
        ("cik", '417\n"\n9\n"\nx\n', "list, line 5: --cik x: "),
        ("filed", "2017\nnever\n", "list, line 2: --filed never: "),
    ],
)
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / "list").write_text(content)
    for value in ("@list", "-@list"):
        with pytest.raises(SearchError) as raised:
            expanded([Filter(name, (value,))], folder=tmp_path)
        assert str(raised.value).startswith(f"{tmp_path}/{said}")


def test_values_from_files_stand_among_others(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("417\n12704\n")
    filters = (Filter("cik", ("9", "@list", "-@list")), Filter("form", ("8-K",)))
    assert expanded(filters, folder=tmp_path) == (
        Filter("cik", ("9", "417", "12704", "-417", "-12704")),
        Filter("form", ("8-K",)),
    )


def test_groups_of_synonyms(tmp_path: Path) -> None:
    (tmp_path / "groups").write_text("# rare diseases\norphan drug, rare disease drug,\n\nlicense,licence\n")
    assert read_groups(tmp_path / "groups") == (("orphan drug", "rare disease drug"), ("license", "licence"))


def test_the_programs_own_synonyms_where_no_file_has_their_name(tmp_path: Path) -> None:
    own = tmp_path / "trade"
    groups = read_groups(own)
    members = [member for group in groups for member in group]
    assert "auditor" in members
    assert len(Synonyms.of(groups).groups) == len(members)  # none stands twice, and none has no words
    own.write_text("license, permit\n")
    assert read_groups(own) == (("license", "permit"),)


@pytest.mark.parametrize(
    ("content", "said"), [("license\n", "line 1: license stands alone"), ("\n# x\n", "holds no synonyms")]
)
def test_a_group_has_at_least_two(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "groups").write_text(content)
    with pytest.raises(SearchError, match=said):
        read_groups(tmp_path / "groups")


def test_a_group_has_its_bounds(tmp_path: Path) -> None:
    (tmp_path / "groups").write_text("a,b\n" + ",".join(map(str, range(100_000))))
    with pytest.raises(SearchError, match=r"groups, line 2: a group of 100,000 synonyms; it may have 1,000"):
        read_groups(tmp_path / "groups")
    (tmp_path / "groups").write_text("a," + "word " * 51)
    with pytest.raises(SearchError, match=r"line 1: word word .* is a synonym of more than 50 words"):
        read_groups(tmp_path / "groups")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_a_list_without_end_is_not_read_to_it() -> None:
    with pytest.raises(SearchError, match="larger than a list may be"):
        read_groups(Path("/dev/zero"))
    with pytest.raises(SearchError, match="larger than a list may be"):
        expanded([Filter("cik", ("@/dev/zero",))])
