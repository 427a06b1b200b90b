"""The items that are located, held against a table of items made by reading real filings.

The table was made by one reader from lists of lines, not by this project. A tenth of its filings (34 of 335, chosen
at random) was read a second time, later, from another listing and without sight of the first answer: 329 of 329
headings at the same place under the same number, none more and none less, and 328 sections of the same length (the one
that differed ended at a schedule of a few lines, which the second reading gives as the end; the table follows it).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.filings import ExtractedText
from tests.items.judge import Judged, Place, Score, compare, judge, total, wilson, work
from tests.items.spoiling import outcomes
from tests.items.table import family, read_table

FLOOR = 0.995
"""Of recall and of precision over all forms."""
HEADER_FLOOR = 0.99
"""Of the items that headers of current reports name."""
SURE = 0.8
"""A certainty from which on an item is sure (`docs/extraction.md`)."""
MARKS = {
    "1": "kestrelwick", "1A": "ombrellite", "1B": "fennroot", "1C": "glasshollow", "2": "tallowmere", "3": "brackspar",
    "4": "quarndon", "5": "merrowgate", "6": "idlewyke", "7": "pellworth", "7A": "sorrelby", "9": "hobbinshaw",
    "9A": "locksbarrow", "9B": "mistlecombe", "10": "deanforth", "11": "purseby", "12": "holdwick", "13": "kinsmoor",
    "14": "feelock", "15": "showcote",
}  # fmt: skip
"""The made-up word that stands under each item of the cases named `r01` and `r02`."""
OUTSIDE = ("zanthorpe", "harrowlyte", "auditwyke")
"""Words of signature pages and financial sections."""
PARTIAL = {"h1b-10k-after-a-table-row.txt", "h8a-glued.txt"}
"""Cases whose table names the items in question and leaves out one that is there."""


def test_items_are_located_where_a_reader_finds_them(shared: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        judged = [each for found in pool.map(judge, work(shared, read_table()), chunksize=8) for each in found]
    said = "\n".join(report(judged))
    print(said)
    score = total(each.score for each in judged)
    assert score.right >= FLOOR * score.wanted, said
    assert score.right >= FLOOR * score.located, said


@pytest.mark.promise
def test_items_that_are_sure_are_right_more_often(shared: Path) -> None:
    """Where a fifth of the headings were spoiled: nearly all are right that are sure, and few of those that are not."""
    tasks = [(each, 2, 0.2) for each in work(shared, read_table())[::3]]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = [each for some in pool.map(outcomes, tasks, chunksize=8) for each in some]
    sure, unsure = (
        [right for certainty, right in found if (certainty >= SURE) == is_sure] for is_sure in (True, False)
    )
    assert sum(sure) >= 0.98 * len(sure)
    assert sum(unsure) / len(unsure) < sum(sure) / len(sure)
    assert len(sure) > 300


def cases() -> Iterator[tuple[str, set[str]]]:
    """The cases with the items that are in them."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "cases" / "sections"
    table = folder / "expected.tsv"
    for line in table.read_text("utf-8").splitlines()[1:] if table.exists() else ():
        name, items, _ = line.split("\t")
        yield name, set(items.split())


@pytest.mark.parametrize(("name", "items"), list(cases()))
def test_a_case_has_the_items_that_it_should(shared: Path, name: str, items: set[str]) -> None:
    extracted = read_case(shared / "cases" / "sections" / name)
    located = [section.name for section in extracted.sections]
    assert len(located) == len(set(located))
    assert set(located) >= items if name in PARTIAL else set(located) == items
    under = [extracted.text[section.start : section.end] for section in extracted.sections]
    assert not any(word in text for word in OUTSIDE for text in under)
    if name.startswith(("r01", "r02")):
        found = {item: text for item, text in zip(located, under, strict=True) if item in MARKS}
        assert all(MARKS[item] in text for item, text in found.items() if MARKS[item] in extracted.text)


def read_case(path: Path) -> ExtractedText:
    submission = parse_submission(path.read_bytes(), name=path.name)
    header = submission.header
    return extract_text(submission.documents[0], form=header.form, filed=header.filed)


def test_the_items_that_headers_name_are_located(shared: Path) -> None:
    named = located = 0
    for path in sorted((shared / "filings" / "8-K").glob("*.txt")):
        submission = parse_submission(path.read_bytes(), name=path.name)
        header = submission.header
        main = extract_text(submission.documents[0], form=header.form, filed=header.filed)
        codes = {item.code for item in header.items if item.code}
        named += len(codes)
        located += len(codes & {section.name for section in main.sections})
    assert named > 80
    assert located >= HEADER_FLOOR * named, f"{located} of {named}"


def test_the_table_is_large_enough() -> None:
    rows = [(key, row) for key, table in read_table().items() for row in table if row.must and row.item != "-"]
    per_family = Counter(family(key.form) for key, _ in rows)
    assert len(rows) >= 1500
    assert len({key.path for key, _ in rows}) >= 150
    assert all(per_family[each] >= 100 for each in ("10-K", "8-K", "13D", "13G"))


def test_a_document_of_the_table_has_each_item_once_or_none() -> None:
    for key, table in read_table().items():
        wanted = [row.item for row in table if row.must]
        assert len(wanted) == len(set(wanted)), key
        assert "-" not in wanted or wanted == ["-"], key
        assert all(low <= high for low, high in (row.lengths for row in table)), key


def test_an_item_is_right_by_number_place_and_length() -> None:
    wanted = [Place("1", 100, (5000, 6000)), Place("2", 6100, (800, 800)), Place("4", 9000, (800, 800))]
    located = [Place("1", 90, (5700, 5700)), Place("2", 6100, (2000, 2000)), Place("3", 6100, (800, 800))]
    assert compare(wanted, located) == (
        Score(right=1, wanted=3, located=3, misplaced=1),
        ["2 is 2,000 long, not 800", "3 at 6100 is none", "4 at 9000 is missing"],
    )


def test_what_may_be_located_counts_neither_way() -> None:
    wanted = [Place("1", 100, (500, 500)), Place("1", 900, (500, 500), must=False)]
    assert compare(wanted, [Place("1", 100, (500, 500)), Place("1", 900, (10, 10))])[0] == Score(1, 1, 1, 0)


def report(judged: list[Judged]) -> Iterator[str]:
    """Recall and precision by family and over all, then what is wrong, document by document."""
    by_family = defaultdict[str, list[Score]](list)
    for each in judged:
        by_family[family(each.key.form)].append(each.score)
    for name in sorted(by_family):
        yield _line(name, total(by_family[name]))
    yield _line("all", total(each.score for each in judged))
    for each in judged:
        if each.complaints:
            yield f"{each.key.path} document {each.key.ordinal} ({each.key.form}): {'; '.join(each.complaints)}"


def _line(name: str, score: Score) -> str:
    recall, precision = _share(score.right, score.wanted), _share(score.right, score.located)
    return f"{name:8} recall {recall}  precision {precision}  {score.misplaced} at their place with another length"


def _share(hits: int, trials: int) -> str:
    low, high = wilson(hits, trials)
    return f"{hits:,} of {trials:,} = {hits / trials if trials else 1:.4f} ({low:.4f} to {high:.4f})"
