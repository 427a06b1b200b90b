"""The search page over the sample corpus."""

import csv
import io
import json
import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from search.ask import DEFAULT, search
from search.output.json import versioned
from search.web.web_settings import WebSettings


def test_hits_are_shown_with_exact_totals(client: TestClient) -> None:
    page = client.get("/search?q=orphan+drug+license").text
    assert "Tessalune Biosciences, Inc." in page
    assert "2 filings" in page


def test_what_was_typed_is_escaped(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"><script>alert(1)</script>', "entity": "<b>"}).text
    assert "<script>alert" not in page and "<b>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_as_json_is_that_of_the_command(client: TestClient, settings: WebSettings) -> None:
    shown = client.get("/search.json?q=orphan+drug+license&size=1").json()
    wanted = DEFAULT._replace(limit=1)
    told = json.loads(json.dumps(versioned(search("orphan drug license", settings.index, wanted=wanted))))
    assert shown["hits"] == told["hits"]
    assert set(shown) == set(told)


def test_the_page_as_csv_has_a_row_for_each_document(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv?q=orphan+drug+license").text)))
    assert rows[0][:2] == ["rank", "accession"]
    assert len(rows) == 3


def test_a_query_that_is_no_good_is_said_to_be_so(client: TestClient) -> None:
    answer = client.get("/search?q=form:&strict=1")
    assert answer.status_code == 400
    assert client.get("/search.json?q=form:&strict=1").json()["error"]


def test_what_is_asked_of_the_first_page_is_a_search(client: TestClient) -> None:
    answer = client.get("/?q=orphan+drug&form=8-K&from=2015-01-01", follow_redirects=False)
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).url.path == "/search"
    assert client.get("/?utm_source=mail", follow_redirects=False).status_code == 200


def test_what_is_asked_from_today_on_is_answered_anew_each_day(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/search.json?q=filed:10y.."
    assert client.get(address).json()["filings"] > 0

    class _Later(date):
        @classmethod
        def today(cls) -> "_Later":
            return cls(2090, 1, 1)

    for module in ("indexer.literals.dates", "search.web.answers.answering"):
        monkeypatch.setattr(f"{module}.date", _Later)
    assert client.get(address).json()["filings"] == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("page=99999999", "page 99999999: pages go as far as 1,000: ask for less, or download what was found"),
        ("page=99999999999999999999", "page 99999999999999999999: pages go as far as 1,000"),
        ("page=0", "page “0”: a number from 1 on is needed"),
        ("page=x", "page “x”: a number from 1 on is needed"),
    ],
)
def test_a_page_that_there_cannot_be_says_so_and_leads_back(client: TestClient, asked: str, said: str) -> None:
    refused = client.get(f"/search?q=company&{asked}")
    assert refused.status_code == 400
    assert said in refused.text
    assert '<a href="/search?q=company">The first page of this search</a>' in refused.text


def test_a_page_past_the_last_leads_to_the_last(client: TestClient) -> None:
    page = client.get("/search?q=company&page=40").text
    assert "There is no page 40:" in page
    last = re.search(r'<a href="([^"]+)">The last page</a>', page)
    assert last is not None
    assert 'class="filing"' in client.get(last[1].replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("cik=Acme", "CIK “Acme”: a CIK is a number of at most ten digits"),
        ("filed=2020-13-01", "Date filed “2020-13-01”: 2020-13-01 is not a date"),
        ("entity=%22%22", "Company: there is no value to look for"),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_in_the_words_of_the_page(
    client: TestClient, asked: str, said: str
) -> None:
    refused = client.get(f"/search?q=company&{asked}")
    assert refused.status_code == 400
    assert said in refused.text
    assert "--" not in refused.text.partition('role="alert">')[2].partition("</pre>")[0]
    assert 'id="q" name="q" type="search" value="company"' in refused.text  # to be mended where it was typed
    assert '<a href="/search?q=company">The same words without filters</a>' in refused.text
    assert client.get(f"/api/search?q=company&{asked}").json()["error"].startswith(said)


def test_words_that_cannot_be_read_do_not_lead_back_to_themselves(client: TestClient) -> None:
    refused = client.get("/search?q=company&like=nothing")
    assert "The same words without filters" in refused.text
    alone = client.get("/search", params={"q": "a" * 4_001})
    assert alone.status_code == 400
    assert "The same words without filters" not in alone.text


def test_a_program_is_refused_as_json(client: TestClient) -> None:
    refused = client.get("/search?q=company&page=0", headers={"accept": "application/json"})
    assert refused.json() == {"error": "page “0”: a number from 1 on is needed"}


def test_zeros_before_a_number_do_not_change_it(client: TestClient) -> None:
    assert "There is no page 40:" in client.get("/search?q=company&page=000000000040").text


@pytest.mark.parametrize("asked", ["cik=9012704", "entity=Tessalune&cik=9012704"])
def test_a_cik_in_the_address_stays_when_the_form_is_sent_again(client: TestClient, asked: str) -> None:
    page = client.get(f"/search?q=company&{asked}").text
    form = page.partition('id="ask"')[2].partition("</form>")[0]
    assert re.search(r'<input[^>]* name="(entity|cik)"[^>]* value="9012704"', form)
