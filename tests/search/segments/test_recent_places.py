"""What was read of some documents is given again, and nothing else."""

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from search.segments.recent_places import RecentPlaces

DOCUMENTS = np.array([3, 5, 9])
PLACES = np.array([(3 << POSITION_BITS) + 7, (3 << POSITION_BITS) + 9, 9 << POSITION_BITS])


def test_what_was_read_is_given_by_document() -> None:
    recent = RecentPlaces()
    recent.keep("text", "license", DOCUMENTS, PLACES)
    found = {document: recent.of_document("text", "license", document) for document in (3, 5, 9)}
    assert {document: places.tolist() for document, places in found.items() if places is not None} == {
        3: [7, 9],
        5: [],
        9: [0],
    }


def test_what_was_not_read_is_not_known() -> None:
    recent = RecentPlaces()
    recent.keep("text", "license", DOCUMENTS, PLACES)
    assert recent.of_document("text", "license", 4) is None
    assert recent.of_document("title", "license", 3) is None
    recent.keep("text", "license", DOCUMENTS[:1], PLACES[:2])
    assert recent.of_document("text", "license", 9) is None


def test_little_is_kept() -> None:
    recent = RecentPlaces()
    for number in range(100):
        recent.keep("text", f"word{number}", DOCUMENTS, PLACES)
    recent.keep("text", "the", DOCUMENTS, np.arange(1 << 17))
    assert recent.of_document("text", "word99", 3) is not None
    assert recent.of_document("text", "word0", 3) is None
    assert recent.of_document("text", "the", 3) is None
