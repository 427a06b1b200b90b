"""How often items are right, by how sure the program says that they are. Prints a table for docs/extraction.md.

    python bench/certainty.py [--seed 1] [--share 0.2]

Of the table of items made by reading (`tests/data/items.tsv`) nearly all are located, so that it has no wrong ones to
tell apart. So a share of the headings are spoiled in the files (`Item` becomes `Area`). Needs the filings beside the
checkout.
"""

import argparse
import sys
from collections import Counter
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.items.judge import wilson, work  # noqa: E402  (the tests are no package that is installed)
from tests.items.spoiling import outcomes  # noqa: E402
from tests.items.table import read_table  # noqa: E402

BANDS = (0.0, 0.55, 0.7, 0.8, 0.9, 1.01)
"""Certainties from one to below the next."""


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--share", type=float, default=0.2)
    options = arguments.parse_args()
    tasks = [(each, options.seed, options.share) for each in work(ROOT.parent / "shared", read_table())]
    with Pool(2) as pool:
        found = [each for some in pool.imap(outcomes, tasks, chunksize=8) for each in some]
    print("| certainty | located | right |\n|---|---|---|")
    for low, high in pairwise(BANDS):
        right = Counter(is_right for certainty, is_right in found if low <= certainty < high)
        if right:
            bounds = " to ".join(f"{each:.3f}" for each in wilson(right[True], right.total()))
            said = f"{right[True] / right.total():.3f} ({bounds})"
            print(f"| {low:g} to {min(high, 1):g} | {right.total():,} | {said} |")


if __name__ == "__main__":
    main()
