"""What is read of small submissions that were once read wrong: those beside the checkout, and brothers made up here."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import ProblemKind
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ask import Index

HEADER = """<SEC-DOCUMENT>0009990001-24-{number:06}.txt : 20240115
<SEC-HEADER>0009990001-24-{number:06}.hdr.sgml : 20240115
ACCESSION NUMBER:		0009990001-24-{number:06}
CONFORMED SUBMISSION TYPE:	{form}
FILED AS OF DATE:		20240115
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<SEQUENCE>1
<FILENAME>{filename}
<TEXT>
"""
FOOTER = "\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"


@pytest.fixture
def built(tmp_path: Path) -> Callable[[Path], Index]:
    def build(corpus: Path) -> Index:
        with closing(Build([corpus], Settings(tmp_path / "index"), Options(processes=1))) as each:
            each.run(lambda _submissions, _bytes: None)
        return Index(tmp_path / "index")

    return build


@pytest.fixture
def read(tmp_path: Path, built: Callable[[Path], Index]) -> Callable[..., Index]:
    """An index of documents by their names; text is UTF-8, bytes are as they are."""

    def index(documents: dict[str, str | bytes], form: str = "6-K") -> Index:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for number, (name, content) in enumerate(documents.items()):
            body = content if isinstance(content, bytes) else content.encode()
            head = HEADER.format(number=number, form=form, filename=name).encode()
            (corpus / f"{number}.txt").write_bytes(head + body + FOOTER.encode())
        return built(corpus)

    return index


def names(index: Index, query: str) -> set[str]:
    """The names of the documents that are found."""
    return {document.filename for hit in index.search(query).hits for document in hit.documents}


def problem(index: Index) -> tuple[str, str]:
    """The kind and the message of the one problem there is."""
    [record] = index.manifest.problems()
    return record.problem.kind, record.problem.message


SHARED = {
    "e10-meta-gb2312.txt": ["有限公司", "武汉", '"Wuhan Flour"'],
    "e11-meta-sjis.txt": ["株式会社", "小麦粉", "Komugi"],
    "e12-cjk-entities.txt": ["有限公司", "株式会社", "서울", "司"],
    "e16-meta-8859-2.txt": ["Łódź", "spółka", "mlyn"],
    "e17-cp1251.txt": ["Москва", "мука"],
    "e6-file-utf16le-bom.txt": ["société", "Łódź", "quoted"],
    "e7-double-utf8.txt": ["société", "Genève", "Glück", "naïve", '"quoted"'],
    "h12c-footnote-cdata.txt": ['"Velander & Sons trust larkmont"', '"plain note"'],
    "h12d-footnote-markup.txt": ['"held by larkmont trust"', '"plain note"'],
    "h6-css-superscript.txt": ['"36,112,404"', '"36,112,405"', '"Ombrellite Revenue"', '"Revenue fell"'],
    "i10-hyphen-at-line-end.txt": [
        "platform-independent", "independent", "platform", "customer-focused", "focused", "non-cash", "anti-dilutive",
    ],
}  # fmt: skip


def accession(path: Path) -> str:
    found = re.search(rb"\d{10}-\d\d-\d{6}", path.read_bytes().replace(b"\0", b""))
    return found.group().decode() if found else ""


def test_the_cases_beside_the_checkout(shared: Path, built: Callable[[Path], Index]) -> None:
    folder = shared / "cases" / "reading"
    with built(folder) as index:
        missed = [
            (name, query)
            for name, queries in SHARED.items()
            for query in queries
            if accession(folder / name) not in {hit.accession for hit in index.search(query).hits}
        ]
        problems = [record.problem for record in index.manifest.problems()]
        told = {Path(each.source).name for each in problems if each.kind is not ProblemKind.UNLOCATED_ITEM}
    assert missed == []
    assert told == {name for name in SHARED if name.startswith(("e10", "e11", "e16", "e17", "e6", "e7"))}


def test_runs_without_spaces_are_found_by_any_part_of_them(read: Callable[..., Index]) -> None:
    documents: dict[str, str | bytes] = {
        "chinese.htm": "<p>北京橙树面粉有限公司2024年年度报告，董事会。</p>",
        "japanese.htm": "<p>株式会社オレンジの木は小麦粉を製造しています。</p>",
        "korean.htm": "<p>서울밀가루 주식회사는 밀가루를 만든다.</p>",
        "english.htm": "<p>Orange Tree Flour, a company of 2024.</p>",
    }
    with read(documents) as index:
        assert names(index, "有限公司") == names(index, "橙树面粉") == {"chinese.htm"}
        assert names(index, "2024") == {"chinese.htm", "english.htm"}
        assert names(index, "年度报告") == {"chinese.htm"}
        assert names(index, "公司有限") == set()
        assert names(index, "オレンジ") == names(index, "小麦粉") == {"japanese.htm"}
        assert names(index, "밀가루") == {"korean.htm"}
        assert names(index, "会") == {"chinese.htm", "japanese.htm"}
        [snippet] = index.search("有限公司").hits[0].documents[0].snippets
        text = index.text(snippet.document_id)
        assert {text[start:end] for start, end in snippet.matches} == {"有限", "限公", "公司"}
        assert text[snippet.matches[0][0] : snippet.matches[-1][1]] == "有限公司"


@pytest.mark.parametrize(
    ("charset", "text", "query"),
    [
        ("gb2312", "橙树有限公司", "有限公司"),
        ("big5", "橙樹有限公司", "有限公司"),
        ("shift_jis", "オレンジの木株式会社", "株式会社"),
        ("euc-jp", "オレンジの木株式会社", "株式会社"),
        ("iso-2022-jp", "オレンジの木株式会社", "株式会社"),
        ("euc-kr", "오렌지나무 주식회사", "주식회사"),
        ("iso-8859-2", "spółka Pomarańczowe Drzewo", "spółka"),
        ("windows-1251", "Апельсиновое дерево", "дерево"),
        ("koi8-r", "Апельсиновое дерево", "дерево"),
        ("windows-1253", "πορτοκαλιά", "πορτοκαλιά"),
    ],
)
def test_a_declared_charset_is_read_as_declared(
    read: Callable[..., Index], charset: str, text: str, query: str
) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    with read({"a.htm": page.encode(charset)}) as index:
        assert names(index, query) == {"a.htm"}
        assert problem(index) == (
            "characters",
            f"declared as {charset}, and read as such",
        )


def test_a_declared_charset_that_it_is_not_is_told(read: Callable[..., Index]) -> None:
    page = b"<meta charset=gb2312><p>the miller\x92s \x93ombrellite\x94 caf\xe9</p>"
    with read({"a.htm": page}) as index:
        assert names(index, '"miller\'s ombrellite café"') == {"a.htm"}
        [record] = index.manifest.problems()
        assert record.problem.message == "declared as gb2312, which it is not; read as cp1252"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_a_submission(tmp_path: Path, built: Callable[[Path], Index], encoding: str) -> None:
    (tmp_path / "corpus").mkdir()
    head = HEADER.format(number=7, form="8-K", filename="a.htm")
    content = f"{head}<p>Société Łódź</p>{FOOTER}".encode(encoding)
    (tmp_path / "corpus" / "a.txt").write_bytes(content)
    with built(tmp_path / "corpus") as index:
        [hit] = index.search('"société łódź" form:8-K').hits
        assert hit.accession == "0009990001-24-000007"
        [record] = index.manifest.problems()
        assert record.problem.kind == "characters"


@pytest.mark.parametrize("form", ["CFPORTAL", "SBSE", "X-17A-5", "C", "13F-HR", "D"])
def test_access_codes_are_left_out_of_every_form_and_counted(read: Callable[..., Index], form: str) -> None:
    page = (
        "<?xml version='1.0'?><edgarSubmission><headerData><filer><filerCik>0000990001</filerCik>"
        "<filerCcc>ab7cdef2</filerCcc></filer><co:other xmlns:co='urn:x' ccc='zz9yyyy1'><co:ccc>qq3rrrr4</co:ccc>"
        "</co:other></headerData><formData><name>Ombrellite</name></formData></edgarSubmission>"
    )
    with read({"primary_doc.xml": page}, form) as index:
        assert names(index, "ombrellite") == {"primary_doc.xml"}
        assert not names(index, "ab7cdef2") | names(index, "zz9yyyy1") | names(index, "qq3rrrr4")
        assert problem(index) == ("left-out", "3 access codes (CCC)")


def test_hidden_words_are_not_found_and_counted(read: Callable[..., Index]) -> None:
    page = "<p>words that are seen, and there are many</p><p style='display:none'>ombrellite larkmont</p>"
    with read({"a.htm": page}) as index:
        assert names(index, "seen") == {"a.htm"}
        assert names(index, "ombrellite") == set()
        assert problem(index) == ("left-out", "2 words hidden by style")


def test_a_document_hidden_by_a_trick_is_found_and_told(read: Callable[..., Index]) -> None:
    page = "<div style='visibility:hidden'><p>ombrellite larkmont and all the rest</p></div><p>seen</p>"
    with read({"a.htm": page}) as index:
        assert names(index, "larkmont") == {"a.htm"}
        assert problem(index) == ("damaged-document", "6 words, more than half, are hidden by their style")


def test_broken_words_are_found_in_every_way_they_are_asked(read: Callable[..., Index]) -> None:
    page = "The mill is platform-\nindependent. Its acqui-\nsition by a third-\nparty was long-\nplanned.\n"
    with read({"a.txt": page}) as index:
        for query in (
            "platform-independent",
            "independent",
            "platform",
            "acquisition",
            "third-party",
            "party",
            "planned",
        ):
            assert names(index, query) == {"a.txt"}, query
        assert names(index, '"a third party was long planned"') == {"a.txt"}
