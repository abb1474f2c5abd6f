"""What the private calendar holds, and its token."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import CalendarFeed, PlannedStep, TaperPlan
from journal.queries.calendar import calendar_data, make_feed, new_address, nonce_of, set_options, token_of
from tests.conftest import TODAY, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")


def make_plan(medication, days=(), status="agreed", **fields):
    """A plan with a step of 9 mg on each of ``days`` (days from today)."""
    plan = TaperPlan.objects.create(
        medication=medication, name="Ours", method="percent", from_mg=20, status=status, **fields
    )
    PlannedStep.objects.bulk_create(
        PlannedStep(plan=plan, starts_on=TODAY + dt.timedelta(day), mg=Decimal(9)) for day in days
    )
    return plan


def days_of(feed, today=TODAY):
    return [(day.day - TODAY).days for day in calendar_data(feed, today).days]


def test_it_works(alice):
    make_plan(make_medication(alice), [14, 0, -1])
    assert days_of(make_feed(alice)) == [-1, 0, 14]


def test_ninety_days_back_and_no_more(alice):
    make_plan(make_medication(alice), [-91, -90, 4000])
    assert days_of(make_feed(alice)) == [-90, 4000]


@pytest.mark.parametrize("status", ["proposed", "replaced", "set_aside"])
def test_only_agreed_plans(alice, status):
    make_plan(make_medication(alice), [3], status)
    assert days_of(make_feed(alice)) == []


def test_only_ones_own(alice, bob):
    make_plan(make_medication(alice), [3])
    assert days_of(make_feed(bob)) == []


def test_without_names_the_data_have_none(alice):
    make_plan(make_medication(alice), [3])
    [day] = calendar_data(make_feed(alice), TODAY).days
    assert (day.medication, day.dose) == ("", "")


def test_with_names_it_is_the_dose_that_is_made(alice):
    plan = make_plan(make_medication(alice))
    PlannedStep.objects.create(plan=plan, starts_on=TODAY, mg="9.35", made_mg="9.375", held_days=14)
    feed = make_feed(alice)
    feed.with_names = True
    [day] = calendar_data(feed, TODAY).days
    assert (day.medication, day.dose, day.hold_ends) == ("Venlafaxine", "9.375 mg", True)


@pytest.mark.parametrize("count", [1, 50])
def test_the_cost_does_not_grow(alice, django_assert_num_queries, count):
    for number in range(count):
        make_plan(make_medication(alice, f"Drug {number}"), range(10))
    feed = make_feed(alice)
    feed.remind_at, feed.with_names = dt.time(20), True
    with django_assert_num_queries(2):
        assert len(calendar_data(feed, TODAY).days) == 10 * count


def test_of_days_to_come_only_doses_below_the_present_one_are_told(alice):
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(3), 8, "start")
    plan = make_plan(medication, [-2, 1])  # 9 mg: the person is below that already
    PlannedStep.objects.create(plan=plan, starts_on=TODAY + dt.timedelta(30), mg=Decimal(5))
    assert days_of(make_feed(alice)) == [-2, 30]


# --- the address ------------------------------------------------------------------------------------------------


def test_a_token_leads_back_and_fits_a_path(alice):
    feed = make_feed(alice)
    token = token_of(feed)
    assert nonce_of(token) == feed.nonce
    assert len(feed.nonce) >= 22
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_the_nonce_alone_is_no_token(alice):
    """Whoever reads the database has not read the address."""
    feed = make_feed(alice)
    signature = token_of(feed).partition(".")[2]
    for wrong in (feed.nonce, f"{feed.nonce}.", f".{signature}", f"{feed.nonce}x.{signature}", "", ".", "\x00.\x00"):
        assert nonce_of(wrong) is None


def test_making_it_twice_keeps_the_first_address(alice):
    assert make_feed(alice).nonce == make_feed(alice).nonce
    assert CalendarFeed.objects.count() == 1


def test_a_new_address_keeps_the_options(alice):
    feed = make_feed(alice)
    set_options(feed, dt.time(20), True)
    assert new_address(alice)
    again = CalendarFeed.objects.of(alice).get()
    assert again.nonce != feed.nonce
    assert (again.remind_at, again.with_names) == (dt.time(20), True)


def test_somebody_without_a_feed_gets_none_by_asking_for_a_new_address(alice, bob):
    feed = make_feed(alice)
    assert not new_address(bob)
    assert CalendarFeed.objects.get().nonce == feed.nonce
