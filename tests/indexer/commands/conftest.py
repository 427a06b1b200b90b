"""A server that is EDGAR, for the commands that ask it."""

from tests.indexer.edgar_fixtures import cache, client, edgar, sample, serve

__all__ = ["cache", "client", "edgar", "sample", "serve"]
