"""Evidence of a lookup, and the lookup repeated, at the command line."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.search.conftest import Ask, Builder, document, submission
from tests.search.evidence.forging import forged

ONE = submission(1, document("A covenant waiver."), document("A waiver too.", "b.txt", type="EX-99", sequence=2))
TWO = submission(2, document("Another waiver."))
BOTH = {"1.txt": ONE, "2.txt": TWO}


@pytest.fixture
def index(build: Builder) -> Path:
    return build(BOTH)


@pytest.fixture
def evidence(ask: Ask, index: Path, home: Path) -> Path:
    said = ask("waiver", "--limit", "1", "--evidence", "e.json", index=index)
    assert (said.code, said.err) == (0, "evidence of 2 filings written to e.json\n")
    return home / "e.json"


def test_it_holds_every_hit_whatever_was_shown(evidence: Path, index: Path) -> None:
    found = json.loads(evidence.read_text())
    assert (found["filings"], found["documents"], len(found["hits"])) == (2, 3, 2)
    assert sorted(doc["id"] for hit in found["hits"] for doc in hit["documents"]) == [
        "0009070001-24-000001:b.txt",
        "0009070001-24-000001:main.txt",
        "0009070001-24-000002:main.txt",
    ]
    assert {hit["sha256"] for hit in found["hits"]} == {
        hashlib.sha256(content).hexdigest() for content in BOTH.values()
    }
    assert found["index"]["corpus"]["submissions"] == 2
    assert found["coverage"]["filings"] == 2


def test_it_says_what_of_the_index_was_compared(evidence: Path, ask: Ask, index: Path) -> None:
    verified = json.loads(evidence.read_text())["index"]["verified"]
    assert verified == {"segments": len(list(index.glob("*.cols"))), "documents": 3, "unknown": []}
    ask("waiver", "--report", "r.html", index=index)
    assert "and the texts of 3 documents, with their checksums" in Path("r.html").read_text()


@pytest.mark.parametrize("pattern", ["*.cols", "texts/*.zst"])
def test_of_a_damaged_index_there_is_no_evidence(ask: Ask, index: Path, home: Path, pattern: str) -> None:
    """Also where an answer does not read what is damaged."""
    [path] = index.glob(pattern)
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    said = ask("waiver", "--count", "--evidence", "e.json", index=index)
    assert said.code == 2
    assert "damaged" in said.err
    assert not (home / "e.json").exists()


def test_watchlists_and_synonyms_are_written_out(ask: Ask, index: Path, home: Path) -> None:
    (home / "list").write_text("9070001\n9999999\n")
    (home / "groups").write_text("pardon, waiver\n")
    ask("pardon", "--cik", "@list", "--synonyms", "groups", "--evidence", "e.json", index=index)
    (home / "list").unlink()
    (home / "groups").unlink()
    found = json.loads((home / "e.json").read_text())
    assert found["lookup"]["filters"] == [{"field": "cik", "values": ["9070001", "9999999"]}]
    assert found["lookup"]["synonyms"] == [["pardon", "waiver"]]
    assert found["coverage"]["missing"] == ["cik 9999999"]
    assert ask("--repeat", "e.json", index=index).code == 0


@pytest.mark.parametrize("mode", ["--count", "--counts", "--json", "--csv"])
def test_it_is_the_same_beside_every_answer(ask: Ask, evidence: Path, index: Path, mode: str) -> None:
    assert ask("waiver", mode, "--evidence", "other.json", index=index).code == 0
    one, other = (json.loads(path.read_text()) for path in (evidence, Path("other.json")))
    assert (one["hits"], one["coverage"]) == (other["hits"], other["coverage"])


def test_evidence_of_nothing(ask: Ask, index: Path, home: Path) -> None:
    assert ask("zebra", "--evidence", "e.json", index=index).code == 1
    assert json.loads((home / "e.json").read_text())["hits"] == []
    assert ask("--repeat", "e.json", index=index).code == 0


def test_the_same_again(ask: Ask, evidence: Path, index: Path) -> None:
    said = ask("--repeat", "e.json", index=index)
    assert said.code == 0
    assert "the corpus covered has not changed: 2 filings" in said.out
    assert "nothing has changed in the answer\n" in said.out
    assert said.out.endswith("not looked at: the 2 source files (`search --verify-evidence FILE` reads them)\n")


def test_what_is_new_gone_and_moved(ask: Ask, evidence: Path, build: Builder, index: Path) -> None:
    moved = submission(1, document("By agreement of the bank, a covenant waiver."))
    build({"1.txt": moved, "3.txt": submission(3, document("A third waiver."))})
    said = ask("--repeat", "e.json", index=index)
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[2] == "the corpus covered has changed: 1 new, 1 changed, 1 gone (was 2 filings)"
    assert sorted(line.split()[:2] for line in lines[3:6]) == [
        ["changed", "0009070001-24-000001"],
        ["gone", "0009070001-24-000002"],
        ["new", "0009070001-24-000003"],
    ]
    changes = sorted(lines[6:-2])
    assert [line.split()[:2] for line in changes] == [
        ["changed", "0009070001-24-000001:main.txt"],
        ["gone", "0009070001-24-000001:b.txt"],
        ["gone", "0009070001-24-000002:main.txt"],
        ["new", "0009070001-24-000003:main.txt"],
    ]
    assert "the submission's bytes differ; passages at 0..44, were at 0..18" in changes[0]
    assert "is not in the index any more" in changes[2]
    assert lines[-2] == "in the answer: 1 new, 1 changed, 2 gone"


def test_what_does_not_match_any_more_is_told_from_what_is_not_there(
    ask: Ask, evidence: Path, build: Builder, index: Path
) -> None:
    build({"1.txt": ONE, "2.txt": submission(2, document("Nothing."))})
    assert "main.txt  is in the index, and does not match any more" in ask("--repeat", "e.json", index=index).out


def test_a_report_as_json(ask: Ask, evidence: Path, build: Builder, index: Path) -> None:
    build({**BOTH, "3.txt": submission(3, document("A third waiver."))})
    found = json.loads(ask("--repeat", "e.json", "--json", index=index).out)
    assert (found["before"]["filings"], found["now"]["filings"]) == (2, 3)
    assert (found["before"]["submissions"], found["now"]["submissions"]) == (2, 3)
    (change,) = found["changes"]
    assert (change["change"], change["document"]) == ("new", "0009070001-24-000003:main.txt")


def test_evidence_that_was_changed(ask: Ask, evidence: Path, index: Path) -> None:
    evidence.write_text(evidence.read_text().replace("A waiver too.", "No waiver at all."))
    said = ask("--repeat", "e.json", index=index)
    assert said.out.startswith("the evidence was changed after it was written")
    assert said.code == 1


def test_another_index(ask: Ask, evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.manifest.manifest.Manifest.begun", lambda _self: "another time")
    said = ask("--repeat", "e.json")
    assert said.code == 1
    assert "the index is another, begun another time (was 2" in said.out
    assert "the corpus covered has changed: 52 new, 2 gone (was 2 filings)" in said.out


def test_a_commit_that_changes_nothing_covered_is_no_change(
    ask: Ask, evidence: Path, build: Builder, home: Path
) -> None:
    index = build({**BOTH, "notes.md": b"none"})
    ask("waiver", "--evidence", "e.json", "--force", index=index)
    build({**BOTH, "notes.md": b"no more of it"})
    said = ask("--repeat", "e.json", index=index)
    assert (said.code, "generation 1 of" in said.out, "generation 3 of" in said.out) == (0, False, True)
    assert "the corpus covered has not changed: 2 filings" in said.out


def test_evidence_of_an_earlier_version_is_repeated_and_says_what_it_lacks(
    ask: Ask, evidence: Path, index: Path
) -> None:
    def earlier(content: dict[str, Any]) -> None:
        for name in ("covered", "unread", "problems", "companies", "asked_by"):
            del content[name]
        content["version"] = 1

    forged(evidence, earlier)
    said = ask("--repeat", "e.json", index=index)
    assert said.code == 0
    assert "the evidence lists no covered filings, so what has changed in them cannot be told (it had 2)" in said.out
    said = ask("--verify-evidence", "e.json", index=index)
    assert said.code == 1 and "passages: 3 of 3" in said.out
    assert "list     covered  an earlier version wrote it: it has no list of what was covered" in said.out
