"""Each folder of tests/data/extract is a document and the text it must give."""

from pathlib import Path

import pytest

from indexer.extract.document import extract_text
from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText

CASES = sorted((Path(__file__).resolve().parents[2] / "data" / "extract").iterdir())
FORMS = "abs-ee ats-n form-13f form-4 form-d form-effect form-ncen form-nmfp form-nport schedule-13d schedule-13g"


def read(case: Path) -> ExtractedText:
    source = next(case.glob("input.*"))
    wrapper = "XML" if source.suffix == ".xml" else ""
    return extract_text(Document("", 1, source.name, "", source.read_bytes(), wrapper))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_text_is_as_expected(case: Path) -> None:
    extracted = read(case)
    assert extracted.text + "\n" == (case / "expected.txt").read_text()
    assert extracted.reading is Reading.TEXT
    assert not extracted.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_white_space_is_tidy(case: Path) -> None:
    text = read(case).text
    assert text == text.strip("\n")
    assert "\n\n\n" not in text
    assert not any(line != line.rstrip() for line in text.split("\n"))
    assert not set(text) & set("\xa0\r\f\u200b\ufeff")


def test_every_form_has_a_case() -> None:
    names = [case.name for case in CASES]
    assert [form for form in FORMS.split() if not any(name.startswith(form) for name in names)] == []
