"""What is private, one by one: which things there are, how they are named, and who finds them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import CharField, JSONField, TextField
from django.test.utils import CaptureQueriesContext

from journal import models
from journal.models import CheckIn, DailyEntry, FlagRaised, LifeEvent, QuestionnaireResponse, Reading
from journal.models.base import Owned
from journal.queries.period import Period
from journal.queries.private_items import MOST, any_private, available, chosen, counts, items_of, standing
from journal.queries.private_sources import SOURCES, TITLES, short
from tests.conftest import TODAY, make_entry, make_symptom
from tests.planted import DAY, plant

pytestmark = pytest.mark.usefixtures("clock")

PERIOD = Period(TODAY - dt.timedelta(29), TODAY)
BEFORE = Period(TODAY - dt.timedelta(400), TODAY - dt.timedelta(300))


def texts(groups) -> list[str]:
    return [f"{item.label}: {item.text}" for group in groups for item in group.items]


def items(owner, period=PERIOD, kind=None):
    return [
        one for each in ([kind] if kind else TITLES) for one in items_of(owner, period, available(owner, period, each))
    ]


def test_every_place_is_planted(alice):
    """Else the tests that plant would pass for a place that nobody thought of."""
    named = {key if key in SOURCES else key.rpartition(":")[0] for key in (one.key for one in plant(alice))}
    assert named == set(SOURCES)


def test_what_is_available_is_what_was_planted_each_under_its_kind(alice):
    planted = plant(alice)
    for kind in TITLES:
        assert sorted(item.key for item in items(alice, kind=kind)) == sorted(
            one.key for one in planted if one.kind == kind
        )
    assert counts(alice, PERIOD) == {kind: sum(one.kind == kind for one in planted) for kind in TITLES}


def test_each_is_chosen_alone_and_says_its_words(alice):
    for one in plant(alice):
        groups = chosen(alice, PERIOD, [one.key])
        assert [group.kind for group in groups] == [one.kind]
        assert [item.key for item in groups[0].items] == [one.key]
        assert one.words in texts(groups)[0], one


def test_nothing_is_chosen_without_keys_and_costs_nothing(alice, django_assert_num_queries):
    plant(alice)
    with django_assert_num_queries(0):
        assert chosen(alice, PERIOD, []) == ()
        assert standing(alice, []) == set()


@pytest.mark.parametrize(
    "key",
    ["", "entry", "entry:", "entry:0", "entry:-1", "entry:1e3", "entry:٣", "plan", "plan:1", "plan:updated", "plan:pk",
     "ratings:akathisia", "ratings:1", "item9:x", "nothing:1", "entry:1:2", "entry:99999999999999999999", "e" * 5000,
     "entry:1\n", "ENTRY:1", None, 7, "flag:\x00"],
)  # fmt: skip
def test_what_is_no_key_is_simply_not_there(alice, key):
    make_entry(alice, DAY, notes="x")
    assert chosen(alice, PERIOD, [key]) == ()
    assert standing(alice, [key]) == set()
    assert any_private(alice, PERIOD, [key])


def test_keys_of_somebody_else_do_nothing(alice, bob):
    keys = [one.key for one in plant(alice) if one.key.rpartition(":")[2].isdigit()]
    assert keys
    assert chosen(bob, PERIOD, keys) == ()
    assert standing(bob, keys) == set()
    assert not any_private(bob, PERIOD, ())
    assert items(bob) == [] and counts(bob, PERIOD) == {kind: 0 for kind in TITLES}
    shared = ["plan:people", "ratings:suicidal-thoughts"]  # these name everybody's own
    assert chosen(bob, PERIOD, shared) == () and len(chosen(alice, PERIOD, shared)[0].items) == 2


def test_dated_things_belong_to_the_period_and_undated_ones_always(alice):
    plant(alice)
    there = {item.key.partition(":")[0] for item in items(alice, BEFORE)}
    assert there == {"skill", "plan", "person"}
    every = {one.key for one in items(alice)}
    assert {item.key.partition(":")[0] for group in chosen(alice, BEFORE, every) for item in group.items} == there


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [(DAY, DAY, True), (DAY - dt.timedelta(1), DAY - dt.timedelta(1), False), (TODAY, TODAY, False)],
)
def test_the_ends_of_the_period_belong_to_it(alice, first, last, there):
    entry = make_entry(alice, DAY, notes="x")
    assert bool(chosen(alice, Period(first, last), [f"entry:{entry.pk}"])) is there
    assert any_private(alice, Period(first, last), ()) is there


def test_the_thoughts_of_a_month_belong_to_any_day_of_it(alice):
    look = models.MonthlyLook.objects.create(owner=alice, month=dt.date(2026, 11, 1), thoughts={"sleep": "x"})
    (group,) = chosen(alice, Period(dt.date(2026, 11, 20), dt.date(2026, 11, 21)), [f"look-sleep:{look.pk}"])
    (item,) = group.items
    assert (item.day, item.label) == (None, "Thought of November 2026, Sleep")
    assert not any_private(alice, Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31)), ())


def test_something_is_left_out_until_the_last_of_it_is_chosen(alice):
    keys = [one.key for one in plant(alice)]
    assert any_private(alice, PERIOD, ())
    assert not any_private(alice, PERIOD, keys)
    for one in keys:
        assert any_private(alice, PERIOD, [key for key in keys if key != one]), one


def test_a_record_without_anything_private_has_nothing_left_out(alice):
    zaps = make_symptom(alice)
    make_entry(alice, DAY, {zaps: 4}, mood=3)
    QuestionnaireResponse.objects.create(owner=alice, slug="gad-7", date=DAY, answers=[1] * 7)
    QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=DAY, answers=[1] * 8 + [None])
    assert not any_private(alice, PERIOD, ()) and items(alice) == []


def test_ratings_are_dates_and_values_and_how_many_days(alice):
    dark = make_symptom(alice, "Mine", builtin="suicidal-thoughts")
    for back, value in ((9, 4), (8, 0), (3, "2.5")):
        entry = make_entry(alice, TODAY - dt.timedelta(back), {dark: value})
    check_in = CheckIn.objects.create(entry=entry, time=dt.time(8, 5))
    Reading.objects.create(check_in=check_in, symptom=dark, severity=Decimal(1))
    (group,) = chosen(alice, PERIOD, ["ratings:suicidal-thoughts"])
    told = group.items[0].text.replace("\u00a0", " ")
    assert told == "4 on 13 Nov, 2.5 on 19 Nov, 1 on 19 Nov at 08:05; 0 at 1 other time; rated on 3 of 30 days"


def test_ratings_of_nought_alone_are_told_too_and_very_many_are_counted(alice):
    dark = make_symptom(alice, "Mine", builtin="suicidal-thoughts")
    make_entry(alice, DAY, {dark: 0})
    (group,) = chosen(alice, PERIOD, ["ratings:suicidal-thoughts"])
    assert group.items[0].text == "0 each time; rated on 1 of 30 days"
    for back in range(100, 200):
        make_entry(alice, TODAY - dt.timedelta(back), {dark: 2})
    (group,) = chosen(alice, Period(TODAY - dt.timedelta(400), TODAY), ["ratings:suicidal-thoughts"])
    assert " and 40 earlier above 0; 0 at 1 other time; rated on 101 of 401 days" in group.items[0].text
    assert "2 on 14\u00a0Aug\u00a02026" in group.items[0].text


@pytest.mark.parametrize(("answer", "told"), [(0, "0 of 3, “not at all”"), (3, "3 of 3, “nearly every day”")])
def test_the_answer_to_question_9_is_told_with_its_words(alice, answer, told):
    row = QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=DAY, answers=[None] * 8 + [answer])
    (item,) = chosen(alice, PERIOD, [f"item9:{row.pk}"])[0].items
    assert (item.day, item.label, item.text) == (DAY, "PHQ-9, question 9", told)


@pytest.mark.parametrize("answers", [[1] * 8, [1] * 8 + [None], [], {}, "x", [1] * 8 + [9], [1] * 8 + ["2"]])
def test_what_is_no_answer_to_question_9_is_no_item(alice, answers):
    row = QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=DAY, answers=answers)
    assert chosen(alice, PERIOD, [f"item9:{row.pk}"]) == ()


def test_a_flag_says_what_was_noticed_as_facts_and_never_you(alice):
    for one in plant(alice):
        if one.kind == "flags":
            (text,) = texts(chosen(alice, PERIOD, [one.key]))
            assert "You" not in text and "{" not in text and one.words in text
    old = FlagRaised.objects.create(owner=alice, rule="gone", date=DAY)
    assert texts(chosen(alice, PERIOD, [f"flag:{old.pk}"])) == ["Noticed: A rule that is not in use any more."]
    assert "not a diagnosis" in TITLES["flags"]


def test_what_was_written_about_a_private_event_is_no_note(alice):
    entry = make_entry(alice, DAY)
    private = LifeEvent.objects.create(entry=entry, kind="harming-someone", text="x")
    assert chosen(alice, PERIOD, [f"event:{private.pk}"]) == ()
    assert [item.key for item in items(alice)] == [f"happened:{private.pk}"]


def test_items_come_by_day_and_what_has_none_last(alice):
    keys = [one.key for one in plant(alice)]
    older = make_entry(alice, TODAY - dt.timedelta(50), notes="older")
    notes = chosen(alice, Period(TODAY - dt.timedelta(90), TODAY), [*keys, f"entry:{older.pk}"])[0].items
    days = [item.day for item in notes if not item.key.startswith("look-")]
    assert days == sorted(days, key=lambda day: (day is None, day)) and days[0] == older.date and days[-1] is None


def test_the_list_is_the_latest_first_and_what_has_no_day_last(alice):
    plant(alice)
    late = make_entry(alice, TODAY, notes="late")
    found = items(alice, kind="notes")
    assert found[0].key == f"entry:{late.pk}" and found[-1].key.startswith("skill:")


def test_of_very_many_keys_so_many_are_kept(alice):
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=alice, date=TODAY - dt.timedelta(n), notes="x") for n in range(MOST + 50)
    )
    keys = [f"entry:{entry.pk}" for entry in entries]
    (group,) = chosen(alice, Period(TODAY - dt.timedelta(500), TODAY), keys)
    assert len(group.items) == MOST


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_does_not_grow(alice, number):
    keys = [one.key for one in plant(alice)]
    DailyEntry.objects.bulk_create(
        DailyEntry(owner=alice, date=TODAY - dt.timedelta(n + 400), notes="x" * 100) for n in range(number)
    )
    whole = Period(TODAY - dt.timedelta(2000), TODAY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        chosen(alice, whole, keys)
        any_private(alice, whole, keys)
        counts(alice, whole)
        items_of(alice, whole, available(alice, whole, "notes")[:20])
        standing(alice, keys)
    assert len(asked) == QUERIES


QUERIES = len(SOURCES) + 2 + 1 + 3 + 1 + 20 + 1


CHOSEN = """
    Activity.note Appointment.agreed Appointment.notes CheckIn.note DailyEntry.notes DoseStep.note Homework.note
    LifeEvent.text MonthlyLook.thoughts Practice.note Practice.said Question.answer QuestionnaireResponse.answers
    SafetyPlan.distraction SafetyPlan.own_ways SafetyPlan.people SafetyPlan.professionals SafetyPlan.surroundings
    SafetyPlan.warning_signs Skill.notes SupportPerson.helps_with SupportPerson.name SupportPerson.role TaperPlan.note
"""
PRINTED = """
    Appointment.name Homework.text Medication.history Medication.name Medication.prescriber Medication.reason
    Product.name Profile.name Question.text Skill.name Symptom.name TaperPlan.agreed_with TaperPlan.name
"""
NEVER = """
    Activity.details Activity.text Appointment.place Homework.when Homework.why HomeworkStep.text HomeworkStep.when
    PlannedStep.parts PlannedStep.take Profile.conditions Skill.reach_for Skill.steps TaperPlan.settings
    DailyEntry.carried Deleted.label Deleted.rows MadeSummary.for_whom MadeSummary.included MadeSummary.page
    MadeSummary.ways Profile.recovery_code SharedLink.passphrase Skill.slug SummaryChoice.medications_off
    SummaryChoice.private SummaryChoice.sections_off Symptom.slug
"""


def test_every_text_of_the_record_was_decided_upon():
    """A new field for text fails here, until private_sources says what becomes of it: chosen one by one, printed by
    default, or on no page."""
    there = {
        f"{model.__name__}.{column.name}"
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, Owned)
        for column in model._meta.concrete_fields
        if isinstance(column, TextField | JSONField)
        or (isinstance(column, CharField) and column.max_length >= 100 and not column.choices)
    }
    assert sorted(there) == sorted([*CHOSEN.split(), *PRINTED.split(), *NEVER.split()])


def test_what_an_item_is_of_is_short():
    assert short("a  b\nc") == "a b c" and len(short("x" * 500)) == 60 and short("x" * 500).endswith("…")
