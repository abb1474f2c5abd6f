"""What was taken: rows, missed doses, several medications, and what followed each change of up to three of them."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command

from journal.models import DoseTaken, Product
from journal.queries.measures import symptom_measures
from journal.queries.period import Period
from journal.queries.responses import followed_by_measure
from tests.conftest import TODAY, make_medication, make_plan, make_step, make_symptom
from tests.summary.records import ago, last_days, rate, summary_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def zaps(alice):
    """1 a day for 60 days, 3 for the last 30."""
    symptom = make_symptom(alice)
    rate(alice, symptom, 89, [1] * 60 + [3] * 30)
    return symptom


def test_one_medication_with_everything_about_it(alice, zaps):
    medication = make_medication(
        alice, reason="Low mood", prescriber="Dr Okafor", since=dt.date(2019, 3, 1), history="One attempt in 2021."
    )
    make_step(medication, ago(300), 75, "start")
    make_step(medication, ago(29), 37.5)
    make_step(medication, ago(10), 37.5, "hold")
    Product.objects.create(medication=medication, form="tablet", mg=Decimal("37.5"))
    Product.objects.create(medication=medication, form="capsule", mg=75, in_use=False)
    for days, status in ((29, "planned"), (28, "missed"), (27, "late"), (5, "missed"), (40, "missed")):
        DoseTaken.objects.create(medication=medication, date=ago(days), status=status, mg=37)
    made = summary_of(alice, last_days(30))
    (one,) = made.medications
    assert (one.name, one.drug, one.reason, one.prescriber) == ("Venlafaxine", "venlafaxine", "Low mood", "Dr Okafor")
    assert (one.since, one.history) == (dt.date(2019, 3, 1), "One attempt in 2021.")
    assert one.products == ("tablet 37.5\u00a0mg",)
    assert [(line.row.mg, line.missed, line.without_record) for line in one.lines] == [
        (Decimal("37.5"), 1, 16),  # 19 days, three of them with a record
        (Decimal("37.5"), 1, 10),  # the hold: 11 days
    ]
    assert (one.mg, one.mg_since, one.coverage.recorded, one.coverage.due) == (Decimal("37.5"), ago(29), 4, 30)
    assert [len(line.followed) for line in one.lines] == [1, 0]  # a hold is no change
    (followed,) = one.lines[0].followed
    assert (followed.response.baseline, followed.response.peak, followed.missed) == (1, 3, 2)
    assert one.descent.reductions == 1 and one.plan is None


def test_the_dose_in_force_on_the_first_day_changed_nothing_in_the_period(alice, zaps):
    medication = make_medication(alice)
    make_step(medication, ago(300), 75, "start")
    make_step(medication, ago(60), 60)
    make_step(medication, ago(20), 50)
    (one,) = summary_of(alice, last_days(30)).medications
    assert [(line.row.starts_on, len(line.followed)) for line in one.lines] == [(ago(60), 0), (ago(20), 1)]


def test_a_plan_as_it_stood_on_the_last_day(alice):
    medication = make_medication(alice)
    make_step(medication, ago(30), 20, "start")
    make_plan(medication, [(ago(-10), 15), (ago(-40), 10)], agreed_on=ago(5))
    (one,) = summary_of(alice, last_days(20)).medications
    assert (one.plan.next, one.plan.last) == ((15, ago(-10)), (10, ago(-40)))
    (one,) = summary_of(alice, Period(ago(20), ago(6))).medications
    assert one.plan is None


@pytest.fixture
def four(alice, zaps):
    """Four medications; the doses of three of them changed in the last 60 days, of the last one long before."""
    found = {}
    for name, days in (("Aspirin", 200), ("Buspirone", 50), ("Citalopram", 30), ("Diazepam", 40), ("Estradiol", 20)):
        found[name] = make_medication(alice, name, drug="")
        make_step(found[name], ago(390), 10, "start")
        make_step(found[name], ago(days), 5)
    return found


def test_the_medication_whose_dose_changed_last_comes_first_and_two_more_are_compared(alice, four):
    made = summary_of(alice, last_days(60))
    assert [one.name for one in made.medications] == ["Estradiol", "Citalopram", "Diazepam", "Buspirone", "Aspirin"]
    assert made.compared_medications == 3
    has_followed = [any(line.followed for line in one.lines) for one in made.medications]
    assert has_followed == [True, True, True, False, False]
    assert made.overview.medication == "Estradiol"


def test_something_new_does_not_hide_the_taper(alice, four):
    new = make_medication(alice, "Melatonin", drug="")
    make_step(new, ago(3), 2, "start")
    made = summary_of(alice, last_days(60), length="full")
    assert [one.name for one in made.medications][:2] == ["Estradiol", "Citalopram"]
    assert (made.overview.medication, made.rated.medications[0].name) == ("Estradiol", "Estradiol")
    assert [one.rates.changes for one in made.measures] == [1]
    # Where nothing changed in the period, the one of which there is anything new is first.
    made = summary_of(alice, last_days(10))
    assert (made.medications[0].name, made.compared_medications) == ("Melatonin", 0)


def test_several_medications_are_read_together_as_each_by_itself(alice, four):
    make_symptom(alice, "Nausea", builtin="nausea")
    nausea = alice.symptoms.get(name="Nausea")
    # Felt 52 days ago and from 28 days ago on: new after 30 days ago, too near to the change of 40 days ago.
    rate(alice, nausea, 80, [0] * 28 + [2] + [0] * 23 + [2] * 10 + [0] * 18)
    period = last_days(60)
    made = summary_of(alice, period)
    measures = {one.name: one for one in symptom_measures(alice)}
    chosen = [measures[one.measure.name] for one in made.measures]
    news = []
    for one in made.medications[:3]:
        alone = followed_by_measure(alice, period, chosen, four[one.name].pk)
        lines = [line.followed for line in one.lines if line.followed]
        assert lines == [tuple(of_day) for of_day in zip(*(what.changes for what in alone), strict=True)]
        news += [new for line in lines for new in line[0].new]
    assert [(new.name, new.first, new.last) for new in news] == [("Nausea", ago(28), ago(52))]


def test_rates_and_levels_are_those_of_the_first_medication(alice, four):
    made = summary_of(alice, last_days(60))
    assert [one.rates.changes for one in made.measures] == [1]
    assert made.measures[0].days_worse.since == ago(20)


def test_nothing_changed_in_the_period(alice, zaps):
    make_step(make_medication(alice), ago(300), 20, "start")
    made = summary_of(alice, last_days(30))
    assert (made.compared_medications, [line.followed for line in made.medications[0].lines]) == (0, [()])
    assert [one.rates.changes for one in made.measures] == [0]


def test_a_medication_that_was_stopped_before_the_period_is_not_in_it(alice, zaps):
    for name, days in (("Aspirin", 200), ("Buspirone", 10)):
        medication = make_medication(alice, name, drug="")
        make_step(medication, ago(390), 10, "start")
        make_step(medication, ago(days), 0, "stop")
    assert [one.name for one in summary_of(alice, last_days(30)).medications] == ["Buspirone"]


def test_the_command_says_the_same_of_two_medications(alice, four):
    made = summary_of(alice, last_days(60))
    out = io.StringIO()
    call_command("step_response", "alice", symptom="brain zaps", csv=True, stdout=out)
    rows = {tuple(line.split(",")[:2]): line.split(",") for line in out.getvalue().splitlines()}
    for one in made.medications[:3]:
        (followed,) = one.lines[-1].followed
        row = rows[one.name, str(followed.response.change.day)]
        assert row[5:7] == [f"{float(followed.response.baseline):.1f}", str(followed.response.baseline_n)]
        assert row[11] == followed.response.state.value
        assert row[15] == ("" if followed.missed is None else str(followed.missed))


def test_a_medication_that_is_off_is_in_nothing(alice, four):
    off = frozenset({four["Estradiol"].pk, four["Buspirone"].pk})
    made = summary_of(alice, last_days(60), medications_off=off)
    assert "Estradiol" not in repr(made) and "Buspirone" not in repr(made)
    assert made.left_out
    assert [one.name for one in made.medications] == ["Citalopram", "Diazepam", "Aspirin"]
    others = [line.followed[0].response.others for one in made.medications for line in one.lines if line.followed]
    assert ago(20) not in {day for days in others for day in days}


def test_all_of_them_off(alice, four):
    made = summary_of(alice, last_days(60), medications_off=frozenset(one.pk for one in four.values()))
    assert (made.medications, made.overview.steps, made.compared.before) == ((), (), None)
    assert {block.kind for block in made.blocks} == {"plain"}


def test_a_key_of_another_person_leaves_nothing_out(alice, bob, four):
    theirs = make_medication(bob, "Lithium")
    make_step(theirs, ago(30), 400, "start")
    made = summary_of(alice, last_days(60), medications_off=frozenset({theirs.pk}))
    assert not made.left_out and len(made.medications) == 5
    assert "Lithium" not in repr(made)


def test_the_last_day_is_today_and_its_dose_may_still_come(alice, zaps):
    medication = make_medication(alice)
    make_step(medication, ago(300), 20, "start")
    make_step(medication, TODAY, 10)
    (one,) = summary_of(alice, last_days(30)).medications
    assert [line.row.days_held for line in one.lines] == [300, 1]
    (followed,) = one.lines[-1].followed
    assert (followed.missed, followed.due, followed.response.window.days) == (None, 0, 1)
