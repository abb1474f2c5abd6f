"""`manage.py demo`: the same seed is the same person, and nobody else is touched."""

import datetime as dt
import random
from dataclasses import fields
from fractions import Fraction

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.catalogue.drugs import DRUGS
from journal.catalogue.events import ORDINARY
from journal.catalogue.measures import MEASURES
from journal.catalogue.questionnaires import QUESTIONNAIRES
from journal.catalogue.situations import SITUATIONS
from journal.catalogue.skills import SKILLS
from journal.catalogue.symptoms import SYMPTOMS
from journal.demo import more
from journal.demo.days import SYMPTOMS as RATED
from journal.demo.person import make_person
from journal.demo.questionnaires import filled_in
from journal.demo.words import SENTENCES
from journal.models import (
    Activity,
    Appointment,
    CheckIn,
    DailyEntry,
    DosePart,
    DoseStep,
    DoseTaken,
    Homework,
    HomeworkStep,
    LifeEvent,
    Measure,
    Measurement,
    Medication,
    Practice,
    Question,
    Rating,
    Reading,
    SafetyPlan,
    Skill,
    SupportPerson,
    Symptom,
)
from journal.queries.tracked import measures_on
from journal.taper.history import kind_fits
from tests.conftest import TODAY

YESTERDAY = TODAY - dt.timedelta(1)


def demo(**options):
    call_command("demo", **{"username": "alex", "password": "a password for alex", "days": 60, "seed": 3, **options})


def rows(model, owner, *fields):
    return list(model.objects.of(owner).order_by(*fields).values_list(*fields))


def record(owner):
    """Everything of the person but keys and the time of writing."""
    return [
        rows(Medication, owner, "name", "drug", "drug_class", "reason", "since", "prescriber"),
        rows(DoseStep, owner, "medication__name", "starts_on", "mg", "kind", "note"),
        rows(DosePart, owner, "step__starts_on", "mg", "when", "day"),
        rows(DoseTaken, owner, "medication__name", "date", "status", "mg", "time"),
        rows(DailyEntry, owner, "date", "timed_mood", "timed_moods", "carried", *DailyEntry.HOLDS),
        rows(Symptom, owner, "position", "name", "slug", "builtin", "tracked", "kind"),
        rows(Rating, owner, "entry__date", "symptom__slug", "severity", "origin", "total", "readings"),
        rows(CheckIn, owner, "entry__date", "time", "mood", "note"),
        rows(Reading, owner, "check_in__entry__date", "check_in__time", "symptom__slug", "severity"),
        rows(Measure, owner, "position", "name", "slug", "builtin", "kind", "unit", "low", "high", "better", "state"),
        rows(Measurement, owner, "entry__date", "measure__slug", "value", "carried"),
        rows(LifeEvent, owner, "entry__date", "kind", "text"),
        rows(Practice, owner, "date", "time", "skill__slug", "before", "after", "note", "minutes", "situation"),
        rows(Skill, owner, "name", "slug", "builtin", "steps", "standing", "reach_for", "notes"),
        rows(Activity, owner, "day", "text", "details", "state", "mastery", "pleasure", "practice__date"),
        rows(Homework, owner, "created", "text", "why", "when", "by", "result", "said_on", "note"),
        rows(HomeworkStep, owner, "homework__text", "position", "text", "parent__text", "result", "said_on"),
        rows(SafetyPlan, owner, *SafetyPlan.PARTS),
        rows(
            SupportPerson, owner, "position", "name", "role", "helps_with", "phone", "takes_texts", "in_crisis", "knows"
        ),
        rows(Question, owner, "created", "text", "asked_on", "kind", "whom", "answer", "appointment__date"),
        rows(Appointment, owner, "date", "time", "kind", "name", "place", "held", "notes", "agreed", "plan__name"),
    ]


@pytest.mark.usefixtures("clock")
class TestCommand:
    def test_it_works(self, db, client, capsys):
        demo()
        printed = capsys.readouterr().out.splitlines()
        user = User.objects.get(username="alex")
        assert printed[-1].startswith("Made alex, 2026-09-23 to 2026-11-21: ")
        assert f"{DailyEntry.objects.of(user).count()} entries" in printed[-1]
        assert user.check_password("a password for alex")
        assert (user.profile.name, user.profile.country, user.profile.time_zone) == (
            "Alex Marlow",
            "GB",
            "Europe/London",
        )
        assert user.profile.first_run_done

    def test_the_same_seed_is_the_same_person_and_another_seed_another(self, db):
        for username, seed in (("one", 3), ("two", 3), ("three", 4)):
            demo(username=username, seed=seed)
        one, two, three = (record(User.objects.get(username=name)) for name in ("one", "two", "three"))
        assert one == two
        assert one != three

    @pytest.mark.parametrize("days", [1, 7, 60, 180, 1000])
    def test_a_record_of_any_length_makes_sense(self, db, days, django_assert_max_num_queries):
        with django_assert_max_num_queries(160 + days // 2):
            demo(days=days)
        user = User.objects.get(username="alex")
        dates = set(DailyEntry.objects.of(user).values_list("date", flat=True))
        assert {min(dates), max(dates)} == {TODAY - dt.timedelta(days), YESTERDAY}
        assert Medication.objects.of(user).count() == (2 if days >= 120 else 1)
        assert Question.objects.of(user).filter(asked_on=None).count() == (2 if days < 45 else 7)
        assert set(Symptom.objects.of(user).values_list("builtin", flat=True)) <= set(SYMPTOMS)
        assert {one.slug for one in measures_on(user)} >= {*more.MEASURES, more.WEIGHT}
        skills = Skill.objects.of(user)
        assert set(skills.exclude(builtin="").values_list("builtin", flat=True)) <= set(SKILLS)
        about = set(Practice.objects.of(user).values_list("situation", flat=True))
        assert about <= {"", *SITUATIONS}
        if days >= 60:
            assert set(skills.values_list("standing", flat=True)) >= set(Skill.Standing.values)
            assert skills.filter(builtin="").count() == 1
            assert "" in about and len(about) >= 4

    def test_today_is_left_open_for_a_visitor(self, db):
        demo()
        user = User.objects.get(username="alex")
        assert not DailyEntry.objects.of(user).filter(date=TODAY).exists()
        assert not DoseTaken.objects.of(user).filter(date=TODAY).exists()

    def test_a_name_is_kept_in_lower_case_as_sign_in_looks_for_it(self, db):
        demo(username="Alex")
        assert User.objects.get().username == "alex"

    def test_somebody_who_is_there_is_not_touched(self, alice):
        with pytest.raises(CommandError, match="There is already somebody called alice"):
            demo(username="alice")
        with pytest.raises(CommandError, match="alice is not a demo person"):
            demo(username="alice", replace=True)
        assert User.objects.get() == alice

    def test_replace_makes_a_demo_person_anew(self, db, alice):
        demo(seed=3)
        first = record(User.objects.get(username="alex"))
        demo(seed=4, replace=True)
        assert record(User.objects.get(username="alex")) != first
        demo(seed=3, replace=True)
        assert record(User.objects.get(username="alex")) == first
        assert User.objects.count() == 2

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"days": 0}, "0 days cannot be made. From 1 to 3,650 can."),
            ({"days": 3651}, "3651 days cannot be made."),
            ({"until": "2026-11-23"}, "2026-11-23 is still to come."),
            ({"until": "1920-01-05"}, "Days from 1920 on can be kept."),
            ({"until": "22.11."}, "“22.11.” is not a date."),
            ({"username": "a b"}, "Enter a valid username."),
            ({"username": ""}, "This field cannot be blank."),
        ],
    )
    def test_nonsense_is_refused_in_a_sentence(self, db, options, words):
        with pytest.raises(CommandError) as refused:
            demo(**options)
        assert words in str(refused.value)
        assert not User.objects.exists()


def test_a_record_of_months_has_everything_that_a_visitor_looks_for():
    person = make_person(180, 1, YESTERDAY)
    main = person.medications[0]
    assert {"start", "reduction", "reinstatement", "hold"} <= {step.kind for step in main.steps}
    recorded = {day.date for day in person.days}
    assert any(all(day + dt.timedelta(n) not in recorded for n in range(6)) for day in recorded_gaps(recorded))
    assert {"planned", "missed", "late", "other"} == {d.status for day in person.days for d in day.doses}
    assert len({practice.skill for practice in person.practices}) >= 4
    held = {kind for day in person.days for kind in day.events}
    assert "illness" in held and len(held) > 2
    assert 20 < sum(bool(day.check_ins) for day in person.days) < 90
    assert 1 <= sum(bool(day.carried_ratings) for day in person.days) <= 2
    questionnaires = filled_in(person)
    assert {slug for slug, _, _ in questionnaires} == set(QUESTIONNAIRES)
    assert 12 <= len(questionnaires) <= 20
    assert 20 <= sum(more.WEIGHT in day.measures for day in person.days) <= 26
    notes = [day.notes for day in person.days if day.notes]
    assert len(notes) > 40
    assert len(set(notes)) > 0.8 * len(notes)


@pytest.mark.parametrize("days", [60, 90, 180, 240, 365, 1000])
@pytest.mark.parametrize("seed", range(5))
def test_there_is_a_hold_and_a_step_back_up_and_the_last_change_is_old_enough_to_have_a_now(days, seed):
    steps = make_person(days, seed, YESTERDAY).medications[0].steps
    assert {"start", "reduction", "reinstatement", "hold"} <= {step.kind for step in steps}
    assert (YESTERDAY - steps[-1].starts_on).days >= 11


def recorded_gaps(recorded):
    return [day + dt.timedelta(1) for day in recorded if day + dt.timedelta(1) not in recorded and day < max(recorded)]


def test_symptoms_rise_after_a_reduction_and_mood_goes_the_other_way():
    """Over twenty people: the days 5 to 8 after a reduction against the five days before it."""
    rises, falls = [], []
    for seed in range(20):
        person = make_person(180, seed, YESTERDAY)
        by_day = {day.date: day for day in person.days if len(day.ratings) > 3}
        for step in person.medications[0].steps:
            if step.kind == "reduction":
                before = [by_day.get(step.starts_on - dt.timedelta(n)) for n in range(1, 6)]
                after = [by_day.get(step.starts_on + dt.timedelta(n)) for n in range(5, 9)]
                if any(before) and any(after):
                    rises.append(mean_burden(after) - mean_burden(before))
                    falls.append(mean_mood(after) - mean_mood(before))
    assert sum(rises) / len(rises) > 0.8
    assert sum(falls) / len(falls) < -0.4


def test_mornings_are_worse_than_evenings_and_worse_days_have_more_check_ins():
    """Over ten people, so that the pattern by time of day has something to show."""
    by_time: dict[str, list] = {"morning": [], "evening": []}
    worse, better = [], []
    for seed in range(10):
        for day in make_person(240, seed, YESTERDAY).days:
            (worse if sum(day.ratings.values()) > 25 else better).append(len(day.check_ins))
            for check_in in day.check_ins:
                part = "morning" if check_in.time.hour < 12 else "evening" if check_in.time.hour > 18 else ""
                if part and "anxiety" in check_in.ratings:
                    by_time[part].append(check_in.ratings["anxiety"])
    mean = {part: sum(values) / len(values) for part, values in by_time.items()}
    assert mean["morning"] > mean["evening"] + 1
    assert sum(worse) / len(worse) > 1.5 * sum(better) / len(better)


@pytest.mark.usefixtures("clock")
def test_what_check_ins_say_is_the_day_s_value_only_where_the_day_was_not_rated_itself(db):
    demo(days=240)
    user = User.objects.get(username="alex")
    derived = Rating.objects.of(user).filter(origin="check_ins")
    assert derived.exists()
    for rating in derived.select_related("entry", "symptom"):
        readings = Reading.objects.of(user).filter(check_in__entry=rating.entry, symptom=rating.symptom)
        values = list(readings.values_list("severity", flat=True))
        assert rating.value == Fraction(sum(values)) / len(values)
    carried = Rating.objects.of(user).filter(origin="carried")
    assert {rating.entry for rating in carried} == set(DailyEntry.objects.of(user).exclude(carried=""))


def test_what_else_is_written_down_changes_nothing_of_what_was_there(monkeypatch):
    """Each part has random numbers of its own."""
    whole = make_person(180, 1, YESTERDAY)
    monkeypatch.setattr("journal.demo.days.with_more", lambda days, *others: tuple(days))
    bare = make_person(180, 1, YESTERDAY)
    added = {
        "check_ins", "bed_time", "wake_time", "measures", "events", "carried", "carried_ratings",
    }  # fmt: skip
    for day, before in zip(whole.days, bare.days, strict=True):
        kept = {field.name for field in fields(day)} - added
        assert {name: getattr(day, name) for name in kept} == {name: getattr(before, name) for name in kept}
    assert (whole.practices, whole.questions) == (bare.practices, bare.questions)


def test_nothing_in_it_praises_or_urges():
    text = " ".join(sentence for sentences in SENTENCES.values() for sentence in sentences).casefold()
    for word in ("well done", "done well", "proud", "should", "congratulations", "streak", "!"):
        assert word not in text, word


def mean_burden(days):
    values = [sum(day.ratings.values()) / len(day.ratings) for day in days if day]
    return sum(values) / len(values)


def mean_mood(days):
    values = [day.mood for day in days if day]
    return sum(values) / len(values)


@settings(max_examples=25, deadline=None)
@given(days=st.integers(1, 300), seed=st.integers(-5, 10**6))
@example(days=1000, seed=1)
@example(days=30, seed=8)
def test_every_person_is_one_that_the_record_can_hold(days, seed):
    random.seed(1)
    state = random.getstate()
    person = make_person(days, seed, YESTERDAY)
    assert random.getstate() == state, "the generator took random numbers from everybody's source"
    assert person == make_person(days, seed, YESTERDAY)
    steps_fit(person)
    days_fit(person)
    for practice in person.practices:
        assert practice.skill in SKILLS
        assert 0 <= practice.before <= 10 and practice.after in {None, *range(11)}
    for question in person.questions:
        assert person.first_day <= question.created <= (question.asked_on or question.created) <= person.last_day


def steps_fit(person):
    for medication in person.medications:
        assert DRUGS[medication.drug].drug_class == medication.drug_class
        previous = None
        for step in medication.steps:
            assert person.first_day <= step.starts_on <= person.last_day
            assert kind_fits(step.kind, previous, step.mg)
            previous = step.mg
        assert len({step.starts_on for step in medication.steps}) == len(medication.steps)


def days_fit(person):
    dates = [day.date for day in person.days]
    assert dates == sorted(set(dates))
    for day in person.days:
        assert {day.mood, day.energy, day.function, day.sleep_quality, *day.ratings.values()} <= {None, *range(11)}
        assert day.ratings.keys() <= SYMPTOMS.keys()
        assert day.events.keys() <= {event.slug for event in ORDINARY}
        check_ins_fit(person, day)
        measures_fit(day)
        nights_fit(day)
        assert day.sleep_hours is None or 2 <= day.sleep_hours <= 11
        for dose in day.doses:
            steps = [step for step in person.medications[dose.medication].steps if step.starts_on <= day.date]
            assert steps[-1].mg > 0, "a dose on a day on which there was none to take"
            assert dose.mg == {"missed": 0, "other": dose.mg}.get(dose.status, steps[-1].mg)
    carried_fits({day.date: day for day in person.days})


def check_ins_fit(person, day):
    times = [check_in.time for check_in in day.check_ins]
    assert times == sorted(set(times)) and len(times) <= 4
    assert not times or day.date < person.last_day, "the last day may be today, and it may be morning"
    for check_in in day.check_ins:
        assert {check_in.mood, *check_in.ratings.values()} <= {*range(11)}
        assert check_in.ratings.keys() <= set(RATED)


def measures_fit(day):
    for slug, value in day.measures.items():
        own = {more.WEIGHT: (30, 250)}
        low, high = own[slug] if slug in own else (MEASURES[slug].low, MEASURES[slug].high)
        assert low <= value <= high and value == round(value, 1)


@pytest.mark.parametrize("days", [14, 60, 365, 1000])
def test_questionnaires_go_by_what_was_rated_and_are_no_emergency(days):
    person = make_person(days, 1, YESTERDAY)
    made = filled_in(person)
    assert bool(made) and made == filled_in(make_person(days, 1, YESTERDAY))
    for slug, day, answers in made:
        one = QUESTIONNAIRES[slug]
        assert person.first_day <= day <= person.last_day and len(answers) == len(one.items)
        assert one.answered(answers) >= len(one.items) - 1
        assert slug != "phq-9" or answers[8] == 0
    totals = [QUESTIONNAIRES[slug].total(answers) for slug, _, answers in made]
    assert days < 365 or len(set(totals)) > 5


def nights_fit(day):
    """The hours slept fit between going to bed and getting up, whichever side of midnight that was."""
    assert (day.bed_time is None) == (day.wake_time is None)
    if day.bed_time:
        bed, wake = (dt.timedelta(hours=time.hour, minutes=time.minute) for time in (day.bed_time, day.wake_time))
        in_bed = (wake - bed) % dt.timedelta(1)
        assert day.sleep_hours is not None
        assert in_bed.total_seconds() / 3600 >= float(day.sleep_hours)


def carried_fits(by_day):
    """What was carried is what the day before had, and nothing that asks for care is."""
    found = [day for day in by_day.values() if day.carried or day.carried_ratings]
    assert len(found) <= 2
    for day in found:
        before = by_day[day.date - dt.timedelta(1)]
        assert all(getattr(day, name) == getattr(before, name) is not None for name in day.carried)
        assert all(day.ratings[slug] == before.ratings[slug] for slug in day.carried_ratings)
        assert not any(SYMPTOMS[slug].red_flag for slug in day.carried_ratings)
