"""`indexer verify` says what is wrong and how to mend it, and mends it; `indexer status` says what is going on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.storage.lock import Lock

Indexer = Callable[..., Any]


@pytest.fixture
def built(indexer: Indexer, write: Callable[..., Path], filings: Path, tmp_path: Path) -> Path:
    for number in (1, 2):
        write(number, f"The text of number {number}.")
    indexer("build", filings, "--index", tmp_path / "index")
    return tmp_path / "index"


def test_a_sound_index(indexer: Indexer, built: Path) -> None:
    said = indexer("verify", "--index", built)
    assert said.code == 0
    assert said.out == f"{built}, generation 1: 1 segment, 2 documents and 2 submissions checked, sound.\n"
    report = json.loads(indexer("verify", "--index", built, "--json").out)
    assert (report["version"], report["sound"], report["findings"], report["documents"]) == (1, True, [], 2)


def test_what_one_damage_causes_is_one_fault(
    indexer: Indexer, built: Path, write: Callable[..., Path], filings: Path
) -> None:
    for number in range(3, 9):
        write(number, f"The text of number {number}.")
    indexer("build", filings, "--rebuild", "--index", built)
    segment = next(built.glob("*.cols"))
    segment.write_bytes(segment.read_bytes()[:-8])
    lines = indexer("verify", "--index", built).out.splitlines()
    assert [line.split()[0] for line in lines] == ["segment", "with", "with", "with", "and", f"{built},"]
    assert lines[1].startswith("  with it: unindexed  0009000077-17-00000")
    assert lines[4] == "  and 5 more for the same cause; --json has them all"
    assert lines[5].endswith("checked, 1 fault.")
    findings = json.loads(indexer("verify", "--index", built, "--json").out)["findings"]
    assert (len(findings), {finding["cause"] for finding in findings}) == (9, {segment.stem})


def test_a_fault_is_named_with_its_mending_and_mended(indexer: Indexer, built: Path) -> None:
    segment = next(built.glob("*.cols"))
    segment.write_bytes(segment.read_bytes()[:-5])
    said = indexer("verify", "--index", built)
    assert said.code == 1
    assert said.out.startswith(f"segment  {segment.stem}: {segment} is cut short")
    assert "(`indexer verify --repair` reads it again)" in said.out
    report = json.loads(indexer("verify", "--index", built, "--json").out)
    assert {finding["fault"] for finding in report["findings"]} == {"segment", "unindexed"}
    said = indexer("verify", "--index", built, "--repair")
    assert said.code == 0 and f"{built} holds 2 submissions, 2 documents." in said.out
    assert indexer("verify", "--index", built).code == 0


def test_what_only_building_anew_mends_is_said(indexer: Indexer, built: Path) -> None:
    (built / "manifest.sqlite").unlink()
    said = indexer("verify", "--index", built, "--repair")
    assert said.code == 1 and "--rebuild" in said.err


def test_what_is_lost_is_said(indexer: Indexer, built: Path, filings: Path) -> None:
    next(built.glob("*.cols")).unlink()
    (filings / "0009000077-17-000002.txt").unlink()
    said = indexer("verify", "--index", built, "--repair")
    assert said.code == 1
    assert said.err == "indexer: 0009000077-17-000002 is lost: its file is gone\n"
    assert f"{built} holds 1 submission" in said.out


def test_status_says_who_writes_and_what_was(indexer: Indexer, built: Path, filings: Path) -> None:
    (filings / "0009000077-17-000002.txt").unlink()
    indexer("build", filings, "--index", built, "--prune")
    with Lock(built):
        assert "being written to by pid" in indexer("status", "--index", built).out
        report = json.loads(indexer("status", "--index", built, "--json").out)
    assert report["writer"]["pid"] > 0 and report["submissions"] == 1
    assert json.loads(indexer("status", "--index", built, "--json").out)["writer"] is None
    then = json.loads(indexer("status", "--index", built, "--json", "--generation", 1).out)
    assert (then["generation"], then["submissions"]) == (1, 2)
    assert indexer("status", "--index", built, "--generation", 9).code == 2
    history = indexer("status", "--index", built, "--history").out.splitlines()
    assert ["+2 -0" in history[0], "+0 -1" in history[1], len(history)] == [True, True, 2]
    commits = [json.loads(line) for line in indexer("status", "--index", built, "--history", "--json").out.splitlines()]
    assert [(commit["added"], commit["removed"]) for commit in commits] == [(2, 0), (0, 1)]
