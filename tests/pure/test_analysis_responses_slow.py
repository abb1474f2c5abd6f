"""The rules of docs/analysis.md once more, written as slowly and plainly as can be, and compared by hypothesis.

No code is shared with what is tested: lists, fractions, and the issue's own sentences.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.analysis.doses import changes
from journal.analysis.levels import Mean, level_since
from journal.analysis.quiet import quiet
from journal.analysis.responses import responses
from journal.analysis.scaled import Scaled
from journal.analysis.waves import spells, wave_at
from journal.charts.model import DoseChange

ONE = timedelta(1)
START = date(2026, 1, 1)


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def days_between(first, last):
    found = []
    while first <= last:
        found.append(first)
        first = first + ONE
    return found


def worse_by(value, base, up):
    """How much worse ``value`` is than ``base``: positive is worse."""
    return base - value if up else value - base


def slow_baseline(y, s):
    """Mean of y on s-7..s-1, none when fewer than 3 values."""
    values = [y[s - k * ONE] for k in (1, 2, 3, 4, 5, 6, 7) if s - k * ONE in y]
    return (mean(values) if len(values) >= 3 else None), len(values)


def slow_m3(y, d, first):
    """Mean of y on d-2..d, of days from ``first`` on (None: of all), none when fewer than 2 values; with its days."""
    days = [d - 2 * ONE, d - ONE, d]
    days = [e for e in days if e in y and (first is None or e >= first)]
    return (mean([y[e] for e in days]), days) if len(days) >= 2 else (None, days)


def slow_response(y, s, end, cut, up):
    """Everything about the window s..end."""
    base, base_n = slow_baseline(y, s)
    window = days_between(s, end)
    rated = [d for d in window if d in y]
    m3 = {d: slow_m3(y, d, s)[0] for d in window if slow_m3(y, d, s)[0] is not None}
    found = {
        "baseline": base,
        "n": base_n,
        "rated": len(rated),
        "seen": (rated[-1] - s).days if rated else None,
        "m3": {(d - s).days: value for d, value in m3.items()},
        "onset": None,
        "peak_day": None,
        "peak": None,
        "return": None,
        "state": "",
        "excess": None,
    }
    if base is None:
        return found
    if rated:
        found["excess"] = mean([worse_by(y[d], base, up) for d in rated])
    if not m3:
        return found
    found["state"] = "no rise"
    onset = None
    for d in window:
        worse_days = [e for e in slow_m3(y, d, s)[1] if worse_by(y[e], base, up) > 0]
        if onset is None and d in m3 and worse_by(m3[d], base, up) >= 1 and len(worse_days) >= 2:
            onset = d
    if onset is None:
        return found
    worst = None
    for d in window:
        if d in m3 and (worst is None or worse_by(m3[d], m3[worst], up) > 0):
            worst = d
    back = None
    for d in window:
        if back is None and d > worst and d > onset:
            row = [d, d + ONE, d + 2 * ONE]
            if all(e in m3 and worse_by(m3[e], base, up) < Fraction(1, 2) for e in row):
                back = d
    found["onset"] = (onset - s).days
    found["peak_day"] = (worst - s).days
    found["peak"] = m3[worst]
    found["return"] = (back - s).days if back else None
    found["state"] = "returned" if back else "cut" if cut else "not yet"
    return found


def slow_responses(y, change_days, last, up):
    """One for each day of a change; window = s .. the day before the next, at most s+27, at most ``last``."""
    found = []
    for s in change_days:
        if s > last:
            continue
        following = [d for d in change_days if d > s]
        ends = [s + 27 * ONE, last] + ([following[0] - ONE] if following else [])
        cut = bool(following) and following[0] <= s + 27 * ONE and following[0] <= last
        found.append((s, min(ends), slow_response(y, s, min(ends), cut, up)))
    return found


def slow_quiet(y, change_days, last, length, up):
    """Whole stretches side by side; from the start, before the first change, and from day 28 after any change on."""
    if not y:
        return 0, 0
    before_last = [d for d in change_days if d <= last]
    runs = []
    first = min(y)
    runs.append((first + 7 * ONE, (before_last[0] - ONE) if before_last else last))
    for d in before_last:
        later = [e for e in before_last if e > d]
        runs.append((d + 28 * ONE, (later[0] - ONE) if later else last))
    rises = stretches = 0
    for begin, end in runs:
        while begin + (length - 1) * ONE <= end:
            found = slow_response(y, begin, begin + (length - 1) * ONE, False, up)
            if found["state"] != "":
                stretches += 1
                if found["onset"] is not None:
                    rises += 1
            begin = begin + length * ONE
    return rises, stretches


def slow_level(y, since, last, before, up):
    days = [d for d in days_between(since, last) if slow_m3(y, d, since)[0] is not None]
    worse = [d for d in days if worse_by(slow_m3(y, d, since)[0], before, up) >= 1]
    return (len(worse), len(days)) if days else None


def slow_spells(y, before, first, last, up):
    """Waves, and windows after a wave: (kind, first day, last day)."""
    if len(before) < 7:
        return []
    level = mean(before)
    variance = sum((value - level) ** 2 for value in before) / (len(before) - 1)

    def is_in(kind, d):
        m3 = slow_m3(y, d, None)[0]
        if m3 is None:
            return False
        worse = worse_by(m3, level, up)
        if kind == "wave":
            return worse >= 1 and worse * worse >= variance
        return worse < Fraction(1, 2)

    found = []
    for kind in ("wave", "window"):
        for d in days_between(first, last):
            starts = is_in(kind, d) and (d == first or not is_in(kind, d - ONE))
            if starts:
                end = d
                while end < last and is_in(kind, end + ONE):
                    end = end + ONE
                if (end - d).days >= 2:
                    found.append((d, end, kind))
    found.sort()
    waves = [d for d, _, kind in found if kind == "wave"]
    return [(kind, d, end) for d, end, kind in found if kind == "wave" or (waves and waves[0] < d)]


# -- comparing --------------------------------------------------------------------------------------------------------

TENTHS = st.integers(0, 100).map(lambda n: Decimal(n) / 10)
COARSE = st.integers(0, 4).map(Decimal)  # many ties
HALVES = st.integers(0, 8).map(lambda n: Decimal(n) / 2)
CHECK_INS = st.tuples(st.integers(0, 20), st.integers(1, 3)).map(lambda pair: Fraction(*pair))


@st.composite
def records(draw):
    """(values by day, the days of changes, the last day): up to 100 days, some of them missing."""
    value = draw(st.sampled_from([TENTHS, COARSE, HALVES, CHECK_INS]))
    missing = draw(st.sampled_from([0, 1, 3]))
    words = draw(st.lists(st.one_of(value, *[st.none()] * missing), max_size=100))
    values = {START + n * ONE: word for n, word in enumerate(words) if word is not None}
    change_days = sorted(draw(st.sets(st.integers(-5, 110), max_size=6)))
    last = draw(st.one_of(st.just(max(0, len(words) - 1)), st.integers(0, 120)))
    return values, [START + n * ONE for n in change_days], START + last * ONE


def exactly(values):
    return {d: Fraction(value) for d, value in values.items()}


def made(change_days):
    """A start, then a change on each of the days."""
    doses = [DoseChange(START - 400 * ONE, Decimal(500))]
    return changes(doses + [DoseChange(d, Decimal(400 - n)) for n, d in enumerate(change_days)])


A_RECORD = ({START + n * ONE: Decimal(1) for n in range(9)}, [START + 8 * ONE], START + 8 * ONE)


@settings(max_examples=400)
@given(records(), st.booleans())
@example(A_RECORD, False)
def test_responses(record, up):
    values, change_days, last = record
    found = responses(values, made(change_days), last, "up" if up else "down")
    slow = slow_responses(exactly(values), change_days, last, up)
    assert [(one.change.day, one.window.last) for one in found] == [(s, end) for s, end, _ in slow]
    for one, (_, _, expected) in zip(found, slow, strict=True):
        assert {
            "baseline": one.baseline,
            "n": one.baseline_n,
            "rated": one.n,
            "seen": one.seen,
            "m3": one.m3,
            "onset": one.onset,
            "peak_day": one.peak_day,
            "peak": one.peak,
            "return": one.return_day,
            "state": one.state,
            "excess": one.excess,
        } == expected


@settings(max_examples=200)
@given(records(), st.booleans(), st.sampled_from([1, 2, 3, 6, 7, 11, 28]))
def test_the_same_without_a_change(record, up, length):
    values, change_days, last = record
    (found,) = quiet(Scaled(values), change_days, last, [length], "up" if up else "down")
    assert (found.rises, found.stretches) == slow_quiet(exactly(values), change_days, last, length, up)


@settings(max_examples=200)
@given(records(), st.booleans(), st.integers(-5, 90), st.integers(0, 50))
def test_level(record, up, since, tenths):
    values, _, last = record
    before = Fraction(tenths, 10)
    since = START + since * ONE
    found = level_since(Scaled(values), since, last, Mean(before, 1, 1), "up" if up else "down")
    assert ((found.worse, found.days) if found else None) == slow_level(exactly(values), since, last, before, up)


@settings(max_examples=200)
@given(records(), st.booleans(), st.lists(HALVES, min_size=5, max_size=12), st.integers(-5, 90))
def test_spells(record, up, before, first):
    values, _, last = record
    first = START + first * ONE
    found = spells(values, before, first, last, "up" if up else "down")
    expected = slow_spells(exactly(values), [Fraction(value) for value in before], first, last, up)
    assert [(one.kind, one.span.first, one.span.last) for one in found] == expected
    assert all(one.going_on == (one.span.last == last) for one in found)


@settings(max_examples=100)
@given(records(), st.booleans(), st.lists(HALVES, min_size=5, max_size=12))
def test_a_wave_that_goes_on_is_the_last_of_the_spells(record, up, before):
    values, _, last = record
    better = "up" if up else "down"
    found = [
        one.span for one in spells(values, before, START - ONE, last, better) if one.going_on and one.kind == "wave"
    ]
    assert wave_at(values, before, last, better) == (found[0] if found else None)
