"""Whoever can write to an index's folder is named to those who trust it."""

import os
from pathlib import Path

import pytest

from indexer.commands.terminal import INDEX_OPTION
from indexer.storage import trust
from indexer.storage.trust import distrust


def test_a_folder_of_one_s_own_is_trusted(tmp_path: Path) -> None:
    assert distrust(tmp_path) == distrust(tmp_path / "absent") == ""


def test_a_folder_that_everyone_can_write_to_is_not(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert "can be written by everyone" in distrust(tmp_path)


def test_a_folder_of_someone_else_s_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    said = distrust(tmp_path)
    assert (f"belongs to another user (uid {tmp_path.stat().st_uid})" in said) == (tmp_path.stat().st_uid != 0)


def test_who_trusts_is_warned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import click

    tmp_path.chmod(0o777)
    command = click.command()(INDEX_OPTION(lambda folder: None))
    command.main(["--index", str(tmp_path)], standalone_mode=False)
    assert capsys.readouterr().err == ""
    assert not trust.is_given()
    command.main(["--index", str(tmp_path), "--trust"], standalone_mode=False)
    assert capsys.readouterr().err.startswith(f"warning: {tmp_path} can be written by everyone")
    assert trust.is_given()
    trust.give(False)
