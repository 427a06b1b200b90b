"""A server over the sample corpus and a hostile filing, and Chromium to look at it. `make page-test` runs these."""

import re
import shutil
import subprocess
import sys
from binascii import b2a_uu
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from tests.loopback import Answering, serving

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
GIF = bytes.fromhex("47494638396101000100800000ff0000ffffff21f90400000000002c00000000010001000002024401003b")
HOSTILE = """\
<SEC-DOCUMENT>0009055555-24-000001.txt : 20240105
<SEC-HEADER>0009055555-24-000001.hdr.sgml : 20240105
ACCESSION NUMBER:		0009055555-24-000001
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		20240105

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			Thistlemoor <script>alert(0)</script> Corp
		CENTRAL INDEX KEY:			0009055555
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>hostile.htm
<TEXT>
<html><head><meta http-equiv="refresh" content="0;url={elsewhere}/refresh"><base href="{elsewhere}/">
<link rel="stylesheet" href="{elsewhere}/style.css"><script>fetch("{elsewhere}/script")</script></head>
<body onload="fetch('{elsewhere}/onload')"><p>Thistlemoor hostility agreement.</p>
<img id="own" src="logo.gif">
<img src="{elsewhere}/remote.png" onerror="fetch('{elsewhere}/onerror')">
<iframe src="{elsewhere}/frame"></iframe><iframe srcdoc="<script>parent.x=1</script>"></iframe>
<form action="{elsewhere}/form"><input name="a"></form>
<script>document.forms[0].submit();top.location="{elsewhere}/top"</script>
<a href="#below">below</a><p id="below">Below.</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>GRAPHIC
<SEQUENCE>2
<FILENAME>logo.gif
<TEXT>
begin 644 logo.gif
{logo}`
end
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(Answering):
        def answer(self) -> None:
            asked.append(self.path)
            self.say(204)

    with serving(Handler) as url:
        yield url, asked


@pytest.fixture(scope="session")
def page_index(corpus: Path, elsewhere: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus and a hostile filing."""
    folder = tmp_path_factory.mktemp("page")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE.format(elsewhere=elsewhere[0], logo=b2a_uu(GIF).decode()), "utf-8")
    with closing(Build([corpus, hostile], Settings(folder / "index"), Options(processes=1))) as build:
        build.run(lambda _submissions, _bytes: None)
    return folder / "index"


@pytest.fixture(scope="session")
def address(page_index: Path) -> Iterator[str]:
    """The address of a server of its own."""
    command = [sys.executable, "-m", "search", "--serve", "--port", "0", "--index", str(page_index)]
    told = {"XDG_CONFIG_HOME": str(page_index.parent / "configuration"), "PATH": ""}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=told) as process:
        assert process.stderr
        yield re.findall(r"http://\S+?(?=/ )", process.stderr.readline())[0]
        process.terminate()


GUARDED = """
import sys
from pathlib import Path
from search.web.serving import bound, serve
from search.web.web_settings import WebSettings
settings = WebSettings(index=Path(sys.argv[1]), token=sys.argv[2])
taken = bound(settings, 0)
print(f"http://127.0.0.1:{taken.getsockname()[1]}", flush=True)
serve(settings, taken)
"""


@pytest.fixture(scope="session")
def guarded(page_index: Path) -> Iterator[str]:
    """The address of a server over the same index that asks for a token, as at another address than this machine's."""
    command = [sys.executable, "-c", GUARDED, str(page_index), "right"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; skips, and says so, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="make page-test installs playwright")
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM HERE: none of the page's tests in a browser were run (apt-get install chromium)")
    with (
        playwright.sync_playwright() as started,
        closing(started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)) as browser,
    ):
        yield browser


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of its own, whose every fault fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
