"""One-letter options: those there are, and the refusal of those that other programs have."""

import json
from pathlib import Path

import pytest

from tests.search.conftest import Ask, Builder, document, submission


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize(
    "option", ["-i", "-v", "-w", "-e", "-A2", "-B", "-C3", "-r", "-R", "-5", "-10", "-z", "-K1", "-c2", "-o5"]
)
def test_a_letter_that_is_no_option_is_refused_wherever_it_stands(ask: Ask, option: str, where: str) -> None:
    words = [option, "license"] if where == "before" else ["license", option]
    said = ask(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"search: {option} is no option: ")
    assert said.err.endswith(f"; to leave the word {option[1:]} out, write NOT {option[1:]}\n")


@pytest.mark.parametrize(
    ("option", "meant"),
    [
        ("-i", "case never matters"),
        ("-w", "--exact"),
        ("-A2", "--width N"),
        ("-m5", "--limit N"),
        ("-c2", "-c is --count, without a number"),
        ("-o5", "-o is --output 5"),
        ("-Z", "search --help"),
    ],
)
def test_a_refusal_names_what_is_meant(ask: Ask, option: str, meant: str) -> None:
    assert meant in ask("license", option).err


def test_what_is_written_instead_leaves_the_word_out(ask: Ask) -> None:
    fewer, all_of_them = ask("license", "NOT", "b", "--count"), ask("license", "--count")
    assert fewer.code == 0
    assert fewer != all_of_them
    assert ask("license -b", "--count") == fewer


def test_the_value_of_an_option_is_none(ask: Ask) -> None:
    assert ask("license", "--form", "-4").code == 0
    assert "-1 is not in the range" in ask("license", "-n", "-1").err


def test_words_behind_a_hyphen_are_left_out_as_before(ask: Ask) -> None:
    assert ask("license", "-orphan", "-c").out != ask("license", "-c").out


def test_count_has_a_letter(ask: Ask) -> None:
    assert ask("license", "-c") == ask("-c", "license") == ask("license", "--count")


def test_paths_of_files(ask: Ask, build: Builder) -> None:
    files = {
        f"{n}.txt": submission(n, document("A waiver."), document("A waiver.", "b.txt", sequence=2)) for n in (1, 2)
    }
    index = build({**files, "3.txt": submission(3, document("Nothing."))})
    paths = [str(index.parent / "files" / name) for name in ("1.txt", "2.txt")]
    said = ask("waiver", "-l", index=index)
    assert (said.code, sorted(said.out.splitlines())) == (0, paths)
    assert ask("waiver", "--files", index=index) == said
    assert sorted(ask("waiver", "--files", "--null", index=index).out.split("\0")) == ["", *paths]
    for together in (["-l0"], ["-0l"], ["-l", "-0"]):
        assert ask("waiver", *together, index=index).out.count("\0") == 2
    assert ask("waiver", "-l", "-n", "1", index=index).out.splitlines() == said.out.splitlines()[:1]
    assert ask("zebra", "-l", index=index).code == 1
    lines = map(json.loads, ask("waiver", "-l", "--jsonl", index=index).out.splitlines())
    assert list(lines) == [{"type": "path", "version": 1, "path": path} for path in said.out.splitlines()]


def test_an_archive_is_named_once(ask: Ask, corpus: Path) -> None:
    paths = ask("the", "-l").out.splitlines()
    assert paths
    assert len(set(paths)) == len(paths)
    assert [path for path in paths if not Path(path).is_file()] == []


def test_notes_of_files_are_no_files(ask: Ask) -> None:
    said = ask("license", "or", "waiver", "-l")
    assert '"or" was read as a word' in said.err
    assert "was read" not in said.out


@pytest.mark.parametrize("options", [("--null",), ("-0",), ("-l", "-0", "--json"), ("-l0", "-o", "x.txt")])
def test_nul_is_for_paths_in_a_pipe(ask: Ask, options: tuple[str, ...]) -> None:
    assert ask("license", *options).code == 2
