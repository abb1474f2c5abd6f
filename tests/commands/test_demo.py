"""`manage.py demo`: the same seed is the same person, and nobody else is touched."""

import datetime as dt
import random

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.catalogue.drugs import DRUGS
from journal.catalogue.skills import SKILLS
from journal.catalogue.symptoms import SYMPTOMS
from journal.demo.person import make_person
from journal.models import (
    DailyEntry,
    DosePart,
    DoseStep,
    DoseTaken,
    Medication,
    Practice,
    Question,
    Rating,
    Skill,
    Symptom,
)
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
        rows(DailyEntry, owner, "date", "mood", "energy", "sleep_hours", "sleep_quality", "function", "notes"),
        rows(Symptom, owner, "position", "name", "slug", "builtin", "tracked"),
        rows(Rating, owner, "entry__date", "symptom__slug", "severity"),
        rows(Practice, owner, "date", "time", "skill__slug", "before", "after", "note"),
        rows(Question, owner, "created", "text", "asked_on"),
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
        with django_assert_max_num_queries(60 + days // 2):
            demo(days=days)
        user = User.objects.get(username="alex")
        dates = set(DailyEntry.objects.of(user).values_list("date", flat=True))
        assert {min(dates), max(dates)} == {TODAY - dt.timedelta(days), YESTERDAY}
        assert Medication.objects.of(user).count() == (2 if days >= 120 else 1)
        assert Question.objects.of(user).filter(asked_on=None).count() == (2 if days < 45 else 3)
        assert set(Symptom.objects.of(user).values_list("builtin", flat=True)) <= set(SYMPTOMS)
        assert set(Skill.objects.of(user).values_list("builtin", flat=True)) <= set(SKILLS)

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
        assert day.sleep_hours is None or 2 <= day.sleep_hours <= 11
        for dose in day.doses:
            steps = [step for step in person.medications[dose.medication].steps if step.starts_on <= day.date]
            assert steps[-1].mg > 0, "a dose on a day on which there was none to take"
            assert dose.mg == {"missed": 0, "other": dose.mg}.get(dose.status, steps[-1].mg)
