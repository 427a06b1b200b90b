"""EDGAR full-text search's answers, over the sample corpus: their shape, and that they agree with `search`."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search.ask import Index, Wanted
from search.web.app import create_app
from search.web.efts.asked import BLANK
from search.web.web_settings import WebSettings

PARAMETERS = (
    *("q", "dateRange", "startdt", "enddt", "category", "forms", "ciks", "entityName", "locationCode", "locationCodes"),
    *("locationType", "sics", "items", "from", "page", "size", "filter_forms", "filter_ciks", "filter_location"),
    "keysTyped",
)
EXAMPLES = int(os.environ.get("EXAMPLES", "10000"))
"""Requests of a promise; a soak asks 100,000."""
VALUES = st.one_of(
    st.sampled_from(
        ["8-K", "all", "custom", "-0", "10-K,-4", "form-cat1", "2017-01-01", "CA", "0009000417", "license"]
    ),
    st.text(max_size=40),
)


def body(client: TestClient, status: int = 200, **given: object) -> Any:
    answer = client.get("/LATEST/search-index", params={name.rstrip("_"): str(each) for name, each in given.items()})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def encoded(asked: Mapping[str, str]) -> dict[str, bytes]:
    return {name: value.encode("utf-8", "replace") for name, value in asked.items()}


def source(hit: Mapping[str, Any]) -> Mapping[str, Any]:
    return hit["_source"]


def test_a_hit_has_every_field_and_no_list_is_null(client: TestClient) -> None:
    found = body(client, q="orphan")
    assert found["hits"]["hits"]
    for hit in found["hits"]["hits"]:
        assert set(hit) == {"_index", "_id", "_score", "_source"}
        kept = source(hit)
        for name in ("ciks", "file_num", "display_names", "root_forms", "biz_states", "sics", "film_num"):
            assert isinstance(kept[name], list)
        assert len(kept["ciks"]) == len(kept["display_names"]) == len(kept["biz_locations"]) >= len(kept["inc_states"])
        for cik, name in zip(kept["ciks"], kept["display_names"], strict=True):
            assert name.endswith(f"  (CIK {cik})")
        assert isinstance(kept["sequence"], int)
        assert hit["_id"].startswith(f"{kept['adsh']}:")


def test_words_are_exact(client: TestClient, sample_index: Path) -> None:
    with Index(sample_index) as index:
        for word in ("license", "licenses", "licensed", "licensing"):
            exact = index.search(word, exact=True, wanted=Wanted(limit=0))
            assert body(client, q=word)["hits"]["total"] == {"value": exact.documents, "relation": "eq"}


def test_pages_hold_every_document_once_best_first(client: TestClient) -> None:
    first = body(client, q="the")
    total, hits = first["hits"]["total"]["value"], list(first["hits"]["hits"])
    while len(hits) < total:
        page = body(client, q="the", from_=len(hits))["hits"]["hits"]
        assert page
        hits += page
    assert len({hit["_id"] for hit in hits}) == len(hits) == total > 50
    scores = [hit["_score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert first["hits"]["max_score"] == scores[0]
    assert body(client, q="the", from_=total)["hits"]["hits"] == []


RECORDED = ("0_hits", "1_hit", "101_hits", "10000_hits")


def differences(theirs: Any, ours: Any, at: str = "") -> list[str]:
    """Where our answer has other keys, or values of other types, than a recorded one; null may stand for a value."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        found = [f"{at}: {name}" for name in theirs.keys() ^ ours.keys()]
        return found + [
            said for name in theirs.keys() & ours.keys() for said in differences(theirs[name], ours[name], name)
        ]
    if isinstance(theirs, list) and isinstance(ours, list):
        return [said for mine in ours for said in differences(theirs[0], mine, f"{at}[]")] if theirs and ours else []
    alike = type(theirs) is type(ours) or None in (theirs, ours) or {type(theirs), type(ours)} == {int, float}
    return [] if alike else [f"{at}: {theirs!r}, {ours!r}"]


@pytest.mark.parametrize("name", RECORDED)
def test_answers_have_the_shape_of_recorded_ones(client: TestClient, shared: Path, name: str) -> None:
    theirs = json.loads((shared / "efts" / f"{name}.json").read_text("utf-8"))
    asked = {"q": "zzzz" if name == "0_hits" else "license", "startdt": "1993-01-01", "enddt": "2030-12-31"}
    ours = body(client, **asked)
    for hit in theirs["hits"]["hits"]:  # numbers and texts are mixed there, and one field is of one hit in 201
        hit["_source"]["sequence"] = int(hit["_source"]["sequence"])
        hit["_source"].pop("schema_version", None)
    for each in theirs["hits"]["hits"][:5] or [None]:
        there = {**theirs, "hits": {**theirs["hits"], "hits": [each] if each else []}}
        assert differences(there, ours) == []
    assert list(ours) == list(theirs)
    for one, other in zip(ours["hits"]["hits"][:1], theirs["hits"]["hits"][:1], strict=True):
        assert [list(one), list(source(one))] == [list(other), list(source(other))]


def test_a_search_is_repeated_as_that_service_does(client: TestClient) -> None:
    asked = body(client, q='orphan "drug license" -merger', forms="8-K", ciks="9012704", enddt="2020-12-31")["query"]
    assert asked["query"]["bool"] == {
        "must": [{"match_phrase": {"doc_text": "orphan"}}, {"match_phrase": {"doc_text": "drug license"}}],
        "must_not": [{"match_phrase": {"doc_text": "merger"}}],
        "should": [],
        "filter": [
            {"terms": {"root_forms": ["8-K"]}},
            {"terms": {"ciks": ["0009012704"]}},
            {"range": {"file_date": {"lte": "2020-12-31"}}},
        ],
    }
    assert asked["aggregations"]["biz_states_filter"] == {"terms": {"field": "biz_states", "size": 30}}
    either = body(client, q="orphan OR loan", forms="-4", locationCodes="CA", locationType="incorporated")["query"]
    assert len(either["query"]["bool"]["should"]) == 2
    assert either["query"]["bool"]["filter"][1:] == [{"terms": {"inc_states": ["CA"]}}]
    assert "inc_states_filter" in either["aggregations"]


def test_the_same_is_asked_by_post(client: TestClient) -> None:
    """As edgarWebR does, from no page of this server."""
    asked = {"q": "license", "forms": ["8-K", "10-K"], "from": 1, "startdt": None, "locationCodes": []}
    answer = client.post("/LATEST/search-index", json=asked)
    assert answer.status_code == 200
    expected = body(client, q="license", forms="8-K,10-K", from_=1)
    assert answer.json() == {**expected, "took": answer.json()["took"]}
    typed = client.post("/LATEST/search-index", json={"keysTyped": "tessalune", "narrow": True})
    assert typed.json()["hits"]["hits"][0]["_id"] == "9012704"


@pytest.mark.parametrize("sent", ["[]", "7", "{", '{"q": {"a": 1}}', '"' * 9, "[" * 20_000, "9" * 5_000])
def test_what_is_sent_and_cannot_be_read_is_said(client: TestClient, sent: str) -> None:
    answer = client.post("/LATEST/search-index", content=sent)
    assert answer.status_code == 400
    assert answer.json()["hits"] == {"hits": []}


def test_without_an_index_clients_get_their_errors(tmp_path: Path) -> None:
    with TestClient(create_app(WebSettings(index=tmp_path / "none")), base_url="http://127.0.0.1") as client:
        assert "no index at" in body(client, 503, q="x")["error"]


def test_days_the_wrong_way_round_find_nothing(client: TestClient) -> None:
    assert body(client, q="license", startdt="2020-01-02", enddt="2020-01-01")["hits"]["total"]["value"] == 0


def test_what_a_filing_does_not_say_is_null_or_left_out(client: TestClient) -> None:
    hits = [source(hit) for hit in body(client, q="the")["hits"]["hits"]]
    assert {type(hit["file_description"]) for hit in hits} == {str, type(None)}
    assert "" not in {hit["file_description"] for hit in hits}
    assert "" not in {each for hit in hits for name in ("inc_states", "biz_states", "sics") for each in hit[name]}


def test_without_keywords_a_hit_is_a_filing_newest_first(client: TestClient) -> None:
    found = body(client, forms="8-K")
    hits = found["hits"]["hits"]
    assert len({source(hit)["adsh"] for hit in hits}) == len(hits) == found["hits"]["total"]["value"]
    filed = [source(hit)["file_date"] for hit in hits]
    assert filed == sorted(filed, reverse=True)
    assert {source(hit)["root_forms"][0] for hit in hits} == {"8-K"}


def test_counts_are_of_documents_and_add_up(client: TestClient) -> None:
    for asked in ({"q": "license"}, {"q": "the"}, {"forms": "10-K,8-K"}):
        found = body(client, **asked)
        forms = found["aggregations"]["form_filter"]
        listed = sum(bucket["doc_count"] for bucket in forms["buckets"])
        assert listed + forms["sum_other_doc_count"] == found["hits"]["total"]["value"]
        if asked == {"q": "license"}:
            hits = [source(hit) for hit in found["hits"]["hits"]]
            for bucket in forms["buckets"]:
                assert bucket["doc_count"] == sum(bucket["key"] in hit["root_forms"] for hit in hits)
            for bucket in found["aggregations"]["entity_filter"]["buckets"]:
                assert bucket["doc_count"] == sum(bucket["key"] in hit["display_names"] for hit in hits)


def test_the_states_that_are_counted_are_those_asked_for(client: TestClient) -> None:
    assert "biz_states_filter" in body(client, q="license")["aggregations"]
    assert "inc_states_filter" in body(client, q="license", locationType="incorporated")["aggregations"]


def test_an_accession_number_is_looked_up(client: TestClient) -> None:
    accession = source(body(client, forms="8-K")["hits"]["hits"][0])["adsh"]
    for typed in (accession, f'"{accession}"'):
        assert {source(hit)["adsh"] for hit in body(client, q=typed)["hits"]["hits"]} == {accession}


def test_entities_as_one_types(client: TestClient) -> None:
    hit = next(hit for hit in body(client, q="license")["hits"]["hits"] if source(hit)["ciks"])
    cik, name = source(hit)["ciks"][0], source(hit)["display_names"][0].partition("  (")[0]
    for typed in (name[:6], name, cik, cik.lstrip("0")):
        found = body(client, keysTyped=typed)["hits"]["hits"]
        assert len(found) <= 10
        assert any(each["_id"] == cik.lstrip("0") for each in found)
    for typed in ("", "zzzz", "&"):
        assert body(client, keysTyped=typed)["hits"]["hits"] == []


def test_errors_have_the_body_that_clients_know(client: TestClient) -> None:
    assert body(client) == {"error": BLANK, "hits": {"hits": []}}
    refused = body(client, 400, q="license", startdt="soon")
    assert refused["error"].startswith("startdt=soon")
    assert refused["hits"] == {"hits": []}


@given(st.dictionaries(st.sampled_from(PARAMETERS), VALUES, max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_asked_is_a_fault_of_the_server(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("/LATEST/search-index", params=encoded(asked))
    assert answer.status_code in {200, 400, 414}
    if answer.status_code != 414:
        assert "hits" in answer.json()["hits"]


SENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | VALUES,
    lambda each: st.lists(each, max_size=4),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(PARAMETERS), SENT, max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_sent_is_a_fault_of_the_server(client: TestClient, asked: dict[str, object]) -> None:
    answer = client.post("/LATEST/search-index", content=json.dumps(asked))
    assert answer.status_code in {200, 400}
    assert "hits" in answer.json()["hits"]


@pytest.mark.promise
@pytest.mark.timeout(3_000)
@given(st.dictionaries(st.sampled_from(PARAMETERS), VALUES, max_size=8))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_of_many_requests_none_is_a_fault_of_the_server(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("/LATEST/search-index", params=encoded(asked))
    assert answer.status_code in {200, 400, 414}
