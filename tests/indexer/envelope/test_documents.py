from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.documents import first_document, parse_documents
from indexer.errors import ProblemKind
from indexer.limits import DEFAULT_LIMITS


def parsed(content: bytes, *, rewrapped: bool = False) -> list[tuple[str, bytes]]:
    found = parse_documents(content, first_document(content), rewrapped=rewrapped)
    return [(document.type, document.content) for document in found.documents]


def document(text: bytes, *, type_: bytes = b"8-K", end: bytes = b"\n") -> bytes:
    return end.join([b"<DOCUMENT>", b"<TYPE>" + type_, b"<TEXT>", text + b"</TEXT>", b"</DOCUMENT>", b""])


texts = st.lists(
    st.sampled_from(
        [
            b"words ",
            b"\n",
            b"\r\n",
            b"<TEXT>",
            b"</TEXT>",
            b"</DOCUMENT> x",
            b"<DOCUMENT>",
            b"<DOCUMENT> <P>",
            b"\xe9",
            b"<",
        ]
    ),
    max_size=12,
).map(b"".join)


@given(st.lists(texts, min_size=1, max_size=4))
def test_texts_come_out_as_they_went_in(bodies: list[bytes]) -> None:
    content = b"".join(document(b"x" + body + b"\n") for body in bodies)
    assert parsed(content) == [("8-K", b"x" + body + b"\n") for body in bodies]


@given(st.binary(max_size=200))
def test_any_bytes_are_split_without_loss_of_place(junk: bytes) -> None:
    content = b"<DOCUMENT>\n<TYPE>A\n<TEXT>\n" + junk
    found = parse_documents(content, 0, rewrapped=True)
    assert found.documents[0].offset == 0
    assert all(content[each.offset :].startswith(b"<DOCUMENT>") for each in found.documents)
    assert found.end <= len(content)


def test_offsets_and_ordinals_are_places_in_the_submission() -> None:
    content = b"header\n" + document(b"one\n") + document(b"two\n")
    found = parse_documents(content, first_document(content), rewrapped=False).documents
    assert [(each.ordinal, content[each.offset :][:10]) for each in found] == [(1, b"<DOCUMENT>"), (2, b"<DOCUMENT>")]


def test_an_xml_declaration_is_the_first_of_its_document() -> None:
    assert parsed(document(b"<XML>\n\n<?xml version='1.0'?>\n<a/>\n</XML>\n")) == [
        ("8-K", b"<?xml version='1.0'?>\n<a/>\n")
    ]


def test_a_wrapper_that_is_not_closed_reaches_to_the_end_of_the_text() -> None:
    assert parsed(document(b"<PDF>\nbegin 644 a\nend\n")) == [("8-K", b"begin 644 a\nend\n")]


def test_an_html_text_may_begin_like_a_wrapper() -> None:
    assert parsed(document(b"<XMLISH>\n")) == [("8-K", b"<XMLISH>\n")]


def test_broken_lines_are_joined_only_where_lines_were_broken() -> None:
    broken = b"a" * 1023 + b"\nb\n"
    assert parsed(document(broken), rewrapped=True) == [("8-K", b"a" * 1023 + b"b\n")]
    assert parsed(document(broken), rewrapped=False) == [("8-K", broken)]


def test_documents_past_the_limit_are_left_out() -> None:
    content = document(b"one\n") * 3
    found = parse_documents(content, 0, rewrapped=False, limits=replace(DEFAULT_LIMITS, documents=2))
    assert len(found.documents) == 2
    assert [problem.kind for problem in found.problems] == [ProblemKind.OVER_LIMIT]


def test_a_type_with_blanks_is_kept_as_printed() -> None:
    assert parsed(document(b"a\n", type_=b"EX-99.1  CHARTER")) == [("EX-99.1 CHARTER", b"a\n")]


def test_no_document_is_found_without_its_head() -> None:
    assert first_document(b"<DOCUMENT>\nwords") == -1
    assert first_document(b"<DOCUMENT> words <DOCUMENT>\r\n<SEQUENCE>1") == 17
