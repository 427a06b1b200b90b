"""A log has a line of JSON for each event, and what ended it."""

import json
from pathlib import Path

import pytest

from indexer.pipeline.log import VERSION, LogFile


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_events_are_appended_a_line_each(tmp_path: Path) -> None:
    for number in (1, 2):
        with LogFile(tmp_path / "log") as log:
            log("commit", generation=number, path=Path("a\nb"))
    assert [(each["event"], each["generation"], each["path"]) for each in lines(tmp_path / "log")] == [
        ("commit", 1, "a\nb"),
        ("commit", 2, "a\nb"),
    ]
    assert all(each["version"] == VERSION and str(each["time"]).endswith("+00:00") for each in lines(tmp_path / "log"))


def test_what_ends_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no more"), LogFile(tmp_path / "log"):
        raise ValueError("no more")
    [line] = lines(tmp_path / "log")
    assert (line["event"], line["kind"], line["message"]) == ("error", "ValueError", "no more")
