"""What is to come of a plan, what is remarked about it, and the circumstances in which it is judged."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from journal.catalogue.drugs import DrugClass
from journal.models import PlannedStep, Product
from journal.queries.medications import steps_of
from journal.queries.plans import (
    coming_up,
    doses_before,
    known_of,
    lines_of,
    notes_for,
    plans_of,
    spell_of,
    steps_to_come,
)
from journal.taper.pace import Dose, Spell
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(number)


@pytest.fixture
def medication(alice):
    return make_medication(alice, "Diazepam", drug="diazepam", drug_class="benzodiazepine")


# -- what is to come --------------------------------------------------------------------------------------------------


def planned(*doses):
    return [
        PlannedStep(starts_on=day(number), mg=Decimal(str(mg)), made_mg=None if made is None else Decimal(str(made)))
        for number, (mg, made) in enumerate(one if isinstance(one, tuple) else (one, None) for one in doses)
    ]


@pytest.mark.parametrize(
    ("steps", "taken", "to_come"),
    [
        ((15, 10, 5, 0), None, [15, 10, 5, 0]),
        ((15, 10, 5, 0), 20, [15, 10, 5, 0]),
        ((15, 10, 5, 0), 15, [10, 5, 0]),
        ((15, 10, 5, 0), 12, [10, 5, 0]),
        ((15, 10, 5, 0), "10.001", [10, 5, 0]),
        ((15, 10, 5, 0), 5, [0]),
        ((15, 10, 5, 0), 0, []),
        ((15, 10, 5), 4, []),
        ((), 20, []),
        ((15, 15, 10), 15, [10]),  # a dose that stays is behind together with the first of its kind
        (((15, 16), (10, 12), (5, 4)), 12, [5]),  # what is made counts
        (((15, 16), (10, 12), (5, 4)), 15, [10, 5]),
    ],
)
def test_steps_to_come(steps, taken, to_come):
    found = steps_to_come(planned(*steps), None if taken is None else Decimal(str(taken)))
    assert [step.mg for step in found] == to_come


def test_coming_up_is_the_next_step_of_each_agreed_plan(alice, bob, medication, django_assert_num_queries):
    other = make_medication(alice, "Sertraline", drug="sertraline", drug_class="ssri")
    ended = make_medication(alice, "Zopiclone", drug="", drug_class="z_drug")
    make_plan(medication, [(day(-3), 15), (day(11), 10), (day(25), 5)])
    make_plan(medication, [(day(1), 14)], status="proposed")
    make_plan(other, [(day(5), 40)])
    make_plan(ended, [(day(-5), 0)])
    make_plan(make_medication(bob), [(day(1), 1)])
    taken = {medication.pk: Decimal(15), ended.pk: Decimal(0)}
    with django_assert_num_queries(1):
        found = coming_up(alice, taken)
        assert [(one.medication, one.step.mg, one.previous) for one in found] == [
            (other, 40, None), (medication, 10, 15),
        ]  # fmt: skip


def test_lines(medication):
    steps = [(day(-3), 15), (day(11), 10), (day(25), 5)]
    lines = lines_of(make_plan(medication, steps), Decimal(15))
    assert [(line.planned_before, line.is_past, line.is_next) for line in lines] == [
        (20, True, False), (15, False, True), (10, False, False),
    ]  # fmt: skip
    lines = lines_of(make_plan(medication, steps, status="proposed"), Decimal(15))
    assert [(line.is_past, line.is_next) for line in lines] == [(False, False)] * 3


def test_plans_of_a_medication_in_their_order(alice, medication):
    made = {
        name: make_plan(medication, [(day(1), 1)], status=status, name=name)
        for name, status in [("old", "replaced"), ("aside", "set_aside"), ("p1", "proposed"), ("now", "agreed"),
                             ("older", "replaced"), ("p2", "proposed")]
    }  # fmt: skip
    make_plan(make_medication(alice), [(day(1), 1)])
    assert plans_of(alice, medication) == [made[name] for name in ("now", "p2", "p1", "older", "old", "aside")]


# -- notes ------------------------------------------------------------------------------------------------------------


def noted(plan, alice, today=TODAY, spell=None):
    found = notes_for(plan, steps_of(alice, plan.medication), today, spell)
    return {note.rule.key: [finding.number for finding in note.findings] for note in found}


@pytest.fixture
def at_20(medication):
    make_step(medication, day(-60), 20, "start")
    return medication


def test_a_quarter_that_was_rounded_when_it_was_kept_is_still_a_quarter(alice, at_20):
    """20 to 15, 11.25, 8.4375 ...: of the doses as they are kept the last is a hair more than 25 %."""
    kept = [20 * 0.75**n for n in range(1, 8)]
    steps = [(day(14 * n), f"{mg:.3f}") for n, mg in enumerate(kept, start=1)]
    exact = [Decimal(f"{mg:.3f}") for mg in kept]
    assert any(1 - low / high > Decimal("0.25") for high, low in pairwise(exact))
    assert noted(make_plan(at_20, steps, status="proposed"), alice) == {}


def test_a_little_more_than_a_quarter_is_remarked(alice, at_20):
    steps = [(day(14), 15), (day(28), "11.24"), (day(42), "8.4")]
    assert noted(make_plan(at_20, steps, status="proposed"), alice) == {"quarter_in_14_days": [2, 3]}


def test_of_an_agreed_plan_only_what_is_to_come_counted_as_the_plan_does(alice, at_20):
    steps = [(day(-20), 10), (day(-13), 4), (day(11), 2), (day(15), 0)]
    proposed = make_plan(at_20, steps, status="proposed")
    assert noted(proposed, alice)["quarter_in_14_days"] == [1, 2, 3, 4]
    make_step(at_20, day(-20), 10)
    make_step(at_20, day(-13), 4)
    agreed = make_plan(at_20, steps)
    assert noted(agreed, alice) == {"quarter_in_14_days": [3, 4], "within_14_days": [4]}


def test_what_was_taken_before_counts_for_the_next_step(alice, at_20):
    """From 20 mg to 17 mg a week ago, and 14 mg planned for tomorrow: 30 % within 14 days."""
    make_step(at_20, day(-7), 17)
    plan = make_plan(at_20, [(day(1), 14)])
    assert noted(plan, alice) == {"quarter_in_14_days": [1], "within_14_days": [1]}


def test_what_is_made_is_judged(alice, at_20):
    plan = make_plan(at_20, [(day(14), 16, {"made_mg": 10})], status="proposed")
    assert noted(plan, alice) == {"quarter_in_14_days": [1]}


def test_the_kind_of_medicine_decides(alice):
    medication = make_medication(alice, "Sertraline", drug="sertraline", drug_class="ssri")
    make_step(medication, day(-60), 20, "start")
    plan = make_plan(medication, [(day(1), 9), (day(6), 8)], status="proposed")
    assert noted(plan, alice) == {"more_than_half": [1], "sooner_than_judged": [2]}


def test_a_spell_is_said_beside_the_steps_of_the_next_days(alice, at_20):
    plan = make_plan(at_20, [(day(5), 18), (day(25), 17)], status="proposed")
    spell = Spell("Sleep", day(-9), day(0))
    assert noted(plan, alice, spell=spell) == {"worse_spell": [1]}
    assert noted(plan, alice) == {}


# -- the circumstances ------------------------------------------------------------------------------------------------


def test_doses_before(alice, medication):
    assert doses_before([], TODAY) == (None, ())
    make_step(medication, day(-90), 30, "start")
    make_step(medication, day(-60), 20)
    make_step(medication, day(-50), 20, "hold")
    make_step(medication, day(-10), "15.5")
    make_step(medication, day(-5), "15.5", "hold")
    make_step(medication, day(1), 10)  # after a flight to the west
    since, before = doses_before(steps_of(alice, medication), TODAY)
    assert since == day(-10)  # a hold begins nothing
    assert before == (Dose(Fraction(30), day(-90)), Dose(Fraction(20), day(-60)))


def test_known_of(alice, medication):
    make_step(medication, day(-60), 20, "start")
    there = Product.objects.create(medication=medication, form="tablet", mg=10)
    Product.objects.create(medication=medication, form="tablet", mg=5, in_use=False)
    Product.objects.create(medication=make_medication(alice), form="tablet", mg=2)
    known = known_of(alice, medication, steps_of(alice, medication), TODAY)
    assert (known.drug, known.drug_class, known.since, known.history) == (
        "diazepam", DrugClass.BENZODIAZEPINE, day(-60), (),
    )  # fmt: skip
    assert known.products == ((str(there.pk), there.plain()),)
    assert known.spell is None


# -- a spell that is going on -----------------------------------------------------------------------------------------


@pytest.fixture
def tapering(alice, medication):
    """20 mg for long, 19 mg since twenty days; three symptoms, all rated 2 on the twenty days before that."""
    make_step(medication, day(-200), 20, "start")
    make_step(medication, day(-20), 19)
    symptoms = [make_symptom(alice, name, builtin="") for name in ("Zaps", "Sweats", "Anger")]
    for back in range(40, 20, -1):
        make_entry(alice, day(-back), dict.fromkeys(symptoms, 2), mood=7)
    return dict(zip(("zaps", "sweats", "anger"), symptoms, strict=True))


def rate(alice, symptom, values, last=0):
    """``values`` of the days up to ``last``; None is a day without."""
    for back, value in enumerate(reversed(values)):
        entry, _ = alice.entries.get_or_create(date=day(last - back))
        if value is not None:
            entry.ratings.create(symptom=symptom, severity=value)


def test_a_spell(alice, tapering):
    rate(alice, tapering["zaps"], [6, 6, 6, 6, 6])
    assert spell_of(alice, TODAY) == Spell("Zaps", day(-3), day(0))


def test_the_longest_of_several_and_then_by_name(alice, tapering):
    rate(alice, tapering["zaps"], [6] * 5)
    rate(alice, tapering["sweats"], [6] * 6)
    rate(alice, tapering["anger"], [6] * 6)
    assert spell_of(alice, TODAY).what == "Anger"


@pytest.mark.parametrize(("last", "found"), [(0, True), (-1, True), (-2, True), (-3, False), (-9, False)])
def test_it_goes_on_while_it_was_rated_lately(alice, tapering, last, found):
    rate(alice, tapering["zaps"], [6] * 5, last)
    assert spell_of(alice, TODAY) == (Spell("Zaps", day(last - 3), day(last)) if found else None)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([6, 6, 6], False),  # two means of three days
        ([6, 6, 6, 6], True),
        ([3, 3, 3, 3], True),  # exactly one point
        ([6, 6, 6, 6, 2, 2, 2], False),
        ([6, None, 6, 6, 6], True),
        ([2] * 9, False),
    ],
)
def test_what_is_a_spell(alice, tapering, values, found):
    rate(alice, tapering["zaps"], values)
    assert (spell_of(alice, TODAY) is not None) is found


def test_without_a_reduction_there_is_no_before(alice, medication, django_assert_num_queries):
    make_step(medication, day(-200), 20, "start")
    symptom = make_symptom(alice)
    for back in range(40):
        make_entry(alice, day(-back), {symptom: 9 if back < 9 else 2})
    with django_assert_num_queries(1):
        assert spell_of(alice, TODAY) is None


def test_fewer_than_seven_days_before_are_nothing_to_compare_with(alice, medication):
    make_step(medication, day(-200), 20, "start")
    make_step(medication, day(-20), 19)
    symptom = make_symptom(alice)
    for back in (26, 25, 24, 23, 22, 21):
        make_entry(alice, day(-back), {symptom: 2})
    rate(alice, symptom, [9] * 9)
    assert spell_of(alice, TODAY) is None
    make_entry(alice, day(-27), {symptom: 2})
    assert spell_of(alice, TODAY) is not None


def test_the_days_of_somebody_else_do_not_count(alice, bob, tapering):
    rate(alice, tapering["zaps"], [6] * 5)
    assert spell_of(bob, TODAY) is None


def test_it_costs_the_same_for_any_number_of_symptoms(alice, tapering, django_assert_num_queries):
    rate(alice, tapering["zaps"], [6] * 5)
    with django_assert_num_queries(5):
        spell_of(alice, TODAY)
    for number in range(10):
        rate(alice, make_symptom(alice, f"More {number}", builtin=""), [3] * 20)
    with django_assert_num_queries(5):
        spell_of(alice, TODAY)
