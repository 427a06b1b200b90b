"""What every test may use: the checkout, and the real filings where they are present."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
    folder = tmp_path_factory.mktemp("sample") / "index"
    with closing(Build([corpus], Settings(folder), Options(processes=1))) as build:
        build.run(lambda _submissions, _bytes: None)
    return folder


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
