"""Programs written for EDGAR, each in an environment of its own: `python tests/clients/environments.py FOLDER`."""

import subprocess
import sys
import venv
from pathlib import Path

VERSIONS = {"edgar-tool": "2.1.2", "edgartools": "5.62.1", "datamule": "5.0.2", "sec-edgar-toolkit": "0.2.0"}


def interpreter(folder: Path, name: str) -> Path:
    """Return where the interpreter that has a client is, or would be."""
    return folder / f"{name}-{VERSIONS[name]}" / "bin" / "python"


def install(folder: Path, name: str) -> bool:
    """Make a client's environment unless it is there; tell whether it is."""
    python = interpreter(folder, name)
    if not python.exists():
        venv.create(python.parent.parent, with_pip=True)
        command = [python, "-m", "pip", "install", "--quiet", f"{name}=={VERSIONS[name]}"]
        if subprocess.run(command, check=False).returncode:
            python.unlink()
    return python.exists()


if __name__ == "__main__":
    for each, version in VERSIONS.items():
        if not install(Path(sys.argv[1]), each):
            print(f"*** {each} {version} could not be installed: its tests will be skipped ***", file=sys.stderr)
