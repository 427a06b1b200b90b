"""Whatever bytes they are, they are read to an end. Found cases stay as files in `data/fuzz`, by target.

The targets are in `fuzz/targets.py`; `make fuzz` looks further, with atheris where it is installed.
"""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).resolve().parent
CASES = HERE / "data" / "fuzz"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
"""For each target; `make soak` asks for many more."""

sys.path.insert(0, str(HERE / "fuzz"))
try:
    from targets import TARGETS, Target
finally:
    sys.path.remove(str(HERE / "fuzz"))


@st.composite
def mutated(draw: st.DrawFn, target: Target) -> bytes:
    """A seed with some pieces taken out, repeated, overwritten, or put in."""
    data = draw(st.sampled_from(target.seeds()))  # made before the first draw
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        match draw(st.sampled_from(["cut", "keep", "repeat", "flip", "insert", "bytes"])):
            case "cut":
                data = data[:start] + data[end:]
            case "keep":
                data = data[start:end]
            case "repeat":
                data = data[:end] + data[start:end][:2000] * draw(st.integers(1, 4)) + data[end:]
            case "flip" if start < len(data):
                data = data[:start] + bytes([data[start] ^ 1 << draw(st.integers(0, 7))]) + data[start + 1 :]
            case "insert" if target.tokens:
                data = data[:start] + draw(st.sampled_from(target.tokens)) * draw(st.integers(1, 50)) + data[start:]
            case _:
                data = data[:start] + draw(st.binary(max_size=12)) + data[start:]
    return data[:60_000]


@pytest.fixture(scope="module", autouse=True)
def seeds() -> None:
    """Made once, and outside of any test's draws."""
    for target in TARGETS.values():
        target.seeds()


@pytest.mark.filterwarnings("ignore::UserWarning")  # BeautifulSoup's, on what looks like a file name or a URL
@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mutations_are_read_to_an_end(name: str, data: st.DataObject) -> None:
    TARGETS[name].run(data.draw(mutated(TARGETS[name]) | st.binary(max_size=200)))


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_found_cases_stay_mended(case: Path) -> None:
    TARGETS[case.parent.name].run(case.read_bytes())


def test_seeds_are_read_without_a_fault() -> None:
    for target in TARGETS.values():
        assert target.seeds()
        for seed in target.seeds():
            target.run(seed)


def test_every_folder_of_cases_is_of_a_target() -> None:
    assert {path.name for path in CASES.iterdir()} <= TARGETS.keys()
