"""Recordings of a terminal of 80 and of 200 columns, as text: what is shown there, as it was looked at and found right.

`python -m tests.test_terminal` writes them anew, to be looked at before they are kept.
"""

import re
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.pipeline.build import Build, Options
from indexer.printing import columns
from indexer.workers.worker import Settings
from tests.terminal import shown

CHECKOUT = Path(__file__).resolve().parents[1]
RECORDINGS = CHECKOUT / "tests" / "data" / "terminal"
WIDTHS = (80, 200)
VARYING = (
    (re.compile(r"\bin\s+\d+\.\d\d\s+s\b"), "in 0.01 s"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"), "2026-01-31T12:00:00+00:00"),
)


class Scene(NamedTuple):
    """A command, and how many lines its terminal has: enough for all of it, where no pager is to be seen."""

    arguments: tuple[str, ...]
    lines: int = 500
    keys: tuple[tuple[str, bytes], ...] = ()


SCENES = {
    "ten-hits": Scene(("waiver OR license OR goodwill",)),
    "one-line-each": Scene(("waiver OR license OR goodwill", "--oneline")),
    "few-have-all": Scene(("orphan drug license", "-n", "4")),
    "counts": Scene(('license OR "orphan drug" OR waiver', "--counts")),
    "many-counts": Scene(
        ("waiver OR license OR goodwill OR impairment OR covenant OR bankruptcy", "--counts", "-n", "2")
    ),
    "facets": Scene(("license", "--facets", "company,item,form", "--over-time", "month", "-n", "0")),
    "fields": Scene(("--fields",)),
    "coverage": Scene(("--coverage", "--cik", "9012704", "--filed", "2016-2024")),
    "explain": Scene(("licens* NEAR(5) drug (waiver OR goodwill) form:10-K", "--explain")),
    "nothing-found": Scene(("license", "--item", "7.1", "--company", "Tesalune", "--cik", "9999999")),
    "long-error": Scene(
        ("the company may not be able to continue (as a going concern and its auditors say so", "--strict")
    ),
    "long-message": Scene(("license", "--columns", "accession,compny", "--format", "json")),
    "pager": Scene(("waiver OR license OR goodwill",), 24, ((":\x1b[K", b"q"),)),
}


def recorded(scene: Scene, width: int, index: Path) -> str:
    """What a scene shows, what varies set aside."""
    command = [str(Path(sys.executable).with_name("search")), *scene.arguments, "--index", "index"]
    told = {"NO_COLOR": "1", "PAGER": "less"}
    said = shown(command, columns=width, lines=scene.lines, told=told, cwd=index.parent, keys=scene.keys)
    for varying, shown_as in VARYING:
        said = varying.sub(shown_as, said)
    return "".join(f"{line.rstrip()}\n" for line in said.replace(str(CHECKOUT), "~").replace("\x1b", "␛").splitlines())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SCENES)
def test_a_terminal_shows_what_was_recorded(name: str, width: int, sample_index: Path) -> None:
    assert recorded(SCENES[name], width, sample_index) == path(name, width).read_text(encoding="utf-8")


@pytest.mark.parametrize("recording", sorted(RECORDINGS.glob("*.txt")), ids=lambda each: each.stem)
def test_no_line_is_wider_than_its_terminal(recording: Path) -> None:
    name, _, width = recording.stem.rpartition("-")
    assert name in SCENES
    lines = recording.read_text(encoding="utf-8").splitlines()
    assert max(columns(re.sub(r"␛\[[\d;?]*\w|␛[=>]", "", line)) for line in lines) <= int(width)


def path(name: str, width: int) -> Path:
    return RECORDINGS / f"{name}-{width}.txt"


def test_the_pager_shows_a_screen_and_leaves_when_told_to() -> None:
    said = path("pager", 80).read_text(encoding="utf-8")
    assert len(said.splitlines()) in range(23, 27)
    assert "␛[?1h" in said


def record() -> None:
    """Write the recordings anew."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        with closing(Build([CHECKOUT / "corpus"], Settings(index), Options(processes=1))) as build:
            build.run(lambda _submissions, _bytes: None)
        for name, scene in SCENES.items():
            for width in WIDTHS:
                path(name, width).write_text(recorded(scene, width, index), encoding="utf-8")


if __name__ == "__main__":
    record()
