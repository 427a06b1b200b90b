"""Names for codes: forms, items, states."""

import pytest

from indexer.edgar import form_types, states
from search.terms import item_titles


@pytest.mark.parametrize("form", form_types.KNOWN)
def test_a_family_begins_with_the_form_and_is_lower_case(form: str) -> None:
    family = form_types.family(form)
    assert family[0] == form_types.canonical(form).lower()
    assert len(set(family)) == len(family)
    assert all(member == member.lower() for member in family)


@pytest.mark.parametrize("form", form_types.FAMILIES)
def test_members_of_a_family_are_in_it_with_their_amendments(form: str) -> None:
    family = form_types.family(form)
    for member in form_types.FAMILIES[form]:
        assert {member.lower(), f"{member.lower()}/a"} <= set(family)


@pytest.mark.parametrize("name", [*form_types.CATEGORIES, *form_types.CATEGORY_NAMES])
def test_every_category_has_forms_by_every_name(name: str) -> None:
    assert form_types.is_except_section_16(name) or form_types.category(name.upper())


def test_eleven_categories() -> None:
    numbered = [form_types.category(f"form-cat{number}") for number in range(1, 11)]
    assert numbered == [form_types.category(name) for name in form_types.CATEGORIES]
    assert form_types.category("form-cat11") is None
    assert form_types.is_except_section_16("form-cat0")


def test_other_names_of_forms_lead_to_forms_that_are_known() -> None:
    assert set(form_types.OTHER_NAMES.values()) <= set(form_types.KNOWN)
    assert not set(form_types.OTHER_NAMES) & set(form_types.KNOWN)


def test_states_have_codes_of_two_characters() -> None:
    assert len(states.STATES) > 300
    assert all(len(code) == 2 for code in states.STATES)


@pytest.mark.parametrize("code", states.STATES)
def test_a_state_is_found_by_its_code_and_its_name(code: str) -> None:
    assert states.codes(code.upper()) == (code,)
    assert code in states.codes(states.STATES[code])


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("District of Columbia", ("dc",)),
        ("Washington, D.C.", ("dc",)),
        ("South Korea", ("m5",)),
        ("Great Britain", ("x0",)),
        ("guinea-bissau", ("s0",)),
        ("Cote d'Ivoire", ("l7",)),
        ("dakota", ("nd", "sd")),
        ("", ()),
        ("Atlantis", ()),
    ],
)
def test_names_of_states(name: str, codes: tuple[str, ...]) -> None:
    assert states.codes(name) == codes


def test_other_names_lead_to_codes() -> None:
    assert set(states._OTHER_NAMES.values()) <= set(states.STATES)


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("regulation fd", {"7.01", "5", "9"}),
        ("Changes in Registrant's Certifying Accountant", {"4.01", "4"}),
        ("bankruptcy", {"1.03", "3"}),
        ("cybersecurity", {"1.05"}),
        ("", set()),
        ("dragons", set()),
    ],
)
def test_items_are_found_by_words_of_their_title(title: str, codes: set[str]) -> None:
    assert set(item_titles.codes(title)) == codes


def test_every_known_form_is_found_without_its_blanks_and_hyphens() -> None:
    known = set(form_types.KNOWN)
    squeezed = {form: form.replace(" ", "").replace("-", "") for form in form_types.KNOWN}
    for form, short in squeezed.items():
        found = form_types.canonical(short.lower())
        assert found == form or short in known, form
    assert form_types.canonical("form4") == "4"
    assert form_types.canonical("X-99-Z") == "X-99-Z"
