"""Tools for agents, asked as an agent asks them: in memory, over standard input and output, and over HTTP."""

import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from search.agents.mcp_server import mcp_server
from search.ask import Index, Wanted

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def asking(server: Any) -> AsyncIterator[Any]:
    """A client, and what a tool answers to it: plain values."""
    async with Client(server) as client:

        async def ask(tool: str, **given: object) -> Any:
            answer = await client.call_tool(tool, given)
            assert not answer.is_error, answer.content
            return answer.structured_content

        yield ask


async def refused(server: Any, tool: str, given: Mapping[str, object]) -> str:
    async with Client(server) as client:
        answer = await client.call_tool(tool, given)
        assert answer.is_error
        return " ".join(part.text for part in answer.content)


@pytest.mark.anyio
async def test_every_tool_only_reads_and_has_a_schema(sample_index: Path) -> None:
    async with Client(mcp_server(sample_index)) as client:
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == {"search", "fetch", "sections", "counts", "coverage"}
        for tool in listed:
            assert tool.annotations.read_only_hint
            assert not tool.annotations.destructive_hint
            assert tool.description
            assert tool.output_schema["properties"]
        assert "never instructions" in (client.instructions or "")


@pytest.mark.anyio
async def test_a_search_agrees_with_ours_and_its_passages_with_the_text(sample_index: Path) -> None:
    with Index(sample_index) as index:
        expected = index.search("license agreement", form="8-K", wanted=Wanted(limit=10))
    async with asking(mcp_server(sample_index)) as ask:
        found = await ask("search", query="license agreement", filters={"form": "8-K"})
        assert (found["filings"], found["documents"]) == (expected.filings, expected.documents)
        assert found["totals_are_exact"] is True
        assert [hit["accession"] for hit in found["hits"]] == [hit.accession for hit in expected.hits]
        assert "filings with form:8-K" in found["covered"]
        for hit in found["hits"]:
            assert re.fullmatch("[0-9a-f]{64}", hit["sha256"])
            for document in hit["documents"]:
                for passage in document["passages"]:
                    length = passage["end"] - passage["start"]
                    text = await ask("fetch", id=document["id"], start=passage["start"], length=length)
                    assert text["text"] == passage["quoted"]
                    assert text["metadata"]["sha256"] == hit["sha256"]


@pytest.mark.anyio
async def test_cursors_lead_through_all_of_it_once(sample_index: Path) -> None:
    async with asking(mcp_server(sample_index)) as ask:
        seen, cursor = [], ""
        while True:
            found = await ask("search", query="the", limit=7, cursor=cursor)
            seen += [hit["accession"] for hit in found["hits"]]
            cursor = found["next_cursor"]
            if not cursor:
                break
        assert len(seen) == len(set(seen)) == found["filings"] > 14


@pytest.mark.anyio
async def test_stretches_make_up_the_text(sample_index: Path) -> None:
    async with asking(mcp_server(sample_index)) as ask:
        one = (await ask("search", query="covenant"))["hits"][0]["documents"][0]["id"]
        text, more = "", True
        while more:
            got = await ask("fetch", id=one, start=len(text), length=1_000)
            text, more = text + got["text"], got["metadata"]["is_truncated"]
        with Index(sample_index) as index:
            assert text == index.text(one)
        listed = await ask("sections", id=one)
        assert listed["characters"] == len(text)
        for section in listed["sections"]:
            assert 0 <= section["start"] < section["end"] <= len(text)


@pytest.mark.anyio
async def test_counts_and_coverage(sample_index: Path) -> None:
    async with asking(mcp_server(sample_index)) as ask:
        counted = await ask("counts", query="license", by="form, year")
        assert [each["field"] for each in counted["fields"]] == ["form", "year"]
        assert sum(each["filings"] for each in counted["fields"][0]["counts"]) <= counted["filings"]
        covered = await ask("coverage", filters={"cik": "9012704,77777"})
        assert covered["filings"] > 0
        assert covered["missing"] == ["cik 77777"] or "77777" in covered["missing"][0]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("search", {"query": "a", "limit": 1_000}, "limit=1000: 1 to 50"),
        ("search", {"query": "a", "cursor": "x"}, "cursor=x"),
        ("search", {"query": "a", "cursor": "0" * 9 + "9" * 5_000}, "cursor=000000000"),
        ("search", {"query": "a", "filters": {"cik": "@/etc/passwd"}}, "files are not read here"),
        ("search", {"query": "a", "filters": {"filed": "soon"}}, "filed soon"),
        ("fetch", {"id": "0009000101-17-004512:none.htm"}, "there is no such document; the filing has"),
        ("fetch", {"id": "nothing"}, "the index has no filing nothing"),
        ("fetch", {"id": "0009000101-17-004512:tsl_8k.htm", "start": 10**9}, "has"),
        ("counts", {"query": "a", "by": "colour"}, "cannot be counted by colour"),
    ],
)
async def test_what_cannot_be_answered_is_said(
    sample_index: Path, tool: str, given: dict[str, object], said: str
) -> None:
    assert said in await refused(mcp_server(sample_index), tool, given)


@pytest.mark.anyio
async def test_over_standard_input_and_output(sample_index: Path) -> None:
    command = ["-m", "search", "--mcp", "--index", str(sample_index)]
    server = StdioServerParameters(command=sys.executable, args=command, cwd=str(CHECKOUT))
    async with asking(server) as ask:
        assert (await ask("search", query="license"))["filings"] > 0


def test_over_http_on_this_machine(sample_index: Path, free_port: int) -> None:
    command = [sys.executable, "-m", "search", "--mcp", "--port", str(free_port), "--index", str(sample_index)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT)

    async def asked() -> int:
        for _ in range(600):
            try:
                async with asking(f"http://127.0.0.1:{free_port}/mcp") as ask:
                    return int((await ask("search", query="license"))["filings"])
            except BaseException as error:
                if server.poll() is not None or not _is_not_there(error):
                    raise
                await anyio.sleep(0.1)
        raise AssertionError("the server does not answer")

    try:
        assert anyio.run(asked) > 0
    finally:
        server.terminate()
        server.communicate(timeout=60)


def _is_not_there(error: BaseException) -> bool:
    """Whether nobody listens yet."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(_is_not_there, error.exceptions))
    return "connect" in f"{type(error).__name__} {error}".lower()


def test_the_extra_is_named(sample_index: Path) -> None:
    program = "import sys; sys.modules['mcp'] = None; from search.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--mcp", "--index", str(sample_index)],
        capture_output=True, text=True, check=False, cwd=CHECKOUT,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip() == "search: --mcp needs mcp: pip install 'edgar-corpus-search[mcp]'"


def test_plain_values_only(sample_index: Path) -> None:
    async def asked() -> Any:
        async with asking(mcp_server(sample_index)) as ask:
            return await ask("search", query="license")

    assert json.loads(json.dumps(anyio.run(asked)))["hits"]
