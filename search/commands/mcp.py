"""Tools for agents: `search --mcp`, on standard input and output, or with `--port` over HTTP on this machine."""

from indexer.errors import MissingExtraError
from search.commands.destination import say
from search.commands.request import FOUND, Request

# What only this needs is imported when it is asked for.
# ruff: noqa: PLC0415


def serve_tools(request: Request) -> int:
    """Serve the tools until the other side ends, or until interrupted."""
    try:
        from search.agents.mcp_server import mcp_server, run_http, run_stdio
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in {"search", "indexer"}:
            raise
        raise MissingExtraError(f"--mcp needs {missing}: pip install 'edgar-corpus-search[mcp]'") from error
    server = mcp_server(request.folder)
    if request.typed.port is None:
        run_stdio(server)
    else:
        say(f"{request.folder} is served to agents at http://127.0.0.1:{request.typed.port}/mcp (^C ends it)")
        run_http(server, request.typed.port)
    return FOUND
