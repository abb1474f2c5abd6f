"""A plan's numbers as people type them: doses, bands, holds, days, curves; each refusal names its field."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.plan_text import MOST_LETTERS, bands_in, curve_in, day_in, hold_in, number_in, numbers_in, whole_in
from journal.taper.schedule import Hold, Method, PlanError


def D(*numbers):
    return tuple(Decimal(str(number)) for number in numbers)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("37.5", "37.5"), ("37,5", "37.5"), ("37,5 mg", "37.5"), ("37.5MG.", "37.5"), ("10 %", "10"), ("10%", "10"),
        (" 5 ", "5"), ("−5", "-5"), ("+5", "5"), ("1 000", "1000"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_number(text, number):
    assert number_in("step", text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "x", "1e9", "NaN", "--5", "5 5x", "5 g", "mg", "٥", "½", "\x00", "9" * 16, "1_0"])
def test_what_is_no_number_is_quoted(text):
    with pytest.raises(PlanError, match=r"is not a number\. Write it like 37\.5\.") as refused:
        number_in("step", text)
    assert refused.value.field == "step"


def test_a_long_slip_is_quoted_in_short():
    with pytest.raises(PlanError) as refused:
        number_in("step", "x" * 10_000)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("text", "number"),
    [("14", 14), ("14.0", 14), ("-3", -3), ("14 days", 14), ("1 day", 1), ("4 weeks", 28), ("1week", 7), ("2 wk", 14)],
)
def test_a_whole_number(text, number):
    assert whole_in("every", text) == number
    assert isinstance(whole_in("every", text), int)


@pytest.mark.parametrize("text", ["2.5", "0,1"])
def test_what_is_not_whole(text):
    with pytest.raises(PlanError, match="is not a whole number") as refused:
        whole_in("every", text)
    assert refused.value.field == "every"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("15, 10, 5, 0", (15, 10, 5, 0)),
        ("15,10,5,0", (15, 10, 5, 0)),
        ("15 10 5 0", (15, 10, 5, 0)),
        ("15\n10\n5\n0", (15, 10, 5, 0)),
        ("15; 10; 5; 0", (15, 10, 5, 0)),
        ("7,5; 2,5; 0", (7.5, 2.5, 0)),
        ("7,5\n2,5\n0", (7.5, 2.5, 0)),
        ("7,5 2,5 0", (7.5, 2.5, 0)),  # spaces part them: a comma is a decimal comma
        ("7.5, 2.5, 0", (7.5, 2.5, 0)),
        ("15 mg, 10 mg", (15, 10)),
        ("15, 10,\n", (15, 10)),
        ("15; 0;", (15, 0)),
        ("15", (15,)),
        ("", ()),
        (" \n ", ()),
    ],
)
def test_several_numbers(text, numbers):
    assert numbers_in("doses", text) == D(*numbers)


@pytest.mark.parametrize("text", ["8,,0", "8, , 0", "8;;0", ",8,0", " ;8", "8,\n,0"])
def test_a_forgotten_one_is_not_passed_over(text):
    with pytest.raises(PlanError, match="Something is missing between two commas"):
        numbers_in("doses", text)


def test_one_wrong_among_several_is_named():
    with pytest.raises(PlanError, match="“ten” is not a number") as refused:
        numbers_in("doses", "15, ten, 0")
    assert refused.value.field == "doses"


def test_more_than_any_plan_is_refused_before_it_is_read():
    assert len(numbers_in("doses", "1," * (MOST_LETTERS // 2))) == MOST_LETTERS // 2
    with pytest.raises(PlanError, match="longer than any plan") as refused:
        numbers_in("doses", "1," * MOST_LETTERS)
    assert refused.value.field == "doses"


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("20:2, 10:1, 0:0.5", [(20, 2), (10, 1), (0, 0.5)]),
        ("20:2,10:1,0:0.5", [(20, 2), (10, 1), (0, 0.5)]),
        ("20 : 2\n0 : 0,5", [(20, 2), (0, 0.5)]),
        ("20 mg: 2 mg; 0: 0,5 mg", [(20, 2), (0, 0.5)]),
        ("", []),
    ],
)
def test_bands(text, bands):
    assert bands_in(text) == tuple(D(*pair) for pair in bands)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("20", "“20” is not a band"), ("20:2, 10", "“10” is not a band"), ("20:x", "“x” is not a number"), (":2", "“”"),
     ("20:2:1", "“2:1” is not a number")],
)  # fmt: skip
def test_what_is_no_band(text, sentence):
    with pytest.raises(PlanError, match=sentence) as refused:
        bands_in(text)
    assert refused.value.field == "band"


def test_days():
    assert day_in("start", "2027-01-04") == day_in("start", "4.1.2027") == dt.date(2027, 1, 4)
    with pytest.raises(PlanError, match="February 2026 has 28 days") as refused:
        day_in("start", "2026-02-30")
    assert refused.value.field == "start"


@pytest.mark.parametrize("text", ["1,200", "1,200 mg", "1.200"])
def test_a_number_that_can_mean_two_is_asked_about(text):
    with pytest.raises(PlanError, match=r"can mean two numbers\. Write 1200 or 1\.2"):
        number_in("from", text)


def test_lines_with_commas_between_numbers():
    assert numbers_in("doses", "60, 50, 40\n30") == (60, 50, 40, 30)
    assert numbers_in("doses", "37,5\n30") == (Decimal("37.5"), 30)


def test_holds():
    assert hold_in("2027-02-01:14") == hold_in("2027-02-01: 14 days") == Hold(dt.date(2027, 2, 1), 14)
    for text, sentence in [("soon", "“soon” is not a hold"), ("x:14", "not a date"), ("2027-02-01:x", "not a number")]:
        with pytest.raises(PlanError, match=sentence) as refused:
            hold_in(text)
        assert refused.value.field == "hold"


@pytest.mark.parametrize(
    ("drug", "key", "method", "found"),
    [
        ("citalopram", "", Method.EQUAL_MG, "sorensen-2022-striatum"),  # the only one that there is
        ("citalopram", "sorensen-2022-striatum", Method.EQUAL_OCCUPANCY, "sorensen-2022-striatum"),
        ("escitalopram", "", Method.EQUAL_MG, None),  # of four none is picked
        ("escitalopram", "sorensen-2022-caudate", Method.LIST, "sorensen-2022-caudate"),
        ("mirtazapine", "", Method.EQUAL_OCCUPANCY, None),  # the schedule says that there is none
        ("", "", Method.EQUAL_MG, None),
    ],
)
def test_curves(drug, key, method, found):
    curve = curve_in(drug, key, method)
    assert (curve and curve.key) == found


@pytest.mark.parametrize(
    ("drug", "key", "sentence"),
    [
        ("citalopram", "nonsense", "“nonsense” is not a curve of this medication. There is sorensen-2022-striatum."),
        ("citalopram", "sorensen-2022-caudate", "is not a curve of this medication"),
        ("mirtazapine", "x", "None is known for this medication."),
        ("escitalopram", "", "There is more than one curve. Say which: sorensen-2022-dorsal-raphe, "),
    ],
)
def test_what_is_no_curve(drug, key, sentence):
    with pytest.raises(PlanError, match=sentence) as refused:
        curve_in(drug, key, Method.EQUAL_OCCUPANCY)
    assert refused.value.field == "curve"
