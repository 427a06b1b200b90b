"""What a cluster in trouble says becomes one line that tells what to do; what goes by is waited for."""

import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest

from indexer.cluster import asking, state
from indexer.cluster.address import AUTHORITY, PASSWORD, USER, parse
from indexer.cluster.asking import Action, Cluster, Json, RefusedError
from indexer.errors import IndexerError, MissingExtraError, UnusableIndexError, UnwritableIndexError
from tests.indexer.cluster.false_node import FalseNode, Said, answering

BUSY = Said(429, {"error": {"type": "circuit_breaking_exception", "reason": "Data too large"}, "status": 429})
BLOCKED = {
    "type": "cluster_block_exception",
    "reason": "index [edgar-filings-1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]",
}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAUSE", 0.001)
    monkeypatch.setattr(asking, "_LONGEST_PAUSE", 0.001)


def asked(node: FalseNode, *, patience: float = 60) -> Cluster:
    return Cluster(parse(node.url), patience=patience)


def items(*statuses: int) -> Said:
    """What a bulk request is answered with."""
    error = {"type": "rejected_execution_exception", "reason": "queue is full"}
    said = [{"index": {"_id": str(n), "status": status, **({"error": error} if status >= 400 else {})}}
            for n, status in enumerate(statuses)]  # fmt: skip
    return Said(200, {"errors": any(status >= 400 for status in statuses), "items": said})


ACTIONS = [Action("index", "edgar-filings-1", str(number), "{}") for number in range(3)]


def test_a_busy_cluster_is_asked_again() -> None:
    with answering(BUSY, BUSY, Said(200, {"ok": 1})) as node, asked(node) as cluster:
        assert cluster.request("GET", "/") == {"ok": 1}
        assert len(node.asked) == 3


def test_a_cluster_that_stays_busy_is_given_up() -> None:
    with answering(BUSY) as node, asked(node, patience=0) as cluster, pytest.raises(UnusableIndexError, match="busy"):
        cluster.request("GET", "/")


def test_what_a_bulk_request_is_refused_for_load_is_sent_again_alone() -> None:
    with answering(items(201, 429, 201), items(429), items(201)) as node, asked(node) as cluster:
        cluster.bulk(ACTIONS)
        sent = [body.count('{"index"') for _, _, body in node.asked]
    assert len(sent) == 3


def test_a_bulk_request_that_stays_refused_is_given_up() -> None:
    refused = pytest.raises(UnwritableIndexError, match="too busy: 3 of its actions were refused")
    with answering(items(429, 429, 429)) as node, asked(node, patience=0) as cluster, refused:
        cluster.bulk(ACTIONS)


def test_large_bulk_requests_are_divided() -> None:
    with answering(items(201, 201), items(201)) as node, asked(node) as cluster:
        cluster.bulk(ACTIONS, size=130)
        assert len(node.asked) == 2


@pytest.mark.parametrize(
    ("said", "error", "message"),
    [
        (Said(401, {}), UnusableIndexError, f"wrong or no credentials: .{USER}, .{PASSWORD}"),
        (Said(403, {"error": {"type": "security_exception", "reason": "no permissions for [indices:data/read]"}}),
         UnusableIndexError, "the user may not do that"),
        (Said(403, {"error": BLOCKED}), UnwritableIndexError, "read-only there .*disk usage.*: make room"),
        (Said(429, {"error": BLOCKED}), UnwritableIndexError, "read-only there .*disk usage.*: make room"),
        (Said(400, {"error": {"type": "parsing_exception", "reason": "what"}}), RefusedError, "400 parsing_exception"),
    ],
)  # fmt: skip
def test_what_somebody_has_to_mend_is_one_line(said: Said, error: type[IndexerError], message: str) -> None:
    with answering(said) as node, asked(node, patience=0) as cluster, pytest.raises(error, match=message) as raised:
        cluster.request("POST", "/_search", {})
    assert "\n" not in str(raised.value)


def test_an_index_of_another_mapping_is_named_with_what_was_refused() -> None:
    item = {"index": {"_id": "a", "status": 400, "error": {"type": "mapper_parsing_exception", "reason": "[filed]"}}}
    refused = pytest.raises(UnwritableIndexError, match=r"0 was refused: .filed.: the index has another mapping")
    with answering(Said(200, {"errors": True, "items": [item]})) as node, asked(node) as cluster, refused:
        cluster.bulk(ACTIONS[:1])


def test_a_cluster_that_is_not_there_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/edgar"
        with Cluster(parse(url), patience=0) as cluster, pytest.raises(UnusableIndexError, match="no node answers"):
            cluster.request("GET", "/")


def test_another_node_is_asked_where_one_does_not_answer() -> None:
    with socket.socket() as taken, answering(Said(200, {"ok": 1})) as node:
        taken.bind(("127.0.0.1", 0))
        dead = f"127.0.0.1:{taken.getsockname()[1]}"
        alive = node.url.split("/")[2]
        with Cluster(parse(f"http://{dead},{alive}/edgar"), patience=0) as cluster:
            assert cluster.request("GET", "/") == {"ok": 1}


def test_a_refused_certificate_is_one_line_that_names_the_setting() -> None:
    refused = pytest.raises(UnusableIndexError, match=f"TLS failed .*{AUTHORITY}")
    with answering(Said(200, {})) as node:
        secure = parse(node.url.replace("http:", "https:"))
        with Cluster(secure, patience=0) as cluster, refused:
            cluster.request("GET", "/")


def test_who_asks_is_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ada")
    monkeypatch.setenv(PASSWORD, "secret")
    with answering(Said(401, {})) as node, asked(node) as cluster, pytest.raises(UnusableIndexError) as raised:
        cluster.request("GET", "/")
    assert "secret" not in str(raised.value)


def test_without_the_client_library_the_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['opensearchpy'] = None\n"
        "from indexer.cluster.address import parse\nfrom indexer.cluster.asking import Cluster\n"
        "Cluster(parse('http://127.0.0.1:9/edgar'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert MissingExtraError.__name__ in done.stderr
    assert "pip install 'edgar-corpus-search[opensearch]'" in done.stderr


def test_a_refresh_that_a_shard_failed_is_asked_again() -> None:
    """What was not refreshed on a copy of a shard would not be found there."""
    part, whole = ({"_shards": {"total": 6, "successful": 6 - failed, "failed": failed}} for failed in (1, 0))
    with answering(Said(200, part), Said(200, part), Said(200, whole)) as node, asked(node) as cluster:
        cluster.refresh("edgar-filings-1")
        assert len(node.asked) == 3
    refused = pytest.raises(UnusableIndexError, match="1 shards of edgar-filings-1 do not answer")
    with answering(Said(200, part)) as node, asked(node, patience=0) as cluster, refused:
        cluster.refresh("edgar-filings-1")


def test_a_search_asks_for_nothing_less_than_the_whole() -> None:
    with answering(Said(200, {"hits": {}})) as node, asked(node) as cluster:
        cluster.search("edgar-records", {"size": 1})
        ((_, path, _),) = node.asked
    assert "allow_partial_search_results=false" in path


def test_an_error_of_a_node_that_dies_is_asked_again() -> None:
    dying = {"type": "search_phase_execution_exception", "caused_by": {"type": "node_disconnected_exception"}}
    with answering(Said(500, {"error": dying, "status": 500}), Said(200, {"ok": 1})) as node, asked(node) as cluster:
        assert cluster.request("GET", "/") == {"ok": 1}
    broken = {"type": "script_exception", "reason": "compile error"}
    with (
        answering(Said(500, {"error": broken})) as node,
        asked(node) as cluster,
        pytest.raises(RefusedError, match="500 script_exception"),
    ):
        cluster.request("GET", "/")


def test_who_has_waited_in_vain_does_not_wait_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clearing up after a cluster went away takes no further minutes."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(clock, "monotonic", lambda: clock.now, raising=False)
    monkeypatch.setattr(clock, "sleep", lambda seconds: setattr(clock, "now", clock.now + seconds), raising=False)
    monkeypatch.setattr(asking, "time", clock)
    monkeypatch.setattr(asking, "_PAUSE", 10.0)
    monkeypatch.setattr(asking, "_LONGEST_PAUSE", 10.0)
    with answering(BUSY) as node, asked(node, patience=60) as cluster:
        counts = []
        for _ in range(2):
            with pytest.raises(UnusableIndexError):
                cluster.request("GET", "/")
            counts.append(len(node.asked))
    assert counts == [7, 8]


def test_an_address_where_nobody_ever_answered_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(clock, "monotonic", lambda: clock.now, raising=False)
    monkeypatch.setattr(clock, "sleep", lambda seconds: setattr(clock, "now", clock.now + seconds), raising=False)
    monkeypatch.setattr(asking, "time", clock)
    with answering(BUSY) as node:
        dead = parse(node.url)
    with Cluster(dead) as cluster, pytest.raises(UnusableIndexError, match="no node answers"):
        cluster.request("GET", "/")
    assert clock.now < 10


NOWHERE = Said(503, {"error": {"type": "unavailable_shards_exception", "reason": "primary shard is not active"}})


def test_a_shard_that_is_on_no_node_is_not_taken_for_load() -> None:
    said = r"on no node that is there \(primary shard is not active\): .* delete edgar-\* on the cluster"
    refused = pytest.raises(UnusableIndexError, match=said)
    with answering(NOWHERE) as node, asked(node, patience=0) as cluster, refused:
        cluster.put("/edgar-state/_doc/1", "{}")
    assert "timeout=20s" in node.asked[0][1]


GONE = Said(404, {"error": {"type": "index_not_found_exception", "reason": "no such index"}})
DONE = Said(200, {})
THERE = Said(400, {"error": {"type": "resource_already_exists_exception", "reason": "index exists"}})
IN_VAIN = Said(408, {"status": "yellow", "timed_out": True})


def health(status: str, nodes: int = 3) -> Said:
    return Said(200, {"status": status, "number_of_data_nodes": nodes})


def made_by(maker: str) -> Said:
    return Said(200, {"edgar-state": {"mappings": {"_meta": {"maker": maker}}}})


GREEN, YELLOW, RED = map(health, ("green", "yellow", "red"))
LOST = (YELLOW, IN_VAIN, RED)
ANEW = "DELETE HEAD PUT GET GET GET"
BODY: Json = {"mappings": {"dynamic": "strict"}}


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "uuid4", lambda: SimpleNamespace(hex="us"))


@pytest.mark.usefixtures("maker")
@pytest.mark.parametrize(
    ("answers", "methods"),
    [
        ((DONE,), "HEAD"),
        ((GONE, DONE, health("yellow", 1)), "HEAD PUT GET GET"),  # one node has no room for replicas
        ((GONE, DONE, YELLOW, GREEN), "HEAD PUT GET GET GET"),
        ((GONE, DONE, YELLOW, IN_VAIN, YELLOW), "HEAD PUT GET GET GET"),  # nodes with much to do
        ((GONE, DONE, *LOST, made_by("us"), DONE, GONE, DONE, GREEN), f"HEAD PUT GET GET GET GET {ANEW}"),
        ((GONE, THERE, GREEN), "HEAD PUT GET GET GET"),  # by another builder, or by a node that then died
        ((GONE, THERE, *LOST, made_by("us"), DONE, GONE, DONE, GREEN), f"HEAD PUT GET GET GET GET {ANEW}"),
        ((GONE, THERE, *LOST, made_by("another"), DONE), "HEAD PUT GET GET GET GET HEAD"),
        ((GONE, THERE, IN_VAIN, IN_VAIN, GONE, GONE, DONE, GREEN), "HEAD PUT GET GET GET HEAD PUT GET GET GET"),
    ],
)
def test_an_index_is_made_when_its_replicas_are(answers: tuple[Said, ...], methods: str) -> None:
    with answering(*answers) as node, asked(node) as cluster:
        state.make_index(cluster, "edgar-state", BODY)
    assert " ".join(method for method, _, _ in node.asked) == methods


@pytest.mark.usefixtures("maker")
def test_an_index_that_is_lost_each_time_is_given_up() -> None:
    refused = pytest.raises(UnwritableIndexError, match="nodes were lost each time that edgar-state was made")
    with answering(*3 * (GONE, DONE, *LOST, made_by("us"), DONE)) as node, asked(node) as cluster, refused:
        state.make_index(cluster, "edgar-state", BODY)


def test_a_request_beyond_what_nodes_take_says_what_to_raise() -> None:
    refused = pytest.raises(UnwritableIndexError, match=r"http\.max_content_length")
    with answering(Said(413, {})) as node, asked(node) as cluster, refused:
        cluster.request("POST", "/_bulk", "{}")


def test_how_much_a_request_may_be_is_that_of_the_least_node() -> None:
    nodes = {name: {"http": {"max_content_length_in_bytes": size}} for name, size in (("a", 200), ("b", 100))}
    with answering(Said(200, {"nodes": nodes})) as node, asked(node) as cluster:
        assert cluster.largest_request == 100
    forbidden = Said(403, {"error": {"type": "security_exception", "reason": "no"}})
    with answering(forbidden) as node, asked(node) as cluster:
        assert cluster.largest_request == 100 << 20
