"""The whole `search` process, started anew each time, against `python -c "import numpy"`, in turns.

python bench/cold.py INDEX
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from measuring import environment, spread

SEARCH = Path(sys.executable).with_name("search")
ASKED = ("drug license", '"going concern"', "covenan* form:8-K")


def measured(index: Path, *, runs: int = 15) -> dict[str, Any]:
    """Milliseconds of each command."""
    commands = {"import numpy": [sys.executable, "-c", "import numpy"], "python": [sys.executable, "-c", "pass"]}
    commands |= {f"search {asked}": [str(SEARCH), asked, "--index", str(index)] for asked in ASKED}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 2):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment())
            if run > 1:  # the first compile modules and fill the page cache
                times[name].append((time.perf_counter() - began) * 1e3)
    return {name: spread(kept) for name, kept in times.items()}


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
