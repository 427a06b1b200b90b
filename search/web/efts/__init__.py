"""EDGAR full-text search's own interface, `/LATEST/search-index`, over the index at hand, for programs written for it.

`asked` reads the parameters, `answered` writes the body, `entities` names the parties as that service does, and
`search_index` has the route. Where it differs from the service: docs/efts-compatibility.md.
"""
