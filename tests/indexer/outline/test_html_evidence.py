"""What HTML adds: bold headings weigh more, links of the contents are held against what was taken."""

from indexer.edgar.headings import Numbering, headings
from indexer.extract.html import html_text
from indexer.outline.html_evidence import read_markup as evidence
from tests.indexer.outline.reports import ANNUAL, assert_complete, body, markup, read, read_markup


def usual(item: str, title: str) -> str:
    return f"Item {item}. {title}"


def contents(**elsewhere: str) -> str:
    """A table of contents whose links lead to the items, or where it is said."""
    rows = (
        f'<p><a href="#{elsewhere.get(f"item{item}", f"i{item}")}">Item {item}.</a> {title} 7</p>'
        for item, title in ANNUAL.items()
    )
    return "".join(rows)


def numbering() -> Numbering:
    asked = headings("10-K")
    assert asked is not None
    return Numbering.of(asked)


def test_links_lead_to_the_headings_and_agree() -> None:
    found, text = read_markup(markup(usual, contents(), links=True))
    assert_complete(found, text)
    assert found.disputed == ()
    assert min(section.certainty for section in found.sections) >= 0.9


def test_a_link_that_leads_elsewhere_is_a_dispute_of_both_places() -> None:
    found, text = read_markup(markup(usual, contents(item7="i1"), links=True))
    assert_complete(found, text)
    [(name, here, there)] = found.disputed
    assert name == "7"
    assert text[here:].startswith("Item 7.")
    assert text[there:].startswith("Item 1.")
    certainty = {section.name: section.certainty for section in found.sections}
    assert certainty["7"] < certainty["8"]


def test_a_link_finds_a_heading_that_does_not_say_item() -> None:
    found, text = read_markup(
        markup(lambda item, title: title if item == "7" else usual(item, title), contents(), links=True)
    )
    assert_complete(found, text)
    assert found.unlocated == ()


def test_bold_tells_a_heading_from_a_line_of_text() -> None:
    said = (
        "<p>Item 7. Management's Discussion and Analysis of Financial Condition</p><p>is read with the statements.</p>"
        * 3
    )
    source = markup(usual).replace("<p><b>Item 5", f"{said}<p><b>Item 5")
    found, text = read_markup(source)
    seventh = next(section for section in found.sections if section.name == "7")
    assert "Walnut7 " in text[seventh.start : seventh.end]


def test_styles_that_are_known_and_those_that_are_not() -> None:
    styles = {
        "<p><b>Item 1. Business</b></p>": True,
        "<p><b><font size=2>ITEM 1.</font> Business</b></p>": True,
        '<p><span style="font-weight:bold">Item 1.</span> Business</p>': True,
        '<p style="text-decoration: underline">&nbsp;Item 1. Business</p>': True,
        "<h2>Item 1. Business</h2>": True,
        "<p><b>Note</b> Item 1. Business</p>": False,
        "<p>Item 1. Business</p>": False,
    }
    for source, expected in styles.items():
        text = html_text(source).text
        at = text.lower().index("item")
        assert evidence(source, text, numbering(), {at}).set_off == {at: expected}, source


def test_words_within_tags_and_hidden_ones_are_not_taken_for_headings() -> None:
    source = '<!-- Item 1 --><p title="Item 2"><b>Item 3. Legal Proceedings</b></p>'
    text = html_text(source).text
    assert evidence(source, text, numbering(), {0}).set_off == {0: True}


def test_what_is_missing_is_named_with_what_it_is_about() -> None:
    text = "\n\n".join(
        f"Item {item}. {title}\n\n{body(item)}" for item, title in ANNUAL.items() if item not in ("7", "10")
    )
    found = read(text)
    assert found.unlocated == ("7", "10")
    assert found.unlocated_subjects == ("mdna", "directors-and-officers")


def test_what_the_contents_list_is_looked_for() -> None:
    rows = "\n".join(f"Item {item}. {title}      {page}" for page, (item, title) in enumerate(ANNUAL.items(), 3))
    text = (
        rows
        + "\n\n"
        + "\n\n".join(f"Item {item}. {title}\n\n{body(item)}" for item, title in ANNUAL.items() if item != "9B")
    )
    assert read(text).unlocated == ("9B",)
    assert read(text, "10-K/A").unlocated == ("9B",)


def test_a_title_in_its_place_is_found_by_what_it_is_about() -> None:
    parts = [
        ("MANAGEMENT'S DISCUSSION AND ANALYSIS" if item == "7" else f"Item {item}. {title}", item)
        for item, title in ANNUAL.items()
    ]
    text = "\n\n".join(f"{heading}\n\n{body(item)}" for heading, item in parts)
    found = read(text)
    assert found.unlocated == ("7",)
    titled = next(section for section in found.sections if section.name == "mdna")
    assert "Walnut7 " in text[titled.start : titled.end]
    assert titled.certainty < 0.7


def test_a_contents_table_in_place_of_the_headings_is_never_taken_for_them() -> None:
    rows = "\n".join(f"Item {item}. {title}      {page}" for page, (item, title) in enumerate(ANNUAL.items(), 3))
    found = read(f"{rows}\n\n{body('1') * 9}")
    assert found.sections == ()
    assert set(found.unlocated) >= {"1", "7", "8"}


def test_a_name_is_no_value_of_another_attribute() -> None:
    """The name `3` of an anchor, and `colspan="3"` before it."""
    source = markup(usual, '<table><tr><td colspan="3">Part I</td></tr></table>' + contents(item3="3"), links=True)
    found, text = read_markup(source.replace('id="i3"', 'name="3"'))
    assert_complete(found, text)
    assert found.disputed == ()


def test_a_link_is_not_followed_into_its_own_table() -> None:
    """In headings whose word is split by markup, or in lower case, its words are found there first."""
    for source in (
        markup(usual, contents(), links=True, style="<b><font>I</font>{}</b>").replace("</font>Item", "</font>tem"),
        markup(lambda item, title: f"item {item}. {title}", contents().replace("Item", "item"), links=True),
        markup(lambda item, title: f"Item {item}.</b><b>{title}", contents(), links=True).replace(
            "&lt;/b&gt;&lt;b&gt;", "</b><b>"
        ),
    ):
        found, text = read_markup(source)
        assert_complete(found, text)
        assert found.disputed == ()
