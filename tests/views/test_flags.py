"""Red flags after a save: every row of the table, on the server."""

import datetime as dt
import json
import re
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import FLAG_RULES
from journal.catalogue.red_flags import RED_FLAGS
from journal.models import (
    CheckIn,
    DailyEntry,
    DoseTaken,
    FlagRaised,
    LifeEvent,
    QuestionnaireResponse,
    Rating,
    Reading,
    SafetyPlan,
    SupportPerson,
)
from journal.views import flags as views
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
YESTERDAY = TODAY - dt.timedelta(1)
SYMPTOMS = {"suicidal-thoughts": (0, 1), "akathisia": (6, 7), "confusion": (6, 7)}
"""The highest whole rating that raises nothing, and the lowest that does."""


def back(days):
    return TODAY - dt.timedelta(days)


def entry_url(day=TODAY):
    return f"/entries/{day}/"


def said(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def raised(owner):
    rows = FlagRaised.objects.of(owner).order_by("pk").values_list("rule", "date", "reading")
    return [(rule, date, reading) for rule, date, reading in rows]


def is_help(response):
    return response.status_code == 302 and response["Location"].startswith("/help-now/noticed/?next=")


@pytest.fixture
def symptoms(alice):
    return {slug: make_symptom(alice, slug.title(), builtin=slug) for slug in SYMPTOMS}


def diazepam(owner, kind="benzodiazepine", name="Diazepam"):
    medication = make_medication(owner, name, drug="", drug_class=kind)
    make_step(medication, back(60), 10, "start")
    return medication


def rate(client, symptom, value, day=TODAY, **more):
    return client.post(entry_url(day), {f"symptom-{symptom.pk}": str(value), **more})


def check_in(client, symptom, value, day=TODAY, **more):
    return client.post(f"{entry_url(day)}check-in/", {f"symptom-{symptom.pk}": str(value), "time": "09:00", **more})


def miss(client, medication, day, status="missed", **more):
    return client.post(entry_url(day), {f"dose-{medication.pk}-status": status, **more})


def step_to(client, medication, mg="0", day=TODAY, **more):
    fields = {"mg": mg, "starts_on": day.isoformat(), "kind": "", "note": "", **more}
    return client.post(reverse("step_new", args=[medication.pk]), fields)


# -- every row --------------------------------------------------------------------------------------------------------


def test_it_works(as_alice, alice, symptoms):
    response = rate(as_alice, symptoms["suicidal-thoughts"], 4)
    assert response["Location"] == "/help-now/noticed/?next=%2F"
    assert raised(alice) == []  # not shown yet
    page = as_alice.get(response["Location"])
    assert page.status_code == 200
    for words in (
        "You can talk to someone now", "You rated thoughts of suicide or self-harm at 4.", "Saved.", "call 999",
        "Samaritans, 116 123", "text 85258", "This stays in your own record. Nobody has been told.",
    ):  # fmt: skip
        assert words in said(page)
    assert 'href="tel:999"' in said(page) and said(page).count('href="/"') >= 2
    assert raised(alice) == [("suicidal-thoughts", TODAY, 4)]
    assert Rating.objects.get().severity == 4


@pytest.mark.parametrize("by", [rate, check_in])
@pytest.mark.parametrize("slug", SYMPTOMS)
def test_a_reading_at_its_threshold_and_just_below(as_alice, alice, symptoms, slug, by):
    below, at = SYMPTOMS[slug]
    response = by(as_alice, symptoms[slug], below)
    assert response["Location"] == "/" and not FlagRaised.objects.exists()
    assert (Rating if by is rate else Reading).objects.of(alice).filter(symptom=symptoms[slug], severity=below).exists()
    sent = {"shown": "{}"} if by is rate else {"time": "10:00"}
    response = by(as_alice, symptoms[slug], at, **sent)
    assert is_help(response)
    rule = FLAG_RULES[slug]
    assert rule.red_flag.what_to_do in said(as_alice.get(response["Location"]))
    assert raised(alice) == [(slug, TODAY, at)]
    assert (Rating if by is rate else Reading).objects.of(alice).filter(symptom=symptoms[slug], severity=at).exists()


@pytest.mark.parametrize("event", URGENT, ids=lambda event: event.slug)
def test_an_urgent_event(as_alice, alice, event):
    response = as_alice.post(entry_url(), {f"event-{event.slug}": "on"})
    assert is_help(response)
    page = said(as_alice.get(response["Location"]))
    assert f"You ticked “{event.name}”." in page and RED_FLAGS[event.flag].what_to_do in page
    assert raised(alice) == [(f"event-{event.slug}", TODAY, None)]
    assert LifeEvent.objects.get().kind == event.slug


def test_an_ordinary_event_raises_nothing(as_alice):
    assert as_alice.post(entry_url(), {"event-illness": "on"})["Location"] == "/"


@pytest.mark.parametrize(("answer", "help_"), [(0, False), (1, True), (3, True), (None, False)])
def test_question_9_of_the_phq_9(rf, alice, answer, help_):
    QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=TODAY, answers=[3] * 8 + [answer])
    QuestionnaireResponse.objects.create(owner=alice, slug="gad-7", date=TODAY, answers=[3] * 7)
    request = rf.post("/questionnaires/phq-9/")
    request.user, request.session = alice, {}
    assert views.next_after(request, TODAY, "/x/") == ("/help-now/noticed/?next=%2Fx%2F" if help_ else "/x/")


@pytest.mark.parametrize("answers", [[], [3], None, "junk", {"9": 3}, [[3]] * 9, ["3"] * 9, [True] * 9])
def test_odd_answers_are_no_error(rf, alice, answers):
    QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=TODAY, answers=answers or [])
    request = rf.post("/")
    request.user, request.session = alice, {}
    assert views.next_after(request, TODAY, "/x/") == "/x/"


# -- doses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["benzodiazepine", "z_drug", "gabapentinoid", "not_sure", "", "no-such-class"])
def test_missed_on_two_dates_in_a_row(as_alice, alice, kind):
    medication = diazepam(alice, kind)
    assert miss(as_alice, medication, YESTERDAY)["Location"].startswith("/entries/")
    response = miss(as_alice, medication, TODAY)
    assert is_help(response)
    page = said(as_alice.get(response["Location"]))
    assert "Diazepam as missed, or as 0 mg, two days in a row: 21 November and 22 November." in page
    assert "Call your prescriber or pharmacist today." in page
    assert "Call your prescriber or pharmacist today</h1>" in page and "or a doctor today" not in page
    assert raised(alice) == [("missed-doses", TODAY, None)]
    assert DoseTaken.objects.of(alice).count() == 2


@pytest.mark.parametrize("kind", ["ssri", "snri", "tricyclic", "antipsychotic", "mood_stabiliser", "other"])
def test_of_another_kind_nothing_is_raised(as_alice, alice, kind):
    medication = diazepam(alice, kind)
    miss(as_alice, medication, YESTERDAY)
    assert miss(as_alice, medication, TODAY)["Location"] == "/"
    assert step_to(as_alice, medication)["Location"] == reverse("medication", args=[medication.pk])


def test_the_day_before_may_be_recorded_last(as_alice, alice):
    medication = diazepam(alice)
    miss(as_alice, medication, TODAY)
    response = miss(as_alice, medication, YESTERDAY)
    assert is_help(response)
    as_alice.get(response["Location"])
    assert raised(alice) == [("missed-doses", TODAY, None)]  # about the later day, whichever was recorded last
    as_alice.post(entry_url(), {"mood": "5"})
    assert raised(alice) == [("missed-doses", TODAY, None)]


def test_0_mg_is_none_and_a_little_is_some(as_alice, alice):
    medication = diazepam(alice)
    name = f"dose-{medication.pk}-mg"
    miss(as_alice, medication, back(3), "other", **{name: "0"})
    assert is_help(miss(as_alice, medication, back(2)))
    as_alice.get("/help-now/noticed/")
    assert not is_help(miss(as_alice, medication, YESTERDAY, "other", **{name: "0.5"}))
    assert not is_help(miss(as_alice, medication, TODAY))


@pytest.mark.parametrize("status", ["planned", "late", ""])
def test_a_blank_day_or_one_that_was_taken_is_between(as_alice, alice, status):
    medication = diazepam(alice)
    for day, what in ((back(2), "missed"), (YESTERDAY, status), (TODAY, "missed")):
        assert not is_help(miss(as_alice, medication, day, what))


def test_two_medications_missed_on_a_day_each_are_no_pair(as_alice, alice):
    miss(as_alice, diazepam(alice), YESTERDAY)
    assert miss(as_alice, diazepam(alice, name="Pregabalin"), TODAY)["Location"] == "/"


def test_the_last_step_of_an_agreed_plan_is_no_flag(as_alice, alice):
    medication = diazepam(alice)
    make_plan(medication, [(back(10), 5), (YESTERDAY, 0)], agreed_on=back(20))
    miss(as_alice, medication, YESTERDAY)
    assert miss(as_alice, medication, TODAY)["Location"] == "/"
    assert step_to(as_alice, medication)["Location"] == reverse("medication", args=[medication.pk])
    assert not FlagRaised.objects.exists()


@pytest.mark.parametrize("status", ["proposed", "set_aside"])
def test_a_plan_that_was_not_agreed_is_no_excuse(as_alice, alice, status):
    medication = diazepam(alice)
    make_plan(medication, [(back(10), 5), (back(5), 0)], status=status)
    miss(as_alice, medication, YESTERDAY)
    assert is_help(miss(as_alice, medication, TODAY))


@pytest.mark.parametrize("steps", [[(back(10), 5), (TODAY, 0)], [(back(10), 0), (back(5), 5)], [(back(10), 5)]])
def test_only_the_plans_last_step_counts_and_from_its_day_on(as_alice, alice, steps):
    """The day before the plan's 0, a 0 that is not its last step, and a plan that does not end in 0."""
    medication = diazepam(alice)
    make_plan(medication, steps, agreed_on=back(20))
    miss(as_alice, medication, YESTERDAY)
    assert is_help(miss(as_alice, medication, back(2)))


def test_one_tap_on_today(as_alice, alice):
    medication = diazepam(alice)
    tap = reverse("dose_taken", args=[YESTERDAY, medication.pk])
    assert not is_help(as_alice.post(tap, {"status": "missed"}))
    tap = reverse("dose_taken", args=[TODAY, medication.pk])
    response = as_alice.post(tap, {"status": "missed"})
    assert is_help(response) and "Diazepam: missed." in said(as_alice.get(response["Location"]))
    assert as_alice.post(tap, {"status": "missed"})["Location"] == "/"


@pytest.mark.parametrize("kind", ["", "stop"])
def test_an_unplanned_stop(as_alice, alice, kind):
    medication = diazepam(alice)
    assert not is_help(step_to(as_alice, medication, "0.5", back(2)))
    response = step_to(as_alice, medication, kind=kind)
    assert is_help(response)
    assert "You recorded 0 mg of Diazepam from 22 November on. No agreed plan here has that stop." in said(
        as_alice.get(response["Location"])
    )
    assert raised(alice) == [("unplanned-stop", TODAY, None)]
    assert medication.steps.filter(mg=0, starts_on=TODAY).exists()
    assert not is_help(step_to(as_alice, medication, kind=kind))  # the same, sent twice


def test_correcting_a_step_to_0_is_a_stop_too(as_alice, alice):
    medication = diazepam(alice)
    step = make_step(medication, YESTERDAY, 5)
    fields = {"mg": "0", "starts_on": YESTERDAY.isoformat(), "kind": ""}
    assert is_help(as_alice.post(reverse("step_edit", args=[medication.pk, step.pk]), fields))


def test_before_the_plans_own_day_a_stop_is_not_planned(as_alice, alice):
    medication = diazepam(alice)
    make_plan(medication, [(back(10), 5), (TODAY + dt.timedelta(1), 0)], agreed_on=back(20))
    assert is_help(step_to(as_alice, medication))


def test_confirming_the_plans_stop_is_no_flag(as_alice, alice):
    medication = diazepam(alice)
    plan = make_plan(medication, [(TODAY + dt.timedelta(2), 0)], agreed_on=back(20))
    response = as_alice.post(reverse("plan_confirm", args=[plan.pk]), {"starts_on": TODAY.isoformat()})
    assert response["Location"] == reverse("plan", args=[plan.pk])
    assert medication.steps.filter(mg=0, starts_on=TODAY).exists()
    assert as_alice.post(entry_url(), {"mood": "5"})["Location"] == "/"


def test_a_stop_of_long_ago_is_history(as_alice, alice):
    medication = diazepam(alice)
    assert not is_help(step_to(as_alice, medication, day=back(8)))


# -- derived ratings ------------------------------------------------------------------------------------------------


def test_a_days_mean_raises_nothing_and_its_highest_reading_does(as_alice, alice, symptoms):
    restless = symptoms["akathisia"]
    for time in ("08:00", "12:00"):
        assert not is_help(check_in(as_alice, restless, 6, day=YESTERDAY, time=time))
    response = check_in(as_alice, restless, 9, day=YESTERDAY, time="20:00")
    assert is_help(response)
    derived = Rating.objects.get()
    assert derived.origin == "check_ins" and derived.severity == 7
    assert "at 9." in said(as_alice.get(response["Location"]))
    assert raised(alice) == [("akathisia", YESTERDAY, 9)]
    Reading.objects.filter(severity=9).delete()
    FlagRaised.objects.all().delete()
    assert not is_help(as_alice.post(entry_url(YESTERDAY), {"mood": "5"}))  # the mean of 7 still stands there


# -- again, and not again ---------------------------------------------------------------------------------------------


def open_help(client, response):
    assert is_help(response)
    return client.get(response["Location"])


def test_only_a_higher_reading_of_the_same_day_raises_it_again(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    open_help(as_alice, check_in(as_alice, dark, 3, time="08:00"))
    assert not is_help(check_in(as_alice, dark, 3, time="08:10"))
    assert not is_help(check_in(as_alice, dark, 2, time="08:20"))
    open_help(as_alice, check_in(as_alice, dark, 4, time="08:30"))
    assert not is_help(check_in(as_alice, dark, 4, time="08:40"))
    assert not is_help(as_alice.post(entry_url(), {"mood": "4"}))
    open_help(as_alice, rate(as_alice, dark, 5))
    open_help(as_alice, check_in(as_alice, dark, 1, day=YESTERDAY))  # another day
    assert [reading for _, _, reading in raised(alice)] == [3, 4, 5, 1]


def test_a_corrected_check_in(as_alice, alice, symptoms):
    open_help(as_alice, check_in(as_alice, symptoms["akathisia"], 7))
    url = f"{entry_url()}check-in/{CheckIn.objects.get().pk}/"
    sent = {"time": "09:00", f"symptom-{symptoms['akathisia'].pk}": "8"}
    assert is_help(as_alice.post(url, sent))


def test_a_panel_that_never_reached_the_screen_comes_with_the_next_save(as_alice, alice, symptoms):
    """A press that is pressed again before the answer came: only what was opened counts as shown."""
    data = {f"symptom-{symptoms['akathisia'].pk}": "8"}
    assert is_help(as_alice.post(entry_url(), data)) and is_help(as_alice.post(entry_url(), data))
    as_alice.get("/help-now/noticed/")
    assert not is_help(as_alice.post(entry_url(), data))


def test_loaded_anew_it_is_the_same_and_kept_once(as_alice, alice, symptoms):
    address = rate(as_alice, symptoms["confusion"], 8)["Location"]
    pages = [said(as_alice.get(address)) for _ in range(2)]
    assert all("You rated confusion at 8." in page for page in pages)
    assert raised(alice) == [("confusion", TODAY, 8)]
    as_alice.head(address)


def test_only_asking_whether_it_is_there_shows_nothing(as_alice, alice, symptoms):
    as_alice.head(rate(as_alice, symptoms["confusion"], 8)["Location"])
    assert raised(alice) == [] and is_help(as_alice.post(entry_url(), {"mood": "5"}))


def test_several_at_once_are_one_panel_the_most_urgent_first(as_alice, alice, symptoms):
    data = {f"symptom-{symptom.pk}": "8" for symptom in symptoms.values()}
    page = said(
        open_help(as_alice, as_alice.post(entry_url(), data | {"event-no-fluids": "on", "event-seizure": "on"}))
    )
    order = [
        "Call the emergency number now", "You ticked “A seizure (a fit)”.", "You rated confusion at 8.",
        "You rated thoughts of suicide or self-harm at 8.", "You rated inner restlessness at 8.",
        "You ticked “Cannot keep fluids down”.",
    ]  # fmt: skip
    places = [page.index(words, page.index("flag-heading")) for words in order]
    assert places == sorted(places) and page.count("call-list") == 1
    assert len(raised(alice)) == 5


def test_days_sent_late_one_after_the_other_are_in_one_panel(as_alice, alice, symptoms):
    assert is_help(rate(as_alice, symptoms["akathisia"], 9, day=back(2)))
    assert is_help(as_alice.post(entry_url(), {"event-seizure": "on"}))
    assert is_help(as_alice.post(entry_url(YESTERDAY), {"mood": "5"}))  # nothing in itself, but help was not open yet
    page = said(as_alice.get("/help-now/noticed/"))
    assert "A seizure" in page and "On 20 November:</p> <p>You rated inner restlessness at 9." in page
    assert not is_help(as_alice.post(entry_url(YESTERDAY), {"mood": "6"}))


@pytest.mark.parametrize(("days", "help_"), [(7, True), (8, False), (14, False)])
def test_a_day_of_over_a_week_ago_is_silent(as_alice, alice, symptoms, days, help_):
    response = rate(as_alice, symptoms["suicidal-thoughts"], 9, day=back(days), **{"event-seizure": "on"})
    assert response.status_code == 302 and is_help(response) is help_
    assert DailyEntry.objects.of(alice).get().date == back(days)
    if help_:
        as_alice.get(response["Location"])
    assert not is_help(check_in(as_alice, symptoms["akathisia"], 9, day=back(14)))


def test_an_import_is_silent(as_alice, alice, symptoms, tmp_path):
    medication = diazepam(alice)
    path = tmp_path / "entries.csv"
    path.write_text(f"date,mood,symptom:suicidal-thoughts\n{TODAY},4,9\n{YESTERDAY},4,8\n")
    steps = tmp_path / "steps.csv"
    steps.write_text(f"medication,starts_on,dose_mg,kind\nDiazepam,{TODAY},0,stop\n")
    call_command("import_journal", "alice", "--entries", str(path), "--steps", str(steps), verbosity=0)
    assert Rating.objects.of(alice).filter(severity=9).exists() and medication.steps.filter(mg=0).exists()
    assert not FlagRaised.objects.exists()
    assert as_alice.get("/").status_code == 200 and as_alice.get("/help-now/noticed/")["Location"] == "/"


def test_catching_up_looks_at_each_day(as_alice, alice, symptoms):
    make_entry(alice, back(20), mood=5)
    key = f"symptom-{symptoms['suicidal-thoughts'].pk}"
    response = as_alice.post("/entries/catch-up/", {f"{back(2)}-{key}": "2", f"{back(12)}-{key}": "9"})
    page = said(open_help(as_alice, response))
    assert "On 20 November:" in page and "at 2." in page and "at 9." not in page


# -- what the page says that it has shown -----------------------------------------------------------------------------


def test_what_the_page_has_shown_is_kept_and_not_shown_again(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    assert rate(as_alice, dark, 4, flags='[["suicidal-thoughts",4]]')["Location"] == "/"
    assert raised(alice) == [("suicidal-thoughts", TODAY, 4)]
    assert is_help(check_in(as_alice, dark, 5))


def test_it_cannot_keep_back_what_it_did_not_show_at_that_height(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    assert is_help(rate(as_alice, dark, 6, flags='[["suicidal-thoughts",5]]'))
    assert raised(alice) == []
    assert is_help(check_in(as_alice, dark, 7, flags='[["akathisia",10]]', time="08:00"))
    assert check_in(as_alice, dark, 8, day=YESTERDAY, flags='[["suicidal-thoughts",10]]')["Location"].startswith(
        "/help"
    )
    # (what waited from before still waits). Of that day the real height is kept, so that a higher one is shown.
    assert raised(alice) == [("suicidal-thoughts", YESTERDAY, 8)]


@pytest.mark.parametrize(
    "junk", ["x", "[", '[["akathisia",99]]', "\x00", "[" * 100_000, '[["akathisia",7]]' * 6_000, "💥", '{"a":1}']
)
def test_junk_is_no_error_and_keeps_nothing_back(as_alice, alice, symptoms, junk):
    for response in (
        rate(as_alice, symptoms["akathisia"], 8, flags=junk),
        check_in(as_alice, symptoms["akathisia"], 9, flags=junk),
        step_to(as_alice, diazepam(alice), flags=junk),
    ):
        assert is_help(response)


def test_sent_late_after_the_panel_was_on_the_screen_it_is_only_kept(as_alice, alice, symptoms):
    """A device without a connection showed it; the answer to a script is where to go on."""
    key = f"symptom-{symptoms['akathisia'].pk}"
    data = {key: "9", "uid": str(uuid.uuid4()), "flags": '[["akathisia",9,null,"2026-11-20"]]'}
    for _ in range(2):
        answer = as_alice.post(entry_url(back(2)), data, headers={"Accept": "application/json"}).json()
        assert answer["saved"] and not answer["next"].startswith("/help-now/")
    assert raised(alice) == [("akathisia", back(2), 9)]
    data = {key: "9", "uid": str(uuid.uuid4()), "flags": '[["akathisia",9]]'}
    as_alice.post(entry_url(back(20)), data)  # so late that nothing would be shown: it was, and that is kept
    assert ("akathisia", back(20), 9) in raised(alice)


def test_a_script_is_told_where_help_is(as_alice, symptoms):
    data = {f"symptom-{symptoms['akathisia'].pk}": "9"}
    answer = as_alice.post(entry_url(), data, headers={"Accept": "application/json"}).json()
    assert answer == {"saved": True, "next": "/help-now/noticed/?next=%2F"}


def test_a_form_that_is_shown_again_keeps_what_was_shown(as_alice, symptoms):
    sent = '[["akathisia",9]]'
    page = rate(as_alice, symptoms["akathisia"], 9, flags=sent, mood="much")
    assert page.status_code == 422 and page.context["flags"]["data"]["told"] == [
        ["akathisia", 9.0, None, TODAY.isoformat()]
    ]


def test_an_error_while_looking_prevents_nothing(as_alice, alice, symptoms, monkeypatch, caplog):
    monkeypatch.setattr(views, "notices_in", lambda facts: 1 / 0)
    assert rate(as_alice, symptoms["akathisia"], 9)["Location"] == "/"
    assert Rating.objects.of(alice).get().severity == 9
    assert "could not be looked at" in caplog.text


# -- the panel --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["", "XX"])
def test_without_a_country_no_number_is_invented(as_alice, alice, symptoms, country):
    alice.profile.country = country
    alice.profile.save()
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert "call your local emergency number" in page and "findahelpline.com" in page
    assert "tel:" not in page and "sms:" not in page
    assert ("Choose your country" in page) == (not country)
    assert ("We have no number for your country." in page) == bool(country)
    assert "call-row-first" not in page


def test_a_country_without_lines_has_its_emergency_number(as_alice, alice, symptoms):
    alice.profile.country = "CA"
    alice.profile.save()
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert 'href="tel:911"' in page and "findahelpline.com" in page and "Samaritans" not in page


def test_the_persons_own_people_are_there_and_nobody_elses(as_alice, alice, bob, symptoms):
    SupportPerson.objects.create(owner=alice, name="Sam <b>", role="brother", phone="0123")
    SupportPerson.objects.create(owner=bob, name="Rob", phone="0456")
    SafetyPlan.objects.create(owner=bob, own_ways="Walk")
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert "Sam &lt;b&gt;" in page and "Rob" not in page


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\x00", "x", ""])
def test_close_leads_only_to_a_page_of_ours(as_alice, symptoms, url):
    rate(as_alice, symptoms["akathisia"], 9)
    page = as_alice.get("/help-now/noticed/", {"next": url})
    assert page.context["close_url"] == "/"
    assert as_alice.get("/help-now/noticed/", {"next": "/care/?a=1"}).context["close_url"] == "/care/?a=1"


def test_with_nothing_noticed_it_leads_on(as_alice):
    assert as_alice.get("/help-now/noticed/?next=/care/")["Location"] == "/care/"
    assert as_alice.post("/help-now/noticed/").status_code == 405


def test_what_waited_for_over_a_week_is_not_shown_any_more(as_alice, alice, symptoms, clock):
    rate(as_alice, symptoms["akathisia"], 9)
    clock.shift(dt.timedelta(9))
    assert as_alice.get("/help-now/noticed/")["Location"] == "/" and raised(alice) == []


def test_a_medication_that_is_deleted_meanwhile_is_no_error(as_alice, alice):
    medication = diazepam(alice)
    assert is_help(step_to(as_alice, medication))
    medication.delete()
    assert as_alice.get("/help-now/noticed/")["Location"] == "/"


# -- what a page gets to look for itself ------------------------------------------------------------------------------


def page_data(client, url):
    return client.get(url).context["flags"]["data"]


def test_a_page_gets_the_rules_and_what_it_needs(as_alice, alice, symptoms):
    medication = diazepam(alice)
    make_plan(medication, [(back(3), 5), (back(2), 0)], agreed_on=back(20))
    make_medication(alice)
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="missed", mg=0)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=YESTERDAY, reading=9)
    for url in (entry_url(), f"{entry_url()}check-in/"):
        data = page_data(as_alice, url)
        assert [rule["rule"] for rule in data["rules"]] == list(FLAG_RULES)
        assert data["day"] == TODAY.isoformat() and data["symptoms"][str(symptoms["akathisia"].pk)] == "akathisia"
        assert data["names"]["suicidality"] == "suicidal-thoughts"
        assert data["doses"] == {
            str(medication.pk): {
                "name": "Diazepam", "stops": [[back(2).isoformat(), ""]], "none": [YESTERDAY.isoformat()],
            }
        }  # fmt: skip
        assert data["shown"] == [["akathisia", 7.0, None, TODAY.isoformat()]] and data["told"] == []
        page = said(as_alice.get(url))
        assert 'id="flag-data" type="application/json"' in page and '<template id="flag-panel">' in page
        assert page.index("js/flags.js") < page.index("js/drafts.js")


def test_a_step_page_knows_what_is_stopped(as_alice, alice):
    medication, other = diazepam(alice), make_medication(alice)
    assert page_data(as_alice, reverse("step_new", args=[medication.pk]))["stopping"] == str(medication.pk)
    assert page_data(as_alice, reverse("step_new", args=[other.pk]))["doses"].keys() == {str(medication.pk)}


def test_a_blank_page_carries_nothing_that_was_recorded(as_alice, alice, symptoms):
    medication = diazepam(alice)
    SupportPerson.objects.create(owner=alice, name="Sam Sixpence", phone="0123")
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="missed", mg=0)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    for url in ("/entries/offline/", "/entries/offline/check-in/"):
        page = as_alice.get(url)
        data = page.context["flags"]["data"]
        assert (data["day"], data["shown"], data["told"]) == ("", [], [])
        assert data["doses"][str(medication.pk)]["none"] == []
        assert "Sam Sixpence" not in said(page) and "Life at risk: call 999" in said(page)
        assert json.loads(json.dumps(data)) == data


# -- the person's own record ------------------------------------------------------------------------------------------


def test_the_record_is_the_persons_own_and_each_can_be_deleted(as_alice, alice, bob):
    medication = diazepam(alice, name="Diazepam <i>")
    mine = FlagRaised.objects.create(owner=alice, rule="suicidal-thoughts", date=TODAY, reading=Decimal("4"))
    FlagRaised.objects.create(owner=alice, rule="missed-doses", date=TODAY, medication=medication)
    FlagRaised.objects.create(owner=alice, rule="a-rule-of-old", date=YESTERDAY)
    FlagRaised.objects.create(owner=bob, rule="confusion", date=TODAY, reading=9)
    page = said(as_alice.get("/care/flags/"))
    assert "You rated thoughts of suicide or self-harm at 4." in page and "Diazepam &lt;i&gt;" in page
    assert "A rule that is not in use any more." in page and "confusion" not in page
    assert "Shown 22 November 2026, 12:00" in page
    alice.profile.clock = "12"
    alice.profile.save()
    assert "12:00 p.m." in said(as_alice.get("/care/flags/")) and ".." not in said(as_alice.get("/care/flags/"))
    url = reverse("flag_delete", args=[mine.pk])
    assert "at 4." in said(as_alice.get(url)) and FlagRaised.objects.filter(pk=mine.pk).exists()
    after = as_alice.post(url, follow=True)
    assert "Deleted from this list." in said(after) and not FlagRaised.objects.filter(pk=mine.pk).exists()
    as_alice.post(re.search(r'action="(/entries/deleted/\d+/undo/)"', after.content.decode())[1])
    assert FlagRaised.objects.of(alice).get(pk=mine.pk).reading == 4


def test_an_empty_record_says_so(as_alice):
    assert "Nothing stands here." in said(as_alice.get("/care/flags/"))


def test_of_very_many_the_latest_stand_there(as_alice, alice):
    FlagRaised.objects.bulk_create(
        FlagRaised(owner=alice, rule="akathisia", date=TODAY, reading=7) for _ in range(views.LISTED + 5)
    )
    page = said(as_alice.get("/care/flags/"))
    assert page.count("You rated inner restlessness at 7.</p>") == views.LISTED and "These are the latest." in page


def test_nothing_of_it_is_on_the_summary(as_alice, alice):
    before = said(as_alice.get("/summary/"))
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    without_token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert without_token.sub("", said(as_alice.get("/summary/"))) == without_token.sub("", before)


def test_it_costs_the_same_whatever_stands_in_the_record(as_alice, alice, symptoms):
    medication = diazepam(alice)
    plan = make_plan(medication, [(back(50), 5)], agreed_on=back(60))
    check_in(as_alice, symptoms["akathisia"], 2, time="07:00")
    costs = []
    for number in (2, 200):
        for step in range(number):
            plan.steps.get_or_create(starts_on=TODAY + dt.timedelta(step), defaults={"mg": 5})
            FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=1)
        DoseTaken.objects.filter(date=TODAY).delete()
        DoseTaken.objects.get_or_create(medication=medication, date=YESTERDAY, status="missed", mg=0)
        with CaptureQueriesContext(connection) as page:
            as_alice.get(entry_url())
        with CaptureQueriesContext(connection) as save:
            check_in(as_alice, symptoms["akathisia"], 5, time=f"08:{number % 60:02}")
        costs.append((len(page), len(save)))
    assert costs[0] == costs[1]
