"""Fuzz one target with atheris, guided by what is reached; what is found is written into its folder of cases.

    python tests/fuzz/run.py envelope --seconds 600

atheris is the extra `fuzz`. The corpus it grows is kept in `build/fuzz`, so that the next run goes on from there.
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["indexer", "search"]):
    from targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("target", choices=TARGETS)
    arguments.add_argument("--seconds", type=int, default=300)
    options = arguments.parse_args()
    target = TARGETS[options.target]
    grown = ROOT / "build" / "fuzz" / options.target
    cases = ROOT / "tests" / "data" / "fuzz" / options.target
    grown.mkdir(parents=True, exist_ok=True)
    cases.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (grown / f"seed-{number}").write_bytes(seed)
    tokens = grown.parent / f"{options.target}.tokens"
    tokens.write_text("".join(f'"{_escaped(token)}"\n' for token in target.tokens))
    atheris.Setup(
        [
            sys.argv[0],
            str(grown),
            f"-artifact_prefix={cases}/",
            f"-max_total_time={options.seconds}",
            f"-dict={tokens}",
            "-timeout=20",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
        ],
        target.run,
    )
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    main()
