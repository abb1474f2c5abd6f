"""The summary in a browser: the preview, what prints, and choosing, with and without a script."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from playwright.sync_api import expect
from pypdf import PdfReader

from journal.catalogue.summary import Length, Reader
from journal.models import MadeSummary, SummaryChoice
from journal.queries.summary_choices import choices_of
from tests.browser.conftest import DESKTOP, PHONE, axe_problems
from tests.conftest import person
from tests.summary_sample import sample_page

pytestmark = pytest.mark.django_db(transaction=True)
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "venlafaxine_taper"


@pytest.fixture
def grace(db):
    """Half a year of a demo person's."""
    from django.contrib.auth.models import User

    call_command("demo", "--username", "grace", "--days", "180")
    return User.objects.get(username="grace")


@pytest.fixture
def nobody(db):
    return person("nobody")


def printed(page) -> PdfReader:
    """What Ctrl-P gives, on the paper that the page asks for."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def show(page, data):
    """Put the page of ``data`` where the preview is."""
    markup = render_to_string("journal/summary/_page.html", {"page": data})
    page.evaluate("markup => { document.querySelector('.paper-holder').outerHTML = markup }", markup)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("address", ["/summary/?days=180&length=full", "/summary/?reader=therapist"])
def test_everybody_can_use_it(signed_in, live_server, grace, watch, size, address, scheme):
    page = signed_in(grace)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + address)
    for folded in page.locator("summary:visible").all():
        if folded.locator("xpath=..").get_attribute("open") is None:
            folded.click()
    assert axe_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize(("length", "pages"), [("brief", {1}), ("full", {1, 2})])
@pytest.mark.parametrize(("paper", "sheet"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_it_prints_on_as_many_sheets_as_were_promised(
    signed_in, live_server, grace, watch, reader, length, pages, paper, sheet
):
    grace.profile.paper = paper
    grace.profile.save()
    page = signed_in(grace)
    page.set_viewport_size(DESKTOP)
    for days in ("90", "180"):
        page.goto(f"{live_server.url}/summary/?days={days}&reader={reader.value}&length={length}")
        page.evaluate("document.fonts.ready")
        found = printed(page)
        box = found.pages[0].mediabox
        assert (round(box.width), round(box.height)) == sheet
        assert len(found.pages) in pages
        text = found.pages[-1].extract_text()
        assert f"page {len(found.pages)} of {len(found.pages)}" in text
        assert "Show this" not in text and "Share a link" not in text


@pytest.mark.skipif(not DATA.exists(), reason="the published taper is not on this machine")
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize(("length", "most"), [("brief", 1), ("full", 2)])
def test_the_published_taper_prints_on_as_many_sheets(signed_in, live_server, nobody, watch, paper, length, most):
    files = {"entries": str(DATA / "daily.csv"), "steps": str(DATA / "dose_steps.csv")}
    call_command("import_journal", "nobody", **files, measure=["scl90_depression"], ignore="check_ins")
    nobody.profile.paper = paper
    nobody.profile.save()
    page = signed_in(nobody)
    page.goto(f"{live_server.url}/summary/?from=2012-08-13&to=2013-04-08&length={length}")
    page.evaluate("document.fonts.ready")
    assert len(printed(page).pages) <= most


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_every_kind_of_block_prints_in_the_dark_too(signed_in, live_server, nobody, watch, paper):
    page = signed_in(nobody)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_server.url}/summary/")
    show(page, sample_page(paper=paper))
    found = printed(page)
    assert len(found.pages) == 1
    text = found.pages[0].extract_text()
    for words in ("Alex Sample", "Asked today", "Signed, date", "Patient-recorded", "made 8 Apr 2013"):
        assert words in text


def test_a_later_sheet_says_whose_it_is(signed_in, live_server, nobody, watch):
    page = signed_in(nobody)
    page.goto(f"{live_server.url}/summary/")
    data = sample_page(length="whole")
    show(page, data | {"sections": data["sections"] * 3})
    texts = [sheet.extract_text() for sheet in printed(page).pages]
    assert len(texts) >= 2
    for text in texts:
        assert text.count("Alex Sample") >= 1
        assert "13 Aug 2012 – 8 Apr 2013" in text.replace("\u00a0", " ")
        assert "Patient-recorded" in text


def test_the_sheet_has_the_proportions_and_the_lines_of_paper(signed_in, live_server, nobody, watch):
    page = signed_in(nobody)
    page.set_viewport_size(DESKTOP)
    page.goto(f"{live_server.url}/summary/")
    show(page, sample_page())
    box = page.locator(".paper").bounding_box()
    assert box["height"] / box["width"] == pytest.approx(297 / 210, abs=0.01)
    assert page.evaluate("document.fonts.check('16px \"Paper Sans\"')")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.paper-facts')).fontSize)")
    assert size / box["width"] == pytest.approx(7.4 / 595.28, abs=0.0002)


def test_on_a_phone_it_is_read_in_one_column(signed_in, live_server, nobody, watch):
    page = signed_in(nobody)
    page.goto(f"{live_server.url}/summary/")
    show(page, sample_page())
    sizes = page.evaluate(
        "[...document.querySelectorAll('.paper p, .paper li, .paper td, .paper dd')]"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 13
    assert page.locator(".paper-compact").first.is_visible()
    assert not page.locator(".paper-print").first.is_visible()
    steps = page.locator(".paper-t-steps")
    assert steps.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
    assert page.get_by_role("rowheader", name="25 Sep").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_choices_are_remembered(signed_in, live_server, grace, watch):
    page = signed_in(grace)
    page.set_viewport_size(DESKTOP)
    page.goto(f"{live_server.url}/summary/?days=180")
    page.get_by_label("Two pages", exact=True).check()
    page.get_by_label("Chart", exact=True).uncheck()
    page.get_by_role("button", name="Show this").click()
    page.get_by_text("Off: Chart.").wait_for()
    assert page.url.endswith("/summary/?days=180&reader=prescriber")
    assert not page.locator(".paper-overview, .chart-overview").count()
    page.goto(f"{live_server.url}/summary/")
    assert page.get_by_label("Two pages", exact=True).is_checked()
    assert not page.get_by_label("Chart", exact=True).is_checked()
    page.get_by_role("link", name="Therapist").click()
    assert page.get_by_label("Chart", exact=True).is_checked()
    chosen = choices_of(grace, Reader.PRESCRIBER, "a4")
    assert (chosen.length, chosen.sections_off) == (Length.FULL, {"chart"})


def test_printing_keeps_what_was_printed(signed_in, live_server, grace, watch):
    page = signed_in(grace)
    page.set_viewport_size(DESKTOP)
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    page.goto(f"{live_server.url}/summary/")
    with page.expect_response(lambda answer: answer.url.endswith("/summary/made/")) as answer:
        page.get_by_role("button", name="Print").click()
    assert answer.value.status == 204
    assert page.evaluate("window.printed") == 1
    assert MadeSummary.objects.of(grace).get().ways == ["print"]


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, **getattr(request, "param", {})}


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}], ids=["no-script"], indirect=True)
def test_without_script_on_a_phone(signed_in, live_server, grace, watch):
    page = signed_in(grace)
    page.goto(f"{live_server.url}/summary/")
    assert not page.get_by_role("button", name="Print").is_visible()
    assert not page.get_by_label("Two pages", exact=True).is_visible()
    page.get_by_text("What is on the page").click()
    page.get_by_label("Two pages", exact=True).check()
    page.get_by_label("Asked today").uncheck()
    page.get_by_role("button", name="Show this").click()
    page.get_by_text("Off: Asked today.").wait_for()
    assert SummaryChoice.objects.of(grace).get().length == "full"
    page.get_by_role("link", name="180 days").click()
    page.get_by_role("link", name="180 days").and_(page.locator("[aria-current]")).wait_for()


def test_what_was_chosen_and_not_shown_is_not_handed_over(signed_in, live_server, grace, watch):
    page = signed_in(grace)
    page.goto(f"{live_server.url}/summary/?days=90&reader=prescriber")
    unshown = page.locator("[data-unshown]")
    page.get_by_text("What is on the page").click()
    page.get_by_label("Events, by kind and day").uncheck()
    for name in ("Share a link", "Keep", "PDF", "Print"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(unshown).to_be_visible()
        assert axe_problems(page) == []
        unshown.get_by_role("button", name="Leave the page as it is").click()
        expect(unshown).to_be_hidden()
        expect(page.get_by_label("Events, by kind and day")).to_be_checked()
        page.get_by_label("Events, by kind and day").uncheck()
    assert not MadeSummary.objects.exists()
    page.get_by_role("link", name="Copy as text").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    unshown.get_by_role("button", name="Show this").click()
    expect(page.get_by_text("The page is as you chose.")).to_be_visible()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url("**/summary/made/**")
    assert "Events, by kind and day" in " ".join(MadeSummary.objects.get().included[1:])
