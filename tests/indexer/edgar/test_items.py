from datetime import date

import pytest

from indexer.edgar.items import ABS_15G, NEW, OLD, RENUMBERED, Item, item

BEFORE, AFTER = date(2004, 8, 22), RENUMBERED
IN_BOTH = {spelling.lower() for spellings in NEW.values() for spelling in spellings} & {
    spelling.lower() for spellings in OLD.values() for spelling in spellings
}


@pytest.mark.parametrize(("code", "spelling"), [(code, each) for code, spellings in NEW.items() for each in spellings])
def test_new_descriptions_have_their_codes(code: str, spelling: str) -> None:
    assert item(spelling, form="8-K", filed=AFTER) == Item(code, spelling)
    assert item(spelling.upper(), form="8-K/A", filed=None).code == code


@pytest.mark.parametrize(("code", "spelling"), [(code, each) for code, spellings in OLD.items() for each in spellings])
def test_old_descriptions_have_their_codes(code: str, spelling: str) -> None:
    assert item(spelling, form="8-K", filed=BEFORE) == Item(code, spelling)


@pytest.mark.parametrize(
    ("description", "old", "new"),
    [
        ("Other events", "5", "8.01"),
        ("Regulation FD Disclosure", "9", "7.01"),
        ("Bankruptcy or receivership", "3", "1.03"),
        ("Changes in registrant's certifying accountant", "4", "4.01"),
        ("Financial statements and exhibits", "7", "9.01"),
        ("Results of Operations and Financial Condition", "12", "2.02"),
        ("Changes in control of registrant", "1", "5.01"),
    ],
)
def test_the_date_decides_where_both_numberings_say_the_same(description: str, old: str, new: str) -> None:
    assert description.lower() in IN_BOTH
    assert item(description, form="8-K", filed=BEFORE).code == old
    assert item(description, form="8-K", filed=AFTER).code == new


def test_an_old_description_keeps_its_number_after_the_change() -> None:
    # Old numbers go on for months after 2004-08-23.
    assert item("Acquisition or disposition of assets", form="8-K", filed=date(2004, 11, 1)).code == "2"


def test_a_code_is_known_by_its_shape() -> None:
    assert item("5", form="8-K", filed=date(2004, 11, 1)) == Item("5", "Other Events")
    assert item("5.02", form="8-K", filed=date(2004, 11, 1)).title.startswith("Departure of Directors")


def test_an_unknown_description_keeps_its_title() -> None:
    assert item("Sales of rainbows", form="8-K", filed=AFTER) == Item("", "Sales of rainbows")


@pytest.mark.parametrize(("code", "spelling"), [(code, each) for code, said in ABS_15G.items() for each in said])
def test_abs_15g_has_its_own_list(code: str, spelling: str) -> None:
    assert item(spelling, form="ABS-15G/A", filed=AFTER).code == code
    assert item(code, form="ABS-15G", filed=AFTER).title == ABS_15G[code][0]


@pytest.mark.parametrize(
    ("form", "code", "title"),
    [
        ("D", "06b", "Rule 506(b)"),
        ("D/A", "3C", "Investment Company Act Section 3(c)"),
        ("D", "3C.7", "Investment Company Act Section 3(c)(7)"),
        ("D", "4a5", "Securities Act Section 4(a)(5)"),
        ("D", "99", ""),
        ("1-U", "7.01", ""),
        ("SD", "1.01", ""),
    ],
)
def test_codes_of_other_forms_are_kept(form: str, code: str, title: str) -> None:
    assert item(code, form=form, filed=AFTER) == Item(code, title)


def test_spelling_does_not_matter() -> None:
    assert item("REGULATION FD  DISCLOSURE.", form="8-K", filed=AFTER).code == "7.01"
    assert item("Amendment to Registrant’s Code of Ethics, or Waiver of a Provision of the Code of Ethics",
                form="8-K", filed=AFTER).code == "5.05"  # fmt: skip
