"""Results as JSON."""

import json

from search.output.json import as_json, as_json_lines, dumped, separated, streamed
from search.results import DocumentHit, Hit, Results, Snippet

SNIPPET = Snippet("a:x", 4, 12, "[\n 1,\n 2\n] \x9b2J\u202e", ((5, 11), (12, 13)))
HITS = tuple(
    Hit(n, f"a{n}", "8-K", None, None, ("7.01",), (), 1.0, 1, (DocumentHit("a:x", "8-K", 1, "x", "", 1.0, (SNIPPET,)),))
    for n in (1, 2)
)
RESULTS = Results("q", 2, 2, HITS)


def test_it_is_json_whatever_the_number_of_hits() -> None:
    for hits in ((), HITS[:1], HITS):
        found = json.loads("\n".join(streamed(RESULTS, hits)))
        assert [hit["rank"] for hit in found["hits"]] == [hit.rank for hit in hits]
        assert next(iter(found)) == "version"
        assert list(found)[-1] == "hits"


def test_texts_are_as_they_stand() -> None:
    found = json.loads(as_json(RESULTS))
    snippet = found["hits"][0]["documents"][0]["snippets"][0]
    assert (snippet["text"], snippet["matches"]) == (SNIPPET.text, [[5, 11], [12, 13]])


def test_nothing_in_it_drives_a_terminal() -> None:
    printed = as_json(RESULTS)
    assert "\\u009b" in printed
    assert not {"\x9b", "\u202e"} & set(printed)


def test_hits_are_taken_one_by_one() -> None:
    taken = list[int]()

    def hits():  # type: ignore[no-untyped-def]
        for hit in HITS:
            taken.append(hit.rank)
            yield hit

    lines = as_json_lines(RESULTS, hits())
    assert json.loads(next(lines))["type"] == "results"
    assert taken == []
    assert json.loads(next(lines))["rank"] == 1
    assert taken == [1]


def test_every_line_is_an_object_of_a_type() -> None:
    found = [json.loads(line) for line in as_json_lines(RESULTS, HITS)]
    assert [each["type"] for each in found] == ["results", "hit", "hit"]
    assert "hits" not in found[0]
    assert found[0]["version"] == 1


def test_offsets_stand_on_a_line_and_texts_are_left_alone() -> None:
    value = {"matches": [[1, 2], [3, 4]], "text": "[\n 1,\n 2\n]"}
    printed = dumped(value, indent=2)
    assert "[1, 2]," in printed
    assert json.loads(printed) == value


def test_commas_stand_between() -> None:
    assert list(separated(["a", "b"])) == ["a,", "b"]
    assert list(separated([])) == []
