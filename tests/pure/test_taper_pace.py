"""Pace notes: what each rule remarks and where its edge lies; the two weeks against a look at every single day."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.drugs import DrugClass
from journal.catalogue.sources import SOURCES
from journal.taper.pace import RULE, RULES, STORED, Dose, Doses, Spell, notes

START = dt.date(2027, 1, 4)
BENZO, SSRI, Z_DRUG = DrugClass.BENZODIAZEPINE, DrugClass.SSRI, DrugClass.Z_DRUG


def plan(*steps, present=20, since=None):
    """``(day number or None, mg)`` after the present dose."""
    doses = [Dose(Fraction(str(present)), since)]
    for day, mg in steps:
        doses.append(Dose(Fraction(str(mg)), None if day is None else START + dt.timedelta(day)))
    return doses


def found(kind, doses, **given) -> dict[str, list[int]]:
    """The numbers of the changes that each rule remarks on."""
    return {note.rule.key: [finding.number for finding in note.findings] for note in notes(kind, Doses(doses, **given))}


def test_every_rule_has_its_words_and_sources():
    assert len(RULE) == len(RULES)
    for rule in RULES:
        assert rule.condition and rule.edge and rule.says and rule.headline
        assert rule.sources
        assert all(key in SOURCES for key in rule.sources)


# -- more than a quarter within 14 days (ASAM) ------------------------------------------------------------------------

QUARTER = [
    ("exactly 25 %", plan((0, 15)), []),
    ("a hair more", plan((0, "14.999")), [1]),
    ("two cuts of 15 % in 13 days are 27.75 %", plan((0, 17), (13, "14.45")), [2]),
    ("two cuts of 15 %, exactly 14 days apart", plan((0, 17), (14, "14.45")), []),
    ("three small ones that add up", plan((0, 18), (5, 16), (10, "14.9")), [3]),
    ("the first of them is over by the third", plan((0, 18), (7, 16), (14, 14)), []),
    ("to nought", plan((0, 0)), [1]),
    ("without dates, against the dose before", plan((None, 15), (None, 11)), [2]),
    ("up and down again", plan((0, 16), (3, 20), (6, "14.5")), [3]),
    ("exactly a quarter each time, 14 days apart", plan((0, 15), (14, "11.25"), (28, "8.4375")), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "doses", "numbers"), QUARTER, ids=[row[0] for row in QUARTER])
def test_more_than_a_quarter_in_two_weeks(name, doses, numbers):
    assert found(BENZO, doses).get("quarter_in_14_days", []) == numbers
    assert "quarter_in_14_days" not in found(SSRI, doses)


def test_two_cuts_of_15_per_cent_say_27_75():
    (note,) = [n for n in notes(BENZO, Doses(plan((0, 17), (13, "14.45")))) if n.rule.key == "quarter_in_14_days"]
    assert note.findings[0].words == "20 to 14.45\u00a0mg, 27.8\u00a0% less within 14\u00a0days"


def test_a_fall_just_beyond_the_edge_is_not_written_as_the_edge():
    (note,) = [n for n in notes(BENZO, Doses(plan((0, "14.995")))) if n.rule.key == "quarter_in_14_days"]
    assert "25.03\u00a0% less" in note.findings[0].words


def test_what_was_taken_before_the_plan_counts():
    history = [Dose(Fraction(20), START - dt.timedelta(200))]
    doses = plan((0, 14), present=17, since=START - dt.timedelta(10))
    assert found(BENZO, doses, history=history)["quarter_in_14_days"] == [1]
    assert found(BENZO, doses, history=history)["within_14_days"] == [1]
    longer = plan((0, 14), present=17, since=START - dt.timedelta(14))
    assert "quarter_in_14_days" not in found(BENZO, longer, history=history)
    assert "within_14_days" not in found(BENZO, longer, history=history)


def test_an_exact_quarter_stays_quiet_after_it_was_stored():
    stored = plan((0, 15), (14, "11.25"), (28, "8.438"), (42, "6.328"))
    assert found(BENZO, stored)["quarter_in_14_days"] == [4]  # 8.438 to 6.328 is 25.006 %
    assert "quarter_in_14_days" not in found(BENZO, stored, slack=STORED)


def brute_force(doses) -> list[int]:
    """Every window of 14 days, day by day: the dose in force, and how far it fell from any day before it."""
    numbers = []
    for number, dose in enumerate(doses[1:], start=1):
        if dose.mg >= doses[number - 1].mg:
            continue
        in_force = []
        for back in range(14, 0, -1):
            day = dose.date - dt.timedelta(back)
            known = [one for one in doses[:number] if one.date is None or one.date <= day]
            in_force.append(known[-1].mg)
        if any(high and 1 - dose.mg / high > Fraction(1, 4) for high in in_force):
            numbers.append(number)
    return numbers


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 40)), min_size=1, max_size=12),
    st.integers(1, 40),
)
def test_two_weeks_agree_with_a_look_at_every_day(steps, present):
    day, doses = 0, [Dose(Fraction(present, 2))]
    for gap, halves in steps:
        day += gap
        doses.append(Dose(Fraction(halves, 2), START + dt.timedelta(day)))
    assert found(BENZO, doses).get("quarter_in_14_days", []) == brute_force(doses)


# -- the others -------------------------------------------------------------------------------------------------------

OTHERS = [
    (BENZO, "within_14_days", plan((0, 19), (13, 18), (27, 17)), [2]),
    (BENZO, "within_14_days", plan((0, 19), (14, 18), (28, 17)), []),
    (BENZO, "within_14_days", plan((0, 19), (5, 20), (10, 19)), [3]),  # the last reduction, not the last change
    (SSRI, "within_14_days", plan((0, 19), (1, 18)), []),
    (SSRI, "more_than_half", plan((0, 10)), []),
    (SSRI, "more_than_half", plan((0, "9.999")), [1]),
    (SSRI, "more_than_half", plan((0, 10), (14, 4), (28, 0)), [2, 3]),
    (BENZO, "more_than_half", plan((0, 5)), []),
    (DrugClass.TRICYCLIC, "more_than_half", plan((0, 5)), [1]),
    (SSRI, "sooner_than_judged", plan((0, 18), (7, 16), (13, 14)), [3]),
    (SSRI, "sooner_than_judged", plan((0, 18), (6, 16)), [2]),
    (BENZO, "sooner_than_judged", plan((0, 18), (6, 16)), []),
    (BENZO, "abrupt_stop", plan((0, 0)), [1]),
    (Z_DRUG, "abrupt_stop", plan((None, 0)), [1]),
    (DrugClass.GABAPENTINOID, "abrupt_stop", plan((0, 0)), [1]),
    (DrugClass.NOT_SURE, "abrupt_stop", plan((0, 0)), [1]),
    (SSRI, "abrupt_stop", plan((0, 0)), []),
    (Z_DRUG, "abrupt_stop", plan((0, 10), (14, 0)), []),
    (Z_DRUG, "abrupt_stop", plan((0, 20), (14, 0)), [2]),  # a step that stays is no step down
    (Z_DRUG, "abrupt_stop", plan((0, 19), (1, 0)), [2]),  # within 14 days of the starting dose
    (Z_DRUG, "abrupt_stop", plan((0, 10), (13, 0)), [2]),
    (Z_DRUG, "abrupt_stop", plan((0, 11), (30, 0)), [2]),  # more than half of it at the end
    (Z_DRUG, "abrupt_stop", plan((0, 15), (30, 10), (60, 0)), []),
    (Z_DRUG, "abrupt_stop", plan((None, 15), (None, 11), (None, 0)), [3]),
    (SSRI, "zero_from_above_smallest", plan((0, 10), (14, 5), (28, 0)), []),
    (DrugClass.OTHER, "zero_from_above_smallest", plan((0, 5), (14, 10), (28, 0)), [3]),
]


@pytest.mark.parametrize(("kind", "rule", "doses", "numbers"), OTHERS)
def test_a_rule_and_its_edge(kind, rule, doses, numbers):
    assert found(kind, doses).get(rule, []) == numbers


def test_the_smallest_planned_dose_that_the_products_cannot_make():
    doses = [
        Dose(Fraction(20)),
        Dose(Fraction(5), START, Fraction(4)),
        Dose(Fraction(0), START + dt.timedelta(14), Fraction(1)),
        Dose(Fraction(0), START + dt.timedelta(28), Fraction(0)),
    ]
    (note,) = [n for n in notes(SSRI, Doses(doses)) if n.rule.key == "zero_from_above_smallest"]
    assert [finding.number for finding in note.findings] == [2]
    assert "the plan’s smallest dose is 1\u00a0mg" in note.findings[0].words


def test_the_smallest_dose_made_a_little_larger_than_planned_is_still_the_smallest():
    doses = [Dose(Fraction(20)), Dose(Fraction(13, 4), START, Fraction(16, 5)), Dose(Fraction(0), None, Fraction(0))]
    assert "zero_from_above_smallest" not in found(SSRI, doses)


@pytest.mark.parametrize(("day", "noted"), [(-1, True), (0, True), (7, True), (8, False), (-20, False)])
def test_a_step_during_a_spell_rated_worse(day, noted):
    spell = Spell("Brain zaps", START - dt.timedelta(5), START)
    assert ("worse_spell" in found(SSRI, plan((day, 18)), spell=spell)) is noted


def test_a_way_up_is_never_remarked_on():
    doses = plan((0, 25), (1, 40))
    spell = Spell("Brain zaps", START - dt.timedelta(5), START)
    for kind in DrugClass:
        assert found(kind, doses, spell=spell) == {}


def test_the_end_of_a_way_that_is_gone_already_is_no_abrupt_stop():
    """20, 15, 10 and 5 were taken; only the step from 5 mg is to come, of a plan that began at 20."""
    history = [Dose(Fraction(mg), START - dt.timedelta(days)) for mg, days in ((20, 90), (15, 60), (10, 30))]
    doses = [Dose(Fraction(5), START - dt.timedelta(14)), Dose(Fraction(0), START)]
    assert "abrupt_stop" not in found(BENZO, doses, history=history, start_mg=Fraction(20))
    assert found(BENZO, doses, history=history)["abrupt_stop"] == [1]


def test_a_reduction_of_later_is_not_the_last_one_before():
    history = [Dose(Fraction(20), START - dt.timedelta(90))]
    doses = [Dose(Fraction(10), START + dt.timedelta(5)), Dose(Fraction(9), START)]
    assert "within_14_days" not in found(BENZO, doses, history=history)


@pytest.mark.parametrize(("low", "words"), [(10, "50.0"), (15, "25.0"), ("9.999", "50.01"), ("14.999", "25.01")])
def test_an_edge_is_written_plainly_and_what_is_beyond_it_never_as_the_edge(low, words):
    notes_ = notes(BENZO, Doses(plan((0, low)))) or notes(SSRI, Doses(plan((0, low))))
    for note in notes_:
        for finding in note.findings:
            assert f"{words}\u00a0% less" in finding.words


@pytest.mark.parametrize("kind", list(DrugClass))
def test_notes_never_raise_for_strange_plans(kind):
    for doses in ([Dose(Fraction(0))], plan(), plan((0, 0), (0, 0)), plan((None, 20)), plan((5, 1), (0, "0.001"))):
        notes(kind, Doses(doses))
        notes(kind, Doses(doses, slack=STORED))
    assert Decimal(STORED.numerator) / STORED.denominator == Decimal("0.0005")
