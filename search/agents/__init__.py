"""Tools for agents, by the Model Context Protocol: `search --mcp`. All of them only read.

`tool_answers` says what comes back, `tools` makes it of an index, and `mcp_server` hands it out.
"""
