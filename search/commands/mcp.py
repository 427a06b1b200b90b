"""Tools for agents: `search --mcp`, on standard input and output, or with `--port` over HTTP on this machine."""

from indexer.errors import importing
from search.commands.destination import say
from search.commands.request import FOUND, Request

# What only this needs is imported when it is asked for.
# ruff: noqa: PLC0415


def serve_tools(request: Request) -> int:
    """Serve the tools until the other side ends, or until interrupted."""
    with importing("mcp", purpose="--mcp needs"):
        from search.agents.mcp_server import mcp_server, run_http, run_stdio
    server = mcp_server(request.folder)
    if request.typed.port is None:
        run_stdio(server)
    else:
        say(f"{request.folder} is served to agents at http://127.0.0.1:{request.typed.port}/mcp (^C ends it)")
        run_http(server, request.typed.port)
    return FOUND
