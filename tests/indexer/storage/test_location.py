"""A folder is an index, or is said to be none; of this version, or refused; and at a generation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.fields.version import VERSION
from indexer.storage import location
from indexer.stored_submissions import StoredSubmissions
from indexer.whoosh_compat import commits

Write = Callable[..., Path]


def test_generation_is_that_of_the_last_commit(folder: Path, tmp_path: Path) -> None:
    assert commits.generation(folder) == 1
    assert commits.generation(tmp_path) == -1


def test_what_is_no_index_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="indexer build"):
        location.check(tmp_path, -1)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (f'{{"schema": {VERSION + 1}}}', "newer version"),
        ('{"schema": 0}', "older version"),
        (f'{{"schema": {VERSION}}}', "it is not as it was written.*--rebuild"),
        (f'{{"schema": {VERSION}, "checksum": 7}}', "it is not as it was written.*--rebuild"),
        ("", "cannot be read"),
        ("[]", "cannot be read"),
    ],
)
def test_an_index_of_another_version_or_damaged_is_refused(folder: Path, mark: str, expected: str) -> None:
    (folder / location.FILE).write_text(mark)
    with pytest.raises(UnusableIndexError, match=expected):
        StoredSubmissions.open(folder)


def test_any_flipped_bit_of_a_mark_is_noticed_or_says_the_same(folder: Path) -> None:
    """Where the corpus lies is in it too, and would be another place in silence."""
    location.remark(folder, roots={"corpus": "/data/corpus"}, index=str(folder))
    path, said = folder / location.FILE, location.marked(folder)
    sound = path.read_bytes()
    for bit in range(8 * len(sound)):
        damaged = bytearray(sound)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        if location.marked(folder) != said:
            with pytest.raises(UnusableIndexError, match="cannot be read"):
                location.version_of(folder, 0)
            assert location.marked(folder) == {}
