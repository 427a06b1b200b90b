"""The other modes of `search`: totals, tables, explanations, fields, coverage, opening, completion."""

import csv
import io
import json
import os
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest

from indexer.fields.schema import ASKED
from tests.search.conftest import Ask, Builder, document, submission

SEARCH = str(Path(sys.executable).with_name("search"))


def test_totals_alone(ask: Ask) -> None:
    assert ask("license", "--count") == (0, "5 filings (7 documents)\n", "")
    assert ask("zebra", "--count").code == 1
    found = json.loads(ask("license", "--count", "--cik", "9012704", "--json").out)
    assert (found["filings"], found["coverage"]["filings"]) == (4, 8)


def test_a_note_beside_the_totals_cannot_drive_a_terminal(ask: Ask, build: Builder) -> None:
    index = build({"1.txt": submission(1, document("A waiver."), form="12-ZZ\x1b[2J")})
    out = ask("waiver", "--form", "12-ZZ[2K", "--count", index=index).out
    assert "did you mean 12-ZZ [2J?" in out


def test_words_by_filing(ask: Ask) -> None:
    out = ask('license OR "orphan drug"', "--counts", "--csv", "--all").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["accession"] == "0009000101-17-004512"
    assert rows[0]["total"] == str(int(rows[0]["license"]) + int(rows[0]['"orphan drug"']))
    assert int(rows[0]['"orphan drug"']) == 7
    assert len(rows) == 5


def test_words_are_counted_in_all_documents_that_match(ask: Ask, build: Builder) -> None:
    documents = [document(f"A waiver {'waiver ' * n}.", f"{n}.txt", type="EX-99", sequence=n) for n in range(1, 6)]
    index = build({"1.txt": submission(1, document("Nothing."), *documents)})
    out = ask("waiver", "--counts", "--jsonl", index=index).out
    assert json.loads(out)["total"] == 2 + 3 + 4 + 5 + 6


def test_explaining(ask: Ask, home: Path) -> None:
    (home / "groups").write_text("license, permit\n")
    said = ask("license", "form:8-K", "--explain", "--synonyms", "groups")
    assert said.code == 0
    assert "any of" in said.out
    assert "stands for license, licensed" in said.out
    assert "permit" in said.out


def test_every_field_is_listed(ask: Ask) -> None:
    heading, *lines = ask("--fields").out.splitlines()
    assert heading.split() == ["field", "kind", "what", "it", "has"]
    assert len(lines) == len(ASKED)
    assert any(line.startswith("type, exhibit ") and "value" in line for line in lines)
    names = [name for line in lines for name in line.partition("  ")[0].split(", ")]
    assert {"root-form", "filed-by", "serial-company"} <= set(names)
    assert len(names) == len(set(names))
    rows = [json.loads(line) for line in ask("--fields", "--jsonl").out.splitlines()]
    assert [row["name"] for row in rows] == [field.name for field in ASKED]


def test_coverage_in_full(ask: Ask) -> None:
    said = ask("--coverage", "--cik", "9012704")
    assert said.code == 0
    assert "not read: 0009000101-17-004512:" in said.out
    found = json.loads(ask("--coverage", "--cik", "9012704", "--json").out)
    assert sum(each["documents"] for each in found["readings"]) == found["coverage"]["documents"]
    assert ask("--coverage", "--cik", "9999999").code == 1


def test_json_lines_are_an_object_a_line(ask: Ask, home: Path) -> None:
    ask("license", "--evidence", "proof.json")
    for arguments in (["--coverage"], ["--repeat", "proof.json"], ["license", "--count"], ["--fields"]):
        lines = ask(*arguments, "--jsonl").out.splitlines()
        assert all(isinstance(json.loads(line), dict) for line in lines)
        assert len(lines) == (len(ASKED) if arguments == ["--fields"] else 1)


def test_coverage_of_everything(ask: Ask) -> None:
    assert "covered: 52 filings, filed " in ask("--coverage").out


def test_watchlists(ask: Ask, home: Path) -> None:
    (home / "list.csv").write_text("CIK,Name\n# ours\n9012704,Tessalune\n9999999,Nobody\n\n")
    said = ask("license", "--cik", "@list.csv", "--json")
    found = json.loads(said.out)
    assert (found["filings"], found["coverage"]["missing"]) == (4, ["cik 9999999"])
    assert json.loads(ask("license", "--cik", "-@list.csv", "--json").out)["filings"] == 1
    (home / "names").write_text("Tessalune Biosciences\n")
    assert json.loads(ask("license", "--company", "@names", "--json").out)["filings"] == 4


def test_a_thousand_companies(ask: Ask, home: Path) -> None:
    (home / "list").write_text("\n".join(str(9_012_000 + number) for number in range(1000)))
    found = json.loads(ask("license", "--cik", "@list", "--json").out)
    assert found["filings"] == 4
    assert found["coverage"]["filters"] == "cik:(1,000 values)"


def test_more_like_this(ask: Ask) -> None:
    said = ask("--like", "0009000101-17-004512:tsl_ex99-1.htm", "--snippets", "0")
    assert said.code == 0
    assert "0009000101-17-004512" not in said.out
    assert "Tessalune" in said.out.splitlines()[0]


def test_opening_in_a_browser(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[str]()
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(opened.append(url)) or True)
    said = ask("orphan drug license", "--open", "2")
    assert said.code == 0
    assert opened == ["https://www.sec.gov/Archives/edgar/data/9012704/000901270416000040/tsl10q0616.htm"]
    assert said.err == f"opened {opened[0]}\n"


def test_no_browser(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    said = ask("orphan drug license", "--open", "1")
    assert said.code == 2
    assert "the address is https://www.sec.gov/" in said.err


def test_only_addresses_on_sec_gov_are_opened(ask: Ask, build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: pytest.fail(f"opened {url}"))
    index = build({"1.txt": submission(1, document("A waiver."), cik="")})
    assert "has no address on sec.gov" in ask("waiver", "--open", "1", index=index).err


def test_opening_the_text(ask: Ask) -> None:
    out = ask("orphan drug license", "--open", "1", "--text").out
    assert "Orphan drug license covers Europe, Japan and Israel" in out
    assert len(out.splitlines()) > 10


def test_opening_what_is_not_there(ask: Ask) -> None:
    assert ask("orphan drug license", "--open", "9").err == "search: --open 9: 2 filings found\n"
    assert ask("--open", "1").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_the_shell(ask: Ask, shell: str) -> None:
    said = ask("--completion", shell)
    assert said.code == 0
    assert "_SEARCH_COMPLETE" in said.out


def completions(words: str, index: Path, home: Path) -> list[str]:
    """What bash is offered for the last of the words."""
    told = {
        **os.environ,
        "XDG_CONFIG_HOME": str(home / "config"),
        "EDGAR_INDEX": str(index),
        "_SEARCH_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run([SEARCH], env=told, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("search --fo", ["--form", "--format", "--force", "--forget"]),
        ("search --form 10-K4", ["10-K405", "10-K405/A"]),
        ("search --sort fil", ["filed", "filed:asc", "filed:desc"]),
        ("search --facets form,sta", ["form,state"]),
        ("search --columns rank,filing_u", ["rank,filing_url"]),
        ("search --run wa", ["waivers"]),
        ("search --alerts wa", ["waivers"]),
        ("search fil", ["filename:", "file:", "filed:"]),
        ("search form:10-K4", ["form:10-K405", "form:10-K405/A"]),
        ("search section:7", ["section:7", "section:7.01"]),
        ("search section:ii.1", ["section:II.1A"]),
        ("search license", []),
    ],
)
def test_what_is_offered(ask: Ask, sample_index: Path, words: str, offered: list[str]) -> None:
    ask("waiver", "--save", "waivers")
    found = completions(words, sample_index, Path.cwd())
    assert found[: len(offered)] == offered
    assert bool(found) == bool(offered)


def test_completion_without_an_index(home: Path) -> None:
    assert "8-K" in completions("search --form 8-", home / "none", home)
