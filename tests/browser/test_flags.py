"""Help on the screen at once: every row of the table, and nothing just below it."""
# ruff: noqa: F811 (fixtures)

import json
import re

import pytest
from playwright.sync_api import expect

from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import FLAG_RULES
from journal.models import DoseTaken, FlagRaised, LifeEvent, Rating, Reading, SupportPerson
from tests.browser.conftest import axe_problems
from tests.browser.flagging import (  # noqa: F401
    THRESHOLDS,
    browser_context_args,
    choose,
    close,
    cut_off,
    diazepam,
    here,
    panel,
    rows,
    symptoms,
    tick,
    told,
)
from tests.browser.test_nothing_lost import at_home, save, stored
from tests.browser.test_offline_logging import WAITS, day, day_url
from tests.conftest import make_plan

pytestmark = pytest.mark.django_db(transaction=True)


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
    expect(page.get_by_text("There is a step on that day already").first).to_be_visible()
    page.get_by_label("From").fill(day(1).isoformat())
    page.get_by_label("What kind of step").select_option("increase")
    save_step(page)
    expect(told(page)).to_contain_text("Not saved yet.")
    close(page)
    expect(page.get_by_text("does not fit that").first).to_be_visible()
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
