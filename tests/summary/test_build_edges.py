"""Little, much, and nothing: every field is made, in as many queries."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.queries.period import Period
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.summary.records import EVERYTHING, LENGTHS, READERS, ago, large, last_days, rate, summary_of

pytestmark = pytest.mark.usefixtures("clock")
MOST_QUERIES = 36


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("reader", READERS)
def test_an_empty_journal(alice, reader, length):
    made = summary_of(alice, last_days(30), reader=reader, length=length)
    assert (made.medications, made.measures, made.symptoms, made.strips, made.entry_days) == ((), (), (), {}, 0)
    assert [(one.kind, one.span.first, one.span.last) for one in made.blocks] == [("plain", ago(29), TODAY)]
    assert (made.rated, made.sleep, made.left_out, made.compared_medications) == (None, None, False, 0)


def test_one_entry(alice):
    make_entry(alice, TODAY, {make_symptom(alice): 4}, mood=3)
    made = summary_of(alice, last_days(30))
    assert (made.entry_days, made.burden_of, made.never) == (1, 1, ())
    assert [one.measure.name for one in made.measures] == ["Brain zaps"]
    assert (made.measures[0].before, made.measures[0].recent.n, made.measures[0].days_worse) == (None, 1, None)
    assert [(mean.value, mean.n) for mean in made.symptoms[0].means] == [(4, 1)]


def test_steps_and_no_entries(alice):
    medication = make_medication(alice)
    make_step(medication, ago(300), 20, "start")
    make_step(medication, ago(20), 10)
    made = summary_of(alice, last_days(30))
    assert (made.compared.before, made.before_words, made.measures) == (None, "before the taper", ())
    assert [one.kind for one in made.blocks] == ["since"]
    assert [line.followed for line in made.medications[0].lines] == [(), ()]


def test_a_period_before_the_record_and_one_of_a_single_day(alice):
    make_step(make_medication(alice), ago(20), 20, "start")
    rate(alice, make_symptom(alice), 20, [3] * 20)
    made = summary_of(alice, Period(ago(900), ago(600)))
    assert (made.medications, made.entry_days, made.symptoms, made.measures) == ((), 0, (), ())
    made = summary_of(alice, Period(ago(5), ago(5)), length="full")
    assert (made.days, made.entry_days, made.symptoms[0].means[0].value) == (1, 1, 3)


def test_a_record_that_begins_after_the_taper_did(alice):
    medication = make_medication(alice)
    make_step(medication, ago(200), 20, "start")
    make_step(medication, ago(100), 15)
    make_step(medication, ago(30), 10)
    rate(alice, make_symptom(alice), 60, [1] * 30 + [3] * 30)
    made = summary_of(alice, last_days(60))
    assert made.before_words == "before the first change shown"
    assert [(one.kind, one.span.first) for one in made.blocks] == [("before", ago(60)), ("since", ago(30))]


def test_another_persons_record_is_not_in_it(alice, bob):
    large(bob, 40)
    made = summary_of(alice, last_days(30), length="full")
    assert (made.medications, made.entry_days, made.symptoms) == ((), 0, ())


def queries_of(owner, period: Period = EVERYTHING, **chosen) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        summary_of(owner, period, **chosen)
    return [query["sql"] for query in found]


def test_ten_days_and_a_thousand_cost_as_many_queries(alice, bob):
    """And so do 1 symptom and 20, 3 steps and 40, 1 medication and 12."""
    large(alice, 10, symptoms=1)
    large(bob, 1000, medications=12, steps=40, symptoms=20)
    period = Period(ago(1000), TODAY)
    for reader, length in itertools.product(READERS, LENGTHS):
        few, many = (queries_of(one, period, reader=reader, length=length) for one in (alice, bob))
        assert len(many) <= MOST_QUERIES
        # Where no symptom may be new, nobody asks for how it was before.
        assert len(few) <= len(many) <= len(few) + 2


@pytest.mark.parametrize("medications", [1, 2, 12])
def test_each_medication_costs_no_query_of_its_own(alice, medications):
    large(alice, 100, medications=medications, steps=8)
    assert len(queries_of(alice, last_days(90))) <= MOST_QUERIES
    made = summary_of(alice, last_days(90))
    assert made.compared_medications == min(3, medications)


def test_ten_years_forty_steps_twelve_medications(alice):
    large(alice, 3650, medications=12, steps=40, symptoms=4)
    made = summary_of(alice, Period(ago(3650), TODAY), length="whole")
    assert (made.days, made.entry_days, len(made.medications), made.compared_medications) == (3651, 3650, 12, 3)
    assert {len(one.lines) for one in made.medications} == {40}
    assert 2 <= len(made.blocks) <= 7
    assert made.rated.block > 1 and all(strip.weeks for strip in made.strips.values())


def test_the_same_record_is_the_same_summary(alice):
    large(alice, 60, medications=2)
    assert summary_of(alice, last_days(60), length="full") == summary_of(alice, last_days(60), length="full")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 3)), max_size=8, unique_by=lambda one: one[0]),
    rated=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 10)), max_size=30, unique_by=lambda one: one[0]),
    ends=st.tuples(st.integers(0, 130), st.integers(0, 130)),
    reader=st.sampled_from(READERS),
    length=st.sampled_from(LENGTHS),
)
def test_any_record_and_any_period_make_a_summary(alice, steps, rated, ends, reader, length):
    alice.medications.all().delete()
    alice.symptoms.all().delete()
    alice.entries.all().delete()
    medication = make_medication(alice)
    for days, mg in steps:
        make_step(medication, ago(days), mg * 10, "reduction")
    symptom = make_symptom(alice)
    for days, severity in rated:
        make_entry(alice, ago(days), {symptom: severity})
    period = Period(ago(max(ends)), ago(min(ends)))
    made = summary_of(alice, period, reader=reader, length=length)
    assert made.blocks[-1].span.last == period.last
    assert (made.entry_days, made.left_out) == (
        sum(period.first <= ago(days) <= period.last for days, _ in rated),
        False,
    )
    assert all(len(level.means) == len(made.blocks) for level in (*made.symptoms, *made.wellbeing))
    for taken in made.medications:
        assert all(len(line.followed) in (0, len(made.measures)) for line in taken.lines)
        assert all(line.row.until is None or line.row.until >= period.first for line in taken.lines)
    assert made.first - made.last == dt.timedelta(1 - made.days)
