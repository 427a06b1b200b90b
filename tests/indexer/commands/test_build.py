"""What a build says of problems."""

from indexer.commands.build import ABOUT
from indexer.errors import ProblemKind


def test_every_kind_of_problem_is_put_into_words() -> None:
    assert ABOUT.keys() == set(ProblemKind)
