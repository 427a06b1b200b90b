"""The page as a person uses it, in Chromium: searching, reading, with the keyboard alone, on a phone, in the dark."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.page

RELEASE = "/doc/0009000101-17-004512/tsl_ex99-1.htm"
PAGES = (
    "/",
    "/search?q=orphan+drug+license",
    "/search?q=company&form=10-K&state=MN",
    "/search?q=Tessalune+impairment+2018",
    "/search?q=company&more=company",
    "/search?q=company&accession=0009000101-17-004512",
    "/search?q=zzzyx",
    "/search?q=license&sort=none",
    f"{RELEASE}?q=orphan+drug+license&rank=1&find=Japan&at=26-64",
    f"{RELEASE}?q=orphan&view=original",
    "/doc/0009014590-19-000002/form5.xml?q=tessalune",
    "/saved",
    "/help",
)


def serious(page: Any) -> list[str]:
    """What axe finds of serious faults on a page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in {"serious", "critical"}
    ]


def in_sight(page: Any, selector: str) -> bool:
    return bool(
        page.evaluate(
            "(selector) => { const box = document.querySelector(selector).getBoundingClientRect();"
            " return box.top >= 0 && box.bottom <= innerHeight; }",
            selector,
        )
    )


# Searching


def test_a_search_is_typed_and_found(page: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("orphan drug license")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=orphan+drug+license*")
    assert page.get_by_role("status").first.inner_text().startswith("2 filings")
    assert page.locator("mark").first.inner_text().lower() == "orphan drug license"


def test_a_filter_a_facet_and_a_bar_narrow_the_results(page: Any) -> None:
    page.goto("/search?q=company")
    page.get_by_text("Filters", exact=True).click()
    page.locator("#state").select_option("MN")
    page.get_by_role("button", name="Apply").click()
    assert "state=MN" in page.url
    row = page.locator(".facets li a").first
    number = row.locator(".n").inner_text()
    row.click()
    assert page.locator(".totals strong").inner_text().split()[0] == number
    page.get_by_role("link", name=re.compile("take away")).first.click()
    bar = page.locator(".chart a").first
    counted = bar.get_attribute("aria-label").split(": ")[1]
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**filed=*")
    assert page.locator(".totals strong").inner_text() == counted


def test_the_order_changes_at_once(page: Any) -> None:
    page.goto("/search?q=company")
    page.get_by_label("Order").select_option("filed:asc")
    page.wait_for_url("**sort=filed%3Aasc*")
    days = page.locator(".filing .facts time:first-of-type").all_inner_texts()
    assert days


def test_companies_are_suggested_as_one_types(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Company, person, CIK or ticker").press_sequentially("tess")
    page.wait_for_selector("#entities option", state="attached")
    assert "Tessalune Biosciences, Inc." in page.locator("#entities option").first.get_attribute("label")


def test_a_search_is_saved_and_forgotten(page: Any) -> None:
    page.goto("/search?q=orphan")
    page.get_by_text("Save", exact=True).click()
    page.get_by_label("Name of this search").fill("orphans")
    page.get_by_role("button", name="Save this search").click()
    page.wait_for_url("**/saved")
    assert page.get_by_role("row", name=re.compile("orphans")).is_visible()
    page.get_by_role("button", name="Mark as seen").click()
    page.locator("td", has_text="none").wait_for()
    page.get_by_role("button", name="Forget orphans").click()
    page.get_by_text("There is none yet").wait_for()


def test_nothing_found_and_a_query_that_cannot_be_read(page: Any) -> None:
    page.goto("/search?q=calvenostatt")
    assert "No filing matches" in page.inner_text("main")
    page.goto("/search?q=%22orphan+drug")
    assert page.locator(".notes li").count() == 1
    page.goto("/search?q=form:&strict=1")
    assert "form:" in page.get_by_role("alert").inner_text()


# Reading


def test_next_goes_through_all_hits_and_on_into_the_next_document(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan+drug+license&rank=1")
    hits = page.evaluate("steps.length")
    for number in range(1, hits + 1):
        page.get_by_role("link", name="Next hit").click()
        assert page.locator("#which").inner_text() == f"Hit {number} of {hits}"
        assert in_sight(page, "mark.now")
    page.get_by_role("link", name="Next hit").click()
    page.wait_for_url("**/tsl10q0616.htm?q=orphan+drug+license&rank=2#first")
    assert page.locator("#which").inner_text().startswith("Hit 1 of ")
    page.get_by_role("link", name="Previous hit").click()
    page.wait_for_url("**/tsl_ex99-1.htm?q=orphan+drug+license&rank=1#last")
    assert page.locator("#which").inner_text() == f"Hit {hits} of {hits}"


def test_enter_and_shift_enter_step_and_the_current_hit_differs_by_more_than_colour(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan+drug+license")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("#which").inner_text().startswith("Hit 2 of ")
    page.keyboard.press("Shift+Enter")
    assert page.locator("#which").inner_text().startswith("Hit 1 of ")
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('mark.now'));"
        " return [s.outlineStyle, s.outlineWidth]; })()"
    )
    assert style == ["solid", "3px"]


def test_each_term_has_its_count_and_its_own_arrows(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan+drug+license")
    api = page.request.get(f"/api{RELEASE}?q=orphan+drug+license").json()
    counts = {each["term"]: len(each["hits"]) for each in api["terms"]}
    for row in page.locator(".terms li").all():
        name = row.locator(".term").inner_text()
        assert int(row.locator(".n").inner_text()) == counts[name]
        for _ in range(counts[name]):
            row.get_by_role("link", name=f"Next {name}").click()
            assert page.locator("mark.now").first.inner_text().lower().startswith(name[:4])
        assert page.locator("#which").inner_text() == f"Of this term, {counts[name]} of {counts[name]}"
        page.reload()


def test_the_map_leads_to_hits(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan+drug+license")
    box = page.locator(".map a").last.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    page.locator(".map a").last.click()
    assert in_sight(page, "mark.now")


def test_a_permalink_shows_its_passage_and_a_citation_is_copied(page: Any) -> None:
    page.goto(f"{RELEASE}?at=1212-1367")
    assert in_sight(page, "#at")
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_text("Copied").wait_for()
    said = page.evaluate("navigator.clipboard.readText()")
    assert "Tessalune Biosciences, Inc. (CIK 0009012704), Form 8-K, filed 2017-04-18" in said
    assert said.endswith(f"{RELEASE}?at=1212-1367")


def test_what_is_selected_is_cited_exactly(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan")
    chosen = page.evaluate(
        "(() => { const line = [...document.querySelectorAll('#text p')].find((p) => p.textContent.includes('Japan'));"
        " const range = document.createRange(); range.selectNodeContents(line);"
        " getSelection().removeAllRanges(); getSelection().addRange(range); return line.textContent; })()"
    )
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_text("Copied").wait_for()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.startswith(f"“{' '.join(chosen.split())}”")
    start, end = re.findall(r"characters (\d+)-(\d+)", said)[0]
    text = page.request.get(f"/api{RELEASE}").json()["text"]
    assert text[int(start) : int(end)] == chosen


def test_words_of_a_table_are_cited_where_they_stand(page: Any) -> None:
    """Cells are parted by tabs in the text, and by nothing on the page."""
    hits = page.request.get("/api/search?q=shares+OR+cash&size=50").json()["hits"]
    places = [f"/doc/{each['id'].replace(':', '/')}" for hit in hits for each in hit["documents"]]
    texts = {each: page.request.get(f"/api{each}").json()["text"] for each in places}
    rows = re.compile(r"^\w[^\t\n]*\t[^\t\n]{3,}", re.MULTILINE)
    where = next(each for each, text in texts.items() if len(rows.findall(text)) > 2 and "   " not in text)
    page.goto(where)
    found = page.evaluate(
        "(() => { const cells = [...document.querySelectorAll('#text td:not(.shift) + td')];"
        " const cell = cells.find((td) => td.textContent.length > 2); const range = document.createRange();"
        " range.selectNodeContents(cell); getSelection().removeAllRanges(); getSelection().addRange(range);"
        " return cell.textContent; })()"
    )
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_text("Copied").wait_for()
    start, end = re.findall(r"characters (\d+)-(\d+)", page.evaluate("navigator.clipboard.readText()"))[0]
    assert texts[where][int(start) : int(end)] == found


def test_a_watchlist_is_marked_in_every_document(page: Any) -> None:
    page.goto(f"{RELEASE}?q=orphan")
    page.get_by_text("Watchlist").click()
    page.get_by_label(re.compile("Words and phrases to mark")).fill("Europe")
    page.get_by_role("button", name="Keep").click()
    page.locator("mark.watch").first.wait_for()
    assert page.evaluate("steps.length")
    page.context.clear_cookies()


def test_without_javascript_one_searches_and_reads(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("orphan drug license")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".filing h3 a").first.click()
    assert page.locator("mark.hit").count() > 5
    page.get_by_role("link", name="Next hit").click()
    assert page.url.endswith("#m0")
    page.get_by_role("link", name="Next document").click()
    assert "rank=2" in page.url
    context.close()


# With the keyboard alone, on a phone, in the dark


def test_the_keyboard_is_enough(page: Any) -> None:
    """From the first page to the second hit of a document, and on to the next, without a mouse."""
    page.goto("/")
    page.keyboard.type("orphan drug license")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.filing h3 a')"):
            break
    assert in_sight(page, ".filing h3 a:focus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("#which").inner_text().startswith("Hit 2 of ")


@pytest.mark.parametrize("where", PAGES)
def test_what_has_the_focus_is_never_hidden_by_the_bar(page: Any, where: str) -> None:
    page.goto(where)
    for _ in range(30):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            "(() => { const e = document.activeElement;"
            " if (e === document.body || e.closest('iframe, .stepper')) return false;"
            " const b = e.getBoundingClientRect(); if (!b.width || b.width < 2) return false;"
            " const bar = document.querySelector('.stepper')?.getBoundingClientRect();"
            " return Boolean(bar) && bar.top <= 0 && b.bottom <= bar.bottom && b.bottom > 0; })()"
        )
        assert not hidden


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Any, where: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(where)
    assert serious(page) == []


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_on_a_small_screen(page: Any, where: str, width: int) -> None:
    """320 pixels are 1,280 at 400 %, 640 at 200 %; a table of columns may scroll within itself."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(where)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("where", PAGES)
def test_what_is_clicked_is_large_enough(page: Any, where: str) -> None:
    """24 by 24 pixels, but for links within a line of text (WCAG 2.5.8)."""
    page.goto(where)
    asked = "button, select, input:not([type=hidden]), summary, .facets a, .map a, .terms a, .pages a, .contents a"
    small = page.evaluate(
        "(asked) => [...document.querySelectorAll(asked)].filter((e) => e.offsetParent && !e.closest('.chart'))"
        ".map((e) => [e.outerHTML.slice(0, 80), (e.closest('label') ?? e).getBoundingClientRect()])"
        ".filter(([, b]) => b.width > 0 && (b.height < 23.5 || b.width < 23.5)).map(([html]) => html)",
        asked,
    )
    assert small == []


# Strangers' documents


def test_a_hostile_document_does_nothing_and_asks_nobody(
    page: Any, address: str, elsewhere: tuple[str, list[str]]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    hostile = "/original/0009055555-24-000001/hostile.htm"
    for where in ("/search?q=hostility", f"{hostile.replace('original', 'doc')}?q=hostility", hostile):
        page.goto(where)
        page.wait_for_timeout(300)
        assert page.url.startswith(f"{address}{where.partition('?')[0]}")
    page.goto("/doc/0009055555-24-000001/hostile.htm?view=original")
    page.wait_for_timeout(800)
    frame = page.frames[1]
    assert frame.url.endswith("/original/0009055555-24-000001/hostile.htm")
    within = [each.url for each in page.frames[2:] if not each.url.startswith(("about:", "chrome-error:"))]
    assert [each for each in within if each] == []
    assert elsewhere[1] == []
    hosts = {urlsplit(each).netloc for each in asked} - {urlsplit(elsewhere[0]).netloc}
    assert hosts == {urlsplit(address).netloc}
    assert any(each.endswith("/logo.gif") for each in asked)


def test_a_list_beside_the_hits_grows_in_its_place(page: Any) -> None:
    page.goto("/search?q=company")
    rows = page.locator("#facet-company li")
    assert rows.count() == 6
    page.locator("#facet-company .all-values a").press("Enter")
    rows.nth(6).wait_for()
    assert page.url.endswith("/search?q=company")
    assert page.evaluate("document.activeElement.closest('section').id") == "facet-company"
    page.locator("#facet-company .all-values a", has_text="Fewer").click()
    rows.nth(6).wait_for(state="detached")
    assert rows.count() == 6


def test_an_industry_is_found_by_its_name(page: Any) -> None:
    page.goto("/")
    page.locator("#sic").press_sequentially("pharma")
    page.locator("#industries option").first.wait_for(state="attached")
    assert page.locator("#industries option").first.get_attribute("value") == "2834"


def test_its_own_pictures_are_decoded(page: Any) -> None:
    answer = page.request.get("/original/0009055555-24-000001/logo.gif")
    assert answer.headers["content-type"] == "image/gif"
    assert answer.body()[:6] == b"GIF89a"
    page.goto("/doc/0009055555-24-000001/hostile.htm?view=original")
    page.wait_for_timeout(300)
    box = page.frame_locator("iframe.original").locator("#own").bounding_box()
    assert box is not None


def test_its_own_pictures_are_shown_where_a_token_is_asked_for(browser: Any, guarded: str) -> None:
    page = browser.new_context(base_url=guarded).new_page()
    assert page.goto("/doc/0009055555-24-000001/hostile.htm?view=original").status == 401
    page.goto("/?token=right")
    page.goto("/doc/0009055555-24-000001/hostile.htm?view=original")
    own = page.frame_locator("iframe.original").locator("#own")
    own.wait_for()
    page.wait_for_load_state("networkidle")
    assert own.evaluate("(image) => image.naturalWidth") == 1
    page.context.close()


def test_no_page_breaks_its_own_policy(page: Any) -> None:
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text))
    for where in PAGES:
        if "original" not in where:
            page.goto(where)
    assert [each for each in broken if "Content Security Policy" in each] == []
    assert json.loads(page.request.get("/api/status").text())["submissions"]
