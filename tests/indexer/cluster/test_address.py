"""Addresses of indices on clusters."""

import pytest

from indexer.cluster.address import parse
from indexer.errors import UnusableIndexError


def test_workers_are_given_epoch_and_builder_with_the_address() -> None:
    given = parse("https://a:9200,b:9200/edgar").given(3, "abc")
    assert str(given).startswith("https:/")
    assert parse(given) == parse("https://a:9200,b:9200/edgar")._replace(epoch=3, builder="abc")
    assert str(parse(given)) == "https://a:9200,b:9200/edgar"


@pytest.mark.parametrize("address", ["https://a:9200", "https://a:9200/", "https://a:9200/EDGAR", "https://a b/x",
                                     "https:///x", "https://a:9200/x/y", "https://a:port/x"])  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UnusableIndexError, match="is no address of an index"):
        parse(address)


def test_an_address_names_nobody() -> None:
    with pytest.raises(UnusableIndexError, match="EDGAR_CLUSTER_USER") as raised:
        parse("https://ada:secret@a:9200/edgar")
    assert "secret" not in str(raised.value)
