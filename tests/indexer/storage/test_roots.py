"""Names of files are relative to the roots of the corpus, and lead to them wherever index and corpus have gone."""

from pathlib import Path

import pytest

from indexer.storage import location
from indexer.storage.roots import Roots

ROOTS = Roots({"corpus": "/data/corpus", "corpus-2": "/more/corpus", "corpus/2017": "/old/2017"})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("corpus/a.txt", "/data/corpus/a.txt"),
        ("corpus-2/b/c.tar > d/e.txt (2)", "/more/corpus/b/c.tar > d/e.txt (2)"),
        ("corpus/2017/a.txt", "/old/2017/a.txt"),
        ("corpus/20171/a.txt", "/data/corpus/20171/a.txt"),
        ("/elsewhere/a.txt", "/elsewhere/a.txt"),
        ("/data/corpus-3/a.txt", "/data/corpus-3/a.txt"),
    ],
)
def test_a_name_leads_to_its_file_and_back(name: str, path: str) -> None:
    assert (ROOTS.path(name), ROOTS.name(path)) == (path, name)


def test_a_folder_is_a_root_and_a_file_lies_in_one(tmp_path: Path) -> None:
    for each in ("a/corpus", "b/corpus"):
        (tmp_path / each).mkdir(parents=True)
    file = tmp_path / "a" / "corpus" / "x.txt"
    file.write_text("x")
    found = Roots().within([tmp_path / "a" / "corpus", tmp_path / "b" / "corpus", file])
    assert dict(found) == {"corpus": f"{tmp_path}/a/corpus", "corpus-2": f"{tmp_path}/b/corpus"}
    assert dict(Roots().within([file])) == {"corpus": f"{tmp_path}/a/corpus"}
    assert dict(found.within([tmp_path]))[tmp_path.name] == str(tmp_path)


def kept(folder: Path, **places: Path) -> Path:
    location.make(folder)
    Roots({name: str(place) for name, place in places.items()}).keep(folder)
    return folder


def test_an_index_that_was_moved_looks_beside_itself_first(tmp_path: Path) -> None:
    (tmp_path / "a" / "corpus").mkdir(parents=True)
    (tmp_path / "far").mkdir()
    index = kept(tmp_path / "a" / "index", corpus=tmp_path / "a" / "corpus", far=tmp_path / "far")
    (tmp_path / "a").rename(tmp_path / "b")
    moved = tmp_path / "b" / index.name
    assert dict(Roots.of(moved)) == {"corpus": f"{tmp_path}/b/corpus", "far": f"{tmp_path}/far"}


def test_an_index_alone_elsewhere_finds_its_corpus_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "a" / "corpus").mkdir(parents=True)
    index = kept(tmp_path / "a" / "index", corpus=tmp_path / "a" / "corpus")
    (tmp_path / "b").mkdir()
    index.rename(tmp_path / "b" / "index")
    assert dict(Roots.of(tmp_path / "b" / "index")) == {"corpus": f"{tmp_path}/a/corpus"}


def test_what_is_relocated() -> None:
    assert dict(ROOTS.relocated("/data", "/new")) == {**ROOTS.places, "corpus": "/new/corpus"}
    assert ROOTS.relocated("/data/corpus/2018", "/new").path("corpus/2018/a.txt") == "/new/a.txt"
    assert Roots().relocated("/data", "/new").path("/data/a.txt") == "/new/a.txt"


@pytest.mark.parametrize("mark", ["", "[]", "{}", '{"roots": []}', '{"roots": {}, "index": 7}'])
def test_a_mark_that_says_nothing_of_them_has_none(tmp_path: Path, mark: str) -> None:
    (tmp_path / location.FILE).write_text(mark)
    assert dict(Roots.of(tmp_path)) == {}


def test_an_identity_is_made_once_and_kept(tmp_path: Path) -> None:
    index = kept(tmp_path / "index")
    before = location.identity(index)
    location.mark(index, 7, since=3)
    Roots({"a": "/a"}).keep(index)
    assert location.identity(index) == before != location.identity(kept(tmp_path / "other"))
