"""Walking files, folders and archives, harmless and hostile ones."""

import gzip
import io
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus import walking
from indexer.corpus.walking import CorpusFile, files, submissions, walk
from indexer.errors import NoCorpusError, Problem, ProblemKind
from indexer.filings import SubmissionFile
from indexer.limits import DEFAULT_LIMITS

TXT = b"<SEC-DOCUMENT>0009990001-17-000001.txt : 20170308\n<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nwords\n</TEXT>\n</DOCUMENT>\n"
NC = b"<SUBMISSION>\n<ACCESSION-NUMBER>0009990002-17-000002\n</SUBMISSION>\n"

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege on Windows")


def found(*paths: Path, **bounds: int) -> tuple[dict[str, bytes], list[Problem]]:
    """The submissions by the last part of their source, and the problems."""
    results = list(walk(paths, limits=replace(DEFAULT_LIMITS, **bounds)))
    contents = {short(each.source): each.content for each in results if isinstance(each, SubmissionFile)}
    return contents, [each for each in results if isinstance(each, Problem)]


def short(source: str) -> str:
    path, separator, member = source.partition(" > ")
    return Path(path).name + separator + member


def said(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.kind.value, short(problem.source), problem.message) for problem in problems]


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pax(keyword: str, value: str) -> bytes:
    """An extended header of a tar file that says one thing of the member behind it."""
    body = f" {keyword}={value}\n"
    length = len(body) + len(str(len(body)))
    length = len(body) + len(str(length))
    record = f"{length}{body}".encode()
    member = tarfile.TarInfo("pax")
    member.type, member.size = tarfile.XHDTYPE, len(record)
    return member.tobuf(tarfile.USTAR_FORMAT) + record + b"\0" * (-len(record) % 512)


# Files and folders


def test_files_are_listed_by_name_without_being_read(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "b.txt", "c/x/y.nc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * len(name))
    listed = [file for file in files([tmp_path]) if isinstance(file, CorpusFile)]
    names = [Path(file.path).relative_to(tmp_path).as_posix() for file in listed]
    assert names == ["a.txt", "b/1.txt", "b/2.txt", "b.txt", "c/x/y.nc"]
    assert [file.size for file in listed] == [len(name) for name in names]
    assert [file.mtime_ns for file in listed] == [Path(file.path).stat().st_mtime_ns for file in listed]


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(TXT)
    (tmp_path / "b").write_bytes(b"\n\n" + NC)
    (tmp_path / "c.txt").write_bytes(b"<html>not a submission</html>")
    (tmp_path / "d.txt").write_bytes(b"")
    contents, problems = found(tmp_path)
    assert contents == {"a.html": TXT, "b": b"\n\n" + NC}
    assert said(problems) == [
        ("not-a-submission", "c.txt", "no EDGAR submission in it"),
        ("not-a-submission", "d.txt", "nothing in it"),
    ]


def test_a_path_that_does_not_exist_stops_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TXT)
    with pytest.raises(NoCorpusError, match="nowhere"):
        next(walk([tmp_path, tmp_path / "nowhere"]))


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TXT)
    results = list(walk([tmp_path, tmp_path / "a.txt", str(tmp_path)]))
    assert len(results) == 1


@needs_links
def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_bytes(TXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    contents, problems = found(tmp_path)
    assert contents == {"1.txt": TXT}
    assert said(problems) == [("unreadable-file", "gone", "No such file or directory")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_neither_file_nor_folder_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _, problems = found(tmp_path)
    assert said(problems) == [("unreadable-file", "pipe", "neither a file nor a folder")]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes any bytes for names")
def test_a_name_that_is_no_utf_8_is_kept_and_shown_escaped(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/10-K\xff\n.txt"
    Path(os.fsdecode(name)).write_bytes(TXT)
    (listed,) = files([tmp_path])
    assert isinstance(listed, CorpusFile)
    assert os.fsencode(listed.path) == name
    ((source, content),) = found(tmp_path)[0].items()
    assert (source, content) == ("10-K\\udcff\\n.txt", TXT)
    source.encode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert said(found(tmp_path)[1]) == [("unreadable-file", "closed", "Permission denied")]
    with pytest.raises(NoCorpusError, match="permission"):
        next(walk([tmp_path / "closed"]))


def test_a_file_that_vanishes_after_being_listed_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TXT)
    (listed,) = files([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert isinstance(listed, CorpusFile)
    (problem,) = submissions(listed)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.message) == (ProblemKind.UNREADABLE_FILE, "No such file or directory")


def test_a_file_that_changes_while_it_is_read_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TXT)
    read = walking._submission

    def read_slowly(*arguments: Any, **options: Any) -> object:
        submission = read(*arguments, **options)
        with path.open("ab") as file:
            file.write(b"more")
        return submission

    monkeypatch.setattr(walking, "_submission", read_slowly)
    contents, problems = found(path)
    assert contents == {}
    assert said(problems) == [("unreadable-file", "a.txt", "it changed while it was read")]


def test_a_submission_past_the_limit_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TXT)
    contents, problems = found(tmp_path, submission_bytes=len(TXT) - 1)
    assert contents == {}
    assert said(problems) == [("over-limit", "a.txt", f"more than {len(TXT) - 1:,} bytes")]
    assert found(tmp_path, submission_bytes=len(TXT))[0] == {"a.txt": TXT}


# Archives

FEED = {"a/0009990001-17-000001.nc": TXT, "readme": b"words", "0009990002-17-000002.nc.corr01": NC}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("feed.tar", tar_of),
        ("feed.tar.gz", lambda members: gzip.compress(tar_of(members))),
        ("feed.tgz", lambda members: gzip.compress(tar_of(members))),
        ("feed.zip", zip_of),
        ("without-a-suffix", zip_of),
    ],
)
def test_members_of_archives_are_read(tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(FEED))
    contents, problems = found(tmp_path)
    assert contents == {
        f"{name} > a/0009990001-17-000001.nc": TXT,
        f"{name} > 0009990002-17-000002.nc.corr01": NC,
    }
    assert said(problems) == [("not-a-submission", f"{name} > readme", "no EDGAR submission in it")]


def test_a_gzip_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TXT[:40]) + gzip.compress(TXT[40:]))
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"words"))
    contents, problems = found(tmp_path)
    assert contents == {"a.txt.gz": TXT}
    assert said(problems) == [("not-a-submission", "b.gz", "no EDGAR submission in it")]


@pytest.mark.parametrize("pack", [tar_of, zip_of])
def test_a_gzip_file_in_an_archive_is_read_and_an_archive_in_it_is_not(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    members = {"a.nc.gz": gzip.compress(TXT), "b.zip": zip_of({"x": TXT}), "c.tgz": gzip.compress(tar_of({"x": TXT}))}
    (tmp_path / "feed").write_bytes(pack(members))
    contents, problems = found(tmp_path)
    assert contents == {"feed > a.nc.gz": TXT}
    assert said(problems) == [
        ("unreadable-file", "feed > b.zip", "an archive within an archive"),
        ("unreadable-file", "feed > c.tgz", "an archive within an archive"),
    ]


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    place.mkdir(parents=True)
    names = ["../../escaped.txt", "/tmp/absolute.txt", "C:\\windows.txt", "new\nline\x1b[2J.txt"]
    (place / "a.tar").write_bytes(tar_of(dict.fromkeys(names, TXT)))
    (place / "b.zip").write_bytes(zip_of(dict.fromkeys(names, TXT)))
    contents, problems = found(place)
    shown = ["../../escaped.txt", "/tmp/absolute.txt", "C:\\windows.txt", "new\\nline\\x1b[2J.txt"]
    assert list(contents) == [f"{archive} > {name}" for archive in ("a.tar", "b.zip") for name in shown]
    assert problems == []
    assert list(tmp_path.rglob("*.txt")) == []


def test_links_and_devices_in_archives_are_skipped(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        archive.addfile(folder("folder"))
    (tmp_path / "a.tar").write_bytes(buffer.getvalue())
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
        zipped.mkdir("folder")
    contents, problems = found(tmp_path)
    assert contents == {}
    assert said(problems) == [
        ("unreadable-file", f"{name}", "a link or device in an archive")
        for name in ("a.tar > link", "a.tar > hard", "a.tar > device", "b.zip > link")
    ]


def folder(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type = tarfile.DIRTYPE
    return member


@pytest.mark.parametrize("name", ["a.txt.gz", "feed.tar.gz"])
def test_a_cut_gzip_file_is_reported(tmp_path: Path, name: str) -> None:
    noise = os.urandom(200_000)
    whole = gzip.compress(tar_of({"a": TXT + noise}) if "tar" in name else TXT + noise)
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    contents, problems = found(tmp_path)
    assert contents == {}
    assert {problem.kind for problem in problems} == {ProblemKind.UNREADABLE_FILE}
    assert "end-of-stream" in problems[0].message


def test_members_before_the_damage_are_read(tmp_path: Path) -> None:
    feed = gzip.compress(tar_of({"a": TXT, "b": NC + os.urandom(400_000)}))
    (tmp_path / "feed.tar.gz").write_bytes(feed[: len(feed) // 2])
    contents, problems = found(tmp_path)
    assert contents == {"feed.tar.gz > a": TXT}
    assert problems


@pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8b\x08\x00garbage", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 9])
def test_a_damaged_archive_is_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    contents, problems = found(tmp_path)
    assert contents == {}
    assert [problem.kind for problem in problems] == [ProblemKind.UNREADABLE_FILE]


def test_a_tar_file_of_garbage_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"x" * 257 + b"ustar" + b"x" * 1000)
    assert [problem.kind for problem in found(tmp_path)[1]] == [ProblemKind.UNREADABLE_FILE]


def test_a_damaged_member_does_not_stop_a_zip_file(tmp_path: Path) -> None:
    zipped = bytearray(zip_of({"a": TXT, "b": NC}))
    at = zipped.index(b"a", 26) + 8
    zipped[at : at + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "feed.zip").write_bytes(zipped)
    contents, problems = found(tmp_path)
    assert contents == {"feed.zip > b": NC}
    assert [(problem.kind, short(problem.source)) for problem in problems] == [
        (ProblemKind.UNREADABLE_FILE, "feed.zip > a")
    ]


def test_an_encrypted_member_is_reported(tmp_path: Path) -> None:
    zipped = zip_of({"a": TXT})
    local, central = zipped.index(b"PK\x03\x04"), zipped.index(b"PK\x01\x02")
    marked = bytearray(zipped)
    marked[local + 6] |= 1
    marked[central + 8] |= 1
    (tmp_path / "feed.zip").write_bytes(marked)
    assert said(found(tmp_path)[1]) == [("unreadable-file", "feed.zip > a", "encrypted")]


BOMB = TXT + b"\0" * (40 << 20)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.gz", gzip.compress(BOMB)),
        ("feed.tar.gz", gzip.compress(tar_of({"bomb": BOMB}))),
        ("feed.zip", zip_of({"bomb": BOMB})),
        ("nested.tar", tar_of({"bomb.gz": gzip.compress(BOMB)})),
    ],
)
def test_a_bomb_is_stopped_by_its_ratio(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    contents, problems = found(tmp_path)
    assert contents == {}
    assert {problem.kind for problem in problems} == {ProblemKind.OVER_LIMIT}
    assert "250 bytes out of each compressed byte" in problems[0].message
    assert len(found(tmp_path, compression_ratio=2000)[0]) == 1


# Each is small and would come to much more than the file may


def sparse_tar(holes: int) -> bytes:
    """A tar file of one sparse member of so many bytes, of which it holds none (as GNU tar writes it)."""
    member = tarfile.TarInfo("a.txt")
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386:410] = b"%011o\0%011o\0" % (holes, 0)
    header[483:495] = b"%011o\0" % holes
    header[148:156] = b"%06o\0 " % sum(header[:148] + b" " * 8 + header[156:512])
    return bytes(header) + b"\0" * 1024


def overlapped_zip(members: int) -> bytes:
    """A zip file whose directory names the same member many times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TXT + b"\0" * 1_000_000)
        archive.filelist *= members
    return buffer.getvalue()


def zip_by(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.txt", TXT + b"\0" * 5_000_000)
        archive.writestr("b.txt", NC, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.parametrize(("method", "name"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")])
def test_what_cannot_be_decompressed_piece_by_piece_is_not_read(tmp_path: Path, method: int, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(zip_by(method))
    contents, problems = found(tmp_path)
    assert contents == {"a.zip > b.txt": NC}
    assert said(problems) == [
        ("unreadable-file", "a.zip > a.txt", f"compressed by {name}, which is not read: use deflate")
    ]


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(overlapped_zip(60))
    assert found(tmp_path) == ({}, [problem := found(tmp_path)[1][0]])
    assert (problem.kind, problem.message) == (ProblemKind.UNREADABLE_FILE, "members that overlap")


def test_a_member_that_says_it_is_larger_than_the_file_is_refused(tmp_path: Path) -> None:
    zipped = bytearray(zip_of({"a": TXT}))
    at = zipped.index(b"PK\x01\x02") + 20
    zipped[at : at + 4] = (1 << 30).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(zipped)
    assert said(found(tmp_path)[1]) == [("unreadable-file", "a.zip", "members that overlap")]


def test_holes_in_a_tar_file_are_not_read(tmp_path: Path) -> None:
    content = tar_of({"b.txt": NC})
    (tmp_path / "a.tar").write_bytes(sparse_tar(1 << 33)[:512] + content)
    contents, problems = found(tmp_path)
    assert contents == {"a.tar > b.txt": NC}
    assert said(problems) == [("unreadable-file", "a.tar > a.txt", "a sparse file in an archive")]


@pytest.mark.parametrize("pack", [tar_of, zip_of, lambda members: gzip.compress(tar_of(members))])
def test_one_budget_serves_all_members_and_layers(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    """Ten members of 9 MB each would pass for themselves; twice compressed they take a kilobyte."""
    members = {f"{number}.gz": gzip.compress(TXT + b"\0" * (9 << 20)) for number in range(10)}
    (tmp_path / "feed").write_bytes(pack(members))
    contents, problems = found(tmp_path)
    assert sum(map(len, contents.values())) <= (16 << 20) + 250 * (tmp_path / "feed").stat().st_size
    assert 1 <= len(contents) < 10
    assert {problem.kind for problem in problems} == {ProblemKind.OVER_LIMIT}


def test_a_bomb_does_not_take_the_budget_of_those_behind_it(tmp_path: Path) -> None:
    (tmp_path / "feed.zip").write_bytes(zip_of({"bomb": BOMB, "a": TXT, "b": NC}))
    contents, problems = found(tmp_path)
    assert contents == {"feed.zip > a": TXT, "feed.zip > b": NC}
    assert [short(problem.source) for problem in problems] == ["feed.zip > bomb"]


@pytest.mark.parametrize("pack", [tar_of, zip_of])
def test_so_many_members_are_read(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    (tmp_path / "feed").write_bytes(pack({f"{number}.txt": TXT for number in range(5)}))
    contents, problems = found(tmp_path, archive_members=3)
    assert len(contents) in ((3,) if pack is tar_of else (0, 3))  # the length of a zip file's directory may tell before
    assert said(problems) == [("over-limit", "feed", "more than 3 members")]
    assert problems[0].outcome == "the rest was left out"


def test_a_directory_of_too_many_members_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zip_of({f"{number:030}.txt": TXT for number in range(50)}))
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("it was read"))
    assert said(found(tmp_path, archive_members=20)[1]) == [("over-limit", "a.zip", "more than 20 members")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"".join(gzip.compress(b"") for _ in range(3000)) + gzip.compress(TXT), id="empty-parts.gz"),
        pytest.param(tar_of({f"{number}": b"" for number in range(2000)}), id="empty-members.tar"),
        pytest.param(zip_of({f"{number}": b"" for number in range(2000)}), id="empty-members.zip"),
        pytest.param(gzip.compress(TXT), id="a.gz"),
    ],
)
def test_a_file_has_its_time(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    results = list(walk([tmp_path], limits=replace(DEFAULT_LIMITS, file_seconds=1e-9)))
    [problem] = [each for each in results if isinstance(each, Problem)]
    assert (problem.kind, problem.outcome) == (ProblemKind.OVER_LIMIT, "the rest was left out")
    assert "reading takes longer than" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"".join(pax("comment", "x") for _ in range(2000)), id="headers-of-headers"),
        pytest.param(pax("GNU.sparse.major", "1") + pax("GNU.sparse.minor", "0") + tar_of({"a": b"x" * 600}), id="map"),
        pytest.param(pax("GNU.sparse.map", "a,b,c") + tar_of({"a": b"x" * 600}), id="no-numbers"),
        pytest.param(pax("size", "9" * 5000) + tar_of({"a": b"x" * 600}), id="digits"),
        pytest.param(pax("size", "-5") + tar_of({"a": b"x" * 600}), id="negative"),
    ],
)
def test_whatever_tarfile_raises_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.tar").write_bytes(content)
    contents, problems = found(tmp_path)
    assert contents == {}
    assert problems


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_took_a_file_s_place_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TXT)
    (listed,) = files([tmp_path])
    assert isinstance(listed, CorpusFile)
    path.unlink()
    os.mkfifo(path)
    (problem,) = submissions(listed)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.message) == (ProblemKind.UNREADABLE_FILE, "neither a file nor a folder")


def test_a_member_past_the_limit_does_not_stop_the_feed(tmp_path: Path) -> None:
    (tmp_path / "feed.tar").write_bytes(tar_of({"a": TXT + b"x" * 5000, "b": NC}))
    contents, problems = found(tmp_path, submission_bytes=4000)
    assert contents == {"feed.tar > b": NC}
    assert said(problems) == [("over-limit", "feed.tar > a", "more than 4,000 bytes")]


def test_a_huge_tar_header_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("././@LongLink")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    (tmp_path / "a.tar").write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2048)
    assert said(found(tmp_path)[1]) == [("over-limit", "a.tar", "a tar header of 8,589,934,592 bytes")]


def test_long_names_are_read(tmp_path: Path) -> None:
    name = "x/" * 150 + "a.nc"
    (tmp_path / "a.tar").write_bytes(tar_of({name: TXT}))
    assert found(tmp_path)[0] == {f"a.tar > {name}": TXT}


def test_walking_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TXT)
    (tmp_path / "b.tar").write_bytes(tar_of({"1": TXT, "2": NC})[:1024])
    walking = walk([tmp_path])
    first = next(walking)
    assert isinstance(first, SubmissionFile)
    (tmp_path / "b.tar").unlink()
    (problem,) = walking
    assert isinstance(problem, Problem)


def test_the_real_filings_are_all_found(shared: Path) -> None:
    results = list(walk([shared / "filings"]))
    assert sum(isinstance(each, SubmissionFile) for each in results) == 631
    assert [short(each.source) for each in results if isinstance(each, Problem)] == ["index.tsv"]
