"""Pool what each engine finds for the questions, for a reader to grade.

    python bench/relevance/pool.py INDEX POOL.tsv [--depth 10]

Writes a row for each question and filing that any engine has among its first ten: question, accession number; sorted by
accession number, so that nothing tells which engine found it or where. Rows that POOL.tsv has already are kept.
"""

import argparse
from pathlib import Path

from common import entries, questions
from engines import ENGINES


def main() -> None:
    """Read the command line and write the pool."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("index", type=Path)
    arguments.add_argument("pool", type=Path)
    arguments.add_argument("--depth", type=int, default=10)
    options = arguments.parse_args()
    old = options.pool.read_text().splitlines()[1:] if options.pool.exists() else []
    pooled = {tuple(line.split("\t")) for line in old}
    documents = entries(options.index)
    for build in ENGINES.values():
        ranked = build(options.index, documents)
        pooled |= {(name, found) for name, asked in questions().items() for found in ranked(asked, options.depth)}
    lines = ["question\taccession", *("\t".join(row) for row in sorted(pooled))]
    options.pool.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
