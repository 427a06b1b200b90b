"""A flipped bit or a cut end, in whichever file of an index, is found and mended, or makes no difference."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).resolve().parent / "faults"


@pytest.mark.parametrize("builder", ["columnar", "stock"])
def test_no_damage_goes_unnoticed(tmp_path: Path, builder: str) -> None:
    ran = subprocess.run(
        [sys.executable, FAULTS / "damage.py", tmp_path, "--builder", builder, "--each", "3"],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["wrong"] == []
    kinds = {outcome.split()[0] for outcome in found["outcomes"] if outcome.endswith("mended")}
    assert kinds >= {"segment", "texts", "table", "mark", "manifest"}
