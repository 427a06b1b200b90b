"""The defaults file: what it gives the commands, and one clear line for whatever is wrong with it."""

import sys
from pathlib import Path

import pytest
from platformdirs import user_config_path

from indexer.cli import commands as indexer_commands
from indexer.commands import defaults
from indexer.commands.build import ABOUT
from indexer.commands.terminal import run
from indexer.errors import IndexerError, ProblemKind
from search.cli import commands as search_commands
from search.errors import SearchError


class Said(tuple[int, str, str]):
    """The exit code, and what was printed on both streams."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The defaults file of a user of this test's own, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("EDGAR_INDEX", "EDGAR_CONFIG", "EDGAR_CONTACT", "EDGAR_IDENTITY", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config" / "edgar-corpus-search" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def said(capsys: pytest.CaptureFixture[str], program: str, *arguments: str) -> Said:
    capsys.readouterr()
    command = search_commands if program == "search" else indexer_commands
    code = run(command, program, (SearchError, IndexerError), list(arguments))
    return Said((code, *capsys.readouterr()))


def test_it_lies_where_platformdirs_says(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert defaults.file() == user_config_path("edgar-corpus-search") / "config.toml" == settings
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert defaults.file() == user_config_path("edgar-corpus-search") / "config.toml"
    monkeypatch.setenv("EDGAR_CONFIG", "/elsewhere.toml")
    assert defaults.file() == Path("/elsewhere.toml")


def test_both_programs_ask_the_index_it_names(
    settings: Path, sample_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text(f"index = '{sample_index}'\ncolour = 'always'\n")
    code, out, _ = said(capsys, "search", "license", "-n", "1")
    assert code == 0
    assert "\x1b[" in out
    assert said(capsys, "indexer", "status")[1].startswith(f"{sample_index}: generation")
    assert "\x1b[" not in said(capsys, "search", "license", "--color", "never")[1]
    monkeypatch.setenv("EDGAR_INDEX", "elsewhere")
    assert "no index at elsewhere" in said(capsys, "search", "license")[2]
    assert said(capsys, "search", "license", "--index", str(sample_index))[0] == 0


def test_a_build_reads_the_corpus_it_names(
    settings: Path, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "indexer", "build")
    assert (code, str(settings) in err) == (2, True)
    settings.write_text(f"corpus = ['{corpus / 'filings'}']\nindex = 'made'\n")
    code, out, _ = said(capsys, "indexer", "build", "--processes", "1")
    assert code == 0
    assert "made holds" in out
    assert (tmp_path / "made").is_dir()
    assert "`indexer problems` lists them" in out


def test_who_asks_edgar(settings: Path) -> None:
    settings.write_text('contact = "Ann Ex ann@ex.org"\ncorpus = "~/filings"\n')
    found = defaults.of_options(defaults.read())
    assert found["contact"] == "Ann Ex ann@ex.org"
    assert found["corpus"] == Path("~/filings").expanduser()


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("index = [", "cannot be read: "),
        ("index = 'a'\nindex = 'b'\n", "cannot be read: "),
        ("\xff", "cannot be read: "),
        ("indx = 'a'", "there is no setting indx; did you mean index?"),
        ("zzz = 'a'", "there is no setting zzz; there are index, corpus, contact, pager, colour"),
        ("index = 5", 'index is a text between quotes, as in index = "~/edgar/index"'),
        ("index = ''", "index is a text between quotes"),
        ("corpus = [1]", "corpus is a text between quotes, or several between brackets"),
        ("colour = 'red'", "colour is auto, always or never, not 'red'"),
        ("[index]\na = 1", "index is a text between quotes"),
    ],
)
@pytest.mark.parametrize("program", ["search", "indexer"])
def test_what_is_wrong_is_one_line(
    settings: Path, capsys: pytest.CaptureFixture[str], content: str, wrong: str, program: str
) -> None:
    settings.write_text(content, encoding="latin-1")
    code, out, err = said(capsys, program, *(["license"] if program == "search" else ["status"]))
    assert (code, out) == (2, "")
    assert err.startswith(f"{program}: {settings}")
    assert wrong in err
    assert err.count("\n") == 1
    assert said(capsys, program, "--help")[0] == 0


def test_an_unreadable_file_is_one_line(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.mkdir()
    assert said(capsys, "search", "license") == (2, "", f"search: {settings}: Is a directory\n")


@pytest.mark.parametrize("program", ["search", "indexer"])
def test_it_is_shown_with_what_holds(
    settings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    code, out, _ = said(capsys, program, "--help-config")
    assert code == 0
    assert out.splitlines()[0] == f"{settings} (there is none yet)"
    examples = [line for line in out.splitlines() if " = " in line]
    settings.write_text("\n".join(examples))
    assert set(defaults.read()) == set(defaults.SETTINGS)
    monkeypatch.setenv("EDGAR_INDEX", "mine")
    holds = {line.split()[0]: line for line in said(capsys, program, "--help-config")[1].splitlines()[2:7]}
    assert holds["index"].split() == ["index", "mine", "$EDGAR_INDEX"]
    assert holds["pager"].split() == ["pager", "less", "the", "file"]


def test_a_file_costs_no_library_that_a_search_does_not_need(settings: Path) -> None:
    """Without a file, nothing is loaded to read one."""
    for name in ("tomllib", "platformdirs"):
        sys.modules.pop(name, None)
    assert defaults.read() == {}
    assert not {"tomllib", "platformdirs"} & set(sys.modules)


def test_each_kind_of_problem_is_said_in_words() -> None:
    assert set(ABOUT) == set(ProblemKind)
