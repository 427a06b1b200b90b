"""What every measurement shares: the machine, running a step in a process of its own, medians, the folder of a run."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGES = ("edgar-corpus-search", "Whoosh", "tantivy", "numpy", "lxml", "beautifulsoup4", "PyStemmer", "zstandard")


def machine() -> dict[str, Any]:
    """Where and with what was measured."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in PACKAGES},
        "load": os.getloadavg()[0],
    }


def heading(title: str, packages: Sequence[str]) -> list[str]:
    """The first lines of a page: what was measured and when, on which machine, with which versions."""
    return [
        f"# {title}, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()};",
        f"{', '.join(f'{name} {version(name)}' for name in packages)}.",
    ]


def old_and_new(description: str, *, rounds: int) -> argparse.ArgumentParser:
    """The arguments of what compares this checkout with an old one."""
    arguments = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("old", type=Path)
    arguments.add_argument("--rounds", type=int, default=rounds)
    arguments.add_argument("--documents", type=int, default=10_000)
    arguments.add_argument("--corpus", type=Path, default=HERE.parents[1] / "shared" / "filings")
    arguments.add_argument("--out", type=Path)
    return arguments


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def in_process(*command: str | Path) -> Any:
    """What a script of this folder prints as JSON, run in a process of its own; its standard error is passed on."""
    run = subprocess.run(
        [sys.executable, *map(str, command)], check=True, stdout=subprocess.PIPE, cwd=HERE, env=environment()
    )
    return json.loads(run.stdout)


def environment() -> dict[str, str]:
    """As a user has it: compiled modules are kept, beside the checkout's own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bench-pycache")}


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median, and between what the middle eight in ten lie."""
    ordered = sorted(values)
    tenth = len(ordered) // 10
    return {"median": statistics.median(ordered), "low": ordered[tenth], "high": ordered[-1 - tenth]}


def said(what: str) -> None:
    """Say on standard error what is being done."""
    print(f"{datetime.now():%H:%M:%S} {what}", file=sys.stderr, flush=True)
