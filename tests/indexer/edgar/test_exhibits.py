"""Documents that read alike in every filing weigh less."""

import pytest

from indexer.edgar.exhibits import ROUTINE, ROUTINE_WEIGHT, weight


@pytest.mark.parametrize("kind", [*ROUTINE, "EX-31.01", "ex-32.1", "EX-23.A", "EX-24(A)", "EX-27.1", "EX-99.CERT"])
def test_routine_documents_weigh_less(kind: str) -> None:
    assert weight(kind) == ROUTINE_WEIGHT < 1


@pytest.mark.parametrize("kind", ["", "10-K", "EX-99.1", "EX-3.1", "EX-2", "EX-310", "EX-3", "EX-101.INS", "CERTS"])
def test_others_do_not(kind: str) -> None:
    assert weight(kind) == 1
