import binascii

from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.uuencode import decode, is_uuencoded
from indexer.errors import ProblemKind


def encoded(data: bytes, *, end: str = "\n", blanks: bool = False) -> bytes:
    """As EDGAR serves it: blanks at the ends of lines are lost unless `blanks`."""
    lines = [binascii.b2a_uu(data[at : at + 45]).decode().removesuffix("\n") for at in range(0, len(data), 45)]
    kept = lines if blanks else [line.rstrip() for line in lines]
    return end.join(["begin 644 orphea.pdf", *kept, "" if not blanks else "`", "end", ""]).encode()


@given(st.binary(max_size=400), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_round_trip(data: bytes, end: str, blanks: bool) -> None:
    content = encoded(data, end=end, blanks=blanks)
    assert decode(content) == ("orphea.pdf", 0o644, data, ())
    assert is_uuencoded(content)


def test_a_last_group_filled_with_anything_is_well() -> None:
    # Encoders leave what lay in memory in the last group, and some append one more (0001193125-08-224958).
    assert decode(b"begin 644 a.gif\n#0V%T\n!0V3\\\n!0V3\\_V3\\\nend\n").data == b"CatCC"
    assert decode(b"begin 644 a.gif\n!0V3\\_V3\\\nend\n").problems == ()


def test_a_cut_file_is_decoded_as_far_as_it_goes() -> None:
    decoded = decode(encoded(b"orphan drug " * 20)[:-80])
    assert decoded.data.startswith(b"orphan drug orphan drug")
    assert [problem.kind for problem in decoded.problems] == [ProblemKind.DAMAGED_DOCUMENT]
    assert "end line" in decoded.problems[0].message


def test_a_line_too_long_is_reported() -> None:
    decoded = decode(b"begin 644 a\n#0V%TAAAAAAAAAAAA\n#0V%T\n`\nend\n")
    assert decoded.data == b"CatCat"
    assert "1 uuencoded lines of a wrong length" in decoded.problems[0].message
    assert "the first at line 2" in decoded.problems[0].message


def test_wrong_characters_become_as_many_zeros() -> None:
    decoded = decode(b"begin 644 a\n#0V%T\n#\xe9\xe9\xe9\xe9\n#0V%T\nend\n")
    assert decoded.data == b"Cat\0\0\0Cat"
    assert len(decoded.problems) == 1


def test_what_is_not_uuencoded_is_said() -> None:
    decoded = decode(b"<html>")
    assert decoded.data == b""
    assert "no begin line" in decoded.problems[0].message


def test_text_that_only_begins_so_is_not_uuencoded() -> None:
    assert not is_uuencoded(b"begin 644 paragraphs\nand each of them is longer than its first letter says it would be "
                            b"in a uuencoded file, by far\n")  # fmt: skip
    assert not is_uuencoded(b"We begin 644 a\n#0V%T\n")
    assert not is_uuencoded(b"")


def test_an_empty_file_is_uuencoded() -> None:
    assert is_uuencoded(b"begin 600 nothing\nend\n")
    assert decode(b"begin 600 nothing\nend\n") == ("nothing", 0o600, b"", ())


@given(st.binary(max_size=300))
def test_never_raises(data: bytes) -> None:
    is_uuencoded(b"begin 644 a\n" + data)
    decode(b"begin 644 a\n" + data)
