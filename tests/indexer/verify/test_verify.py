"""Whatever is wrong with an index is found, named and mended, with both builders."""

import pickle
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.manifest.manifest import FILE
from indexer.manifest.recording import Recorder
from indexer.pipeline.build import Build, Options
from indexer.pipeline.repair import Repair, repair
from indexer.storage.lock import Lock
from indexer.stored_submissions import StoredSubmissions
from indexer.verify.findings import Fault
from indexer.verify.inspection import Inspection, verify
from indexer.whoosh_compat import commits
from indexer.whoosh_compat.stock import StockBuilder
from indexer.whoosh_compat.toc import read_table, write_table
from indexer.workers.worker import Settings
from indexer.writers.local import LocalBuilder
from indexer.writers.rows import ColumnarBuilder
from search.errors import SearchError
from search.searchers.local import LocalSearcher

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # Whoosh leaves open what it cannot read
)

Write = Callable[..., Path]
BUILDERS = {"columnar": LocalBuilder, "stock": partial(LocalBuilder, codec=StockBuilder)}


@pytest.fixture(params=BUILDERS)
def settings(request: pytest.FixtureRequest, write: Write, filings: Path, tmp_path: Path) -> Settings:
    """Of an index of six submissions in three segments."""
    chosen = Settings(tmp_path / "index", builder=BUILDERS[request.param])
    for number in range(1, 7):
        write(number, f"An orphan drug license, number {number}. " * 30, "A press release.", name=f"{number}.txt")
    build(chosen, filings, batch_bytes=3000)
    assert len(read_table(chosen.folder).segments) == 3
    return chosen


def build(settings: Settings, corpus: Path, **options: Any) -> None:
    with closing(Build([corpus], settings, Options(**options))) as building:
        building.run()


def faults(inspection: Inspection) -> set[Fault]:
    return {finding.fault for finding in inspection.findings}


def mended(settings: Settings) -> Repair:
    done = repair(settings, verify(settings.folder).findings, Options())
    assert verify(settings.folder).faults == []
    return done


def documents(folder: Path) -> dict[str, int]:
    """How many documents there are of each submission."""
    with closing(StoredSubmissions.open(folder)) as opened:
        every = [f"0009000077-17-{number:06}" for number in range(1, 7)]
        return {accession: len(found) for accession in every if (found := opened.documents(accession))}


WHOLE = {f"0009000077-17-{number:06}": 2 for number in range(1, 7)}


def segment_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.cols"), *folder.glob("*.seg")])


def needed_text(folder: Path) -> Path:
    """A file of texts that is in use."""
    return folder / "texts" / f"{read_table(folder).segments[0].texts[0]}.zst"


def flip(path: Path, at: float) -> None:
    """Flip a bit, so far into the file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1
    path.write_bytes(content)


def test_a_sound_index_is_said_to_be_sound(settings: Settings) -> None:
    inspection = verify(settings.folder)
    assert inspection.findings == []
    assert (inspection.segments, inspection.documents, inspection.recorded) == (3, 12, 6)
    assert inspection.characters > 6000


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.999])
def test_a_flipped_bit_in_a_segment(settings: Settings, at: float) -> None:
    path = segment_files(settings.folder)[1]
    flip(path, at)
    inspection = verify(settings.folder)
    assert faults(inspection) == {Fault.SEGMENT, Fault.UNINDEXED}
    assert sum(finding.fault is Fault.UNINDEXED for finding in inspection.findings) == 2
    done = mended(settings)
    assert done.summary is not None and done.summary.submissions == 2
    assert documents(settings.folder) == WHOLE
    assert not path.exists()


@pytest.mark.parametrize("size", [0, 7, 1000, -1])
def test_a_segment_cut_short(settings: Settings, size: int) -> None:
    path = segment_files(settings.folder)[0]
    path.write_bytes(path.read_bytes()[:size])
    assert Fault.SEGMENT in faults(verify(settings.folder))
    with pytest.raises((UnusableIndexError, SearchError)):  # or nothing, where Whoosh does not notice
        LocalSearcher.open(settings.folder).close()
        raise UnusableIndexError("not noticed")
    mended(settings)
    assert documents(settings.folder) == WHOLE


def test_a_missing_segment(settings: Settings) -> None:
    segment_files(settings.folder)[2].unlink()
    with pytest.raises(UnusableIndexError, match=r"is missing: run `indexer verify`"):
        LocalSearcher.open(settings.folder)
    mended(settings)
    assert documents(settings.folder) == WHOLE


def test_a_flipped_bit_in_a_text(settings: Settings) -> None:
    path = sorted((settings.folder / "texts").iterdir())[0]
    flip(path, 0.4)
    inspection = verify(settings.folder)
    assert faults(inspection) == {Fault.TEXT}
    done = mended(settings)
    assert done.summary is not None and 0 < done.summary.submissions <= 2
    assert documents(settings.folder) == WHOLE


def test_a_missing_text(settings: Settings) -> None:
    sorted((settings.folder / "texts").iterdir())[0].unlink()
    assert faults(verify(settings.folder)) == {Fault.TEXT}
    mended(settings)
    assert documents(settings.folder) == WHOLE


class Confused(ColumnarBuilder):
    """Keeps with each document where the text of the one before lies."""

    before = ""

    def add(self, entry: Any, kept: Any) -> None:
        super().add(entry, kept._replace(text=self.before or kept.text))
        self.before = kept.text


def test_postings_that_are_not_those_of_the_text(settings: Settings, filings: Path, tmp_path: Path) -> None:
    confused = replace(settings, folder=tmp_path / "confused", builder=partial(LocalBuilder, codec=Confused))
    build(confused, filings)
    inspection = verify(confused.folder)
    assert faults(inspection) == {Fault.WORDS}
    assert len(inspection.findings) == 11  # of twelve documents the first is right
    repair(replace(confused, builder=settings.builder), inspection.findings, Options())
    assert verify(confused.folder).faults == []
    assert documents(confused.folder) == WHOLE


def test_a_submission_the_manifest_has_and_the_index_has_not(settings: Settings) -> None:
    table = read_table(settings.folder)
    write_table(settings.folder, table.schema, table.segments[1:], table.generation + 1)
    manifest = Recorder.create(settings.folder, at=table.generation)
    manifest.prepare("now", "test")
    manifest.close()
    inspection = verify(settings.folder)
    assert faults(inspection) == {Fault.UNINDEXED, Fault.LEFT_OVER}
    mended(settings)
    assert documents(settings.folder) == WHOLE


def test_a_submission_the_index_has_and_the_manifest_has_not(settings: Settings) -> None:
    generation = commits.generation(settings.folder)
    manifest = Recorder.create(settings.folder, at=generation)
    manifest.forget_submission("0009000077-17-000003")
    manifest.prepare("now", "test")
    manifest.close()
    table = read_table(settings.folder)
    write_table(settings.folder, table.schema, table.segments, generation + 1)
    inspection = verify(settings.folder)
    assert faults(inspection) - {Fault.LEFT_OVER} == {Fault.UNRECORDED}
    done = mended(settings)
    assert done.summary is None
    assert documents(settings.folder) == {key: WHOLE[key] for key in WHOLE if not key.endswith("3")}


@pytest.mark.parametrize("content", [b"", b"nonsense" * 9, pickle.dumps({"not": "a table"})])
def test_a_table_that_cannot_be_read(settings: Settings, content: bytes) -> None:
    (settings.folder / f"_MAIN_{commits.generation(settings.folder)}.toc").write_bytes(content)
    [finding] = verify(settings.folder).findings
    assert finding.fault is Fault.TABLE and "--rebuild" in finding.mend
    with pytest.raises(UnusableIndexError):
        LocalSearcher.open(settings.folder)


def test_any_flipped_bit_in_a_table_is_noticed(settings: Settings) -> None:
    path = settings.folder / f"_MAIN_{commits.generation(settings.folder)}.toc"
    whole = path.read_bytes()
    for at in range(0, len(whole) - 12, len(whole) // 40):
        path.write_bytes(whole)
        flip(path, at / len(whole))
        assert [finding.fault for finding in verify(settings.folder).findings] == [Fault.TABLE]


def test_a_damaged_manifest(settings: Settings) -> None:
    (settings.folder / FILE).write_bytes(b"no database" * 500)
    [finding] = verify(settings.folder).findings
    assert finding.fault is Fault.MANIFEST and "--rebuild" in finding.mend
    (settings.folder / FILE).unlink()
    assert faults(verify(settings.folder)) == {Fault.MANIFEST}


def test_what_is_left_over_is_no_fault_and_not_said_while_it_is_being_made(settings: Settings) -> None:
    (settings.folder / "MAIN_left0over.cols").write_bytes(b"left")
    (settings.folder / "texts" / "left.zst").write_bytes(b"left")
    inspection = verify(settings.folder)
    assert inspection.faults == []
    assert sorted(finding.where for finding in inspection.findings) == ["MAIN_left0over.cols", "texts/left.zst"]
    with Lock(settings.folder):
        assert verify(settings.folder).findings == []


def test_a_file_that_is_gone_is_lost_and_the_rest_of_its_archive_is_not(settings: Settings, filings: Path) -> None:
    flip(needed_text(settings.folder), 0.4)
    [accession] = {finding.copies[0].accession for finding in verify(settings.folder).faults}
    (filings / f"{int(accession[-6:])}.txt").unlink()
    done = mended(settings)
    assert done.lost == (accession,) and done.summary is None
    assert documents(settings.folder) == {key: WHOLE[key] for key in WHOLE if key != accession}


def test_a_copy_is_read_in_place_of_what_is_lost(settings: Settings, filings: Path, write: Write) -> None:
    for number in range(1, 7):
        write(number, "A lesser copy.", name=f"copies/{number}.txt")
    build(settings, filings)
    flip(needed_text(settings.folder), 0.4)
    [accession] = {finding.copies[0].accession for finding in verify(settings.folder).faults}
    (filings / f"{int(accession[-6:])}.txt").unlink()
    done = mended(settings)
    assert done.summary is not None and done.summary.submissions == 1
    assert documents(settings.folder) == {**WHOLE, accession: 1}


def test_damage_is_not_merged_away(settings: Settings, write: Write, filings: Path) -> None:
    """A merge would write a sound segment of what a damaged one says."""
    if settings.builder is BUILDERS["stock"]:
        pytest.skip("only columnar segments are merged")
    flip(segment_files(settings.folder)[0], 0.5)
    for number in range(7, 14):
        write(number, "More.", name=f"{number}.txt")
    with pytest.raises(UnusableIndexError, match=r"run `indexer verify --repair`"):
        build(settings, filings, batch_bytes=1)


def test_no_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        verify(tmp_path)
