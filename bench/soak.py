"""The trials of tests/faults again and again, with other random choices each time, until the time is up or one fails.

    python bench/soak.py --hours 4 [--seed 1]

Besides the programs that `reliability.py` runs once, builds with worker processes are killed outright, at random times,
with everything they started.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measuring import said
from reliability import FAULTS, ROOT, ran, suite

sys.path.insert(0, str(FAULTS))
from killed import write
from scenario import build, copied, state, write_second


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--hours", type=float, default=4.0)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    draw = random.Random(options.seed or time.time_ns())
    until = time.monotonic() + options.hours * 3600
    rounds = 0
    while time.monotonic() < until:
        rounds += 1
        said(f"round {rounds}")
        one_round(draw)
    said(f"{rounds} rounds without a fault")


def one_round(draw: random.Random) -> None:
    """Each trial once."""
    builder = draw.choice(["columnar", "stock"])
    seed = draw.randrange(1 << 30)
    found = ran("killed.py", "--builder", builder, "--kills", 60, "--seed", seed)
    if found["four"] or found["killed"]:
        raise SystemExit(f"killed.py --builder {builder} --seed {seed}: {found}")
    ran("damage.py", "--builder", builder, "--each", 30, "--seed", seed)
    ran("flips.py", "--flips", 10_000, "--seed", seed)
    fault = draw.choice(["kill", "power", "ENOSPC", "EIO", "EDQUOT"])
    ran("places.py", "--builder", builder, "--fault", fault, "--every", draw.randrange(1, 6))
    outright(draw)
    suite("tests/test_fuzz.py", "mutations", FUZZ_EXAMPLES="500", HYPOTHESIS_PROFILE="anew")
    filings(seed)
    suite("tests/test_conformance.py", "random", HYPOTHESIS_PROFILE="anew")
    suite("tests/search/parsing/test_parser.py", "any_text", HYPOTHESIS_PROFILE="anew")
    suite("tests/test_readers.py", "")


def filings(seed: int, *, cases: int = 50_000) -> None:
    """Read mutated real filings, where they are beside the checkout."""
    if not (ROOT.parent / "shared" / "filings").is_dir():
        said("no real filings to mutate")
        return
    program = [sys.executable, ROOT / "tests" / "fuzz" / "filings.py", "--cases", str(cases), "--seed", str(seed)]
    if subprocess.run(program, cwd=ROOT, check=False).returncode:
        raise SystemExit(f"filings.py --cases {cases} --seed {seed}")


def outright(draw: random.Random, *, kills: int = 30) -> None:
    """Kill builds that read in workers, with their workers or without, and compare with one that was left alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "corpus")
        build(folder / "corpus", folder / "whole")
        for number in range(kills):
            if number == kills // 2:
                write_second(folder / "corpus" / "first")
                build(folder / "corpus", folder / "whole")
            said(f"killed after {_kill(draw, folder):.2f} s")
        build(folder / "corpus", folder / "index", processes=2)
        if state(folder / "index") != state(folder / "whole"):
            kept = copied(folder, ROOT / "build" / "soak-failure")
            raise SystemExit(f"another index than that of a build left alone: {kept}")


def _kill(draw: random.Random, folder: Path) -> float:
    program = [sys.executable, "-c", "from indexer.cli import main; main()", "build"]
    options: list[Any] = [folder / "corpus", "--index", folder / "index", "--processes", 2, "--prune"]
    process = subprocess.Popen([*program, *map(str, options)], start_new_session=True, stdout=subprocess.DEVNULL)
    after = draw.uniform(0.2, 1.6)
    time.sleep(after)
    if draw.random() < 0.5:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return after


if __name__ == "__main__":
    main()
