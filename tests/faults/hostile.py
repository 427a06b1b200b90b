"""What building an index of one hostile file takes, as the process itself accounts for it. Prints JSON.

    python hostile.py FOLDER FILE

The process's own peak of memory is asked of the kernel by its present image: `ru_maxrss` begins with what the process
that started it had.
"""

import argparse
import json
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from indexer.pipeline.build import Build, Options, Summary
from indexer.workers.worker import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "filings"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("file", type=Path)
    asked = arguments.parse_args()
    _built(SAMPLE, asked.folder / "first")  # what is imported when it is needed
    began = _spent()
    summary = _built(_as_submission(asked.file, asked.folder), asked.folder / "index")
    found = {"seconds": _spent() - began, "bytes": _peak(), "characters": summary.status.characters}
    print(json.dumps({**found, "submissions": summary.submissions, "problems": dict(summary.problems)}))


def _spent() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def _peak() -> int:
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return max(int(own.split()[1]), getrusage(RUSAGE_CHILDREN).ru_maxrss) << 10


def _built(source: Path, folder: Path) -> Summary:
    build = Build([source], Settings(folder), Options(processes=1))
    summary = build.run(lambda _submissions, _bytes: None)
    build.close()
    return summary


def _as_submission(path: Path, folder: Path) -> Path:
    """The file, or a submission around it where it is one document."""
    if path.suffix != ".xml":
        return path
    made = folder / f"{path.stem}.txt"
    document = b"<DOCUMENT>\n<TYPE>EX-99.1\n<FILENAME>a.xml\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n" % path.read_bytes()
    made.write_bytes(b"<SEC-DOCUMENT>0009990001-17-000001.txt : 20170308\n" + document)
    return made


if __name__ == "__main__":
    main()
