"""Before the taper, now, what rose most, and the sentence made of them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.doses import changes, dose_on, first_reduction, latest_change
from journal.analysis.levels import Compared, Mean, compared, mean_of, rose_most
from journal.analysis.series import Span
from journal.analysis.titles import Measure, change_title
from journal.charts.model import DoseChange

FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def flat(value, numbers) -> dict[date, Decimal]:
    return {day(n): Decimal(str(value)) for n in numbers}


def steps(*pairs) -> tuple[DoseChange, ...]:
    return tuple(DoseChange(day(n), Decimal(str(mg))) for n, mg in pairs)


def stretches(reduction, last, changed=(), first_entry=FIRST, first=FIRST) -> Compared:
    return compared(reduction, changed, first_entry, first, last)


def test_before_is_all_days_before_the_first_reduction_at_most_the_ninety_nearest():
    found = stretches(day(20), day(99))
    assert (found.before, found.now) == (Span(day(0), day(19)), Span(day(72), day(99)))
    assert found.since == "the first reduction"
    assert stretches(day(91), day(99)).before == Span(day(1), day(90))
    assert stretches(day(20), day(99), first_entry=day(15)).before == Span(day(15), day(19))


def test_where_the_record_begins_after_the_first_reduction_it_is_before_the_first_change_shown():
    found = stretches(day(20), day(99), changed=[day(60), day(40), day(20), day(30)], first_entry=day(30))
    assert (found.before, found.since) == (Span(day(30), day(39)), "the first change shown")
    assert stretches(day(20), day(99), changed=[day(20)], first_entry=day(30)).before is None


def test_there_is_no_before_without_a_reduction_or_an_entry():
    for found in (
        stretches(None, day(99), changed=[day(50)]),  # it only ever went up
        stretches(day(20), day(99), first_entry=None),
        stretches(day(0), day(99)),
        stretches(day(50), day(40)),
    ):
        assert found.before is None and found.since == ""


def test_now_is_the_last_28_days_never_before_the_change_nor_before_the_first_day():
    assert stretches(day(90), day(99)).now == Span(day(90), day(99))
    assert stretches(day(20), day(99), first=day(95)).now == Span(day(95), day(99))
    assert stretches(None, day(9)).now == Span(day(0), day(9))


def test_before_and_now_find_their_means_again():
    both, alone = stretches(day(20), day(99)), stretches(None, day(99))
    assert both.pair([str(span) for span in both.spans]) == (str(both.before), str(both.now))
    assert alone.pair([str(span) for span in alone.spans]) == (None, str(alone.now))


def test_means_are_exact_and_count_values_and_days():
    values = {day(n): Decimal(text) for n, text in enumerate(["2.6", "2.7"])}
    assert mean_of(values, Span(day(0), day(9))) == Mean(Fraction("2.65"), 2, 10)
    assert mean_of(values, Span(day(5), day(9))) is None


def ranked(series, reduction, last):
    """``rose_most`` of plain series, as the database's means would give it."""
    found = stretches(reduction, last)
    pairs = {key: found.pair([mean_of(values, span) for span in found.spans]) for key, values in series.items()}
    return rose_most(pairs)


def test_what_rose_most_comes_first_and_ties_go_by_name():
    before, after = range(0, 20), range(20, 60)
    series = {
        "b": flat(1, before) | flat("1.3", after),
        "a": flat("0.1", before) | flat("0.4", after),  # 0.3 exactly, as above: a tie
        "c": flat(1, before) | flat(3, after),
        "fell": flat(3, before) | flat(1, after),
    }
    found = ranked(series, day(20), day(59))
    assert [rise.key for rise in found] == ["c", "a", "b", "fell"]
    assert found[1].rise == found[2].rise == Fraction(3, 10)


@pytest.mark.parametrize(("before", "after", "compared"), [(14, 14, True), (13, 14, False), (14, 13, False)])
def test_fourteen_values_are_needed_on_each_side(before, after, compared):
    values = flat(1, range(before)) | flat(2, range(30, 30 + after))
    assert bool(ranked({"x": values}, day(20), day(45))) is compared


def test_days_before_the_reduction_are_never_the_last_ones():
    assert ranked({"x": flat(1, range(60))}, day(50), day(59)) == []
    assert ranked({"x": flat(1, range(60))}, None, day(59)) == []


def test_changes_skip_holds_and_take_the_later_of_a_day():
    found = changes(steps((0, 20), (5, 20), (9, 15), (9, 10), (7, 20)))
    assert [(c.day, c.before, c.mg) for c in found] == [(day(0), None, 20), (day(9), 20, 10)]


def test_reductions_and_changes_inside_the_period():
    taper = steps((0, 20), (10, 25), (20, 15), (30, 10))
    assert first_reduction(taper, day(5), day(40)) == day(20)
    assert first_reduction(taper, day(20), day(40)) == day(30)  # the one on the first day is before it
    assert first_reduction(taper, day(5), day(19)) is None
    assert latest_change(taper, day(0), day(29)) == day(20)
    assert latest_change((), day(0), day(29)) is None
    assert (dose_on(taper, day(-1)), dose_on(taper, day(29))) == (None, 15)


def measure(name, before, now_, n=28):
    def mean(value):
        return None if value is None else Mean(Fraction(str(value)), n, 28)

    return Measure(name, mean(before), mean(now_))


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (
            [measure("Mood", "5.4", "5.3"), measure("Restlessness", "0.9", "2.1"),
             measure("Agitation", "1.2", "2.3"), measure("Irritability", "1.4", "2.4")],
            "Restlessness, agitation and irritability are about 1 point higher than before the first reduction",
        ),
        ([measure("Nausea", 1, 3)], "Nausea is about 2 points higher than before the first reduction"),
        (
            [measure("Nausea", 1, 3), measure("Brain zaps", 1, "5.5"), measure("Mood", 6, "4.9")],
            "Nausea and brain zaps are about 2 to 5 points higher and mood is about 1 point lower "
            "than before the first reduction",
        ),
        ([measure("Brain zaps", 1, 3)], "Brain zaps are about 2 points higher than before the first reduction"),
        ([measure("Restlessness", 3, 2)], "Restlessness is about 1 point lower than before the first reduction"),
        ([measure("Vivid dreams", 3, 3)], "Vivid dreams differ by less than 0.5 from before the first reduction"),
        ([measure("PMS", 3, 2)], "PMS is about 1 point lower than before the first reduction"),
        (
            [measure(n, 1, 2) for n in ("A", "B", "C", "D", "E")],
            "A, B, C and 2 more are about 1 point higher than before the first reduction",
        ),
        ([measure("Mood", 5, "5.44")], "Mood differs by less than 0.5 from before the first reduction"),
        ([measure("Mood", 5, "5.45")], "Mood is about half a point higher than before the first reduction"),
        (
            [measure("Mood", 5, "5.6"), measure("Nausea", 1, 4)],
            "Mood and nausea are about 0.5 to 3 points higher than before the first reduction",
        ),
        (
            [measure("Mood", 5, 5), measure("Nausea", 1, "1.4")],
            "Mood and nausea differ by less than 0.5 from before the first reduction",
        ),
        (
            [measure("Mood", 5, 8, n=6)],
            "Too few rated days to compare: 6 before the first reduction, 6 in the last 28 days",
        ),
        ([measure("Mood", None, None)], "Too few rated days to compare: 0 before the first reduction, none now"),
        ([], "Too few rated days to compare: 0 before the first reduction, none now"),
    ],
)  # fmt: skip
def test_the_title_says_what_is_seen_with_a_number(measures, expected):
    assert change_title(measures, since="the first reduction") == expected


def test_without_a_reduction_the_title_gives_levels():
    shown = [measure("Mood", None, "5.3"), measure("Nausea", None, 2)]
    assert change_title(shown, since="") == "Mean of the last 28 days: mood 5.3, nausea 2.0"
    assert change_title([], since="") == "Nothing that is drawn here was rated in this period"


@pytest.mark.parametrize("before", ["0", "5", "10"])
@pytest.mark.parametrize("after", ["0", "5", "10"])
def test_the_title_gives_no_cause_and_no_verdict(before, after):
    title = change_title([measure("Mood", before, after)], since="the first reduction").lower()
    forbidden = [
        "settled",
        "stable",
        "withdrawal",
        "relapse",
        "significant",
        "caused",
        "due",
        "improved",
        "failed",
        "worse",
        "better",
    ]
    assert not set(title.split()) & set(forbidden)
