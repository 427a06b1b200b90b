"""Mutated real filings are read: no document lost, nothing raised, two seconds of the processor at most for each.

The program is `fuzz/filings.py`; `make soak` has it read 50,000 cases at a time.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText

HERE = Path(__file__).resolve().parent

sys.path.insert(0, str(HERE / "fuzz"))
try:
    import filings
finally:
    sys.path.remove(str(HERE / "fuzz"))


def run(cases: int, seed: int) -> dict[str, object]:
    program = [sys.executable, HERE / "fuzz" / "filings.py", "--cases", str(cases), "--seed", str(seed)]
    ran = subprocess.run(program, capture_output=True, text=True, check=False, cwd=HERE.parent)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def test_a_handful_of_mutations(shared: Path) -> None:
    assert run(100, seed=5)["failed"] == 0


@pytest.mark.promise
@pytest.mark.timeout(1800)
def test_five_thousand_mutations(shared: Path) -> None:
    assert run(5_000, seed=6)["failed"] == 0


# The program itself


def test_a_case_is_made_again_from_its_number(shared: Path) -> None:
    made = [filings.case(1, number) for number in range(20)]
    assert made == [filings.case(1, number) for number in range(20)]
    assert len(set(made)) == 20
    assert all(len(each) <= 2 * filings.LARGEST for each in made)


def test_faults_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    words = b"words of a text that is long enough " * 20
    submission = b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n" + words + b"</TEXT>\n</DOCUMENT>\n"
    assert filings.faults(submission) == []
    document = Document("EX-99", 1, "a.txt", "", words)
    assert filings.is_lost(document, ExtractedText("", Reading.EMPTY))
    assert not filings.is_lost(document, ExtractedText("words", Reading.TEXT))
    assert not filings.is_lost(Document("EX-99", 1, "a.htm", "", b"<p>" * 500), ExtractedText("", Reading.EMPTY))
    monkeypatch.setattr(filings, "document_text", lambda document, header: 1 / 0)
    assert filings.faults(submission)[0].startswith("raised: ZeroDivisionError")
    monkeypatch.setattr(filings, "document_text", lambda document, header: ExtractedText("", Reading.EMPTY))
    assert filings.faults(submission)[0].startswith("lost: 1")
    monkeypatch.setattr(filings, "SECONDS", -1.0)
    assert filings.faults(submission)[0].startswith("slow: ")
