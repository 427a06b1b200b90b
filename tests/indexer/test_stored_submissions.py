"""What an index holds of a submission is read back as it went in; what is no index is said to be none."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.pipeline.build import Build, Options
from indexer.stored_submissions import Contents
from indexer.workers.worker import Settings

Write = Callable[..., Path]


@pytest.fixture
def folder(write: Write, filings: Path, tmp_path: Path) -> Path:
    write(1, "An orphan drug license.", "A press release.")
    with closing(Build([filings], Settings(tmp_path / "index"), Options())) as building:
        building.run(lambda submissions, size: None)
    return tmp_path / "index"


def test_a_submission_is_read_back_with_its_texts_and_header(folder: Path, filings: Path) -> None:
    with closing(Contents.open(folder)) as opened:
        main, exhibit = opened.documents("0009000077-17-000001")
        assert [opened.text(each).whole().strip() for each in (main, exhibit)] == [
            "An orphan drug license.",
            "A press release.",
        ]
        content = next(filings.iterdir()).read_text()
        assert opened.header(main).splitlines() == content[: content.index("<DOCUMENT>")].splitlines()
        assert opened.documents("0009000077-17-000002") == []
