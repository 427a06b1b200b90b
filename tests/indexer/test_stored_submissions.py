"""What an index holds of a submission is read back as it went in; what is no index is said to be none."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from indexer.pipeline.build import Build, Options
from indexer.pipeline.remove import remove
from indexer.stored_submissions import StoredSubmissions
from indexer.whoosh_compat.stock import StockBuilder
from indexer.workers.worker import Settings
from indexer.writers.local import LocalBuilder

Write = Callable[..., Path]


def test_a_submission_is_read_back_with_its_texts_and_header(folder: Path, filings: Path) -> None:
    with closing(StoredSubmissions.open(folder)) as opened:
        main, exhibit = opened.documents("0009000077-17-000001")
        assert [opened.text(each).whole().strip() for each in (main, exhibit)] == [
            "An orphan drug license.",
            "A press release.",
        ]
        content = next(filings.iterdir()).read_text()
        assert opened.header(main).splitlines() == content[: content.index("<DOCUMENT>")].splitlines()
        assert opened.documents("0009000077-17-000002") == []


def test_columnar_segments_are_read_without_whoosh(folder: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.stored_submissions import StoredSubmissions\n"
        "index = StoredSubmissions.open(Path(sys.argv[1]))\n"
        "[main, exhibit] = index.documents('0009000077-17-000001')\n"
        "assert 'orphan' in index.text(main).whole() and 'Fennimore' in index.header(exhibit)\n"
        "assert not any(name.partition('.')[0] == 'whoosh' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)


def test_segments_of_whoosh_s_own_codec_are_read(write: Write, filings: Path, tmp_path: Path) -> None:
    write(1, "An orphan drug license.")
    write(2, "Another.")
    stock = Settings(tmp_path / "stock", builder=partial(LocalBuilder, codec=StockBuilder))
    with closing(Build([filings], stock, Options())) as building:
        building.run()
    remove(stock.folder, ["0009000077-17-000002"])
    with closing(StoredSubmissions.open(stock.folder)) as opened:
        [main] = opened.documents("0009000077-17-000001")
        assert opened.text(main).whole().strip() == "An orphan drug license."
        assert opened.documents("0009000077-17-000002") == opened.documents("no such number") == []


def test_a_submission_that_was_removed_is_not_held(folder: Path) -> None:
    remove(folder, ["0009000077-17-000001"])
    with closing(StoredSubmissions.open(folder)) as opened:
        assert opened.documents("0009000077-17-000001") == []
