"""Asking a real server that behaves well, and one that does not."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import AbsentError, DownloadError, IndexerError, QuietError
from indexer.http.client import MOST, Client
from indexer.http.site import Patience, Site, checked_contact
from tests.indexer.download.server import Edgar, Held, made_up
from tests.indexer.edgar_fixtures import CONTACT, QUICK, RATE
from tests.indexer.http.test_pace import most_in_a_second

PATH = "/Archives/edgar/data/9012704/0009000101-17-004512.txt"

MakeClient = Callable[..., Client]


@pytest.fixture
def make_client(edgar: Edgar, cache: Path) -> Iterator[MakeClient]:
    """Makes clients of that server: `make_client(patience=...)`."""
    made: list[Client] = []

    def make(patience: Patience = QUICK, rate: float = RATE) -> Client:
        made.append(Client(Site.at(edgar.url), CONTACT, cache=cache, rate=rate, patience=patience))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def whole(sample: list[Held]) -> bytes:
    return next(each.content for each in sample if each.accession in PATH)


def test_what_is_asked_and_how(edgar: Edgar, client: Client, whole: bytes) -> None:
    assert client.content(PATH) == whole
    [asked] = edgar.asked
    assert (asked.method, asked.path) == ("GET", PATH)
    assert asked.headers["User-Agent"] == CONTACT
    assert asked.headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "manners",
    ["unavailable", "reset", "short", "bad-gzip", "cut-gzip", "empty", "page-with-200"],
)
def test_what_went_wrong_is_tried_again(edgar: Edgar, client: Client, whole: bytes, manners: str) -> None:
    edgar.behave(PATH, manners, manners)
    assert client.content(PATH) == whole
    assert edgar.paths() == [PATH] * 3


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        ("*unavailable", "the server answers with 503"),
        ("*short", "bytes"),
        ("*bad-gzip", "its compression is damaged"),
        ("*cut-gzip", "its compression does not end"),
        ("*empty", "the answer is empty"),
        ("*page-with-200", "a page came in place of the file"),
        ("*reset", "127"),
    ],
)
def test_and_not_for_ever(edgar: Edgar, client: Client, manners: str, said: str) -> None:
    edgar.behave(PATH, manners)
    with pytest.raises(DownloadError, match=said) as raised:
        client.content(PATH)
    assert str(raised.value).startswith(f"{edgar.url}{PATH}: ") and str(raised.value).endswith("(3 times)")
    assert "0x" not in str(raised.value)
    assert len(edgar.asked) == 3


def test_a_server_that_says_nothing_is_left(edgar: Edgar, make_client: MakeClient, whole: bytes) -> None:
    edgar.behave(PATH, "silent", seconds=30.0)
    assert make_client(replace(QUICK, read_seconds=1.0)).content(PATH) == whole


def test_an_answer_that_drips_is_left(edgar: Edgar, make_client: MakeClient, whole: bytes) -> None:
    """Each byte comes in time; only all of them together would never be all."""
    edgar.behave(PATH, "slow", seconds=0.02)
    assert make_client(replace(QUICK, grace_seconds=1.0, slowest=1 << 20)).content(PATH) == whole


def test_who_is_not_there_is_said(cache: Path) -> None:
    with (
        closing(Client(Site.at("http://127.0.0.1:9"), CONTACT, cache=cache, rate=RATE, patience=QUICK)) as client,
        pytest.raises(DownloadError, match="refused"),
    ):
        client.content(PATH)


# What is not there


@pytest.mark.parametrize("manners", ["denied", "no-such-key"])
def test_the_storage_says_in_its_own_way_that_it_has_no_such_file(edgar: Edgar, client: Client, manners: str) -> None:
    edgar.behave(PATH, manners)
    with pytest.raises(AbsentError):
        client.content(PATH)
    assert len(edgar.asked) == 1
    client.pace.check()  # which is no block


def test_a_404_is_not_asked_again(edgar: Edgar, client: Client) -> None:
    with pytest.raises(AbsentError, match="404"):
        client.content("/Archives/edgar/data/1/0009000101-17-004512.txt")
    assert len(edgar.asked) == 1


# Blocks


@pytest.mark.parametrize(
    ("manners", "after", "seconds", "said"),
    [
        ("block", "", 600, "undeclared automated tool"),
        ("block-with-200", "", 600, "too many requests"),
        ("too-many", "", 600, "too many requests"),
        ("too-many", "120", 120, "too many requests"),
        ("unavailable", "300", 300, "not available"),
    ],
)
def test_a_block_stops_everybody_at_once(
    edgar: Edgar, make_client: MakeClient, cache: Path, manners: str, after: str, seconds: int, said: str
) -> None:
    edgar.behave("", "*" + manners, after=after)
    client = make_client()
    with pytest.raises(QuietError, match=rf"{said}.*nothing is asked until \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d"):
        client.content(PATH)
    assert json.loads((cache / client.site.name / "pace.json").read_bytes())["seconds"] == seconds
    for other in (client, make_client()):  # another process of the same user, as far as this goes
        with pytest.raises(QuietError, match=said):
            other.content(PATH)
    assert len(edgar.asked) == 1


def test_a_short_wait_is_waited_for(edgar: Edgar, client: Client, whole: bytes) -> None:
    edgar.behave(PATH, "unavailable", after="1")
    assert client.content(PATH) == whole
    first, second = edgar.asked
    assert second.at - first.at >= 1e9


# Redirects


def test_a_redirect_within_the_site_is_followed(edgar: Edgar, client: Client, whole: bytes) -> None:
    other = "/Archives/edgar/data/9012704/000900010117004512/0009000101-17-004512.txt"
    edgar.behave(PATH, "moved", target=other)
    assert client.content(PATH) == whole
    assert edgar.paths() == [PATH, other]


def test_a_redirect_in_a_circle_ends(edgar: Edgar, client: Client) -> None:
    edgar.behave(PATH, "*round")
    with pytest.raises(DownloadError, match="redirected again and again"):
        client.content(PATH)
    assert len(edgar.asked) == 6


def test_a_redirect_to_another_site_is_not_followed(
    edgar: Edgar, client: Client, serve: Callable[..., Edgar], sample: list[Held]
) -> None:
    other = serve(sample)
    edgar.behave(PATH, "moved", target=f"{other.url}{PATH}")
    with pytest.raises(DownloadError, match="to another site"):
        client.content(PATH)
    assert other.asked == []


def test_every_request_takes_a_turn(edgar: Edgar, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    turn = client.pace.turn
    monkeypatch.setattr(client.pace, "turn", lambda: turns.append(turn()))
    edgar.behave(PATH, "unavailable", "reset", "good", "moved", target=PATH)
    client.content(PATH)
    client.content(PATH)
    client.size(PATH)
    assert len(turns) == len(edgar.asked) == 6


def test_a_size_is_asked_without_the_file(edgar: Edgar, client: Client, whole: bytes) -> None:
    assert client.size(PATH) == len(whole)
    assert edgar.asked[0].method == "HEAD"


# Who asks, and whom


@pytest.mark.parametrize(
    "contact", ["", "  ", "Jane Doe", "jane@doe", "Jané jane@doe.example", "a@b.example\r\nX: y\x00"]
)
def test_nobody_asks_without_a_contact(cache: Path, contact: str) -> None:
    with pytest.raises(IndexerError, match="contact"):
        Client(Site(), contact, cache=cache)


def test_blanks_in_a_contact_are_one(cache: Path) -> None:
    assert checked_contact("Jane\n Doe jane@doe.example") == "Jane Doe jane@doe.example"


def test_edgar_is_not_asked_more_than_the_sec_allows(cache: Path) -> None:
    Client(Site(), CONTACT, cache=cache, rate=MOST)
    with pytest.raises(IndexerError, match="more than the 10 that the SEC allows"):
        Client(Site(), CONTACT, cache=cache, rate=MOST + 0.1)


def test_the_hosts_of_edgar_share_one_pace(cache: Path) -> None:
    site = Site()
    assert (site.name, site.is_edgar) == ("sec.gov", True)
    assert site.url("/submissions/CIK0000000001.json") == "https://data.sec.gov/submissions/CIK0000000001.json"
    assert site.url("/files/company_tickers.json").startswith("https://www.sec.gov/")
    assert site.holds("https://data.sec.gov/x") and not site.holds("http://www.sec.gov/x")
    assert not site.holds("https://www.sec.gov.example/x")


@pytest.mark.parametrize("url", ["", "corpus", "ftp://ftp.sec.gov", "http://", "file:///etc/passwd"])
def test_a_mirror_has_an_address(url: str) -> None:
    with pytest.raises(IndexerError, match="not the address of a mirror"):
        Site.at(url)


def test_a_proxy_is_not_asked_for_this_machine(
    edgar: Edgar, client: Client, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert client.content(PATH) == whole


ASKS = """
import sys
from pathlib import Path
from indexer.http.client import Client
from indexer.http.site import Site
url, cache, rate, path, number = sys.argv[1:]
client = Client(Site.at(url), "Made Up Tests tests@example.example", cache=Path(cache), rate=float(rate))
turn, granted = client.pace.turn, []
client.pace.turn = lambda: granted.append(turn())
for _ in range(int(number)):
    client.content(path)
print(*granted)
"""


@pytest.mark.promise
def test_a_thousand_requests_of_three_processes_never_exceed_the_rate(
    serve: Callable[..., Edgar], tmp_path: Path
) -> None:
    """By the times at which each was granted, just before it was sent: a busy machine cannot change what is counted."""
    edgar, rate = serve([made_up(1)]), 50.0
    path = "/Archives/edgar/data/9000001/0009000001-24-000001.txt"
    program = [sys.executable, "-c", ASKS, edgar.url, str(tmp_path), str(rate), path, "334"]
    processes = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    granted = [int(each) for process in processes for each in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(granted) == len(edgar.asked) == 1002
    assert most_in_a_second(granted) <= rate
