"""Results as rows."""

from datetime import date

from search.results import DocumentHit, DocumentRow, Hit, PartyName, Results, Snippet

SNIPPETS = (
    Snippet("a:x.htm", 4, 12, "orphan\n\ndrug", ((4, 10),)),
    Snippet("a:x.htm", 40, 47, "license", ((40, 47),)),
)
DOCUMENTS = (
    DocumentHit("a:x.htm", "EX-99.1", 2, "x.htm", "RELEASE", 2.123456789, SNIPPETS, "https://example/x.htm"),
    DocumentHit("a:1", "8-K", 1, "", "", 1.0),
)
PARTIES = (PartyName("filer", "Merriwick", "0009070001"), PartyName("filer", "Merriwick", "0009070002"))
HIT = Hit(3, "a", "8-K", date(2017, 3, 8), None, ("7.01", "9.01"), PARTIES, 2.1, 2, DOCUMENTS, "a.txt", "ff", "u")


def test_a_row_for_each_document() -> None:
    first, second = Results("q", 1, 2, (HIT,)).rows()
    assert first == DocumentRow(
        rank=3,
        accession="a",
        form="8-K",
        filed="2017-03-08",
        period="",
        items="7.01; 9.01",
        company="Merriwick",
        cik="0009070001; 0009070002",
        document="a:x.htm",
        type="EX-99.1",
        filename="x.htm",
        description="RELEASE",
        score=2.123457,
        passages="orphan drug … license",
        offsets="4..12; 40..47",
        url="https://example/x.htm",
        filing_url="u",
        source="a.txt",
    )
    assert (second.document, second.passages, second.offsets) == ("a:1", "", "")
