"""Help on the screen at once: every row of the table, with a connection and without one, and nothing just below it."""

import json
import re

import pytest
from playwright.sync_api import expect

from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import FLAG_RULES
from journal.models import (
    CheckIn,
    DailyEntry,
    DoseTaken,
    FlagRaised,
    LifeEvent,
    Rating,
    Reading,
    SafetyPlan,
    SupportPerson,
)
from tests.browser.conftest import axe_problems
from tests.browser.test_nothing_lost import at_home, save, state, stored
from tests.browser.test_offline_logging import WAITS, day, day_url, switch_on
from tests.conftest import make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.django_db(transaction=True)
THRESHOLDS = {"suicidal-thoughts": (0, 1), "akathisia": (6, 7), "confusion": (6, 7)}


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "color_scheme": getattr(request, "param", "light")}


def panel(page):
    return page.locator("dialog.flag-dialog")


def close(page):
    panel(page).get_by_role("button", name="Close").last.click()
    expect(panel(page)).to_have_count(0)


def told(page):
    return panel(page).locator("[data-flag-state]")


def rows(page) -> list[str]:
    return [text.replace("\u00a0", " ") for text in panel(page).locator("[data-flag-rows] > li").all_inner_texts()]


@pytest.fixture
def symptoms(alice):
    return {slug: make_symptom(alice, slug.title(), builtin=slug) for slug in THRESHOLDS}


@pytest.fixture
def diazepam(alice):
    medication = make_medication(alice, "Diazepam", drug="diazepam", drug_class="benzodiazepine")
    make_step(medication, day(60), 10, "start")
    return medication


@pytest.fixture
def here(page, live_server, signed_in, alice, symptoms, diazepam, watch):
    """Alice, signed in, with a page about today."""
    watch.expect_errors("404", "401", "400", "403", "503", "net::ERR")
    make_entry(alice, day(20), notes="Long ago")
    signed_in(alice)
    page.goto(day_url(live_server))
    return page


@pytest.fixture
def cut_off(here, live_server, context):
    """The same without a connection, on the blank pages that her phone keeps."""
    switch_on(here, live_server)
    context.set_offline(True)
    here.goto(day_url(live_server))
    expect(here.get_by_text("This is a blank page that this device keeps")).to_be_visible()
    return here


def back_on_line(page, live_server, context):
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/")


def choose(page, field, value):
    page.locator(f"input[name={field}][value='{value}']").evaluate(
        """(field) => { field.checked = true; field.dispatchEvent(new Event("change", { bubbles: true })); }"""
    )


def tick(page, event):
    page.locator(f"#id_event-{event}").evaluate(
        """(field) => { field.checked = true; field.dispatchEvent(new Event("change", { bubbles: true })); }"""
    )


# -- on line ----------------------------------------------------------------------------------------------------------


def test_it_works(here, alice, symptoms):
    SupportPerson.objects.create(owner=alice, name="Sam", role="brother", phone="0123")
    here.reload()
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(panel(here)).to_be_visible()
    expect(panel(here).get_by_role("heading", name="You can talk to someone now")).to_be_focused()
    expect(told(here)).to_have_text("Saved.")
    assert "You rated thoughts of suicide or self-harm at 4." in rows(here)[0]
    expect(panel(here).get_by_role("link", name=re.compile("Life at risk: call 999"))).to_be_visible()
    expect(panel(here).get_by_text("Sam, brother")).to_be_visible()
    assert Rating.objects.of(alice).get().severity == 4  # saved while the panel is open
    assert FlagRaised.objects.of(alice).get().reading == 4
    close(here)
    at_home(here)
    expect(here.get_by_text("Saved.")).to_be_visible()


@pytest.mark.parametrize("slug", THRESHOLDS)
def test_a_reading_of_the_day(here, live_server, alice, symptoms, slug):
    below, at = THRESHOLDS[slug]
    field = f"symptom-{symptoms[slug].pk}"
    choose(here, field, below)
    save(here).click()
    at_home(here)
    assert Rating.objects.of(alice).get().severity == below and not FlagRaised.objects.exists()
    here.goto(day_url(live_server))
    choose(here, field, at)
    save(here).click()
    expect(panel(here)).to_be_visible()
    expect(told(here)).to_have_text("Saved.")
    assert FLAG_RULES[slug].red_flag.what_to_do in rows(here)[0] and f"at {at}." in rows(here)[0]
    close(here)
    at_home(here)
    assert Rating.objects.of(alice).get().severity == at
    # the same day again: the same reading is silent, a higher one is not
    for value, again in ((at, False), (at + 1, True)):
        here.goto(f"{day_url(live_server)}check-in/")
        choose(here, field, value)
        save(here).click()
        if again:
            expect(panel(here)).to_be_visible()
            expect(told(here)).to_have_text("Saved.")
            close(here)
        at_home(here)
    assert Reading.objects.of(alice).count() == 2
    assert [flag.reading for flag in FlagRaised.objects.of(alice).order_by("pk")] == [at, at + 1]


def test_each_urgent_event(here, live_server, alice):
    for back, event in enumerate(URGENT[:7]):
        here.goto(day_url(live_server, back))
        tick(here, event.slug)
        save(here).click()
        expect(panel(here)).to_be_visible()
        expect(told(here)).to_have_text("Saved.")
        (row,) = rows(here)
        assert f"You ticked “{event.name}”." in row and FLAG_RULES[f"event-{event.slug}"].red_flag.what_to_do in row
        close(here)
    here.goto(day_url(live_server, 7))
    for event in (*URGENT[7:], None):
        tick(here, event.slug if event else "illness")
    save(here).click()
    expect(told(here)).to_have_text("Saved.")
    assert len(rows(here)) == len(URGENT[7:])
    assert LifeEvent.objects.of(alice).count() == len(URGENT) + 1


def test_missed_on_two_dates_in_a_row(here, live_server, alice, diazepam):
    for back, expected in ((3, False), (1, False), (0, True), (2, True)):
        here.goto(day_url(live_server, back))
        choose(here, f"dose-{diazepam.pk}-status", "missed")
        save(here).click()
        if expected:
            expect(told(here)).to_have_text("Saved.")
            (row,) = rows(here)
            assert row.startswith("You recorded Diazepam as missed, or as 0 mg, two days in a row:")
            close(here)
        here.wait_for_url(lambda url: "/entries/2" not in url)
    assert DoseTaken.objects.of(alice).filter(status="missed").count() == 4
    assert set(FlagRaised.objects.of(alice).values_list("date", flat=True)) == {day(0), day(1), day(2)}


def test_an_agreed_plan_that_has_0_is_no_flag_in_the_page_either(here, live_server, alice, diazepam):
    make_plan(diazepam, [(day(9), 5), (day(1), 0)], agreed_on=day(20))
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    here.goto(day_url(live_server))
    choose(here, f"dose-{diazepam.pk}-status", "missed")
    save(here).click()
    at_home(here)
    here.goto(f"{live_server.url}/medications/{diazepam.pk}/steps/")
    here.get_by_label("Dose a day").fill("0")
    save_step(here)
    expect(here).to_have_url(f"{live_server.url}/medications/{diazepam.pk}/")
    assert not FlagRaised.objects.exists()


def save_step(page):
    page.get_by_role("button", name="Save step").click()


def test_an_unplanned_stop(here, live_server, alice, diazepam):
    page, url = here, f"{live_server.url}/medications/{diazepam.pk}/steps/"
    page.goto(url)
    page.get_by_label("Dose a day").fill("0.5")
    page.get_by_label("From").fill(day(2).isoformat())
    save_step(page)
    expect(page).to_have_url(f"{live_server.url}/medications/{diazepam.pk}/")
    page.goto(url)
    page.get_by_label("Dose a day").fill("0 mg")
    save_step(page)
    expect(told(page)).to_have_text("Saved.")
    assert "You recorded 0 mg of Diazepam from" in rows(page)[0]
    assert diazepam.steps.filter(mg=0, starts_on=day()).exists()
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{live_server.url}/medications/{diazepam.pk}/")
    assert FlagRaised.objects.of(alice).get().medication == diazepam


def test_a_stop_that_is_refused_or_has_no_connection(here, live_server, context, alice, diazepam):
    page = here
    page.goto(f"{live_server.url}/medications/{diazepam.pk}/steps/")
    page.get_by_label("Dose a day").fill("0")
    context.set_offline(True)
    save_step(page)
    expect(told(page)).to_contain_text("Not saved yet: it is still on this page.")
    close(page)
    expect(page.get_by_label("Dose a day")).to_have_value("0")
    context.set_offline(False)
    page.get_by_label("From").fill(day(60).isoformat())  # long ago, and there is a step on that day
    save_step(page)
    expect(page.get_by_text("There is a step on that day already")).to_be_visible()
    page.get_by_label("From").fill(day(1).isoformat())
    page.get_by_label("What kind of step").select_option("increase")
    save_step(page)
    expect(told(page)).to_contain_text("Not saved yet.")
    close(page)
    expect(page.get_by_text("does not fit that")).to_be_visible()
    page.get_by_label("What kind of step").select_option("stop")
    save_step(page)  # it was shown for that day already
    expect(page).to_have_url(f"{live_server.url}/medications/{diazepam.pk}/")
    assert FlagRaised.objects.of(alice).get().date == day(1)


def test_a_symptom_that_is_added_by_name(here, alice):
    here.get_by_text("Add a symptom").click()
    here.locator("[name=add-0-name]").fill("Akathisia")
    choose(here, "add-0-severity", 8)
    save(here).click()
    expect(told(here)).to_have_text("Saved.")
    assert "inner restlessness at 8." in rows(here)[0]


def test_a_day_of_two_weeks_ago_is_silent(here, live_server, alice, symptoms):
    here.goto(day_url(live_server, 14))
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 9)
    tick(here, "seizure")
    save(here).click()
    expect(here).to_have_url(re.compile("month="))
    assert Rating.objects.of(alice).get().severity == 9 and not FlagRaised.objects.exists()


def test_question_9_of_the_phq_9(here, symptoms):
    """The page of the questionnaire is not here yet: a form as it has it, on a page with the same data."""
    here.evaluate(
        """() => {
          const form = document.getElementById("task");
          form.dataset.questionnaire = "phq-9";
          const field = document.createElement("input");
          Object.assign(field, { name: "item-9", value: "0" });
          form.append(field);
        }"""
    )
    assert here.evaluate("window.flags.pressed()") is None
    here.evaluate("document.querySelector('[name=item-9]').value = '1'")
    here.evaluate("document.getElementById('task').dataset.questionnaire = 'gad-7'")
    assert here.evaluate("window.flags.pressed()") is None
    here.evaluate("document.getElementById('task').dataset.questionnaire = 'phq-9'")
    here.evaluate("void window.flags.pressed()")
    assert "You answered question 9 of the PHQ-9" in rows(here)[0]


# -- without a connection ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", THRESHOLDS)
def test_a_reading_without_a_connection(cut_off, live_server, context, alice, symptoms, slug):
    page, (below, at) = cut_off, THRESHOLDS[slug]
    field = f"symptom-{symptoms[slug].pk}"
    choose(page, field, below)
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)
    expect(panel(page)).to_have_count(0)
    page.goto(f"{day_url(live_server)}check-in/")
    choose(page, field, at)
    save(page).click()
    expect(told(page)).to_contain_text(WAITS)
    assert f"at {at}." in rows(page)[0]
    close(page)
    choose(page, field, at)  # the page is there for the next one: the same is silent, a higher one is not
    save(page).click()
    expect(page.get_by_text("3 entries wait")).to_be_visible()
    expect(panel(page)).to_have_count(0)
    choose(page, field, at + 1)
    save(page).click()
    assert f"at {at + 1}." in rows(page)[0]
    close(page)
    back_on_line(page, live_server, context)
    expect(page.get_by_text("4 entries were sent.")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/")  # what was on the screen is not shown again
    assert CheckIn.objects.of(alice).count() >= 2 and DailyEntry.objects.of(alice).filter(date=day()).exists()
    assert [flag.reading for flag in FlagRaised.objects.of(alice).order_by("pk")] == [at, at + 1]


def test_events_and_doses_without_a_connection(cut_off, live_server, context, alice, diazepam):
    page = cut_off
    for back, events in ((0, URGENT), (1, ()), (2, ())):
        page.goto(day_url(live_server, back))
        choose(page, f"dose-{diazepam.pk}-status", "missed")
        for event in events:
            tick(page, event.slug)
        save(page).click()
        expect(panel(page)).to_be_visible()
        found = rows(page)
        if back == 0:  # the blank pages know nothing of yesterday
            assert len(found) == len(URGENT) and not any("Diazepam" in row for row in found)
        else:  # and this device knows what waits on it
            assert [row.startswith("You recorded Diazepam as missed") for row in found] == [True]
        close(page)
    back_on_line(page, live_server, context)
    expect(page.get_by_text("3 entries were sent.")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/")
    assert LifeEvent.objects.of(alice).count() == len(URGENT)
    assert FlagRaised.objects.of(alice).filter(rule="missed-doses").count() == 2


def test_two_weeks_ago_is_silent_without_a_connection_too(cut_off, live_server, symptoms):
    cut_off.goto(day_url(live_server, 14))
    choose(cut_off, f"symptom-{symptoms['akathisia'].pk}", 9)
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    expect(panel(cut_off)).to_have_count(0)


def test_the_connection_comes_back_while_help_is_on_the_screen(cut_off, live_server, context, alice, symptoms):
    choose(cut_off, f"symptom-{symptoms['akathisia'].pk}", 9)
    save(cut_off).click()
    expect(told(cut_off)).to_contain_text(WAITS)
    context.set_offline(False)
    cut_off.evaluate("document.dispatchEvent(new CustomEvent('send'))")
    expect(told(cut_off)).to_have_text("Saved.")
    expect(panel(cut_off)).to_be_visible()
    assert Rating.objects.of(alice).get().severity == 9


def test_what_only_the_journal_notices_leads_to_help_when_it_is_sent(cut_off, live_server, context, alice, diazepam):
    """The day before was recorded elsewhere: this device knows nothing of it."""
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    choose(cut_off, f"dose-{diazepam.pk}-status", "missed")
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    expect(panel(cut_off)).to_have_count(0)
    back_on_line(cut_off, live_server, context)
    expect(cut_off.get_by_text("You recorded Diazepam as missed")).to_be_visible()
    assert FlagRaised.objects.of(alice).count() == 1


def test_the_panel_has_the_way_to_the_plan_where_that_is_kept(cut_off, live_server, context, alice, symptoms):
    page, field = cut_off, f"symptom-{symptoms['akathisia'].pk}"
    choose(page, field, 8)
    save(page).click()
    expect(panel(page)).to_be_visible()
    page.wait_for_timeout(300)
    expect(panel(page).get_by_role("link", name="My safety plan")).to_be_hidden()
    close(page)
    SafetyPlan.objects.create(owner=alice, own_ways="Tea by the window")
    context.set_offline(False)
    keep_plan(page, live_server)
    context.set_offline(True)
    page.goto(day_url(live_server))
    choose(page, field, 9)
    save(page).click()
    panel(page).get_by_role("link", name="My safety plan").click()
    expect(page.get_by_text("Tea by the window")).to_be_visible()


def keep_plan(page, live_server):
    page.goto(f"{live_server.url}/care/safety-plan/")
    page.get_by_role("button", name="Keep the plan on this device").click()
    expect(page.get_by_text("On: this device keeps your safety plan.")).to_be_visible()


def test_help_for_what_was_sent_late_is_said_at_once_on_a_page_in_use(
    cut_off, live_server, context, alice, diazepam, symptoms
):
    """Somebody writes on another page: it is not taken from under them, and help does not wait for their next save."""
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    choose(cut_off, f"dose-{diazepam.pk}-status", "missed")
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    cut_off.locator("textarea[name=notes]").fill("In the middle of a sentence")
    expect(state(cut_off)).to_contain_text("Not saved yet")
    context.set_offline(False)
    cut_off.evaluate("document.dispatchEvent(new CustomEvent('send'))")
    expect(cut_off.get_by_role("alert")).to_contain_text("Something in what was sent is a reason to get help now.")
    expect(cut_off.locator("textarea[name=notes]")).to_have_value("In the middle of a sentence")
    assert axe_problems(cut_off) == []
    cut_off.get_by_role("link", name="See what to do").click()
    expect(cut_off.get_by_text("You recorded Diazepam as missed")).to_be_visible()
    cut_off.goto(day_url(live_server))
    expect(cut_off.locator("textarea[name=notes]")).to_have_value("In the middle of a sentence")


def test_plain_restlessness_points_at_the_other_from_severe_on(here, live_server, alice):
    plain = make_symptom(alice, "Restlessness", builtin="restlessness")
    here.reload()
    line = here.get_by_text("There is a symptom for that")
    expect(line).to_be_hidden()
    for value, shown in ((6, False), (7, True), (10, True), (2, False)):
        choose(here, f"symptom-{plain.pk}", value)
        expect(line).to_be_visible(visible=shown)


# -- it never holds up a save --------------------------------------------------------------------------------------

BROKEN = {
    "the script is not there": "**/flags*.js",
    "the panel is not there": "document.getElementById('flag-panel').remove()",
    "the panel is another": "document.getElementById('flag-panel').innerHTML = '<p></p>'",
    "a dialog cannot be opened": "void (HTMLDialogElement.prototype.showModal = () => { throw new Error('no') })",
    "the script fails": "void (window.flags.pressed = () => { throw new Error('no') })",
    "the script was taken away": "window.flags = 5",
    "what it hands over fails": "void (window.flags.pressed = () => ({ say() { throw new Error('no') } }))",
}


@pytest.mark.parametrize("how", BROKEN)
def test_whatever_fails_the_entry_is_saved_and_the_journal_shows_it(here, live_server, alice, symptoms, how):
    if how == "the script is not there":
        here.route(BROKEN[how], lambda route: route.abort())
        here.reload()
    else:
        here.evaluate(BROKEN[how])
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(here).to_have_url(re.compile("/help-now/noticed/"))
    expect(here.get_by_role("heading", name="You can talk to someone now")).to_be_visible()
    assert Rating.objects.of(alice).get().severity == 4
    assert axe_problems(here) == []
    here.get_by_role("link", name="Close").last.click()
    at_home(here)


def test_without_room_on_the_device_the_browser_sends_it(here, alice, symptoms):
    here.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(here).to_have_url(re.compile("/help-now/noticed/"))
    assert Rating.objects.of(alice).get().severity == 4


def test_a_save_that_is_refused_says_so_and_help_is_not_shown_twice(here, alice, symptoms):
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    here.locator("[name=sleep_hours]").fill("much")
    save(here).click()
    expect(told(here)).to_have_text("Not saved yet. Close this to see what needs a look.")
    close(here)
    expect(here.get_by_text("Not saved yet. One thing needs a look:")).to_be_visible()
    here.locator("[name=sleep_hours]").fill("7")
    save(here).click()
    at_home(here)
    assert FlagRaised.objects.of(alice).get().reading == 4


# -- how it is to use --------------------------------------------------------------------------------------


@pytest.mark.parametrize("browser_context_args", ["light", "dark"], indirect=True)
def test_it_is_accessible_and_no_wider_than_the_screen(here, live_server, alice, symptoms):
    for size in ({"width": 390, "height": 844}, {"width": 320, "height": 640}, {"width": 1280, "height": 800}):
        here.set_viewport_size(size)
        here.goto(day_url(live_server))
        choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
        tick(here, "seizure")
        save(here).click()
        expect(told(here)).to_have_text("Saved.")
        assert axe_problems(here) == []
        assert panel(here).evaluate("(panel) => panel.scrollWidth - panel.clientWidth") <= 0
        alice.entries.filter(date=day()).delete()
        FlagRaised.objects.all().delete()


def test_the_keyboard_is_enough(here, alice, symptoms):
    choose(here, f"symptom-{symptoms['akathisia'].pk}", 8)
    save(here).focus()
    here.keyboard.press("Enter")
    expect(panel(here).get_by_role("heading")).to_be_focused()
    for _ in range(30):  # the keys stay within the panel
        here.keyboard.press("Tab")
        assert here.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    expect(told(here)).to_have_text("Saved.")
    here.keyboard.press("Escape")
    at_home(here)


def test_closed_before_it_is_saved_it_leads_on_when_it_is(here, live_server, alice, symptoms):
    waits = []
    here.route(re.compile(r"/entries/\d{4}-\d\d-\d\d/$"), lambda route: waits.append(route))
    choose(here, f"symptom-{symptoms['akathisia'].pk}", 8)
    save(here).click()
    expect(told(here)).to_have_text("Saving")
    close(here)
    here.wait_for_timeout(200)
    assert "/entries/" in here.url
    waits[0].continue_()
    at_home(here)
    assert Rating.objects.of(alice).get().severity == 8


def test_without_a_country_no_number_is_invented(here, live_server, alice, symptoms):
    alice.profile.country = ""
    alice.profile.save()
    here.reload()
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(told(here)).to_have_text("Saved.")
    expect(panel(here).get_by_text("call your local emergency number")).to_be_visible()
    expect(panel(here).get_by_text("findahelpline.com")).to_be_visible()
    expect(panel(here).get_by_role("link", name="Choose your country")).to_be_visible()
    assert panel(here).locator("a[href^=tel], a[href^=sms]").count() == 0
    assert axe_problems(here) == []
    here.goto(f"{live_server.url}/")


def test_what_waits_says_what_was_shown(cut_off, symptoms):
    choose(cut_off, f"symptom-{symptoms['akathisia'].pk}", 8)
    save(cut_off).click()
    expect(told(cut_off)).to_contain_text(WAITS)
    (item,) = stored(cut_off, "queue.").values()
    pairs = dict(json.loads(item)["pairs"])
    assert json.loads(pairs["flags"]) == [["akathisia", 8, None, day().isoformat()]]
