"""docs/operate.md: its units, its logrotate rules, its metrics and its commands, run as far as they can be here."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.cli import commands as indexer_commands
from indexer.pipeline.log import LogFile
from search.cli import commands as search_commands

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs/operate.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAMS = Path(sys.executable).parent


def files() -> dict[str, str]:
    """The files of the page, by their names."""
    named = ((re.search(r"^# (/\S+)", block, re.MULTILINE), block) for _, block in BLOCK.findall(PAGE))
    return {Path(name[1]).name: block for name, block in named if name}


UNITS = sorted(name for name in files() if name.endswith((".service", ".timer")))


def accepted(line: str) -> None:
    """Have click read a command line as the program would, without running it."""
    program, *words = shlex.split(line, comments=True)
    if Path(program).name == "search":
        search_commands.make_context(program, words).close()
    else:
        indexer_commands.commands[words[0]].make_context(words[0], words[1:]).close()


def test_the_page_has_what_it_promises() -> None:
    assert UNITS == ["edgar-index.service", "edgar-index.timer", "edgar-watch.service"]
    assert {"edgar", "edgar-metrics"} < set(files())


@pytest.mark.parametrize("name", UNITS)
def test_units_are_read_and_their_commands_accepted(name: str, tmp_path: Path) -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(files()[name])
    assert unit["Unit"]["Description"]
    for line in re.findall(r"^ExecStart=(.*)$", files()[name], re.MULTILINE):
        if Path(shlex.split(line)[0]).name == "indexer":
            accepted(line)
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        return
    for each in UNITS:
        content = re.sub(r"/opt/edgar/bin/\S+", "/bin/true", files()[each]).replace("User=edgar\n", "")
        (tmp_path / each).write_text(content)
    checked = subprocess.run([analyze, "verify", str(tmp_path / name)], capture_output=True, text=True, check=False)
    assert [line for line in checked.stderr.splitlines() if name in line] == []


def test_every_command_of_the_page_is_accepted() -> None:
    shown = [line for kind, block in BLOCK.findall(PAGE) if kind == "sh" for line in block.splitlines()]
    lines = [line for line in shown if line.startswith(("indexer ", "search "))]
    assert len(lines) >= 6
    for line in lines:
        accepted(line)


def test_the_metrics_are_what_prometheus_reads(sample_index: Path, tmp_path: Path) -> None:
    script = tmp_path / "edgar-metrics"
    script.write_text(files()["edgar-metrics"].replace("/opt/edgar/bin/", f"{PROGRAMS}/"))
    target = tmp_path / "edgar.prom"
    env = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    subprocess.run(["sh", str(script), str(sample_index), str(target)], check=True, env=env)
    lines = target.read_text().splitlines()
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"\})? \d+', line) for line in lines)
    values = dict(line.rsplit(" ", 1) for line in lines)
    assert (values["edgar_index_submissions"], values["edgar_index_being_written"]) == ("52", "0")
    assert int(values["edgar_index_committed_timestamp_seconds"]) > 1.7e9
    assert any(name.startswith("edgar_index_problems{") for name in values)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".prom"] == ["edgar.prom"]
    named = re.findall(r"`[^`]*?(edgar_index_\w+)", PAGE)
    assert set(named) <= {name.partition("{")[0] for name in values}


def test_a_log_may_be_cut_short_in_place(tmp_path: Path) -> None:
    """As copytruncate does it, and with logrotate itself where it is here."""
    path = tmp_path / "index.jsonl"
    with LogFile(path) as log:
        log("begin", number=1)
        logrotate = shutil.which("logrotate") or shutil.which("logrotate", path="/usr/sbin")
        if logrotate:
            rules = tmp_path / "rules"
            rules.write_text(files()["edgar"].replace("/var/log/edgar/", f"{tmp_path}/"))
            rules.chmod(0o644)
            command = [logrotate, "--force", "--state", str(tmp_path / "state"), str(rules)]
            subprocess.run(command, check=True)
            assert json.loads((tmp_path / "index.jsonl.1").read_text())["number"] == 1
        else:
            os.truncate(path, 0)
        log("end", number=2)
    assert [json.loads(line)["number"] for line in path.read_text().splitlines()] == [2]


def test_the_exit_codes_of_the_page_are_those_of_the_programs() -> None:
    from indexer import errors

    table = PAGE.split("## Exit codes")[1].split("## Logs")[0]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    raised = {each.exit_code for each in vars(errors).values() if isinstance(each, type) and hasattr(each, "exit_code")}
    assert raised == {2, 3, 4}
    assert codes == raised | {0, 1, 130}
