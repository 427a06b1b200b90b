"""What every test may use: the checkout, and the real filings where they are present."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ranking import term_filings

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"

settings.register_profile("anew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same", settings.get_profile("anew"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "the same"))
"""What is drawn is the same each time, lest a change be blamed for a fault it has not; `make soak` draws anew."""


@pytest.fixture(autouse=True, scope="session")
def no_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads the defaults file, the pager or the index of whoever runs it."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    for name in ("EDGAR_CONFIG", "EDGAR_INDEX", "PAGER"):
        os.environ.pop(name, None)


@pytest.fixture(scope="module")
def every_word_is_frequent() -> Iterator[None]:
    """Words asked alone are answered by blocks in small indices too, as they are in large ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_filings, "FREQUENT", 0)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real submissions and expected values beside the checkout; skips where it is absent."""
    if not (SHARED / "filings").is_dir():
        pytest.skip("no real filings beside the checkout (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample corpus that ships with the project."""
    return CHECKOUT / "corpus"


@pytest.fixture(scope="session")
def sample_index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the sample corpus, made in one go in this process. Do not write to it."""
    return built(corpus, tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="session")
def filings_index(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the real filings, which takes a minute or two."""
    return built(shared / "filings", tmp_path_factory.mktemp("filings") / "index")


def built(folder: Path, index: Path) -> Path:
    with closing(Build([folder], Settings(index), Options(processes=1))) as build:
        build.run(lambda _submissions, _bytes: None)
    return index


@pytest.fixture
def at_home(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], tuple[str, str]]:
    """Be a user without settings in an empty folder whose index is that of the sample; gives what was printed since."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("EDGAR_INDEX", str(sample_index))
    monkeypatch.chdir(tmp_path)
    return capsys.readouterr


@pytest.fixture(scope="session")
def faults() -> Callable[..., Any]:
    """Runs a script of `tests/faults` and returns what it prints: `faults("flips.py", tmp_path, "--flips", 40)`."""

    def faults(script: str, *arguments: object) -> Any:
        command = [sys.executable, CHECKOUT / "tests" / "faults" / script, *map(str, arguments)]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return faults


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def pytest_report_header() -> str:
    present = (SHARED / "filings").is_dir()
    return f"real filings: {'tested over ' + str(SHARED / 'filings') if present else 'absent, their tests are skipped'}"
