"""A submission's own bytes, from wherever a walk found it."""

import gzip
import io
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from indexer.corpus.originals import submission_bytes
from indexer.corpus.walking import walk
from indexer.errors import NoCorpusError
from indexer.filings import SubmissionFile

PICTURE = "begin 644 logo.gif\n" + f"M{'@' * 60}\n" * 40 + "end\n"
SUBMISSIONS = [
    (
        f"<SEC-DOCUMENT>000900010{n}-17-000001.txt : 20170301\n<SEC-HEADER>\nACCESSION NUMBER: 000900010{n}-17-000001\n"
        f"</SEC-HEADER>\n<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\n{PICTURE}</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    ).encode()
    for n in range(3)
]


def tarred(*members: bytes, mode: str = "w") -> bytes:
    """An archive of these, called `0.txt`, `1.txt`, ..."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for n, member in enumerate(members):
            entry = tarfile.TarInfo(f"{n}.txt")
            entry.size = len(member)
            archive.addfile(entry, io.BytesIO(member))
    return out.getvalue()


def zipped(*members: bytes) -> bytes:
    """A zip file of these, called the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, member in enumerate(members):
            archive.writestr(f"{n}.txt", member)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        SUBMISSIONS[0],
        gzip.compress(SUBMISSIONS[0]),
        tarred(*SUBMISSIONS),
        tarred(*SUBMISSIONS, mode="w:gz"),
        tarred(*map(gzip.compress, SUBMISSIONS)),
        zipped(*SUBMISSIONS),
        zipped(*map(gzip.compress, SUBMISSIONS)),
    ],
)
def test_the_bytes_are_those_that_were_hashed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    found = list(walk([tmp_path]))
    assert found
    for each in found:
        assert isinstance(each, SubmissionFile)
        original = submission_bytes(each.source)
        assert original in SUBMISSIONS
        assert each.gaps
        assert (sha256(original).hexdigest(), len(original)) == (each.sha256, each.size)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "feed.tar").write_bytes(tarred(*SUBMISSIONS))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(SUBMISSIONS[0])[:90])
    for source in ("feed.tar > 7.txt", "gone.txt", "gone.tar > 1.txt", "cut.gz", "", "feed.tar"):
        with pytest.raises(NoCorpusError) as refused:
            submission_bytes(f"{tmp_path}/{source}")
        assert str(refused.value).startswith(f"{tmp_path}/{source}: ")
