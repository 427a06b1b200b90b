"""Saved searches and alerts at the command line."""

import json
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from indexer.pipeline.build import Options
from indexer.pipeline.rebuild import Rebuild
from indexer.workers.worker import Settings
from search.records.saved import SavedSearches, configuration
from tests.search.conftest import Ask, Builder, document, submission
from tests.terminal import shown

ONE = submission(1, document("A covenant waiver."))
TWO = submission(2, document("Another waiver."), filed="20240203")
THREE = submission(3, document("Nothing of the kind."))


@pytest.fixture
def index(build: Builder) -> Path:
    return build({"1.txt": ONE})


@pytest.fixture
def saved(ask: Ask, index: Path) -> Path:
    assert ask("waiver", "--form", "8-K", "--save", "waivers", index=index).code == 0
    return index


def test_saving_answers_too(ask: Ask, index: Path) -> None:
    said = ask("waiver", "--save", "w", index=index)
    assert "1 filing (1 document)" in said.out
    assert said.err == "saved as w: `search --run w` runs it, `search --alerts` says what is new in it\n"


def test_saving_with_another_answer(ask: Ask, index: Path) -> None:
    assert ask("waiver", "--save", "w", "--count", index=index).out == "1 filing (1 document)\n"
    assert ask("--run", "w", index=index).code == 0


def test_a_name_of_several_words_is_quoted(ask: Ask, index: Path) -> None:
    assert "`search --run 'two words'` runs it" in ask("waiver", "--save", "two words", index=index).err
    assert ask("--run", "two words", index=index).code == 0


def test_what_cannot_be_asked_is_not_saved(ask: Ask, index: Path) -> None:
    assert ask("waiver !it", "--save", "w", index=index).code == 2
    assert ask("waiver", "--cik", "@none", "--save", "w", index=index).code == 2
    assert ask("--saved", index=index) == (1, "", "")


def test_listing(ask: Ask, saved: Path) -> None:
    assert ask("--saved", index=saved) == (0, "waivers  waiver  --form 8-K\n", "")
    (found,) = map(json.loads, ask("--saved", "--jsonl", index=saved).out.splitlines())
    assert (found["name"], found["lookup"]["query"]) == ("waivers", "waiver")


def test_running(ask: Ask, saved: Path) -> None:
    said = ask("--run", "waivers", "--json", index=saved)
    found = json.loads(said.out)
    assert (found["query"], found["filings"]) == ("waiver", 1)
    assert found["coverage"]["filters"] == "form:8-K"
    assert ask("--run", "waivers", "--count", index=saved).code == 0


def test_running_takes_no_other_query(ask: Ask, saved: Path) -> None:
    assert ask("--run", "waivers", "drug", index=saved).err == "search: --run brings its own query and filters\n"
    assert "did you mean waivers?" in ask("--run", "waiver", index=saved).err


def test_order_synonyms_and_watchlists_are_kept(ask: Ask, index: Path, home: Path) -> None:
    (home / "groups").write_text("pardon, waiver\n")
    (home / "list").write_text("9070001\n")
    options = ("--synonyms", "groups", "--cik", "@list", "--sort", "filed:asc", "--exact")
    assert ask("pardon", *options, "--save", "p", index=index).code == 0
    (home / "elsewhere").mkdir()
    assert json.loads(ask("--run", "p", "--json", index=index).out)["filings"] == 1
    (home / "list").write_text("9999999\n")
    assert ask("--run", "p", index=index).code == 1
    kept = SavedSearches(index).named("p")
    assert (kept.sort, kept.synonyms, kept.lookup.exact) == ("filed:asc", str(home / "groups"), True)


def test_forgetting(ask: Ask, saved: Path) -> None:
    assert ask("--forget", "waivers", index=saved) == (0, "", "forgot waivers\n")
    assert ask("--forget", "waivers", index=saved).code == 2


def test_the_first_time_all_is_new_and_then_only_what_is(ask: Ask, saved: Path, build: Builder) -> None:
    first = ask("--alerts", index=saved)
    assert first.code == 0
    assert first.out.startswith("waivers: 1 new filing\n")
    assert ask("--alerts", index=saved) == (1, "", "")
    build({"1.txt": ONE, "2.txt": TWO, "3.txt": THREE})
    second = ask("--alerts", index=saved)
    assert "waivers: 1 new filing" in second.out
    assert "0009070001-24-000002" in second.out
    assert "0009070001-24-000001" not in second.out
    assert ask("--alerts", index=saved).code == 1


def test_running_does_not_count_as_shown(ask: Ask, saved: Path) -> None:
    ask("--run", "waivers", index=saved)
    assert ask("--alerts", index=saved).code == 0


def test_a_filing_that_was_read_anew_is_new(ask: Ask, saved: Path, build: Builder) -> None:
    ask("--alerts", index=saved)
    build({"1.txt": submission(1, document("A covenant waiver, corrected."))})
    assert "0009070001-24-000001" in ask("--alerts", index=saved).out


def test_only_those_named(ask: Ask, saved: Path) -> None:
    ask("covenant", "--save", "covenants", index=saved)
    assert ask("--alerts", "covenants", index=saved).out.startswith("covenants: 1 new")
    assert ask("--alerts", index=saved).out.startswith("waivers: 1 new")
    assert "there is no saved search drugs" in ask("--alerts", "drugs", index=saved).err


def test_a_broken_watchlist_does_not_stop_the_others(ask: Ask, saved: Path, home: Path) -> None:
    (home / "list").write_text("9070001\n")
    assert ask("waiver", "--cik", "@list", "--save", "listed", index=saved).code == 0
    (home / "list").write_text("9070001\nno number\n")
    said = ask("--alerts", index=saved)
    assert said.code == 2
    assert said.out.startswith("waivers: 1 new filing\n")
    assert said.err.startswith(f"listed: {home}/list, line 2: --cik no number: a CIK is a number")
    (home / "list").write_text("9070001\n")
    assert ask("--alerts", index=saved).out.startswith("listed: 1 new filing\n")
    assert ask("--alerts", index=saved) == (1, "", "")


def test_without_any_there_is_an_error(ask: Ask, index: Path) -> None:
    said = ask("--alerts", index=index)
    assert (said.code, said.err) == (2, f"search: there is no saved search for {index}; --save NAME keeps one\n")


@pytest.mark.parametrize("options", [("-n", "0"), ("--offset", "1")])
def test_what_was_not_printed_in_full_stays_new(ask: Ask, saved: Path, options: tuple[str, ...]) -> None:
    assert "not all was printed, so it stays new" in ask("--alerts", *options, index=saved).err
    assert ask("--alerts", index=saved).code == 0


def test_what_could_not_be_written_stays_new(ask: Ask, saved: Path) -> None:
    assert ask("--alerts", "--output", "none/x.txt", index=saved).code == 2
    assert ask("--alerts", "--csv", index=saved).code == 2
    assert ask("--alerts", index=saved).code == 0


def test_as_json(ask: Ask, saved: Path) -> None:
    ask("zebra", "--save", "zebras", index=saved)
    found = json.loads(ask("--alerts", "--json", index=saved).out)
    (alert,) = found["alerts"]
    assert (found["version"], alert["name"], alert["since"], alert["filings"]) == (1, "waivers", None, 1)
    assert alert["hits"][0]["accession"] == "0009070001-24-000001"
    assert json.loads(ask("--alerts", "--json", index=saved).out) == {"version": 1, "alerts": []}


def test_as_json_lines(ask: Ask, saved: Path) -> None:
    found = [json.loads(line) for line in ask("--alerts", "--jsonl", index=saved).out.splitlines()]
    assert [(each["type"], each.get("name"), each.get("alert")) for each in found] == [
        ("alert", "waivers", None),
        ("hit", None, "waivers"),
    ]


def test_of_an_index_built_anew_all_is_new(
    ask: Ask, saved: Path, build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("--alerts", index=saved)
    monkeypatch.setattr("indexer.manifest.manifest.Manifest.begun", lambda _self: "another time")
    said = ask("--alerts", index=saved)
    assert (said.code, said.err) == (
        0,
        "waivers: the index was built anew since it was last shown, so all of it is new\n",
    )


def test_what_would_be_forgotten_is_said_and_left(ask: Ask) -> None:
    ask("license", "--form", "8-K", "--save", "licenses")
    said = ask("--forget", "licenses", "--dry-run")
    assert (said.code, said.err) == (0, "would forget licenses  license  --form 8-K\n")
    assert "licenses" in ask("--saved").out
    assert ask("--forget", "other", "--dry-run").code == 2
    assert ask("license", "--dry-run").err == "search: --dry-run belongs with --forget\n"


def test_they_go_with_an_index_that_is_moved_and_built_anew(ask: Ask, build: Builder, home: Path) -> None:
    index = build({"1.txt": submission(1, document("A waiver."))})
    ask("waiver", "--save", "waivers", index=index)
    assert "1 new filing" in ask("--alerts", index=index).out
    (home / "deep").mkdir()
    moved = index.rename(home / "deep" / "built")
    assert ask("--alerts", index=moved).code == 1
    with closing(Rebuild([home / "files"], Settings(moved), Options())) as rebuild:
        rebuild.run()
    assert ask("--saved", index=moved).out == "waivers  waiver\n"
    assert ask("--saved", index=index).code == 1


def test_those_of_an_index_without_an_identity_are_taken_over_by_its_path(
    ask: Ask, build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"1.txt": submission(1, document("A waiver."))}
    index = build(files)
    with monkeypatch.context() as patched:
        patched.setattr("search.records.saved.identity", lambda folder: "")
        ask("waiver", "--save", "before", index=index)
    assert str(index.resolve()) in (configuration() / "searches.json").read_text()
    ask("waiver", "--save", "after", index=index)
    assert ask("--saved", index=index).out.splitlines() == ["after  waiver", "before  waiver"]
    assert str(index.resolve()) not in (configuration() / "searches.json").read_text()


def test_an_index_brought_back_from_a_backup_shows_what_is_new_in_it(ask: Ask, build: Builder, home: Path) -> None:
    """It comes to the generation that was seen before with other filings."""
    files = {"1.txt": submission(1, document("A waiver."))}
    index = build(files)
    ask("waiver", "--save", "waivers", index=index)
    shutil.copytree(index, home / "backup")
    build({**files, "2.txt": submission(2, document("A second waiver."))})
    assert ask("--alerts", index=index).out.startswith("waivers: 2 new filings")
    shutil.rmtree(index)
    (home / "backup").rename(index)
    time.sleep(1.1)  # commits are told apart by the second
    build({**files, "3.txt": submission(3, document("A third waiver."))})
    assert "0009070001-24-000003" in ask("--alerts", index=index).out


def test_alerts_that_were_not_all_shown_stay_new(ask: Ask, sample_index: Path, home: Path) -> None:
    ask("the", "--save", "all", "--limit", "0")
    told = {"XDG_CONFIG_HOME": str(home / "config")}
    program = str(Path(sys.executable).with_name("search"))
    options = ("--alerts", "--snippets", "3", "--width", "2000", "--pager", "true", "--index", str(sample_index))
    shown([program, *options], lines=12, told=told, cwd=sample_index.parent)
    assert ask("--alerts").code == 0
