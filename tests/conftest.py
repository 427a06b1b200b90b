"""What every test may use: the checkout, and the real filings where they are present."""

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"


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


def pytest_report_header() -> str:
    present = (SHARED / "filings").is_dir()
    return f"real filings: {'tested over ' + str(SHARED / 'filings') if present else 'absent, their tests are skipped'}"
