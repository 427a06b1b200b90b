"""Both commands on an index on a cluster, as a person uses them: the same lines and exit codes as of a folder."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.ask import Index, Wanted
from tests.opensearch import cluster

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
Ran = subprocess.CompletedProcess[str]


def run(program: str, *arguments: object) -> Ran:
    command = [sys.executable, "-m", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture
def index() -> Iterator[Path]:
    address = cluster.address()
    yield address
    cluster.delete(address)


@pytest.fixture(scope="module")
def built(corpus: Path) -> Iterator[Path]:
    address = cluster.address()
    done = run("indexer", "build", corpus, "--index", address)
    assert done.returncode == 0, done.stderr
    yield address
    cluster.delete(address)


def found(address: Path, query: str) -> list[str]:
    with Index(address) as opened:
        return [hit.accession for hit in opened.search(query, wanted=Wanted(limit=None)).hits]


ASKED = (
    "orphan drug license",
    "form:8-K --facets form,year,company",
    "company:wrexley --json",
    "licens* --explain",
    "license NEAR(9) drug --coverage",
    "goodwill license --counts",
    "--like 0009000101-17-004512",
    "0009000101-17-004512:tsl_8k.htm --text",
)


@pytest.mark.parametrize("asked", ASKED)
def test_opensearch_answers_as_a_folder_does(built: Path, sample_index: Path, asked: str) -> None:
    here, there = (run("search", *shlex.split(asked), "--index", folder) for folder in (sample_index, built))
    assert here.returncode == there.returncode, there.stderr
    assert _plain(there.stdout) == _plain(here.stdout)


def _plain(output: str) -> list[str]:
    """What was printed, without times and the name of the index; scores to five places, which a cluster knows."""
    lines = [line for line in output.splitlines() if "seconds" not in line and "generation" not in line]
    return [re.sub(r"(\.\d{5})\d", r"\1", re.sub(r" in \d+\.\d+ s", "", line)) for line in lines]


def test_opensearch_index_has_a_status_and_problems(built: Path, sample_index: Path) -> None:
    here, there = (
        json.loads(run("indexer", "status", "--json", "--index", folder).stdout) for folder in (sample_index, built)
    )
    for name in ("submissions", "documents", "characters", "files", "forms", "problem_kinds"):
        assert there[name] == here[name]
    assert there["size"] > 0
    problems = [run("indexer", "problems", "--index", folder).stdout for folder in (sample_index, built)]
    assert problems[0] == problems[1]


def test_opensearch_index_is_sound_by_its_own_records(built: Path) -> None:
    done = run("indexer", "verify", "--index", built)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "sound" in done.stdout


def test_opensearch_index_gives_back_what_was_read(built: Path, sample_index: Path) -> None:
    for form in ("--text", "--json"):
        shown = [
            run("indexer", "show", "0009000101-17-004512", form, "--index", folder).stdout
            for folder in (sample_index, built)
        ]
        assert shown[0] == shown[1] != ""


def test_opensearch_index_is_brought_up_to_date(index: Path, corpus: Path, tmp_path: Path) -> None:
    for name in ("tessalune-2017-8-K.txt", "tessalune-2018-4.txt"):
        shutil.copy(corpus / "filings" / name, tmp_path)
    assert run("indexer", "build", tmp_path, "--index", index).returncode == 0
    assert len(found(index, "*:*")) == 2
    (tmp_path / "tessalune-2018-4.txt").unlink()
    text = (tmp_path / "tessalune-2017-8-K.txt").read_text("utf-8")
    (tmp_path / "tessalune-2017-8-K.txt").write_text(text.replace("rphan", "rganic"), "utf-8")
    assert run("indexer", "build", tmp_path, "--prune", "--index", index).returncode == 0
    assert found(index, "orphan") == []
    assert len(found(index, "organic")) == len(found(index, "*:*")) == 1
    assert "1 file unchanged" in run("indexer", "build", tmp_path, "--index", index).stdout


def test_opensearch_index_takes_and_loses_single_submissions(index: Path, corpus: Path) -> None:
    file = corpus / "filings" / "tessalune-2017-8-K.txt"
    assert run("indexer", "add", file, "--index", index).returncode == 0
    assert run("indexer", "add", file, "--index", index).returncode == 0
    assert found(index, "license") == ["0009000101-17-004512"]
    assert run("indexer", "remove", "0009000101-17-004512", "--index", index).returncode == 0
    assert found(index, "license") == []
    assert run("indexer", "remove", "0009000101-17-004512", "--index", index).returncode == 2
    history = run("indexer", "status", "--history", "--index", index).stdout.splitlines()
    assert [line.split()[0] for line in history] == ["1", "2", "3"]


def test_opensearch_index_built_anew_takes_the_place_of_the_old_one(index: Path, corpus: Path) -> None:
    file = corpus / "filings" / "tessalune-2017-8-K.txt"
    assert run("indexer", "build", file, "--index", index).returncode == 0
    with Index(index) as before:
        done = run("indexer", "build", corpus, "--rebuild", "--index", index)
        assert done.returncode == 0, done.stderr
        assert before.generation == 1
    with Index(index) as after:
        assert after.generation == 2
        assert after.search("*:*").filings == 52
    assert "2,1," not in run("indexer", "status", "--index", index).stdout


def test_opensearch_index_is_watched_over(index: Path, corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "indexer", "watch", str(tmp_path), "--every", "0.2", "--settle", "0", "--index"]
    with subprocess.Popen([*command, str(index)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as watching:
        shutil.copy(corpus / "filings" / "tessalune-2017-8-K.txt", tmp_path)
        _until(lambda: "submissions  1" in run("indexer", "status", "--index", index).stdout)
        watching.send_signal(signal.SIGINT)
        assert watching.wait(60) == 130
    assert found(index, "license") == ["0009000101-17-004512"]


def _until(holds: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_opensearch_index_is_built_by_several_at_once(index: Path, corpus: Path, tmp_path: Path) -> None:
    files = sorted((corpus / "filings").glob("*.txt"))
    parts = [tmp_path / name for name in "abc"]
    for number, part in enumerate(parts):
        part.mkdir()
        for file in files[number::3]:
            shutil.copy(file, part)
    with ThreadPoolExecutor() as several:
        done = list(several.map(lambda part: run("indexer", "build", part, "--index", index), parts))
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    alone = cluster.address()
    assert run("indexer", "build", *parts, "--index", alone).returncode == 0
    assert sorted(found(index, "*:*")) == sorted(found(alone, "*:*"))
    problems = [run("indexer", "problems", "--index", each).stdout.splitlines() for each in (index, alone)]
    assert sorted(problems[0]) == sorted(problems[1])
    assert run("indexer", "verify", "--index", index).returncode == 0
    cluster.delete(alone)


def test_opensearch_build_that_is_killed_is_gone_on_with(index: Path, corpus: Path) -> None:
    command = [sys.executable, "-m", "indexer", "build", str(corpus), "--index", str(index)]
    for seconds in (0.8, 1.8):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as one:
            time.sleep(seconds)
            os.killpg(one.pid, signal.SIGKILL)
    done = run("indexer", "build", corpus, "--index", index)
    assert done.returncode == 0, done.stderr
    assert len(found(index, "*:*")) == 52
    assert run("indexer", "verify", "--index", index).returncode == 0


def test_opensearch_alerts_and_evidence(
    built: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert run("search", "license", "--save", "mine", "--index", built).returncode == 0
    assert "mine" in run("search", "--saved", "--index", built).stdout
    assert run("search", "--alerts", "--index", built).returncode == 0
    kept = tmp_path / "evidence.jsonl"
    assert run("search", "license", "--evidence", kept, "--index", built).returncode == 0
    assert str(cluster.URL) in kept.read_text("utf-8")
    checked = run("search", "--repeat", kept, "--index", built)
    assert checked.returncode == 0, checked.stderr
