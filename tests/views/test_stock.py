"""What to take of what there is, and how long it lasts, on the medication's page and on Today."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import DosePart, PlannedStep, Product, TaperPlan
from tests.conftest import TODAY, make_medication, make_step
from tests.views.test_medications import count_of

pytestmark = pytest.mark.usefixtures("clock")
D = Decimal
BEGAN = dt.date(2026, 11, 13)


@pytest.fixture
def medication(alice):
    """10 mg from 13 November, 20 mg before."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 2), 20, "start")
    make_step(medication, BEGAN, 10)
    return medication


def have(medication, form="tablet", mg=20, **fields):
    fields.setdefault("stock_on", TODAY if fields.get("stock") is not None else None)
    return Product.objects.create(medication=medication, form=form, mg=mg, **fields)


def page(browser, medication=None) -> str:
    response = browser.get(f"/medications/{medication.pk}/" if medication else "/")
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def agreed(medication, *steps, status="agreed"):
    plan = TaperPlan.objects.create(
        medication=medication, name="Ours", method="percent", from_mg=20, status=status, agreed_on=TODAY
    )
    PlannedStep.objects.bulk_create(PlannedStep(plan=plan, starts_on=day, mg=mg) for day, mg in steps)
    return plan


NEXT = dt.date(2026, 12, 3)


# --- what to take -----------------------------------------------------------------------------------------------


def test_what_makes_the_dose_is_said_on_both_pages(as_alice, medication):
    have(medication, divides="halves")
    assert "With what you have:</span> half a tablet of 20 mg" in page(as_alice)
    assert "Today, with what you have:</span> half a tablet of 20 mg" in page(as_alice, medication)


def test_without_a_product_or_with_none_in_use_nothing_is_said(as_alice, medication):
    assert "what you have:" not in page(as_alice) + page(as_alice, medication)
    have(medication, in_use=False)
    assert "what you have:" not in page(as_alice) + page(as_alice, medication)


def test_another_medications_products_make_nothing(as_alice, alice, medication):
    have(make_medication(alice, "Diazepam"), mg=10)
    assert "what you have:" not in page(as_alice)


def test_parts_say_what_to_take_when(as_alice, medication):
    step = medication.steps.last()
    DosePart.objects.create(step=step, when="morning", mg=D("2.5"))
    DosePart.objects.create(step=step, when="night", mg=D("7.5"))
    have(medication, mg=5, divides="halves")
    for text in (page(as_alice), page(as_alice, medication)):
        assert "In the morning: half a tablet of 5 mg</li>" in text
        assert "At night: 1 and a half tablets of 5 mg</li>" in text


def test_what_cannot_be_made_is_said_with_what_comes_nearest(as_alice, medication):
    have(medication, mg=8)
    words = "10 mg cannot be made; nearest: 1 tablet of 8 mg, makes 8 mg, 20.0 % below 10 mg"
    assert words in page(as_alice) and words in page(as_alice, medication)


def test_off_days_and_nought_say_nothing(as_alice, medication):
    have(medication)
    make_step(medication, TODAY - dt.timedelta(1), 0, "stop")
    assert "what you have:" not in page(as_alice) + page(as_alice, medication)


def test_products_that_fit_no_dose_are_a_sentence_and_no_error(as_alice, medication):
    medication.steps.update(mg=10_000)
    for number in range(40):
        have(medication, mg=D("0.001") * (1009 + number), divides="quarters", stock=10)
    text = page(as_alice) + page(as_alice, medication)
    assert text.count("cannot be worked out with these products") >= 2


def test_drops_without_drops_are_a_sentence_and_no_error(as_alice, medication):
    have(medication, "drops", 40, stock=10)
    assert "say how many drops make a ml" in page(as_alice) and "how many drops" in page(as_alice, medication)


# --- how long it lasts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stock": 14, "divides": "halves"},
         "Tablet 20 mg, scored: 14 left, enough for 28 days, to the end of 19 December."),
        ({"stock": 1, "mg": 10}, "Tablet 10 mg: 1 left, enough for 1 day, to the end of 22 November."),
        ({"stock": 0, "mg": 10}, "Tablet 10 mg: 0 left, not enough for today."),
        ({"stock": D("0.5"), "mg": 10}, "Tablet 10 mg: 0.5 left, not enough for today."),
        ({"stock": 150, "form": "liquid", "mg": 10, "in_ml": 5},
         "Liquid 10 mg in 5 ml, to 0.1 ml: 150 ml left, enough for 30 days, to the end of 21 December."),
        ({"stock": 1_000_000, "mg": 10}, "Tablet 10 mg: 1,000,000 left, enough for more than 10 years."),
        ({"stock": 400, "mg": 10}, "enough for 400 days, to the end of 26 December 2027."),
    ],
)  # fmt: skip
def test_days_left(as_alice, medication, fields, words):
    have(medication, **fields)
    assert words in page(as_alice, medication)


def test_what_was_used_since_the_count_is_taken_off_by_the_steps_in_force(as_alice, medication):
    """Three days at 20 mg and nine at 10 mg since 10 November: the morning of the count up to yesterday."""
    have(medication, mg=10, stock=40, stock_on=dt.date(2026, 11, 10))
    assert "Tablet 10 mg: 25 left, enough for 25 days, to the end of 16 December." in page(as_alice, medication)


def test_more_than_there_was_cannot_have_been_used(as_alice, medication):
    have(medication, mg=10, stock=3, stock_on=dt.date(2026, 11, 10))
    assert "Tablet 10 mg: 0 left, not enough for today." in page(as_alice, medication)


def test_two_boxes_of_the_same_are_counted_together(as_alice, medication):
    have(medication, mg=10, name="Teva", stock=3, stock_on=dt.date(2026, 11, 13))  # used up by the 16th
    have(medication, mg=10, name="Sandoz", stock=10, stock_on=dt.date(2026, 11, 20))
    assert "Tablet 10 mg: 8 left, enough for 8 days" in page(as_alice, medication)


def test_a_pattern_uses_what_its_days_say(as_alice, alice):
    medication = make_medication(alice)
    step = make_step(medication, TODAY - dt.timedelta(3), 5, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=10)
    have(medication, mg=10, stock=5, stock_on=TODAY - dt.timedelta(3))  # two are gone; today is off
    assert "Tablet 10 mg: 3 left, enough for 7 days, to the end of 28 November." in page(as_alice, medication)


def test_what_the_dose_is_made_without_has_no_days(as_alice, medication):
    have(medication, mg=10, stock=9)
    have(medication, mg=5, stock=7)
    text = page(as_alice, medication)
    assert "Tablet 10 mg: 9 left, enough for 9 days" in text
    assert "Tablet 5 mg: 7 left. The dose taken now is made without it." in text


def test_a_dose_that_cannot_be_made_uses_nobody_knows_what(as_alice, medication):
    have(medication, mg=8, stock=9)
    assert "Cannot be said: 10 mg cannot be made with what you have." in page(as_alice, medication)
    medication.steps.filter(mg=10).update(mg=8)
    assert "Tablet 8 mg: 9 left, enough for 9 days" in page(as_alice, medication)
    Product.objects.update(stock_on=dt.date(2026, 11, 10))  # when 20 mg were taken
    assert "Cannot be said: 20 mg cannot be made with what you have." in page(as_alice, medication)


def test_drops_are_counted_in_ml(as_alice, alice):
    medication = make_medication(alice, "Citalopram", drug="citalopram")
    make_step(medication, BEGAN, 10, "start", taken_mg=8)
    have(medication, "drops", 40, drops_per_ml=20, factor=D("0.8"), stock=15)
    text = page(as_alice, medication)
    assert "4 drops (8 mg of drops, counts as 10 mg of tablets)" in text
    assert "15 ml left, enough for 75 days, to the end of 4 February 2027." in text


def test_without_a_count_or_a_dose_nothing_is_said(as_alice, alice, medication):
    have(medication)
    assert "How long it lasts" not in page(as_alice, medication)
    other = make_medication(alice, "Diazepam")
    have(other, stock=5)
    assert "How long it lasts" not in page(as_alice, other)
    make_step(medication, TODAY, 0, "stop")
    have(medication, mg=10, stock=5)
    assert "How long it lasts" not in page(as_alice, medication)


# --- until the next step ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stock", "says"),
    [
        (11, "yes."),
        (10, "no, it lasts to the end of 1 December (Tablet 10 mg)."),
        (0, "no, it is not enough for today (Tablet 10 mg)."),
        (None, "cannot be said, because “Tablet 10 mg” was not counted."),
    ],
)
def test_enough_until_the_next_step(as_alice, medication, stock, says):
    have(medication, mg=10, stock=stock)
    agreed(medication, (dt.date(2026, 11, 13), 10), (NEXT, 9), (dt.date(2027, 1, 1), 8))
    assert f"Enough until the next step on 3 December: {says}" in page(as_alice, medication)


def test_until_the_next_step_nobody_knows_where_the_dose_cannot_be_made(as_alice, medication):
    have(medication, mg=8)
    agreed(medication, (NEXT, 9))
    assert "Enough until" not in page(as_alice, medication)


def test_only_an_agreed_plan_of_this_medication_has_a_next_step_and_it_is_to_come(as_alice, alice, medication):
    have(medication, mg=10, stock=9)
    agreed(medication, (NEXT, 9), status="proposed")
    agreed(make_medication(alice, "Diazepam"), (NEXT, 9))
    assert "Enough until" not in page(as_alice, medication)
    agreed(medication, (TODAY - dt.timedelta(2), 9))
    assert "Enough until" not in page(as_alice, medication)


def test_nothing_of_it_is_anybody_elses(as_bob, bob, medication):
    have(medication, mg=10, stock=9)
    agreed(medication, (NEXT, 9))
    mine = make_medication(bob)
    make_step(mine, BEGAN, 10, "start")
    assert "left" not in page(as_bob, mine).split("What you have")[1].split("About it")[0]


def test_it_costs_the_same_whatever_there_is(as_alice, medication):
    have(medication, mg=10, stock=9)
    agreed(medication, (NEXT, 9))
    few = [count_of(as_alice, path) for path in ("/", f"/medications/{medication.pk}/")]
    for number in range(30):
        have(medication, mg=11 + number, stock=5)
    assert [count_of(as_alice, path) for path in ("/", f"/medications/{medication.pk}/")] == few
