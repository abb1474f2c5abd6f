"""Red flags after a save: every row of the table, on the server."""

import datetime as dt

import pytest
from django.urls import reverse

from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import FLAG_RULES
from journal.catalogue.red_flags import RED_FLAGS
from journal.models import (
    DoseTaken,
    FlagRaised,
    LifeEvent,
    QuestionnaireResponse,
    Rating,
    Reading,
)
from journal.views import flags as views
from tests.conftest import TODAY, make_plan, make_step
from tests.flagging import (
    SYMPTOMS,
    YESTERDAY,
    back,
    check_in,
    diazepam,
    entry_url,
    is_help,
    miss,
    raised,
    rate,
    rated_symptoms,
    said,
    step_to,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def symptoms(alice):
    return rated_symptoms(alice)


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


@pytest.mark.parametrize("move_rest", [{}, {"move_rest": "on"}])
@pytest.mark.parametrize(("late", "help_"), [(90, True), (1, True), (0, False), (-3, False)])
def test_confirming_the_plans_stop_is_a_flag_only_before_the_plans_own_day(as_alice, alice, late, help_, move_rest):
    medication = diazepam(alice)
    plan = make_plan(medication, [(TODAY + dt.timedelta(late), 0)], agreed_on=back(20))
    fields = {"starts_on": TODAY.isoformat(), **move_rest}
    response = as_alice.post(reverse("plan_confirm", args=[plan.pk]), fields)
    assert is_help(response) == help_
    assert medication.steps.filter(mg=0, starts_on=TODAY).exists()
    if help_:
        assert "No agreed plan here has that stop." in said(as_alice.get(response["Location"]))
    assert as_alice.post(entry_url(), {"mood": "5"})["Location"] == "/"


@pytest.mark.parametrize("move_rest", [{}, {"move_rest": "on"}])
@pytest.mark.parametrize(("late", "help_"), [(90, True), (0, False)])
def test_after_a_stop_before_the_plans_own_day_missed_days_count(as_alice, alice, clock, late, help_, move_rest):
    medication = diazepam(alice)
    plan = make_plan(medication, [(TODAY + dt.timedelta(late), 0)], agreed_on=back(20))
    as_alice.post(reverse("plan_confirm", args=[plan.pk]), {"starts_on": TODAY.isoformat(), **move_rest})
    as_alice.get("/help-now/noticed/")
    clock.shift(dt.timedelta(1))
    tomorrow = TODAY + dt.timedelta(1)
    for day in (TODAY, tomorrow):
        DoseTaken.objects.create(medication=medication, date=day, status="missed", mg=0)
    assert is_help(as_alice.post(entry_url(tomorrow), {"mood": "4"})) == help_


def test_a_stop_that_was_moved_while_it_was_to_come_is_planned_from_its_new_day(as_alice, alice, clock):
    medication = diazepam(alice)
    plan = make_plan(medication, [(TODAY + dt.timedelta(20), 0)], agreed_on=back(20))
    as_alice.post(reverse("plan_move", args=[plan.pk]), {"days": "-19"})
    now = TODAY + dt.timedelta(1)
    assert medication.plans.get(status="agreed").steps.get().starts_on == now
    clock.shift(dt.timedelta(1))
    assert not is_help(step_to(as_alice, medication, day=now))


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
