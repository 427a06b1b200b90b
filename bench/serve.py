"""What the page costs: processor time of a search page, requests a second, how soon a commit is seen, how soon it ends.

    python bench/serve.py [--documents 10000] [--folder DIR] [--output FILE]

The server runs as a user starts it, with two workers; the load runs beside it, in the same cores. With Chromium and
playwright there (`make page-test` installs them) the first screen of a document of 4 MB with 5,000 hits is timed, too.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from measuring import machine, said, spread
from submissions import submissions

from corpus import COMMON
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings

WORKERS = 2
CONNECTIONS = 4
SECONDS = 15
LONG = "/doc/0009077777-24-000001/1?q=thistledown"
TICKS = os.sysconf("SC_CLK_TCK")
SEARCH_PAGES = ("a page that was shown before", "a new question")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        index = built(folder, asked.documents)
        page = "\n".join(report(measured(folder, index), asked.documents)) + "\n"
    if asked.output:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        asked.output.write_text(page)
    else:
        print(page, end="")


def built(folder: Path, documents: int) -> Path:
    """Build an index of made-up submissions and one long document, unless there is one."""
    index, corpus = folder / "index", folder / "corpus"
    if not index.exists():
        said(f"making {documents:,} documents")
        corpus.mkdir(parents=True, exist_ok=True)
        for name, content in submissions(documents):
            (corpus / name).write_bytes(content)
        (corpus / "long.txt").write_text(_submission("0009077777-24-000001", _long()))
        said("building")
        build(corpus, index)
    return index


def build(corpus: Path, index: Path) -> None:
    with closing(Build([corpus], Settings(index), Options(processes=1))) as making:
        making.run(lambda _submissions, _bytes: None)


def _long() -> str:
    """About 4 MB, in paragraphs, with 5,000 times the word that is asked for."""
    draw = random.Random(4)
    paragraphs = []
    for _ in range(5_000):
        words = draw.choices(COMMON, k=118)
        words[draw.randrange(118)] = "thistledown"
        paragraphs.append(f"<p>{' '.join(words)}.</p>\n")
    return f"<html><body>{''.join(paragraphs)}</body></html>"


def _submission(accession: str, text: str) -> str:
    return (
        f"<SEC-DOCUMENT>{accession}.txt : 20240105\n<SEC-HEADER>{accession}.hdr.sgml : 20240105\n"
        f"ACCESSION NUMBER:\t\t{accession}\nCONFORMED SUBMISSION TYPE:\t8-K\n"
        "FILED AS OF DATE:\t\t20240105\n</SEC-HEADER>\n"
        f"<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


# The server


@contextmanager
def served(index: Path, *, workers: int = WORKERS) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the server; gives its process and its port."""
    command = [
        sys.executable,
        "-m",
        "search",
        "--serve",
        "--port",
        "0",
        "--workers",
        str(workers),
        "--index",
        str(index),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            yield process, int(re.findall(r":(\d+)/", process.stderr.readline())[0])
        finally:
            process.terminate()


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {content[:200]!r}")
    return content


def processor(parent: int) -> float:
    """Milliseconds of the processor that a process and its children have taken."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in (parent, *children)]
    return 1000 * sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def queries(count: int, *, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [f"/search?q={quote_plus(' '.join(draw.sample(COMMON[40:], 2)))}" for _ in range(count)]


# What is measured


def measured(folder: Path, index: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"machine": machine()}
    with served(index, workers=1) as (process, port):
        found["page"] = costs(process, port)
    with served(index) as (process, port):
        found["load"] = load(process, port)
        found["commit"] = commit_seen(folder, index, port)
    found["ends"] = [ends(index, how) for how in (signal.SIGINT, signal.SIGTERM)]
    with served(index) as (_, port):
        found["long"] = first_screen(port)
    return found


def costs(process: subprocess.Popen[str], port: int) -> dict[str, float]:
    """Processor time of a page: asked again, and of questions that nobody asked before."""
    said("processor time of a page")
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in queries(40, seed=1):
        get(connection, path)
    return {
        "a page that was shown before": _cost(process, connection, queries(40, seed=1) * 20),
        "a new question": _cost(process, connection, queries(300, seed=2)),
        "a new question, as JSON": _cost(
            process, connection, [each.replace("/search?", "/api/search?") for each in queries(300, seed=3)]
        ),
        "a new question of 100 hits to EDGAR's interface": _cost(
            process, connection, [_of_edgar(each) for each in queries(300, seed=4)]
        ),
        "its answer again": _cost(process, connection, [_of_edgar(each) for each in queries(300, seed=4)]),
        "a document of 4.4 MB with 5,000 hits": _cost(process, connection, [LONG] * 20),
    }


def _of_edgar(path: str) -> str:
    return path.replace("/search?", "/LATEST/search-index?")


def _cost(process: subprocess.Popen[str], connection: http.client.HTTPConnection, paths: list[str]) -> float:
    before = processor(process.pid)
    for path in paths:
        get(connection, path)
    return (processor(process.pid) - before) / len(paths)


def load(process: subprocess.Popen[str], port: int) -> dict[str, Any]:
    """Requests over several connections, of 50 pages that are asked again and again: what they cost, load included."""
    said("load")
    paths = queries(50, seed=5)
    for path in paths * 8:  # until each worker has seen every page
        connection = http.client.HTTPConnection("127.0.0.1", port)
        get(connection, path)
        connection.close()
    server, client = processor(process.pid), time.process_time()
    times = sorted(_together(port, lambda draw: paths[draw.randrange(len(paths))], seconds=SECONDS))
    cost = processor(process.pid) - server + 1000 * (time.process_time() - client)
    return {
        "a second": len(times) / SECONDS,
        "cost": cost / len(times),
        "p50": times[len(times) // 2],
        "p95": times[len(times) * 95 // 100],
    }


def _together(port: int, path: Callable[[random.Random], str], *, seconds: float) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + seconds

    def ask(seed: int) -> None:
        draw, connection = random.Random(seed), http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            began = time.monotonic()
            get(connection, path(draw))
            times.append(1000 * (time.monotonic() - began))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(CONNECTIONS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return times


def commit_seen(folder: Path, index: Path, port: int) -> float:
    """Seconds after a commit until every worker answers from it."""
    said("a commit")
    number = len(list((folder / "corpus").iterdir()))
    accession = f"0009088888-24-{number:06}"
    (folder / "corpus" / f"{accession}.txt").write_text(_submission(accession, f"A word of its own: quillon{number}."))
    build(folder / "corpus", index)
    began, seen = time.monotonic(), 0
    while seen < 20:  # connections go to either worker
        connection = http.client.HTTPConnection("127.0.0.1", port)
        there = json.loads(get(connection, f"/api/search?q=quillon{number}"))["filings"] == 1
        seen = seen + 1 if there else 0
        connection.close()
    return time.monotonic() - began


def ends(index: Path, how: signal.Signals) -> dict[str, Any]:
    """Seconds that a server with an answer under way takes to end."""
    with served(index) as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        get(connection, "/search?q=company")
        connection.request("GET", LONG)  # of which no more is read than fits where it waits
        began = time.monotonic()
        process.send_signal(how)
        code = process.wait(60)
        return {"signal": how.name, "seconds": time.monotonic() - began, "code": code}


def first_screen(port: int) -> dict[str, Any] | None:
    """Milliseconds until Chromium has painted the long document, and until it has stepped to a hit far down."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if not chromium:
        return None
    said("a long document in Chromium")
    flags = ["--headless", "--no-sandbox", "--disable-gpu"]
    with (
        sync_playwright() as started,
        closing(started.chromium.launch(executable_path=chromium, args=flags)) as browser,
    ):
        runs = [_painted(browser, port) for _ in range(7)]
    return {
        "painted": spread([each[0] for each in runs]),
        "hits": runs[0][1],
        "step": spread([each[2] for each in runs]),
        "busy": spread([each[3] for each in runs]),
        "size": len(get(http.client.HTTPConnection("127.0.0.1", port), LONG)),
    }


def _painted(browser: Any, port: int) -> tuple[float, int, float, float]:
    """Open the document: until it was painted, its hits, a step, the processor until then (ms)."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"http://127.0.0.1:{port}{LONG}")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    spent = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    hits = page.evaluate("steps.length")
    step = page.evaluate("(() => { const t = performance.now(); show(steps[4000]); return performance.now() - t; })()")
    page.close()
    return painted, hits, step, 1000 * spent["TaskDuration"]


# As a page


def report(found: dict[str, Any], documents: int) -> Iterator[str]:
    load, long = found["load"], found["long"]
    yield "# What the page costs"
    yield ""
    yield f"`python bench/serve.py --documents {documents}`: {documents:,} made-up documents and one of 4 MB; the load"
    yield "runs in the same two cores. Processor time is what the server took, of `/proc`; the rest is by the clock, on"
    yield "a machine with this load:"
    yield ""
    yield f"```json\n{json.dumps(found['machine'], indent=1)}\n```"
    yield ""
    yield "| | measured | promised |"
    yield "|---|---|---|"
    for name, cost in found["page"].items():
        yield f"| processor time of {name} | {cost:.1f} ms | {'at most 8 ms' if name in SEARCH_PAGES else ''} |"
    many = f"{WORKERS} workers, {CONNECTIONS} connections, 50 pages in turn"
    yield f"| processor time of a request and of asking it: {many} | {load['cost']:.1f} ms | at most 13.3 ms |"
    yield f"| which two idle cores would do | {2000 / load['cost']:.0f} times a second | 150 |"
    yield f"| by the clock, beside what else ran | {load['a second']:.0f} a second | |"
    yield f"| of these the slowest of twenty | {load['p95']:.0f} ms (half: {load['p50']:.0f} ms) | at most 100 ms |"
    yield f"| a commit is seen by every worker after | {found['commit']:.2f} s | 1 s |"
    for each in found["ends"]:
        after = f"{each['seconds']:.2f} s (code {each['code']})"
        yield f"| {each['signal']} with an answer under way: ended after | {after} | 2 s |"
    if long:
        painted, step = long["painted"], long["step"]
        yield (
            f"| first screen of a document of {long['size'] / 1e6:.1f} MB with {long['hits']:,} hits in Chromium"
            f" | {painted['median']:.0f} ms ({painted['low']:.0f} to {painted['high']:.0f}) | 300 ms |"
        )
        busy = long["busy"]
        yield (
            "| processor time of the page in Chromium until all of it is there"
            f" | {busy['median']:.0f} ms ({busy['low']:.0f} to {busy['high']:.0f}) | |"
        )
        yield f"| from there to the 4,001st hit | {step['median']:.0f} ms | |"


if __name__ == "__main__":
    main()
