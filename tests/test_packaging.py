"""Installing the project: what is in the wheel, and that nothing is left behind where it was made."""

import subprocess
import sys
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


def copied(folder: Path) -> Path:
    """A copy of what git tracks, or of the sources where there is no git."""
    said = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True)
    for name in filter(None, said.stdout.decode().split("\0")):
        if (CHECKOUT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((CHECKOUT / name).read_bytes())
    return folder


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_installing_leaves_nothing_behind_in_the_checkout(tmp_path: Path) -> None:
    checkout = copied(tmp_path / "checkout")
    before = everything(checkout)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", tmp_path / "wheels", checkout], check=True, capture_output=True)
    assert everything(checkout) == before
    (wheel,) = (tmp_path / "wheels").iterdir()
    names = zipfile.ZipFile(wheel).namelist()
    assert {"indexer/py.typed", "search/py.typed", "indexer/cli.py", "search/cli.py"} <= set(names)
    assert {"search/web/templates/search.html", "search/web/static/style.css"} <= set(names)
    assert {"search/docs/query-language.md", "search/docs/output.md"} <= set(names)
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"indexer", "search"}
    metadata = next(zipfile.ZipFile(wheel).read(name).decode() for name in names if name.endswith("/METADATA"))
    assert "License-Expression: MIT" in metadata and "Typing :: Typed" in metadata
