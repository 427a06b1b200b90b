"""EDGAR on this machine: a real HTTP server, on loopback, with EDGAR's layout and, on command, EDGAR's ill manners.

It serves submissions from files: the sample corpus, or the real filings beside the checkout. What is asked is noted.
"""

import gzip
import hashlib
import io
import json
import re
import socket
import struct
import tarfile
import threading
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from indexer.download.placing import check_whole
from indexer.envelope.submission import SNIFFED_BYTES, parse_submission
from indexer.http.answers import NotWholeError

BLOCK_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>"
    b"</head><body><h1>Undeclared Automated Tool</h1></body></html>"
)
RATE_PAGE = b"<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body>wait</body></html>"
NO_SUCH_KEY = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Key>x</Key></Error>'
ACCESS_DENIED = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'

Query = dict[str, list[str]]


@dataclass(frozen=True)
class Held:
    """A submission that the server holds."""

    accession: str
    form: str
    filed: str
    """YYYY-MM-DD."""
    parties: tuple[tuple[str, str], ...]
    """CIK without leading zeros, and name."""
    content: bytes

    @property
    def quarter(self) -> str:
        return f"{self.filed[:4]}/QTR{(int(self.filed[5:7]) + 2) // 3}"

    @property
    def day(self) -> str:
        return self.filed.replace("-", "")


@dataclass
class Asked:
    """A request as it came."""

    at: int
    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Manners:
    """What is done in place of a good answer."""

    name: str
    seconds: float = 0.0
    after: str = ""
    target: str = ""


@dataclass
class Edgar:
    """The server: what it holds, what it was asked, and how it is to behave."""

    held: list[Held]
    tickers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By ticker: CIK and name."""
    funds: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    """Names and CIKs of `cik-lookup-data.txt`."""
    page: int = 1000
    """Filings that a company's own list has, before the rest goes to pages of as many."""
    asked: list[Asked] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    """Files at paths of their own, before all others."""
    gone: set[str] = field(default_factory=set)
    """Paths that are not there."""
    only_in: dict[str, str] = field(default_factory=dict)
    """By accession number: `full` or `daily`, the only index that lists it."""
    before: Callable[[str], None] = lambda path: None
    """Told of each path before it is answered."""
    url: str = ""
    _manners: dict[str, list[Manners]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def behave(self, pattern: str, *names: str, **how: Any) -> None:
        """Answer the next requests whose path has `pattern` so, one after the other; a name with `*` stays."""
        self._manners[pattern] += [Manners(name, **how) for name in names]

    def paths(self, part: str = "") -> list[str]:
        """The paths asked for that have a part in them."""
        return [each.path for each in self.asked if part in each.path]

    def manners(self, path: str) -> Manners | None:
        with self._lock:
            for pattern, queue in self._manners.items():
                if pattern in path and queue:
                    return queue[0] if queue[0].name.startswith("*") else queue.pop(0)
        return None

    # What is where

    def content(self, path: str, query: Query) -> bytes | None:
        if path in self.gone:
            return None
        if path in self.texts:
            return self.texts[path]
        for pattern, answer in self._routes().items():
            if match := re.fullmatch(pattern, path):
                return answer(match, query)
        return None

    def _routes(self) -> dict[str, Callable[[re.Match[str], Query], bytes | None]]:
        return {
            r"/Archives/edgar/data/(\d+)/(?:\d{18}/)?([\d-]{20})\.txt": lambda m, q: self._submission(m[1], m[2]),
            r"/submissions/CIK(\d{10})(?:-submissions-(\d{3}))?\.json": lambda m, q: self._company(m[1], m[2]),
            r"/Archives/edgar/full-index/(\d{4}/QTR\d)/(\w+)\.(idx|gz)": lambda m, q: self._full(m[1], m[2], m[3]),
            r"/Archives/edgar/daily-index/(\d{4}/QTR\d)/index\.json": lambda m, q: self._folder(m[1]),
            r"/Archives/edgar/daily-index/(\d{4}/QTR\d)/master\.(\d{8})\.idx": lambda m, q: self._daily(m[1], m[2]),
            r"/Archives/edgar/daily-index/bulkdata/submissions\.zip": lambda m, q: self._bulk(),
            r"/Archives/edgar/Feed/\d{4}/QTR\d/(\d{8})\.nc\.tar\.gz": lambda m, q: self._feed(m[1]),
            r"/Archives/edgar/cik-lookup-data\.txt": lambda m, q: self._names(),
            r"/files/company_tickers(_exchange|_mf)?\.json": lambda m, q: self._tickers(m[1]),
            r"/cgi-bin/browse-edgar": lambda m, q: self._atom(int(q["start"][0]), int(q["count"][0])),
            r"/LATEST/search-index": lambda m, q: self._search(q["q"][0].strip('"')),
        }

    def _submission(self, cik: str, accession: str) -> bytes | None:
        found = (each for each in self.held if each.accession == accession)
        return next((each.content for each in found if cik in dict(each.parties)), None)

    def _company(self, padded: str, page: str | None) -> bytes | None:
        cik = padded.lstrip("0")
        of = sorted((each for each in self.held if cik in dict(each.parties)), key=newest)
        pages = [of[at : at + self.page] for at in range(0, len(of), self.page)]
        if int(page or 0) >= len(pages):
            return None
        if page:
            return json.dumps(columns(pages[int(page)])).encode()
        files = [
            {
                "name": f"CIK{padded}-submissions-{number:03}.json",
                "filingCount": len(rows),
                "filingFrom": rows[-1].filed,
                "filingTo": rows[0].filed,
            }
            for number, rows in enumerate(pages)
            if number
        ]
        listed = {"recent": columns(pages[0]), "files": files}
        return json.dumps({"cik": padded, "name": dict(of[0].parties)[cik], "filings": listed}).encode()

    def _listed(self, where: str) -> list[Held]:
        return [each for each in self.held if self.only_in.get(each.accession, where) == where]

    def _full(self, quarter: str, kind: str, suffix: str) -> bytes | None:
        rows = [each for each in self._listed("full") if each.quarter == quarter]
        if not rows or kind not in INDEXES:
            return None
        index = INDEXES[kind](rows)
        return gzip.compress(index, mtime=0) if suffix == "gz" else index

    def _folder(self, quarter: str) -> bytes | None:
        days = sorted({each.day for each in self._listed("daily") if each.quarter == quarter})
        items = [{"name": f"master.{day}.idx", "type": "file"} for day in days]
        return json.dumps({"directory": {"item": items, "name": quarter}}).encode() if days else None

    def _daily(self, quarter: str, day: str) -> bytes | None:
        rows = [each for each in self._listed("daily") if each.day == day and each.quarter == quarter]
        return master(rows, hyphens=False) if rows else None

    def _bulk(self) -> bytes:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for cik in sorted({cik.zfill(10) for each in self.held for cik, _ in each.parties}):
                content = self._company(cik, None) or b""
                file.writestr(f"CIK{cik}.json", content)
                for page in json.loads(content)["filings"]["files"]:
                    file.writestr(page["name"], self._company(cik, page["name"][-8:-5]) or b"")
            file.writestr("placeholder.txt", "not a list")
        return archive.getvalue()

    def _feed(self, day: str) -> bytes | None:
        rows = [each for each in self.held if each.day == day]
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w:gz") as file:
            for each in rows:
                member = tarfile.TarInfo(f"{each.accession}.nc")
                member.size = len(each.content)
                file.addfile(member, io.BytesIO(each.content))
        return archive.getvalue() if rows else None

    def _names(self) -> bytes | None:
        return "".join(f"{name}:{cik:0>10}:\n" for name, cik in self.names).encode("latin-1") or None

    def _tickers(self, kind: str | None) -> bytes:
        rows: list[Any]
        match kind:
            case "_exchange":
                rows = [[int(cik), name, ticker, "NYSE"] for ticker, (cik, name) in self.tickers.items()]
                return json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": rows}).encode()
            case "_mf":
                rows = [[int(cik), "S000000001", "C000000001", symbol] for symbol, cik in self.funds.items()]
                return json.dumps({"fields": ["cik", "seriesId", "classId", "symbol"], "data": rows}).encode()
            case _:
                rows = [
                    {"cik_str": int(cik), "ticker": key, "title": name} for key, (cik, name) in self.tickers.items()
                ]
                return json.dumps(dict(enumerate(rows))).encode()

    def _atom(self, start: int, count: int) -> bytes:
        entries = [(each, cik, name) for each in sorted(self.held, key=newest) for cik, name in each.parties]
        return atom(entries[start : start + count])

    def _search(self, accession: str) -> bytes:
        found = [each for each in self.held if each.accession == accession]
        sources = [{"adsh": each.accession, "ciks": [cik.zfill(10) for cik, _ in each.parties]} for each in found]
        return json.dumps({"hits": {"hits": [{"_source": source} for source in sources]}}).encode()


def newest(held: Held) -> tuple[int, str]:
    return -int(held.day), held.accession


def columns(rows: list[Held]) -> dict[str, list[Any]]:
    return {
        "accessionNumber": [each.accession for each in rows],
        "filingDate": [each.filed for each in rows],
        "form": [each.form for each in rows],
        "size": [len(each.content) for each in rows],
    }


PREAMBLE = "Description:           Index of EDGAR Dissemination Feed\nLast Data Received:    June 3, 2024\n \n \n"


def lines_of(rows: Iterable[Held]) -> Iterator[tuple[str, str, str, str, str]]:
    for each in rows:
        for cik, name in each.parties:
            yield cik, name, each.form, each.filed, f"edgar/data/{cik}/{each.accession}.txt"


def master(rows: Iterable[Held], *, hyphens: bool = True) -> bytes:
    """A master index, with its days as a quarter's or a day's has them."""
    said = [f"{PREAMBLE}CIK|Company Name|Form Type|Date Filed|Filename\n{'-' * 80}\n"]
    for cik, name, form, filed, path in lines_of(rows):
        said.append(f"{cik}|{name}|{form}|{filed if hyphens else filed.replace('-', '')}|{path}\n")
    return "".join(said).encode("latin-1", "replace")


def form_index(rows: Iterable[Held]) -> bytes:
    said = [f"{PREAMBLE}{'Form Type':<12}{'Company Name':<62}{'CIK':<12}{'Date Filed':<12}File Name\n{'-' * 140}\n"]
    for cik, name, form, filed, path in lines_of(rows):
        said.append(f"{form:<12}{name:<62}{cik:<12}{filed:<12}{path}         \n")
    return "".join(said).encode("latin-1", "replace")


def company_index(rows: Iterable[Held]) -> bytes:
    said = [f"{PREAMBLE}{'Company Name':<62}{'Form Type':<12}{'CIK':<12}{'Date Filed':<12}File Name\n{'-' * 140}\n"]
    for cik, name, form, filed, path in lines_of(rows):
        said.append(f"{name:<62}{form:<12}{cik:<12}{filed:<12}{path}         \n")
    return "".join(said).encode("latin-1", "replace")


INDEXES: dict[str, Callable[[Iterable[Held]], bytes]] = {
    "master": master,
    "form": form_index,
    "company": company_index,
}


def atom(entries: Iterable[tuple[Held, str, str]]) -> bytes:
    said = ['<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n']
    for each, cik, name in entries:
        folder = f"https://www.sec.gov/Archives/edgar/data/{cik}/{each.accession.replace('-', '')}"
        said.append(
            f"<entry>\n<title>{each.form} - {name.replace('&', '&amp;')} ({cik:0>10}) (Filer)</title>\n"
            f'<link rel="alternate" type="text/html" href="{folder}/{each.accession}-index.htm"/>\n'
            f'<summary type="html">\n &lt;b&gt;Filed:&lt;/b&gt; {each.filed} &lt;b&gt;AccNo:&lt;/b&gt; '
            f"{each.accession} &lt;b&gt;Size:&lt;/b&gt; 5 KB\n</summary>\n"
            f"<id>urn:tag:sec.gov,2008:accession-number={each.accession}</id>\n</entry>\n"
        )
    return "".join([*said, "</feed>\n"]).encode("latin-1", "xmlcharrefreplace")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    edgar: Edgar

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.edgar.asked.append(Asked(time.monotonic_ns(), self.command, self.path, dict(self.headers)))
        self.edgar.before(self.path)
        manners = self.edgar.manners(self.path)
        if manners is None or manners.name == "good":
            self._good()
        else:
            getattr(self, "_" + manners.name.lstrip("*").replace("-", "_"))(manners)

    def _body(self) -> bytes | None:
        parts = urlsplit(self.path)
        return self.edgar.content(parts.path, parse_qs(parts.query))

    def _good(self) -> None:
        body = self._body()
        if body is None:
            self._send(404, b"<html><body>404 Not Found</body></html>")
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"", ETag=tag)
        elif "gzip" in self.headers.get("Accept-Encoding", "") and not self.path.endswith((".gz", ".zip")):
            self._send(200, gzip.compress(body, mtime=0), ETag=tag, Content_Encoding="gzip")
        else:
            self._send(200, body, ETag=tag)

    def _send(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    # Ill manners

    def _block(self, manners: Manners) -> None:
        self._send(403, BLOCK_PAGE)

    def _block_with_200(self, manners: Manners) -> None:
        self._send(200, RATE_PAGE)

    def _page_with_200(self, manners: Manners) -> None:
        self._send(200, b"<!DOCTYPE html><html><body>Down for maintenance</body></html>")

    def _no_such_key(self, manners: Manners) -> None:
        self._send(200, NO_SUCH_KEY)

    def _denied(self, manners: Manners) -> None:
        self._send(403, ACCESS_DENIED)

    def _too_many(self, manners: Manners) -> None:
        self._send(429, b"slow down", **({"Retry_After": manners.after} if manners.after else {}))

    def _unavailable(self, manners: Manners) -> None:
        self._send(503, b"busy", **({"Retry_After": manners.after} if manners.after else {}))

    def _empty(self, manners: Manners) -> None:
        self._send(200, b"")

    def _cut(self, manners: Manners) -> None:
        """As long as announced, and not all: only what is in it shows that the end is missing."""
        body = self._body() or b""
        self._send(200, body[: len(body) // 2])

    def _short(self, manners: Manners) -> None:
        """Fewer bytes than announced."""
        body = self._body() or b""
        self._send(200, body[: len(body) // 2], length=len(body))
        self.close_connection = True

    def _long(self, manners: Manners) -> None:
        """More bytes than announced."""
        body = self._body() or b""
        self._send(200, body, length=len(body) // 2)
        self.close_connection = True

    def _bad_gzip(self, manners: Manners) -> None:
        packed = bytearray(gzip.compress(self._body() or b"", mtime=0))
        packed[len(packed) // 2] ^= 0xFF
        self._send(200, bytes(packed), Content_Encoding="gzip")

    def _cut_gzip(self, manners: Manners) -> None:
        packed = gzip.compress(self._body() or b"", mtime=0)
        self._send(200, packed[: len(packed) // 2], Content_Encoding="gzip")

    def _slow(self, manners: Manners) -> None:
        """A byte now and then, until the other side has enough."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<")
                time.sleep(manners.seconds)
        except OSError:
            self.close_connection = True

    def _silent(self, manners: Manners) -> None:
        """Nothing at all."""
        time.sleep(manners.seconds)
        self.close_connection = True

    def _reset(self, manners: Manners) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.connection.close()

    def _moved(self, manners: Manners) -> None:
        self._send(302, b"", Location=manners.target)

    def _round(self, manners: Manners) -> None:
        self._send(302, b"", Location=self.path)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up is no error here."""


@contextmanager
def serving(edgar: Edgar) -> Iterator[Edgar]:
    """The server, on a free port of this machine."""
    server = Server(("127.0.0.1", 0), type("OneHandler", (Handler,), {"edgar": edgar}))
    edgar.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield edgar
    finally:
        server.shutdown()
        server.server_close()


def held_in(paths: Iterable[Path]) -> list[Held]:
    """The submissions in files that are whole and say what an index has to: number, form, day, parties."""
    found: dict[str, Held] = {}
    for path in paths:
        content = path.read_bytes()
        try:
            check_whole(content[:SNIFFED_BYTES], content[-256:])
        except NotWholeError:
            continue
        header = parse_submission(content, name=path.name).header
        parties = tuple({party.cik.lstrip("0"): party.name for party in header.parties if party.cik}.items())
        if header.accession_number and header.form and header.filed and parties:
            held = Held(header.accession_number, header.form, header.filed.isoformat(), parties, content)
            found.setdefault(held.accession, held)
    return list(found.values())


def made_up(number: int, *, cik: int = 9000001, form: str = "8-K", filed: str = "2024-05-07", text: str = "") -> Held:
    """A small submission."""
    accession, day = f"{cik:010}-{filed[2:4]}-{number:06}", filed.replace("-", "")
    name = f"MADE UP {cik} INC"
    content = (
        f"<SEC-DOCUMENT>{accession}.txt : {day}\n<SEC-HEADER>{accession}.hdr.sgml : {day}\n"
        f"ACCESSION NUMBER:\t\t{accession}\nCONFORMED SUBMISSION TYPE:\t{form}\nFILED AS OF DATE:\t\t{day}\n\n"
        f"FILER:\n\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\t{name}\n\t\tCENTRAL INDEX KEY:\t\t\t{cik:010}\n"
        f"</SEC-HEADER>\n<DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<FILENAME>a.txt\n<TEXT>\n"
        f"{text or 'Words of ' + accession}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
    return Held(accession, form, filed, ((str(cik), name),), content.encode())
