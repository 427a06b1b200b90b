"""Every page over the sample corpus: what it shows, that it escapes it, and its errors."""

import io
import re
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from search.ask import Index
from search.live import TIMEOUT
from search.segments.collection import Collection
from search.web.answers.addresses import document_path
from search.web.answers.answering import asked
from search.web.app import create_app
from search.web.pages import report_page
from search.web.pages.downloads import FORMATS
from search.web.pages.help_page import SYNTAX
from search.web.search_state import FACETS, SearchState
from search.web.site import WebSite
from search.web.views.facet_lists import SHOWN
from search.web.web_settings import WebSettings

ORIGIN = {"origin": "http://127.0.0.1"}
RELEASE = "0009000101-17-004512/tsl_ex99-1.htm"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


# Searching


def filings_at(client: TestClient, link: str) -> int:
    """Follow a link of a page, as JSON."""
    return client.get(link.replace("&amp;", "&").replace("/search?", "/search.json?")).json()["filings"]


def test_a_facet_leads_to_the_filings_that_it_counts(client: TestClient) -> None:
    """What a list says is what a click shows: of every field, every value that is listed."""
    page = client.get("/search?q=company").text
    rows = re.findall(r'<li><a href="([^"]+)"><span class="value">([^<]+)</span><span class="n">([\d,]+)</span>', page)
    assert len(rows) > 20
    for address, label, number in rows:
        assert filings_at(client, address) == int(number), (label, address)


def test_a_bar_of_the_chart_leads_to_the_filings_that_it_counts(client: TestClient) -> None:
    page = client.get("/search?q=company").text
    bars = re.findall(r'<a href="([^"]+)" aria-label="([\d-]+): (\d+) filings?"', page)
    assert len(bars) > 5
    for address, period, number in bars:
        assert filings_at(client, address) == int(number), period


def test_a_list_beside_the_hits_is_shown_at_length_at_an_address(client: TestClient) -> None:
    page = client.get("/search?q=company").text
    more = re.search(r'<a href="([^"]+)" data-replaces="facet-company">(\d+) more</a>', page)
    assert more is not None
    whole = client.get(more[1].replace("&amp;", "&")).text
    names = re.findall(r'<li><a href="/search\?q=company&amp;party=', whole)
    assert len(names) == SHOWN + int(more[2])
    assert ">Fewer</a>" in whole and "more=company" not in whole.replace(more[1], "")


def test_passages_are_shown_of_the_best_document_and_of_all_of_a_filing_asked_for(client: TestClient) -> None:
    page = client.get("/search?q=company").text
    hits = page.split('<li class="filing"')[1:]
    assert {hit.count("<blockquote>") for hit in hits} == {1} and any(hit.count('class="document"') > 1 for hit in hits)
    address, count = re.findall(r'<a href="([^"]+)">Passages of all (\d+) documents</a>', page)[0]
    alone = client.get(address.replace("&amp;", "&")).text
    assert alone.count('<li class="filing"') == 1
    assert alone.count('class="document"') == alone.count("<blockquote>") == int(count)
    assert "Passages of all" not in alone


@pytest.mark.parametrize(
    ("typed", "code"), [("2834", "2834"), ("pharm", "2834"), ("prepackaged so", "7372"), ("Services-Pre", "7372")]
)
def test_industries_are_suggested_by_code_and_by_name(client: TestClient, typed: str, code: str) -> None:
    found = client.get("/suggest/industries", params={"text": typed}).json()
    assert code in {each["value"] for each in found}
    assert all(each["label"].startswith(f"{each['value']} ") for each in found)
    assert client.get("/suggest/industries").json() == []


def test_industries_are_shown_with_their_names(client: TestClient) -> None:
    page = client.get("/search?q=company&sic=2834").text
    assert '<span class="chip-name">sic</span> 2834 Pharmaceutical Preparations' in page
    assert '<span class="value">2834 Pharmaceutical Preparations</span>' in client.get("/search?q=company").text


@pytest.mark.parametrize(("page", "key"), [("index", "forms"), ("help", "fields")])
def test_the_first_page_and_help_are_there_for_programs(client: TestClient, page: str, key: str) -> None:
    told = client.get(f"/{page}.json").json()[key]
    table = client.get(f"/{page}.csv").text.splitlines()
    assert len(table) == len(told) + 1 and table[0].split(",")[:1] == list(told[0])[:1]


@pytest.mark.parametrize("asked", ["cik=0", "q=cik:0", "q=cik:0000000000", "q=cik:abc"])
def test_a_report_is_made_whatever_number_a_company_is_asked_by(client: TestClient, asked: str) -> None:
    assert client.get(f"/report.html?{asked}").status_code == 200


def test_every_facet_is_counted(client: TestClient) -> None:
    assert [each["field"] for each in client.get("/search.json?q=company").json()["facets"]] == list(FACETS)


def test_filings_that_lack_a_word_follow_under_a_heading(client: TestClient) -> None:
    page = client.get("/search?q=Tessalune+impairment+2018").text
    assert "0 filings" in page and "with all 3 words" in page
    assert ">2 of 3 words</h2>" in page and "<del>impairment</del>" in page
    assert "2 of 3 words" not in client.get("/search?q=Tessalune+impairment+2018&all_words=1").text


def test_nothing_found_says_so_and_what_may_have_been_meant(client: TestClient) -> None:
    page = client.get("/search?q=calvenostatt").text
    assert "No filing matches" in page and "did you mean: calvenostat" in page


def test_the_page_says_what_the_index_covers(client: TestClient) -> None:
    page = client.get("/search?q=license").text
    assert re.search(
        r"The index: \d+ filings, filed \d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d; \d+ of their \d+ documents were not read",
        page,
    )


def test_pages_go_on_where_the_one_before_ended(client: TestClient) -> None:
    ranks = [
        re.findall(r'id="hit-(\d+)"', client.get(f"/search?q=company&size=10&page={page}").text) for page in (1, 2)
    ]
    assert ranks[0][-1] == "10" and ranks[1][0] == "11"


@pytest.mark.parametrize("example", [each.typed for _, examples in SYNTAX for each in examples])
def test_every_example_of_the_syntax_can_be_asked(client: TestClient, example: str) -> None:
    answer = client.get("/api/search", params={"q": example, "strict": "1"})
    assert answer.status_code == 200, answer.text
    assert example.replace('"', "&#34;").replace(">", "&gt;") in client.get("/help").text


@pytest.mark.parametrize("format", FORMATS)
def test_all_filings_found_can_be_kept(client: TestClient, format: str) -> None:
    answer = client.get(f"/download.{format}?q=company&size=1")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    content = (
        ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml") if format == "xlsx" else answer.content
    )
    filings = client.get("/search.json?q=company").json()["filings"]
    assert filings > 10
    assert len(set(re.findall(rb"\b000\d{7}-\d\d-\d{6}\b", content))) >= filings - 1  # one of them has no number


def test_a_report_is_what_the_command_writes_and_bounded(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/report.html?q=orphan+drug+license")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert "orphan drug license" in answer.text and "0009000101-17-004512" in answer.text
    monkeypatch.setattr(report_page, "MOST", 1)
    assert client.get("/report.html?q=orphan+drug+license").status_code == 400


def test_a_report_takes_no_longer_than_an_answer_may(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It compares the whole index; the time is up while it does."""
    verified, clock = Collection.verify, time.monotonic

    def late(self: Collection) -> dict[str, bool]:
        monkeypatch.setattr(time, "monotonic", lambda: clock() + TIMEOUT + 1)
        return verified(self)

    monkeypatch.setattr(Collection, "verify", late)
    answer = client.get("/report.html?q=orphan+drug+license")
    monkeypatch.undo()
    assert answer.status_code == 503
    assert "took longer than 10 s" in answer.text and "search --report" in answer.text


def test_hits_of_a_document_as_a_table(client: TestClient) -> None:
    head, *rows = client.get(f"/hits.csv/{RELEASE}?q=orphan+drug").text.splitlines()
    assert head == "term,start,end,words"
    assert {row.split(",")[0] for row in rows} == {"orphan", "drug"}
    assert all(row.split(",")[3].lower()[:4] in {"orph", "drug"} for row in rows)


def test_there_is_no_other_download(client: TestClient) -> None:
    assert client.get("/download.exe?q=company").status_code == 404


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tessa", {"value": "0009012704", "label": "Tessalune Biosciences, Inc. (TSLN, CIK 9012704)"}),
        ("biosci", {"value": "0009012704", "label": "Tessalune Biosciences, Inc. (TSLN, CIK 9012704)"}),
        ("TSLN", {"value": "0009012704", "label": "Tessalune Biosciences, Inc. (TSLN, CIK 9012704)"}),
        ("9012704", {"value": "0009012704", "label": "Tessalune Biosciences, Inc. (TSLN, CIK 9012704)"}),
    ],
)
def test_companies_are_suggested_by_name_ticker_and_cik(client: TestClient, typed: str, first: dict[str, str]) -> None:
    assert client.get("/suggest", params={"text": typed}).json()[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "zzzz", '"', "*", "(", "a" * 1000, "\x00", "é"])
def test_nothing_is_suggested_for_what_begins_no_name(client: TestClient, typed: str) -> None:
    assert client.get("/suggest", params={"text": typed}).status_code == 200


# Documents


def test_a_document_shows_every_hit_and_where_it_is_among_the_results(client: TestClient) -> None:
    page = client.get(f"/doc/{RELEASE}?q=orphan+drug+license&rank=1").text
    marks = set(re.findall(r'<mark class="hit" data-m="(\d+)"', page))
    counts = [int(each) for each in re.findall(r'</span><span class="n">(\d+)</span><a class="step"', page)]
    assert len(marks) == sum(counts) > 9
    assert 'id="document-after"' in page and 'id="document-before"' not in page
    assert 'href="/search?q=orphan+drug+license#hit-1"' in page


def test_the_next_document_of_the_results_keeps_the_search(client: TestClient) -> None:
    address = f"/doc/{RELEASE}?q=orphan+drug+license&rank=1"
    following = re.search(r'id="document-after"[^>]*href="([^"]+)"', client.get(address).text)
    assert following
    after = following[1].replace("&amp;", "&")
    assert after == "/doc/0009012704-16-000040/tsl10q0616.htm?q=orphan+drug+license&rank=2#first"
    back = re.search(r'id="document-before"[^>]*href="([^"]+)"', client.get(after.partition("#")[0]).text)
    assert back and back[1].replace("&amp;", "&") == f"{address}#last"


def test_all_documents_of_the_results_are_gone_through_over_pages(client: TestClient) -> None:
    """From the first document on, `next` leads through every document shown on every page, and ends."""
    shown = [
        document["id"]
        for page in (1, 2, 3)
        for hit in client.get(f"/search.json?q=license&size=4&page={page}").json()["hits"]
        for document in hit["documents"]
    ]
    address = f"{document_path(shown[0])}?q=license&size=4&rank=1"
    seen = []
    while address and len(seen) <= len(shown):
        page = client.get(address).text
        seen.append(re.findall(r'data-cite="/cite/([^"]+)"', page)[0].replace("/", ":"))
        following = re.search(r'id="document-after"[^>]*href="([^"#]+)', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == shown


def test_a_passage_is_cited_with_all_that_finds_it_again(client: TestClient, settings: WebSettings) -> None:
    page = client.get(f"/doc/{RELEASE}?at=26-64").text
    with Index(settings.index) as index:
        words = " ".join(index.text(RELEASE.replace("/", ":"))[26:64].split())
    assert 'class="cited"' in page and 'id="at"' in page
    told = client.get(f"/cite/{RELEASE}?at=26-64").json()
    assert told["address"] == f"/doc/{RELEASE}?at=26-64"
    assert told["citation"].startswith(
        f"“{words}” Tessalune Biosciences, Inc. (CIK 0009012704), Form 8-K, filed 2017-04-18"
    )
    assert "characters 26-64" in told["citation"] and re.search(r"\b[0-9a-f]{64}\b", told["citation"])


@pytest.mark.parametrize("at", ["5", "9-3", "x-y", "0-999999999", "-1-4", "1--4", "²-9"])
def test_a_place_that_is_none(client: TestClient, at: str) -> None:
    assert client.get(f"/doc/{RELEASE}", params={"at": at}).status_code == 400
    assert client.get(f"/cite/{RELEASE}", params={"at": at}).status_code == 400


@pytest.mark.parametrize(
    "path", ["0009000101-17-004512/none.htm", "none/none", "0009000101-17-004512/", "../../etc/passwd", "a:b/c"]
)
def test_a_document_that_is_not_there(client: TestClient, path: str) -> None:
    for room in ("doc", "original", "cite", "api/doc"):
        assert client.get(f"/{room}/{path}?at=0-1").status_code == 404


def test_the_header_is_a_table_of_all_parties(client: TestClient) -> None:
    page = client.get("/doc/0009014590-19-000002/form5.xml").text
    assert page.count("<tr><td>reporting owner</td>") + page.count("<tr><td>issuer</td>") == 4
    assert '<th scope="col">Former names</th>' in page and '<th scope="row">Accession number</th>' in page


def test_a_watchlist_is_kept_in_the_browser_and_marked(client: TestClient) -> None:
    kept = client.post(
        "/watchlist", headers=ORIGIN, data={"words": 'Europe\n"North America"', "back": f"/doc/{RELEASE}"}
    )
    assert (kept.status_code, kept.headers["location"]) == (303, f"/doc/{RELEASE}")
    page = client.get(f"/doc/{RELEASE}?q=license").text
    assert 'class="watch"' in page and page.count('<li class="watch" ') == 2
    assert client.post("/watchlist", headers=ORIGIN, data={"back": "https://evil.example/"}).headers["location"] == "/"
    assert 'class="watch"' not in client.get(f"/doc/{RELEASE}?q=license").text


def test_words_can_be_found_in_a_document_alone(client: TestClient) -> None:
    page = client.get(f"/doc/{RELEASE}?q=license&find=Japan").text
    assert 'class="find"' in page and '<li class="find" ' in page


def test_a_search_that_cannot_be_marked_does_not_hide_the_document(client: TestClient) -> None:
    page = client.get(f"/doc/{RELEASE}?q=form:&strict=1")
    assert page.status_code == 200 and 'role="alert"' in page.text and "Calvenostat" in page.text


# Escaping


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={0}",
        "/search?q=license&form={0}",
        "/search?q=license&entity={0}&role={0}&filed={0}&sort={0}",
        "/search?saved={0}",
        "/search?like={0}",
        "/search?party={0}",
        "/search?since={0}",
        f"/doc/{RELEASE}?q={{0}}",
        f"/doc/{RELEASE}?q=license&find={{0}}&view={{0}}&rank={{0}}&{{0}}={{0}}",
        f"/doc/{RELEASE}?at={{0}}",
        "/doc/{0}/{0}",
        "/original/{0}/{0}",
        "/{0}",
        "/download.{0}",
    ],
)
def test_nothing_that_was_asked_becomes_markup(client: TestClient, path: str) -> None:
    from urllib.parse import quote

    page = client.get(path.replace("{0}", quote(HOSTILE)))
    assert page.status_code < 500
    assert "<script>alert" not in page.text and "<img src=x" not in page.text


# Saved searches


def test_a_search_is_saved_shown_and_forgotten(client: TestClient) -> None:
    name = "orphans & <b>"
    form = {"name": name, "search": "/search?q=orphan+drug&form=8-K&sort=filed"}
    assert client.post("/saved", headers=ORIGIN, data=form).status_code == 303
    page = client.get("/saved").text
    assert "orphans &amp; &lt;b&gt;" in page and "<b>" not in page
    (row,) = client.get("/saved.json").json()
    assert row["name"] == name and row["new"] == row["filings"] > 0
    assert name in client.get("/saved.csv").text
    assert client.get("/search.json", params={"saved": name}).json()["filings"] == row["filings"]
    assert client.post("/saved", headers=ORIGIN, data=form).status_code == 400
    assert client.post("/saved/seen", headers=ORIGIN, data={"name": name}).status_code == 303
    assert client.get("/saved.json").json()[0]["new"] == 0
    assert client.post("/saved/forget", headers=ORIGIN, data={"name": name}).status_code == 303
    assert client.get("/saved.json").json() == []
    assert client.post("/saved/seen", headers=ORIGIN, data={"name": name}).status_code == 400


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": "x"},
        {"name": "x", "search": "/search?q=form:&strict=1"},
        {"name": "-x", "search": "/search?q=a"},
        {"name": "x", "search": "/search?form=@/etc/passwd"},
    ],
)
def test_what_cannot_be_saved(client: TestClient, form: dict[str, str]) -> None:
    if form == {"name": "x"}:
        assert client.post("/saved", headers=ORIGIN, data=form).status_code == 303  # all filings
        return
    assert client.post("/saved", headers=ORIGIN, data=form).status_code == 400


def test_another_filter_beside_a_saved_search_narrows_it(
    sample_index: Path, settings: WebSettings, client: TestClient
) -> None:
    client.post("/saved", headers=ORIGIN, data={"name": "either", "search": "/search?q=orphan+OR+license"})
    site = WebSite(settings)
    state = SearchState.of([("saved", "either"), ("q", "Japan")])
    lookup = site.ask(lambda index: asked(state, index, site.saved)).lookup
    assert lookup.query == "(orphan OR license) Japan"
    site.close()


# The interface for programs


def test_the_interface_is_described_as_it_is(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/search", "/api/doc/{accession}/{name}", "/api/status"}
    found = client.get(f"/api/doc/{RELEASE}?q=orphan+drug").json()
    assert found["text"][slice(*found["terms"][0]["hits"][0])].lower() == "orphan"
    assert found["characters"] == len(found["text"])
    status = client.get("/api/status").json()
    assert status["submissions"] > 10 and "filings" in status["coverage"]
    assert (
        "access-control-allow-origin"
        not in client.get("/api/status", headers={"origin": "http://evil.example"}).headers
    )


def test_errors_of_the_interface_are_json(client: TestClient) -> None:
    for path in ("/api/search?q=form:&strict=1", "/api/search?sort=x", "/api/doc/a/b", "/api/none"):
        answer = client.get(path)
        assert 400 <= answer.status_code < 500 and answer.json()["error"]


# Originals


def test_the_original_is_what_was_filed_in_a_sandbox(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    answer = client.get(f"/original/{RELEASE}")
    assert answer.status_code == 200, answer.text
    assert b"<html" in answer.content.lower()
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'") and "frame-ancestors 'self'" in policy
    assert answer.headers["content-type"] == "text/html"
    assert "x-frame-options" not in answer.headers and "cross-origin-resource-policy" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_originals_are_found_where_the_corpus_is_now(sample_index: Path, corpus: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.symlink_to(corpus)
    for folders, status in (((moved,), 200), ((tmp_path / "none",), 404)):
        settings = WebSettings(index=sample_index, corpus=folders)
        client = TestClient(create_app(settings), base_url="http://127.0.0.1")
        assert client.get(f"/original/{RELEASE}").status_code == status


@pytest.mark.parametrize("name", ["²", "².", "'-", "¹.³.", "ª", "\u02bc-\u02bc"])
def test_a_name_without_a_word_is_answered(client: TestClient, name: str) -> None:
    """Marks that are no words by themselves once made an empty phrase, which no engine can look for."""
    assert client.get("/search", params={"q": "license", "entity": name}).status_code in {200, 400}
    assert client.get("/search", params={"q": f"company:{name}"}).status_code in {200, 400}
