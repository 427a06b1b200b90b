"""An index of no segments is a collection, too; what arrays free stays with the process."""

import platform
import subprocess
import sys

import pytest

from search.query.nodes import Term
from search.segments.collection import Collection

MEASURED = """
import resource, sys
import numpy as np
from search.segments.collection import Collection

if sys.argv[1] == "open":
    Collection([], 0)
for count in range(101):
    [np.ones(50_000) for _ in range(10)]
    if not count:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    """Count the pages that the system gives a process which makes and frees 100 times ten arrays of 100 pages."""
    run = subprocess.run([sys.executable, "-c", MEASURED, how], check=True, capture_output=True, text=True)
    return int(run.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what is done is glibc's")
def test_freed_memory_is_kept_for_the_next_arrays() -> None:
    without = faults("not")
    assert without > 10_000
    assert faults("open") < without / 10


def test_no_segments() -> None:
    collection = Collection([], 1000)
    assert (collection.size, collection.documents, collection.live) == (0, 0, None)
    assert collection.postings("text", Term("drug", exact=True)).count == 0
