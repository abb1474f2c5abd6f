"""Schedules: tables of known plans, every refusal with its field, and what holds for any numbers."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.numbers import mg_text
from journal.catalogue.curves import CURVES, curve_named
from journal.taper.occupancy import occupancy
from journal.taper.schedule import MOST_STEPS, Hold, Method, PlanError, Request, exact_doses, schedule

CITALOPRAM = curve_named("citalopram", "sorensen-2022-striatum")
START = dt.date(2027, 1, 4)
CKS = ((20, 2), (10, 1), (5, 1), (0, "0.5"))


def D(number) -> Decimal:
    return Decimal(str(number))


def bands(pairs=CKS):
    return tuple((D(above), D(step)) for above, step in pairs)


def asked(from_mg, method, **given) -> Request:
    for name in ("to_mg", "step", "last"):
        if given.get(name) is not None:
            given[name] = D(given[name])
    if "doses" in given:
        given["doses"] = tuple(D(mg) for mg in given["doses"])
    return Request(from_mg=D(from_mg), method=Method(method), **given)


PLANS = [
    (asked(20, "equal-mg", step=5), "20 15 10 5 0"),
    (asked(20, "equal-mg", step=6), "20 14 8 2 0"),
    (asked(20, "equal-mg", step=5, to_mg=10), "20 15 10"),
    (asked(10, "equal-mg", steps=3), "10 6.667 3.333 0"),
    (asked(20, "equal-mg", step=20), "20 0"),
    (asked(20, "percent-original", step=25, last=2), "20 15 10 5 2 0"),
    (asked(20, "percent-original", step=25, last=5), "20 15 10 5 0"),
    (asked(20, "percent-original", step=10, to_mg=15), "20 18 16 15"),
    (asked(20, "percent-original", steps=5, last=4), "20 16 12 8 4 0"),
    (asked(10, "percent-current", step=10, to_mg=6), "10 9 8.1 7.29 6.561 6"),
    (asked(10, "percent-current", step=10, last=6), "10 9 8.1 7.29 6.561 6 0"),
    (asked(10, "percent-current", step=10, last="6.561"), "10 9 8.1 7.29 6.561 0"),
    (asked(10, "percent-current", step=10, last=7), "10 9 8.1 7.29 7 0"),
    (asked(100, "percent-current", steps=3, last=1), "100 10 1 0"),
    (asked(100, "percent-current", steps=2, to_mg=1), "100 10 1"),
    (asked(3, "banded", bands=bands()), "3 2.5 2 1.5 1 0.5 0"),
    (asked(21, "banded", bands=bands(), to_mg=17), "21 19 18 17"),  # the band of the dose before decides
    (asked(20, "banded", bands=bands(), to_mg=18), "20 19 18"),  # strictly above
    (asked(20, "list", doses=(15, 10, 5, 0)), "20 15 10 5 0"),
    (asked(15, "list", doses=(15, 10, 10, 5)), "15 10 10 5"),  # its first is the dose taken now; a dose may stay
    (asked(20, "equal-occupancy", steps=10, curve=CITALOPRAM),
     "20 9.686 5.889 3.916 2.707 1.89 1.301 0.856 0.508 0.229 0"),
    (asked(20, "equal-occupancy", step=20, curve=CITALOPRAM), "20 4.473 1.683 0.516 0"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "doses"), PLANS)
def test_a_known_plan(request_, doses):
    assert " ".join(mg_text(one.mg) for one in schedule(request_)) == doses


def test_ten_per_cent_of_the_present_dose_without_dust():
    doses = exact_doses(asked(10, "percent-current", step=10, last=1))
    assert [mg_text(mg) for mg in doses[:6]] == ["10", "9", "8.1", "7.29", "6.561", "5.905"]
    assert doses[5] == Fraction(59049, 10000)


@pytest.mark.parametrize(("percent", "cuts"), [(5, 72), (10, 36), (25, 13), (50, 6)])
def test_cuts_from_20_to_half_a_mg(percent, cuts):
    """Numbers of the reference: how many cuts it takes from 20 to 0.5 mg or less."""
    assert len(exact_doses(asked(20, "percent-current", step=percent, to_mg="0.5"))) - 1 == cuts


def test_the_schedule_of_the_knowledge_summary_takes_35_steps():
    doses = exact_doses(asked(40, "banded", bands=bands()))
    assert len(doses) == 36
    assert doses[:3] == [40, 38, 36]
    assert doses[-2:] == [Fraction(1, 2), 0]


# -- dates ------------------------------------------------------------------------------------------------------------


def days(request):
    return [one.date.isoformat() if one.date else "" for one in schedule(request)]


def test_dates_begin_with_the_first_change():
    dated = asked(20, "equal-mg", step=5, start=START, every=14)
    assert days(dated) == ["", "2027-01-04", "2027-01-18", "2027-02-01", "2027-02-15"]


@pytest.mark.parametrize(
    ("holds", "expected", "held"),
    [
        ([("2027-01-20", 10)], "2027-01-04 2027-01-18 2027-02-11 2027-02-25", [0, 0, 10, 0]),
        ([("2027-01-18", 10)], "2027-01-04 2027-01-28 2027-02-11 2027-02-25", [0, 10, 0, 0]),
        ([("2027-02-20", 3), ("2027-01-05", 7)], "2027-01-04 2027-01-25 2027-02-08 2027-02-25", [0, 7, 0, 3]),
        ([("2027-01-05", 7), ("2027-01-20", 7)], "2027-01-04 2027-02-01 2027-02-15 2027-03-01", [0, 14, 0, 0]),
    ],
)  # fmt: skip
def test_a_hold_moves_what_comes_on_its_day_or_later(holds, expected, held):
    holds = tuple(Hold(dt.date.fromisoformat(day), length) for day, length in holds)
    planned = schedule(asked(20, "equal-mg", step=5, start=START, every=14, holds=holds))[1:]
    assert " ".join(one.date.isoformat() for one in planned) == expected
    assert [one.held_days for one in planned] == held


def test_days_cross_a_leap_day_and_the_end_of_the_year():
    request = asked(3, "equal-mg", step=1, start=dt.date(2027, 12, 30), every=30)
    assert days(request)[1:] == ["2027-12-30", "2028-01-29", "2028-02-28"]
    request = asked(2, "equal-mg", step=1, start=dt.date(2028, 2, 28), every=1)
    assert days(request)[1:] == ["2028-02-28", "2028-02-29"]


def test_one_change_needs_no_interval():
    assert days(asked(20, "list", doses=(10,), start=START)) == ["", "2027-01-04"]


# -- refusals ---------------------------------------------------------------------------------------------------------

REFUSED = [
    ("to", dict(from_mg=10, method="equal-mg", step=1, to_mg=11), "above the present"),
    ("to", dict(from_mg=10, method="equal-mg", step=1, to_mg=10), "the same as the present"),
    ("to", dict(from_mg=10, method="equal-mg", step=1, to_mg=-1), "below 0"),
    ("from", dict(from_mg=0, method="equal-mg", step=1), "no way down"),
    ("from", dict(from_mg=-5, method="equal-mg", step=1), "below 0"),
    ("from", dict(from_mg=10001, method="equal-mg", step=1), "more than 10,000"),
    ("from", dict(from_mg="0.0001", method="equal-mg", step=1), "finer"),
    ("step", dict(from_mg=10, method="equal-mg"), "how large"),
    ("step", dict(from_mg=10, method="equal-mg", step=0), "more than 0"),
    ("step", dict(from_mg=10, method="equal-mg", step=-1), "more than 0"),
    ("step", dict(from_mg=10, method="equal-mg", step=11), "more than the whole way"),
    ("step", dict(from_mg=10, method="percent-current", step=0, last=1), "more than 0"),
    ("step", dict(from_mg=10, method="percent-current", step=100, last=1), "less than 100"),
    ("step", dict(from_mg=10, method="percent-original", step=100, last=1), "less than 100"),
    ("step", dict(from_mg=10, method="equal-mg", step="0.001"), "more than 1,000 steps"),
    ("step", dict(from_mg=10000, method="percent-current", step="0.1", last="0.001"), "more than 1,000 steps"),
    ("steps", dict(from_mg=10, method="equal-mg", steps=10_000), "1 to 1,000"),
    ("steps", dict(from_mg=10, method="equal-mg", steps=0), "1 to 1,000"),
    ("steps", dict(from_mg=10, method="equal-mg", step=1, steps=10), "not both"),
    ("steps", dict(from_mg=10, method="percent-current", steps=1, last=1), "at least 2"),
    ("last", dict(from_mg=10, method="percent-current", step=10), "last one before 0"),
    ("last", dict(from_mg=10, method="percent-original", step=10), "last one before 0"),
    ("last", dict(from_mg=10, method="percent-current", step=10, last=0), "at least 0.001"),
    ("last", dict(from_mg=10, method="percent-current", step=10, last=10), "below the present"),
    ("last", dict(from_mg=10, method="percent-current", step=10, to_mg=5, last=6), "ends at 0"),
    ("last", dict(from_mg=10, method="equal-mg", step=1, last=1), "ends at 0"),
    ("curve", dict(from_mg=10, method="equal-occupancy", steps=5), "need a curve"),
    ("step", dict(from_mg=10, method="equal-occupancy", step=84, curve=CITALOPRAM), "at or above this curve’s maximum"),
    ("step", dict(from_mg=10, method="equal-occupancy", step="83.98", curve=CITALOPRAM), "at or above"),
    ("band", dict(from_mg=10, method="banded"), "how much a step is"),
    ("band", dict(from_mg=10, method="banded", bands=bands([(5, 1)])), "ends at 0"),
    ("band", dict(from_mg=10, method="banded", bands=bands([(0, 1), (5, 1)])), "from the highest"),
    ("band", dict(from_mg=10, method="banded", bands=bands([(5, 1), (0, 0)])), "more than 0"),
    ("band", dict(from_mg=10, method="banded", bands=bands([(0, "0.001")])), "more than 1,000 steps"),
    ("step", dict(from_mg=10, method="banded", bands=bands(), step=1), "its own steps"),
    ("steps", dict(from_mg=10, method="list", doses=(5,), steps=1), "its own steps"),
    ("doses", dict(from_mg=10, method="list"), "one after another"),
    ("doses", dict(from_mg=10, method="list", doses=(5, 6)), "goes down or stays"),
    ("doses", dict(from_mg=10, method="list", doses=(12, 6)), "goes down or stays"),
    ("doses", dict(from_mg=10, method="list", doses=(5, -1)), "below 0"),
    ("doses", dict(from_mg=10, method="list", doses=(10,)), "below the present"),
    ("to", dict(from_mg=10, method="list", doses=(5, 2), to_mg=1), "ends at"),
    ("every", dict(from_mg=10, method="equal-mg", step=5, start=START, every=-14), "1 to 366"),
    ("every", dict(from_mg=10, method="equal-mg", step=5, start=START, every=0), "1 to 366"),
    ("every", dict(from_mg=10, method="equal-mg", step=5, start=START), "how many days"),
    ("every", dict(from_mg=500, method="equal-mg", step=1, start=START, every=366), "after 2199"),
    ("start", dict(from_mg=10, method="equal-mg", step=5, start=dt.date(1890, 1, 1), every=14), "from 1920"),
    ("start", dict(from_mg=10, method="equal-mg", step=5, start=dt.date(9999, 12, 31), every=14), "to 2199"),
    ("start", dict(from_mg=10, method="equal-mg", step=5, every=14), "which day"),
    ("hold", dict(from_mg=10, method="equal-mg", step=5, holds=(Hold(START, 5),)), "first step"),
    ("hold", dict(from_mg=10, method="equal-mg", step=5, start=START, every=14, holds=(Hold(START, 5),)), "after"),
    ("hold", dict(from_mg=10, method="equal-mg", step=5, start=START, every=14,
                  holds=(Hold(START + dt.timedelta(1), 0),)), "from 1 to"),
    ("hold", dict(from_mg=10, method="equal-mg", step=5, start=START, every=14,
                  holds=(Hold(START + dt.timedelta(15), 5),)), "after the last step"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "numbers", "words"), REFUSED)
def test_a_refusal_names_the_field(field, numbers, words):
    numbers = dict(numbers)
    with pytest.raises(PlanError, match=words) as refused:
        schedule(asked(numbers.pop("from_mg"), numbers.pop("method"), **numbers))
    assert refused.value.field == field


# -- for any numbers --------------------------------------------------------------------------------------------------

mg = st.decimals("0.001", "10000", places=3)
percents = st.decimals("0.1", "99.9", places=1)


@st.composite
def requests(draw):
    start = draw(mg)
    method = draw(st.sampled_from(list(Method)))
    target = draw(st.one_of(st.just(Decimal(0)), mg))
    given = {"to_mg": target}
    if method.takes_step:
        if draw(st.booleans()):
            given["steps"] = draw(st.integers(1, 50))
        else:
            given["step"] = draw(percents if method is not Method.EQUAL_MG else mg)
        if method.is_percent and target == 0:
            given["last"] = draw(mg)
    if method is Method.EQUAL_OCCUPANCY:
        given["curve"] = draw(st.sampled_from(CURVES))
    if method is Method.BANDED:
        edges = sorted(draw(st.sets(mg, max_size=4)), reverse=True)
        given["bands"] = tuple((edge, draw(mg)) for edge in [*edges, Decimal(0)])
    if method is Method.LIST:
        given["doses"] = tuple(sorted(draw(st.lists(mg, min_size=1, max_size=9)), reverse=True))
        given["to_mg"] = given["doses"][-1]
    return Request(from_mg=start, method=method, **given)


@given(requests())
def test_a_plan_never_rises_is_never_negative_and_ends_exactly_at_the_target(request):
    try:
        doses = [one.mg for one in schedule(request)]
    except PlanError as refused:
        assert str(refused)
        return
    assert doses[0] == request.from_mg
    assert doses[-1] == request.to_mg
    assert all(after <= before for before, after in pairwise(doses))
    assert all(dose >= 0 for dose in doses)
    assert 1 < len(doses) <= MOST_STEPS + 1
    if request.steps:
        assert len(doses) == request.steps + 1
    if request.last is not None:
        assert doses[-2] == request.last


@given(st.sampled_from(CURVES), mg, st.integers(1, 60))
def test_equal_occupancy_steps_are_equal(curve, start, steps):
    doses = exact_doses(Request(start, Method.EQUAL_OCCUPANCY, steps=steps, curve=curve))
    levels = [occupancy(dose, curve) for dose in doses]
    falls = [before - after for before, after in pairwise(levels)]
    assert max(falls) - min(falls) <= Fraction(1, 10**9)


@given(st.decimals("1", "500", places=2), percents, st.integers(2, 40))
def test_a_share_of_the_present_dose_is_that_share_each_time(start, percent, steps):
    doses = exact_doses(Request(start, Method.PERCENT_CURRENT, to_mg=Decimal("0.001"), step=max(percent, Decimal(2))))
    kept = 1 - Fraction(max(percent, Decimal(2))) / 100
    assert all(after == before * kept for before, after in list(pairwise(doses))[:-1])
