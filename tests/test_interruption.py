"""Killed anywhere, a build leaves an index as of a commit, and comes to the same when it is run again.

`faults/places.py` ends a build, or lets it fail, at every rename, write, fsync, deletion and SQLite commit, one after
the other, and compares everything the index says, scores and passages included. Here some of these trials are run with
every so-many-th place; `make reliability` runs all of them with all.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.manifest.manifest import Manifest
from indexer.storage.lock import held_by
from indexer.whoosh_compat.commits import generation

FAULTS = Path(__file__).resolve().parent / "faults"
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
PROGRAM = [sys.executable, "-c", "from indexer.cli import main; main()"]

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs fork and /proc")


@pytest.fixture
def tried(tmp_path: Path, faults: Callable[..., Any]) -> Callable[..., Any]:
    """Tries a fault at many places of a build, and returns how it ended there; wrongly nowhere."""

    def tried(*options: str) -> Any:
        found = faults("places.py", tmp_path, *options)
        assert found["wrong"] == []
        assert found["places"] > 10
        return found

    return tried


@pytest.mark.parametrize(
    "options",
    [
        ("--fault", "kill", "--every", "2"),
        ("--fault", "kill", "--builder", "stock", "--every", "13"),
        ("--fault", "kill", "--rebuild", "--every", "11"),
        ("--fault", "power", "--every", "5"),
    ],
    ids=" ".join,
)
def test_cut_short_anywhere_it_ends_the_same(tried: Callable[..., Any], options: tuple[str, ...]) -> None:
    found = tried(*options)
    if "stock" not in options:  # of its places one in thirteen is tried, which may miss a kind
        assert {"write", "fsync"} <= found["kinds"].keys()
    unreached = found["outcomes"].pop("unreached", 0)
    assert found["outcomes"] == {"same": found["places"] - unreached}
    assert unreached < 3  # how often a file is written to is not always the same


@pytest.mark.parametrize(
    "options",
    [
        ("--fault", "ENOSPC", "--stays", "--every", "5"),
        ("--fault", "EIO", "--every", "5"),
        ("--fault", "EDQUOT", "--builder", "stock", "--every", "13"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_is_one_error_and_the_index_is_as_it_was(
    tried: Callable[..., Any], options: tuple[str, ...]
) -> None:
    assert tried(*options)["outcomes"]["same"] > 5


def test_one_process_four_and_one_killed_twenty_times_come_to_the_same(
    tmp_path: Path, faults: Callable[..., Any]
) -> None:
    assert faults("killed.py", tmp_path, "--kills", 20) == {"kills": 20, "submissions": 261, "four": [], "killed": []}


# With processes


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Enough to read that a build lasts a while."""
    sys.path.insert(0, str(FAULTS))
    try:
        from scenario import submission, text
    finally:
        sys.path.remove(str(FAULTS))
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(1, 41):
        (folder / f"{number}.txt").write_bytes(submission(number, *(text(number + at, 9_000) for at in range(4))))
    return folder


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a build in a process of its own, which is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        command = [*PROGRAM, *map(str, arguments)]
        started.append(
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate()
    return process.returncode, out, err


def wait_for(condition: Callable[[], Any]) -> Any:
    """What the condition gives as soon as it gives something; the time of the whole test bounds that."""
    while not (found := condition()):
        time.sleep(0.05)
    return found


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()]


def workers(pid: int) -> list[int]:
    """The worker processes that have begun a task: those that have written texts are certainly reading."""
    return [child for child in children(pid) if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]


def reading(index: Path) -> bool:
    return any(path.stat().st_size for path in (index / "texts").glob("*.zst")) if (index / "texts").is_dir() else False


def submissions(index: Path) -> int:
    with closing(Manifest.open(index, at=generation(index))) as manifest:
        return manifest.status().submissions


def test_an_interrupt_commits_what_is_done_and_says_so(tmp_path: Path, corpus: Path, start: Start) -> None:
    index = tmp_path / "index"
    build = start("build", corpus, "--index", index, "--processes", 1)
    wait_for(lambda: reading(index))
    os.kill(build.pid, signal.SIGINT)
    code, out, err = ended(build)
    assert (code, err) == (130, "")
    assert out.startswith("Interrupted: read ")
    held = submissions(index)
    assert f"Interrupted: read {held} submission" in out
    assert 0 < held < 40
    code, out, _ = ended(start("build", corpus, "--index", index))
    assert code == 0 and out.startswith(f"Read {40 - held} submissions")
    assert submissions(index) == 40


def test_a_killed_worker_costs_nothing(tmp_path: Path, corpus: Path, start: Start) -> None:
    index = tmp_path / "index"
    build = start("build", corpus, "--index", index, "--processes", 2)
    wait_for(lambda: reading(index))
    os.kill(workers(build.pid)[0], signal.SIGKILL)
    code, out, err = ended(build)
    assert (code, err) == (0, "")
    assert f"{index} holds 40 submissions" in out


def test_workers_end_with_a_killed_build_and_the_next_takes_its_lock(
    tmp_path: Path, corpus: Path, start: Start
) -> None:
    index = tmp_path / "index"
    build = start("build", corpus, "--index", index, "--processes", 2)
    wait_for(lambda: reading(index))
    of_the_dead = workers(build.pid)
    os.kill(build.pid, signal.SIGKILL)
    build.communicate()
    assert of_the_dead
    wait_for(lambda: not any(Path(f"/proc/{worker}/fd/0").exists() for worker in of_the_dead))
    code, out, _ = ended(start("build", corpus, "--index", index))
    assert code == 0 and f"{index} holds 40 submissions" in out
    assert not list(index.glob("tmp-*"))


def test_a_second_build_is_told_who_has_the_lock_since_when(tmp_path: Path, corpus: Path, start: Start) -> None:
    index = tmp_path / "index"
    first = start("build", corpus, "--index", index, "--processes", 1)
    holder = wait_for(lambda: held_by(index))
    os.kill(first.pid, signal.SIGSTOP)
    code, out, err = ended(start("build", corpus, "--index", index))
    os.kill(first.pid, signal.SIGCONT)
    assert (code, out) == (3, "")
    who = f"pid {first.pid} since {holder.since}"
    assert err == f"indexer: {index} is locked by {who}: it is being written to; try again after that\n"
    assert ended(first)[0] == 0
    assert held_by(index) is None


@pytest.mark.parametrize("processes", [1, 2])
def test_a_limit_of_the_system_s_own_is_one_line(tmp_path: Path, corpus: Path, processes: int) -> None:
    """Here on the size of a file, which also stops SQLite and what else writes without Python."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
    program = [sys.executable, "-c", f"{limited}from indexer.cli import main; main()"]
    arguments = ["build", corpus, "--index", tmp_path / "index", "--processes", processes]
    refused = subprocess.run([*program, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1 and "cannot be written" in refused.stderr
    done = subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "holds 40 submissions" in done.stdout


READ_ONLY = """
import os, sys
from indexer.cli import commands
from indexer.errors import IndexerError
from indexer.commands.terminal import run
index, corpus = sys.argv[1:]
ASKED = (["status"], ["verify"], ["problems"], ["build", corpus])
for arguments in ASKED:  # loads what others may not read
    run(commands, "indexer", (IndexerError,), [*arguments, "--index", index])
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
print("READ ONLY")
for arguments in ASKED:
    print(run(commands, "indexer", (IndexerError,), [*arguments, "--index", index]), flush=True)
"""


def test_an_index_that_cannot_be_written_can_be_asked(corpus: Path, start: Start) -> None:
    with tempfile.TemporaryDirectory() as name:  # which, unlike pytest's, anyone may be let into
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(corpus, folder / "corpus")
        index = folder / "index"
        assert ended(start("build", folder / "corpus", "--index", index))[0] == 0
        index.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, index, folder / "corpus"]
        environment = {**os.environ, "XDG_CONFIG_HOME": name}  # that of another user, who may not look into pytest's
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        index.chmod(0o755)
    lines = said.stdout.partition("READ ONLY\n")[2].splitlines()
    assert [line for line in lines if line.isdigit()] == ["0", "0", "0", "2"], said
    assert "cannot be written: Permission denied" in said.stderr
