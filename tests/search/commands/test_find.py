"""`search`: hits, totals, formats, bad input, at the command line."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from indexer.analysis.folding import fold
from indexer.storage import location
from indexer.storage.lock import Lock
from tests.search.conftest import Ask, Builder, document, submission
from tests.terminal import shown

SEARCH = str(Path(sys.executable).with_name("search"))


def accessions(said_: str) -> list[str]:
    return re.findall(r"\d{10}-\d\d-\d{6}(?=$)", said_, re.MULTILINE)


def test_found(ask: Ask) -> None:
    said = ask("orphan", "drug", "license")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "2 filings (2 documents) have all 3 words"
    assert accessions(said.out)[:2] == ["0009000101-17-004512", "0009012704-16-000040"]
    assert re.search(r"^2 filings \(2 documents\) in \d\.\d\d s$", said.out, re.MULTILINE)


def test_what_follows_full_matches_says_what_it_lacks(ask: Ask) -> None:
    said = ask("orphan drug licnese zebra", "-n", "2")
    assert said.code == 1
    assert said.out.startswith("0 filings (0 documents) have all 4 words\n")
    assert said.out.count("2 of 4 words; lacks: licnese, zebra") == 2
    found = json.loads(ask("orphan drug zebra", "--json").out)
    assert (found["filings"], found["documents"]) == (0, 0)
    assert found["words"] == ["orphan", "drug", "zebra"]
    assert all(hit["lacks"] and not hit["in_header"] for hit in found["hits"])
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))


def test_a_word_of_the_header_comes_before_a_word_that_lacks(ask: Ask) -> None:
    found = json.loads(ask("Tessalune orphan 2018", "--json").out)
    assert [hit["in_header"] for hit in found["hits"] if not hit["lacks"]]
    labels = [bool(hit["lacks"]) for hit in found["hits"]]
    assert labels == sorted(labels)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--all-words",),
        ("--exact",),
        ("--csv",),
        ("--jsonl",),
        ("--markdown",),
        ("--all",),
        ("--all", "--json"),
        ("--count",),
        ("--files",),
        ("--counts",),
    ],
)
def test_all_the_words_are_kept_to(ask: Ask, arguments: tuple[str, ...]) -> None:
    assert not re.search(r"\d{10}-\d\d-\d{6}", ask("orphan drug zebra", *arguments).out)
    assert ask("orphan drug zebra", *arguments).code == 1


@pytest.mark.parametrize("kept", ["--evidence", "--report"])
def test_what_is_printed_beside_evidence_has_all_the_words(ask: Ask, tmp_path: Path, kept: str) -> None:
    said = ask("orphan drug zebra", kept, str(tmp_path / "kept"))
    assert said.code == 1
    assert "0009" not in said.out
    assert "0009" in ask("orphan drug zebra").out


@pytest.mark.parametrize("query", ["orphan AND zebra", "orphan -zebra drugs", '"orphan drug"', "=orphan zebra"])
def test_operators_are_kept_to(ask: Ask, query: str) -> None:
    assert all(not hit["lacks"] for hit in json.loads(ask(query, "--json").out)["hits"])


def test_nothing_found_says_what_was_covered(ask: Ask) -> None:
    said = ask("zebra")
    assert said.code == 1
    assert "covered: 52 filings, filed " in said.out
    assert "no document has zebra" in said.out


def test_a_no_within_filters_can_be_proved(ask: Ask) -> None:
    said = ask("bribery", "--cik", "9012704", "--filed", "2016..2017")
    assert said.code == 1
    assert re.search(
        r"^covered: \d filings with cik:9012704 filed:2016..2017, filed 2016-.*; .*$", said.out, re.MULTILINE
    )


def test_outer_quotes_may_be_left_away(ask: Ask) -> None:
    assert ask("orphan", "drug").out.splitlines()[:4] == ask("orphan drug").out.splitlines()[:4]


@pytest.mark.parametrize("word", ["-notes", "-hedge", "-orphan", "-2x"])
def test_a_word_to_leave_out_is_no_option(ask: Ask, word: str) -> None:
    understood = json.loads(ask("drug", word, "--json").out)["understood"]
    assert understood in {f"drug {word}", f"drug -={word[1:]}"}


@pytest.mark.parametrize("query", ["-form:4", '-"orphan drug" license', "-(form:4 OR license)", "-form:* -n5", "-n*"])
def test_what_is_left_out_may_hold_the_letters_of_options(ask: Ask, home: Path, query: str) -> None:
    quoted = json.loads(ask("*:*", query, "--count", "--json").out)
    assert quoted["query"] == f"*:* {query}"
    assert json.loads(ask(f"*:* {query}", "--count", "--json").out) == quoted
    assert not list(home.glob("r*"))


def test_options_stand_anywhere_and_take_values_that_begin_with_a_hyphen(ask: Ask) -> None:
    everything = json.loads(ask("license", "--json").out)["filings"]
    fewer = json.loads(ask("--form", "-8-K", "license", "-n", "1", "--json").out)
    assert 0 < fewer["filings"] < everything
    assert len(fewer["hits"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to search for"),
        ((" ",), "nothing to search for"),
        (("--josn", "x"), "No such option '--josn'"),
        (("x", "-n", "-1"), "-1 is not in the range"),
        (("x", "-n", "ten"), "'ten' is not a valid whole number"),
        (("x", "--offset", "-1"), "-1 is not in the range"),
        (("x", "--sort", "size"), "--sort size: sort by relevance, filed, period, company, and :asc or :desc after it"),
        (("x", "--sort", "filed:up"), "--sort filed:up"),
        (("x", "--filed", "nonsense"), "--filed nonsense: nonsense is not a date"),
        (("x", "--filed", "2018..2017"), "the range 2018..2017 ends before it begins"),
        (("x", "--filed", "2017-02-30"), "that month has 28 days"),
        (("x", "--cik", "Acme"), "--cik Acme: a CIK is a number"),
        (("x", "--cik", "99999999999"), "--cik 99999999999: a CIK is a number of at most ten digits"),
        (("x", "--cik", "a\x1b[2J"), "--cik a [2J: a CIK is a number"),
        (("x", "--save", ""), "a name is 1 to 100 characters"),
        (("x", "--cik", "@none.txt"), "none.txt: No such file or directory"),
        (("x", "--synonyms", "none.txt"), "none.txt: No such file or directory"),
        (("x", "--facets", "frm"), "did you mean form?"),
        (("x", "--columns", "form"), "--columns belongs with --csv, --tsv, --markdown, --xlsx or --jsonl"),
        (("x", "--csv", "--columns", "frm"), "did you mean form?"),
        (("x", "--xlsx"), "name it with --output FILE.xlsx"),
        (("x", "--output", "x.doc"), "name the format, or end it in one of .txt"),
        (("x", "--output", "none/x.csv"), "none/x.csv: No such file or directory"),
        (("x", "--all", "-n", "3"), "--all and --limit cannot be combined"),
        (("x", "--count", "--counts"), "--count and --counts cannot be combined"),
        (("x", "--text"), "--text belongs with --open"),
        (("x", "--json", "--format", "csv"), "--format csv and --json cannot be combined"),
        (("form:8-K", "--counts"), "the query asks for none"),
        (("x", "--like", "0009"), "the index holds no text of it"),
        (("--repeat", "none.json"), "none.json: No such file"),
        (("--saved", "--save", "x"), "--save belongs with a search, not with --saved"),
        (("x", "--open", "1", "--evidence", "e"), "--evidence belongs with a search, not with --open"),
        (("--strict", '"orphan'), 'this " is never closed'),
        (("--strict", "(orphan"), "this ( is never closed"),
        (("orphan", "OR", "--strict"), "OR needs something on both sides"),
        (("*", "--strict"), "* needs letters or digits"),
        (("colour:red", "--strict"), "there is no field colour"),
        (("a", "!b"), "! leaves nothing out here; write NOT or - in its place"),
        (("a", "ADJ5", "b"), "ADJ5 is no operator here; write pre/5"),
        (("x", "--phrase", "--"), "--phrase: there is no word in it"),
        (("x", "--phrase", "@none.txt"), "none.txt: No such file"),
    ],
)
def test_bad_input_is_one_message(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("search: ")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 3


def test_an_error_is_drawn_under_the_query(ask: Ask) -> None:
    assert ask("--strict", "orphan", "OR").err == "search: OR needs something on both sides\n  orphan OR\n         ^^\n"


@pytest.mark.parametrize(
    "query",
    ['"orphan', "(orphan", "orphan OR", "*", "colour:red", "NYSE:ACME", "http://x.com/a?b", "filed:whenever", "form:",
     "a NEAR b", ")", '"', "word~9", "a^0", "section:banana", "form:-4", "NOT", "& NEAR(9999) |"],
)  # fmt: skip
def test_what_cannot_be_read_is_words_and_noted(ask: Ask, query: str) -> None:
    said = ask("--json", query)
    assert said.code in {0, 1}
    assert said.err == ""
    assert json.loads(said.out)["notes"]


def test_strict_changes_nothing_but_errors(ask: Ask) -> None:
    for query in (
        "license or permit",
        "orphan drug form:8-K",
        "what is the date?",
        '"the "Act" is"',
        "LICENSE OR WAIVER",
    ):
        plain, strict = (json.loads(ask(query, "--json", *option).out) for option in ((), ("--strict",)))
        assert {**plain, "seconds": 0} == {**strict, "seconds": 0}


def test_a_phrase_takes_any_text(ask: Ask, home: Path, build: Builder) -> None:
    text = 'The "Act" (as amended); is it? *** No: form:8-K OR -that!'
    index = build({"1.txt": submission(1, document(f"We say: {text} So."))})
    (home / "passage.txt").write_text(text.replace(" ", "\n"))
    for phrase in (text, "@passage.txt"):
        said = ask("--phrase", phrase, "-c", index=index)
        assert said.out.startswith("1 filing ")
    assert ask("say", "--phrase", "Act as amended", "--phrase", "is it no", "-c", index=index).out.startswith(
        "1 filing "
    )
    assert ask("--phrase", "Act as amended", "--phrase", "it is", "-c", index=index).code == 1
    assert ask("--phrase", "@passage.txt", "--save", "passage", index=index).code == 0
    assert "--phrase" in ask("--saved", index=index).out
    assert ask("--run", "passage", "-c", index=index).out.startswith("1 filing ")


def test_no_index(ask: Ask, tmp_path: Path) -> None:
    said = ask("x", index=tmp_path / "none")
    assert said.code == 2
    assert (
        said.err
        == f"search: no index at {tmp_path}/none: build one with `indexer build PATH --index {tmp_path}/none`\n"
    )


def test_an_index_without_a_commit_is_no_answer(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "begun"
    location.make(folder)
    with Lock(folder):
        said = ask("x", index=folder)
        assert said.code == 3
        assert re.search(r"no commit yet; being built by pid \d+ since \S+", said.err)
    said = ask("x", index=folder)
    assert said.code == 2
    assert "has no commit: its first build was stopped; `indexer build PATH --index" in said.err


def test_a_form_nobody_knows_gets_a_note(ask: Ask) -> None:
    said = ask("license", "--form", "8-KK")
    assert said.code == 1
    assert "no filing in the index has form 8-KK; did you mean 8-K?" in said.out
    assert "not in the index" not in said.out
    both = ask("license", "--form", "8-KK", "--form", "8-K", "--cik", "12", "--csv")
    assert "no filing in the index has form 8-KK; did you mean 8-K?\n" in both.err
    assert "not in the index: cik 12\n" in both.err


def test_a_misspelt_word_gets_a_suggestion(ask: Ask) -> None:
    assert "did you mean: orphan drug (2 filings)" in ask("orfan", "drug").out


def sorted_by(ask: Ask, sort: str, column: str) -> list[str]:
    out = ask("the", "--all", "--sort", sort, "--csv", "--columns", f"accession,{column}", "--snippets", "0").out
    found = {row["accession"]: row[column] for row in csv.DictReader(io.StringIO(out))}
    return [fold(value.partition(";")[0]) for value in found.values() if value]


@pytest.mark.parametrize("column", ["filed", "period", "company"])
def test_both_ways(ask: Ask, column: str) -> None:
    up, down = sorted_by(ask, f"{column}:asc", column), sorted_by(ask, f"{column}:desc", column)
    assert len(up) > 20
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


def test_pages_join_to_all(ask: Ask) -> None:
    def page(*options: str) -> list[str]:
        out = ask("the", *options, "--csv", "--columns", "accession,document", "--snippets", "0").out
        return list(dict.fromkeys(line.partition(",")[0] for line in out.splitlines()[1:]))

    every = page("--all")
    assert page("-n", "7") + page("-n", "9999", "--offset", "7") == every
    assert len(every) > 20


def test_the_totals_say_how_many_were_shown(ask: Ask) -> None:
    assert re.search(r"^3 of \d\d filings", ask("the", "-n", "3").out, re.MULTILINE)
    assert re.search(r"^10 of \d\d filings .*--all is all of them$", ask("the", "--csv").err, re.MULTILINE)


# Formats


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("x.txt", b"  1. "),
        ("x.json", b'{\n  "version": 1'),
        ("x.jsonl", b'{"type": "results"'),
        ("x.CSV", b"rank,"),
        ("x.xlsx", b"PK"),
    ],
)
def test_a_file_is_in_the_format_of_its_suffix(ask: Ask, home: Path, file: str, begins: bytes) -> None:
    said = ask("license", "--output", file)
    assert (said.code, said.out) == (0, "")
    assert f"written to {file}\n" in said.err
    assert (home / file).read_bytes().startswith(begins)


def test_the_format_named_counts_more_than_the_suffix(ask: Ask, home: Path) -> None:
    ask("license", "--json", "--output", "x.txt")
    assert json.loads((home / "x.txt").read_text())["query"] == "license"


def test_a_table_has_every_document_and_text_the_best(ask: Ask) -> None:
    rows = ask("license", "--csv").out.splitlines()[1:]
    assert len(rows) == json.loads(ask("license", "--count", "--json").out)["documents"]
    assert len(ask("license", "--csv", "--documents", "1").out.splitlines()[1:]) == 5


def test_json_lines_of_rows_and_of_hits(ask: Ask) -> None:
    hits = [json.loads(line) for line in ask("license", "--jsonl").out.splitlines()]
    assert [each["type"] for each in hits] == ["results"] + ["hit"] * 5
    rows = [json.loads(line) for line in ask("license", "--jsonl", "--columns", "form,filed").out.splitlines()]
    assert rows[0] == {"type": "row", "version": 1, "form": "8-K", "filed": "2017-04-18"}


def test_columns_of_the_header(ask: Ask) -> None:
    out = ask("orphan license", "--csv", "--columns", "edgar-tool", "-n", "1").out
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["place_of_business"] == "DULUTH, MN"
    assert row["form_name"] == "Current report"
    assert row["company_cik_trimmed"] == "9012704"


def test_facets_and_time_in_each_format(ask: Ask) -> None:
    options = ("license", "--facets", "form,state", "--over-time", "month")
    text = ask(*options, "-n", "0").out
    assert "by form\n  8-K           3  █" in text
    found = json.loads(ask(*options, "--json").out)
    assert found["facets"][0] == {
        "field": "form",
        "counts": [{"value": "8-K", "filings": 3}, *found["facets"][0]["counts"][1:]],
    }
    assert (
        sum(each["filings"] for each in found["timeline"]["counts"]) + found["timeline"]["undated"] == found["filings"]
    )
    rows = list(csv.DictReader(io.StringIO(ask(*options, "--csv").out)))
    assert {"field": "form", "value": "8-K", "filings": "3"} in rows


def test_passages_are_what_indexer_show_prints(
    ask: Ask, sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from indexer.cli import commands

    hits = json.loads(ask("license OR waiver", "--json", "--snippets", "2", "--documents", "9").out)["hits"]
    snippets = [each for hit in hits for doc in hit["documents"] for each in doc["snippets"]]
    assert len(snippets) > 8
    for each in snippets:
        at = f"{each['start']}..{each['end']}"
        arguments = ["show", each["document_id"], "--text", "--at", at, "--index", str(sample_index)]
        commands.main(arguments, standalone_mode=False)
        assert capsys.readouterr().out == each["text"] + "\n"


# Queries in files


def test_a_query_may_stand_in_a_file_or_come_from_standard_input(
    ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "q.txt").write_text("# ours\nlicense OR\n  calvenostat\n", encoding="utf-8-sig")
    typed = ask("license OR calvenostat", "--count").out
    assert ask("@q.txt", "--count").out == typed
    assert ask("@q.txt", "form:8-K", "--count").out == ask("(license OR calvenostat) form:8-K", "--count").out
    assert ask("form:8-K", "-@q.txt", "--count").out == ask("form:8-K -(license OR calvenostat)", "--count").out
    monkeypatch.setattr(sys, "stdin", io.StringIO("license OR\ncalvenostat"))
    assert ask("-", "--count").out == typed
    assert ask("@none.txt").err == "search: none.txt: No such file or directory\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("# nothing\n"))
    assert ask("-").err == "search: standard input holds no query\n"


# Terminals


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What `search` prints on a long terminal."""
    return shown([SEARCH, *arguments], columns=60, lines=500, told=environment)


def test_colour_links_and_broken_lines_on_a_terminal(sample_index: Path) -> None:
    said = on_a_terminal("orphan drug license", "-n", "1", "--index", str(sample_index))
    assert "\x1b[1;33mOrphan Drug License\x1b[0m" in said
    assert "\x1b]8;;https://www.sec.gov/Archives/edgar/data/9012704/" in said
    plain = re.sub(r"\x1b\]8;;.*?\x1b\\|\x1b\[[\d;]*m", "", said)
    passage = [line for line in plain.splitlines() if line.startswith("       ")]
    assert len(passage) > 3
    assert all(len(line) <= 60 for line in passage)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(sample_index: Path, environment: dict[str, str]) -> None:
    said = on_a_terminal("orphan drug license", "--index", str(sample_index), **environment)
    assert "*orphan drug" in said
    assert "\x1b" not in said


def test_a_pipe_gets_neither_unless_told_to(ask: Ask) -> None:
    assert "\x1b" not in ask("license").out
    always = ask("license", "--color", "always").out
    assert "\x1b[" in always
    assert "\x1b]8" not in always


def test_a_reader_that_goes_away_is_no_error(sample_index: Path) -> None:
    command = [SEARCH, "the", "--all", "--index", str(sample_index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_another_encoding(sample_index: Path) -> None:
    told = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [SEARCH, "Skarvøy", "--facets", "form", "--over-time", "year", "--index", str(sample_index)]
    done = subprocess.run(command, capture_output=True, env=told, check=True)
    assert done.stdout.isascii()
    assert b"@@@@" in done.stdout


HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\u2066\x08\r waiver"


@pytest.fixture
def hostile(build: Builder) -> Path:
    """An index of a submission that would drive a terminal."""
    text = document(f"The {HOSTILE} of it.", f"a{HOSTILE}.txt", type=f"EX-{HOSTILE}", description=HOSTILE)
    graphic = document("begin 644 l.gif\n#0V%T\n`\nend", f"l{HOSTILE}.gif", type="GRAPHIC", sequence=2)
    return build({"1.txt": submission(1, text, graphic, company=f"ACME {HOSTILE}", form=f"8-K {HOSTILE}")})


@pytest.mark.parametrize(
    "arguments",
    [
        ("waiver",),
        ("waiver", "--color", "always"),
        ("waiver", "--json"),
        ("waiver", "--jsonl"),
        ("waiver", "--csv", "--columns", "all"),
        ("waiver", "--jsonl", "--columns", "all"),
        ("waiver", "--counts"),
        ("waiver", "--counts", "--csv"),
        ("waiver", "--facets", "company,form,type,filename", "-n", "0"),
        ("waiver", "--facets", "company,form,type,filename", "--csv"),
        ("waiver", "--explain"),
        ("waivre",),
        ("waiver", "--open", "1", "--text"),
        ("--coverage",),
        ("--coverage", "--json"),
        ("waiver", "--form", "10-Q"),
    ],
)
def test_filings_do_not_drive_the_terminal(ask: Ask, hostile: Path, arguments: tuple[str, ...]) -> None:
    said = ask(*arguments, index=hostile)
    assert said.code in {0, 1}, said.err
    printed = re.sub(r"\x1b\[[\d;]*m", "", said.out) + said.err
    harmful = [each for each in printed if unicodedata.category(each) in {"Cc", "Cf", "Cs"} and each != "\n"]
    assert harmful == []


MODULES, PATTERNS = 153, 24
"""Of this program, at most: what a plain question loads and compiles. Fewer is better."""


def test_help_needs_no_engine() -> None:
    code = (
        "import os, sys; os._exit = sys.exit; sys.argv = ['search', '--help']\n"
        "from search.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('numpy', 'bs4', 'lxml', 'whoosh', 'Stemmer', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "What to look for" in done.stdout


def loaded_by_a_plain_question(index: Path) -> tuple[set[str], int]:
    """The modules that a whole `search` for a word has loaded, and how many patterns it has compiled."""
    code = (
        "import os, sys\n"
        "import indexer.first_use as first_use\n"
        "compiled, compile = [], first_use.LatePattern.compiled\n"
        "first_use.LatePattern.compiled = lambda self: compiled.append(self.pattern) or compile(self)\n"
        "def told(code):\n"
        "    sys.stdout.flush()\n"
        "    print(len(set(compiled)), *sys.modules, file=sys.stderr)\n"
        "os._exit = told\n"
        "from search.__main__ import main\n"
        f"sys.argv = ['search', 'license', '--index', {str(index)!r}]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "filings" in done.stdout, done.stdout
    compiled, *modules = done.stderr.split()
    return set(modules), int(compiled)


def test_a_plain_question_loads_what_it_needs(sample_index: Path) -> None:
    """Each module takes a tenth of a millisecond at least; the list is of what other questions need."""
    modules, compiled = loaded_by_a_plain_question(sample_index)
    rooms = ("evidence", "records.saved", "commands.alerts", "web", "agents", "report", "coverage", "live")
    unwanted = {
        *(f"search.{room}" for room in rooms),
        *("search.alternatives.hints", "search.alternatives.near_names", "search.lookups.facets"),
        *("search.query.matcher", "search.query.occurrences", "search.evaluation.row_evaluation"),
        *(
            "search.lookups.term_counts",
            "search.terms.section_names",
            "search.output.json_lines",
            "search.output.table",
        ),
        *("indexer.edgar.items", "indexer.edgar.xml_labels", "indexer.storage.lock"),
        *("indexer.manifest", "indexer.manifest.manifest", "indexer.envelope", "indexer.extract", "indexer.corpus"),
        *("indexer.cluster", "indexer.download", "indexer.writers", "indexer.workers", "indexer.http"),
        *("whoosh", "bs4", "lxml", "sqlite3", "tqdm", "logging", "argparse", "tomllib", "platformdirs", "subprocess"),
        *("numpy.random", "numpy.ma", "numpy.testing", "numpy.polynomial", "numpy.fft", "asyncio", "socket", "ssl"),
    }
    assert unwanted & modules == set()
    assert sum(name.partition(".")[0] in {"indexer", "search"} for name in modules) <= MODULES
    assert compiled <= PATTERNS


def test_a_search_reads_no_html() -> None:
    code = "import sys, search.commands.find, search.searchers.local as _; print({'bs4', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
