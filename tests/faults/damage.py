"""Bits flipped and ends cut off in every file of an index, and whether this is found and mended. Prints JSON.

    python damage.py FOLDER --builder columnar --each 12 --seed 7

A damage is `mended` when `verify` finds it, and repairing or building anew brings the index back to what it said; it is
`harmless` when the index says what it said before, whether or not it was found; anything else is `unnoticed`.
"""

import json
import random
from collections import Counter
from pathlib import Path

import scenario
from scenario import State, copied, state

from indexer.errors import IndexerError
from indexer.pipeline.build import Options
from indexer.pipeline.repair import BEYOND, repair
from indexer.storage.lock import FILE as LOCK
from indexer.verify.inspection import verify
from indexer.workers.worker import Settings


def main() -> None:
    options = scenario.options(each=12, seed=7)
    corpus, index, sound = options.folder / "corpus", options.folder / "index", options.folder / "sound"
    scenario.write_first(corpus)
    scenario.build(corpus, index, builder=options.builder)
    copied(index, sound)
    before = state(index)
    draw = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    for path in sorted(each for each in sound.rglob("*") if each.is_file() and each.name != LOCK):
        for number in range(options.each):
            copied(sound, index)
            how = damage(index / path.relative_to(sound), draw, cut=number % 3 == 0)
            outcome = judge(corpus, index, options.builder, before)
            outcomes[f"{kind(path)} {how.split()[0]} {outcome}"] += 1
            if outcome == "unnoticed":
                wrong.append(f"{path.relative_to(sound)} {how}")
    print(json.dumps({"damaged": outcomes.total(), "outcomes": outcomes, "wrong": wrong}))


def damage(path: Path, draw: random.Random, *, cut: bool) -> str:
    """Damage a file; what was done."""
    content = bytearray(path.read_bytes())
    at = draw.randrange(len(content))
    if cut:
        path.write_bytes(content[:at])
        return f"cut at {at}"
    bit = draw.randrange(8)
    content[at] ^= 1 << bit
    path.write_bytes(content)
    return f"bit {bit} of {at}"


def kind(path: Path) -> str:
    """What a file is."""
    kinds = {".cols": "segment", ".seg": "segment", ".zst": "texts", ".toc": "table", ".sqlite": "manifest"}
    return kinds.get(path.suffix, "mark")


def judge(corpus: Path, index: Path, builder: str, before: State) -> str:
    """What became of the damage."""
    try:
        faults = verify(index).faults
    except IndexerError:
        return rebuilt(corpus, index, builder, before)
    if not faults:
        return "harmless" if _says(index, before) else "unnoticed"
    if any(finding.fault in BEYOND for finding in faults):
        return rebuilt(corpus, index, builder, before)
    repair(Settings(index, builder=scenario.BUILDERS[builder]), faults, Options())
    return "mended" if _says(index, before) else "unnoticed"


def rebuilt(corpus: Path, index: Path, builder: str, before: State) -> str:
    """As above, after building anew."""
    scenario.build(corpus, index, builder=builder, rebuild=True)
    return "mended" if _says(index, before) else "unnoticed"


def _says(index: Path, before: State) -> bool:
    try:
        return state(index) == before
    except (IndexerError, AssertionError):
        return False


if __name__ == "__main__":
    main()
