"""Programs written for EDGAR, each in an environment of its own: `python tests/clients/environments.py FOLDER`."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

VERSIONS = {"edgar-tool": "2.1.2", "edgartools": "5.62.1", "datamule": "5.0.2", "sec-edgar-toolkit": "0.2.0"}

_PIP = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20")


def interpreter(folder: Path, name: str) -> Path:
    """Return where the interpreter that has a client is, or would be."""
    return folder / f"{name}-{VERSIONS[name]}" / "bin" / "python"


def install(folder: Path, name: str) -> bool:
    """Make a client's environment unless it is there; tell whether it is. Without a network that takes seconds."""
    python = interpreter(folder, name)
    if not python.exists():
        command = [python, "-m", "pip", "install", *_PIP, f"{name}=={VERSIONS[name]}"]
        try:
            venv.create(python.parent.parent, with_pip=True, clear=True)
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError):
            shutil.rmtree(python.parent.parent, ignore_errors=True)
    return python.exists()


if __name__ == "__main__":
    for each, version in VERSIONS.items():
        if not install(Path(sys.argv[1]), each):
            print(f"*** {each} {version} could not be installed: its tests will be skipped ***", file=sys.stderr)
