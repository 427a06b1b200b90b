"""A build with as many commits as there are files, each of which replaces a submission.

python commits.py CORPUS INDEX --builder columnar
"""

import argparse
from pathlib import Path

import scenario


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--builder", default="columnar")
    options = arguments.parse_args()
    scenario.build(options.corpus, options.index, builder=options.builder, batch_bytes=1)


def write(corpus: Path, version: int, *, files: int = 50) -> None:
    """Submissions of three documents each, all of which say the version."""
    corpus.mkdir(exist_ok=True)
    for number in range(files):
        texts = [f"version{version} {scenario.text(number + version + at, 40)} everywhere" for at in range(3)]
        (corpus / f"{number}.txt").write_bytes(scenario.submission(number, *texts))


if __name__ == "__main__":
    main()
