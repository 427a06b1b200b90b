"""The main job over the real filings beside the checkout: all read, all found, the seed first."""

import json
from collections.abc import Iterator
from csv import DictReader
from pathlib import Path

import pytest
from whoosh.index import open_dir

from indexer.pipeline.build import Build, Options, Summary
from indexer.stored_submissions import StoredSubmissions
from indexer.workers.worker import Settings
from search.ask import Index

SEED = "0001144204-17-013452"


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    folder = tmp_path_factory.mktemp("real") / "index"
    build = Build([shared / "filings", shared / "seed"], Settings(folder), Options(processes=2))
    try:
        return folder, build.run(lambda submissions, size: None)
    finally:
        build.close()


@pytest.fixture(scope="module")
def index(built: tuple[Path, Summary]) -> Iterator[Index]:
    with Index(built[0]) as opened:
        yield opened


def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "filings" / "index.tsv").open(encoding="utf-8") as file:
        return list(DictReader(file, delimiter="\t"))


def test_every_file_is_read(shared: Path, built: tuple[Path, Summary]) -> None:
    _, summary = built
    files = {row["path"] for row in rows(shared)}
    assert len(files) == 631
    assert summary.submissions == len(files) + 1
    assert summary.skipped == 1  # index.tsv itself
    assert summary.status.failed == 0


def test_copies_of_a_submission_are_held_once(shared: Path, built: tuple[Path, Summary]) -> None:
    _, summary = built
    accessions = {row["accession"] or row["path"] for row in rows(shared)}
    assert summary.status.submissions == len(accessions) + 1
    assert summary.status.copies == 631 - len(accessions)


def test_every_document_is_accounted_for(built: tuple[Path, Summary]) -> None:
    _, summary = built
    status = summary.status
    assert status.documents == status.text + status.empty + status.binary + status.rendered + status.unread
    with open_dir(built[0]).reader() as reader:
        assert reader.doc_count() == status.documents


def test_the_index_says_of_each_filing_what_the_list_says(shared: Path, built: tuple[Path, Summary]) -> None:
    contents = StoredSubmissions.open(built[0])
    for row in rows(shared):
        if row["note"] or not row["accession"]:
            continue
        documents = contents.documents(row["accession"])
        assert (documents[0].form, str(documents[0].filed or "")) == (row["form"], row["filed"]), row["path"]
        if Path(documents[0].source).name == Path(row["path"]).name:  # else the copy in another file is held
            assert len(documents) == int(row["documents"]), row["path"]
            assert list(dict.fromkeys(each.type for each in documents)) == row["document_types"].split(","), row["path"]
    contents.close()


def test_the_seed_is_found_first_with_a_passage_of_its_press_release(index: Index) -> None:
    results = index.search("orphan drug license")
    best = results.hits[0]
    assert best.accession == SEED
    assert [document.type for document in best.documents] == ["EX-99.1"]
    [snippet] = best.documents[0].snippets
    text = index.text(snippet.document_id)
    assert text[snippet.start : snippet.end] == snippet.text
    assert {text[start:end].lower() for start, end in snippet.matches} >= {"orphan", "drug"}


def test_every_header_line_of_the_seed_can_be_shown(shared: Path, built: tuple[Path, Summary]) -> None:
    from indexer.envelope.submission import parse_submission

    contents = StoredSubmissions.open(built[0])
    header = contents.header(contents.documents(SEED)[0])
    contents.close()
    source = (shared / "seed" / f"{SEED}.txt").read_text(encoding="ascii", errors="replace")
    assert header.splitlines() == source[: source.index("<DOCUMENT>")].splitlines()
    values = [field.value for field in parse_submission(header.encode()).header.fields]
    for line in header.splitlines():
        _, _, value = line.partition(":\t") if ":\t" in line else line.partition(">")
        assert not value.strip() or any(value.strip() in each or each in value for each in values), line


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ('"orphan drug" form:8-K', {}, {SEED}),
        ("license", {"cik": "1279704"}, {SEED}),
        ("license", {"company": "novelos therapeutics", "filed": "2017-03"}, {SEED}),
        ("license", {"item": "7.01", "form": "8-K", "exhibit": "EX-99.1", "filed": "2017-03-08..2017-03-08"}, {SEED}),
        ('"Chief Financial Officer" owner:swan', {"form": "4"}, {"0001127602-18-021233"}),
    ],
)
def test_filters_and_fields_narrow(index: Index, query: str, filters: dict[str, str], expected: set[str]) -> None:
    assert {hit.accession for hit in index.search(query, **filters).hits} == expected


def test_the_results_as_json_hold_what_the_results_hold(index: Index) -> None:
    from search.output.json import as_json

    results = index.search("orphan drug license")
    printed = json.loads(as_json(results))
    assert printed["version"] == 1
    assert [hit["accession"] for hit in printed["hits"]] == [hit.accession for hit in results.hits]
    assert printed["hits"][0]["filed"] == "2017-03-08"
