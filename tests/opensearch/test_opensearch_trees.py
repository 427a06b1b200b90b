"""The cluster's engine gives the reference's answers to random trees over random texts; few, since each is an index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query.nodes import Query
from tests import test_conformance as conformance
from tests.opensearch import cluster

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    drawn=st.lists(conformance.documents, min_size=3, max_size=8),
    asked=st.lists(conformance.trees, min_size=25, max_size=40),
)
def test_opensearch_agrees_on_random_trees(drawn: list[conformance.Drawn], asked: list[Query]) -> None:
    conformance.assert_agreement_on_trees(cluster.searcher, drawn, asked)
