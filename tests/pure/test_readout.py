"""What is said of the day that is pointed at."""

import datetime as dt
import pickle
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from journal.charts.head import Head, dose_head
from journal.charts.model import DoseChange, Occupied, OtherMedication, OverviewData, Plot, Share, Strip
from journal.charts.readout import MOST_TOLD, ReadRow, overview_rows, packed, table_rows
from journal.charts.table import file_rows, overview_table, table_text
from tests.pure.charting import NASTY

MONDAY = dt.date(2012, 10, 22)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(number)


def data_of(days: int = 3, **changes) -> OverviewData:
    """25 mg from Monday on, 37 before; mood on all days but the second, irritability on the first."""
    fields = {
        "first": MONDAY,
        "last": day(days - 1),
        "medication": "Venlafaxine",
        "steps": (DoseChange(day(-6), Decimal(37)), DoseChange(MONDAY, Decimal(25))),
        "strips": (
            Strip("mood", "Mood", {day(n): Decimal("5.5") for n in range(days) if n != 1}, "up"),
            Strip("irritability", "Irritability", {MONDAY: Fraction(9, 4)}),
        ),
        "entry_days": frozenset(day(n) for n in range(days) if n != 1),
    }
    return OverviewData(**fields | changes)


def test_the_sentence_of_a_day():
    rows = overview_rows(data_of(), {MONDAY: 10, day(2): 1})
    assert rows[0] == ReadRow(
        MONDAY, MONDAY, "Mon 22 Oct 2012", "25 mg, day 0 · mood 5.5 · irritability 2.3 · 10 check-ins"
    )
    assert (rows[1].label, rows[1].text) == ("Tue 23 Oct 2012", "25 mg, day 1 · no entry")
    assert rows[2].text == "25 mg, day 2 · mood 5.5 · irritability not rated · 1 check-in"


def test_before_the_first_step_nothing_is_said_of_a_dose():
    rows = overview_rows(data_of(steps=(DoseChange(day(1), Decimal(25)),)))
    assert rows[0].text.startswith("mood")
    assert rows[1].text == "25 mg, day 0 · no entry"


def test_several_medications_are_named_and_only_the_charts_own_counts_days():
    other = OtherMedication("Mirtazapine", (DoseChange(day(-300), Decimal("7.5")),))
    rows = overview_rows(data_of(other_medications=(other,)))
    assert rows[0].text.startswith("Venlafaxine 25 mg, day 0 · Mirtazapine 7.5 mg · mood 5.5")


def test_over_400_days_it_speaks_of_weeks():
    days = 401
    mood = {day(n): Decimal(4 if n % 2 else 6) for n in range(days)}
    data = data_of(days, strips=(Strip("mood", "Mood", mood, "up"),), entry_days=frozenset(mood))
    rows = overview_rows(data, {day(0): 2, day(6): 1, day(7): 5})
    assert rows[0].label == "Week from Mon 22 Oct 2012"
    assert rows[0].text == "25 mg · mood 5.1 (4.0 to 6.0, 7 days) · 3 check-ins"
    assert (rows[-1].first, rows[-1].last) == (day(399), day(400))
    assert [row.first for row in rows] == [row[0] for row in overview_table(data)[1]]
    assert all(after.first == before.last + dt.timedelta(1) for before, after in pairwise(rows))


def test_it_says_the_numbers_of_the_table_and_no_others():
    data = data_of()
    headers, table = overview_table(data)
    for said, row in zip(overview_rows(data), table_text(headers, table), strict=True):
        told = re.sub(r", day \d+", "", said.text)
        assert set(re.findall(r"[\d.]+", told)) <= set(row)


def test_two_of_the_same_name_keep_their_own_values():
    strips = (Strip("a", "x\u0007y", {MONDAY: 1}, carried=frozenset({MONDAY})), Strip("b", "x y", {MONDAY: 9}))
    assert overview_rows(data_of(strips=strips))[0].text == "25 mg, day 0 · x y 1.0 · x y 9.0"
    days = 401
    strips = (Strip("a", "x", dict.fromkeys(map(day, range(days)), 1)), Strip("b", "x", {MONDAY: 9}))
    assert (
        "x 1.0 (1.0 to 1.0, 7 days) · x 9.0 (9.0 to 9.0, 1 day)" in overview_rows(data_of(days, strips=strips))[0].text
    )


@pytest.mark.parametrize("name", NASTY)
def test_names_may_be_anything(name):
    data = data_of(medication=name, strips=(Strip("x", name, {MONDAY: 3}),))
    rows = overview_rows(data)
    assert len(rows) == 3
    assert not re.search(r"[\x00-\x1f]", "".join(row.text for row in rows))


LIKE_HEADS = ("Nausea, carried", "Coffee, mg a day", "Fog, 7-day mean", "Fog, mean of the week", "events", "week from")
"""Names that look like heads of the table."""


def named_like_heads(days: int = 1, **changes) -> OverviewData:
    """Nausea, carried on Monday, then the LIKE_HEADS: 1.25, 2, 3 and so on, on every day."""
    every = [day(n) for n in range(days)]
    strips = [Strip("nausea", "Nausea", dict.fromkeys(every, Fraction(5, 4)), carried=frozenset({MONDAY}))]
    strips += [Strip(str(n), name, dict.fromkeys(every, n)) for n, name in enumerate(LIKE_HEADS, start=2)]
    return data_of(days, **{"strips": tuple(strips), "entry_days": frozenset(every)} | changes)


TOLD = (
    "nausea 1.3", "nausea, carried 2.0", "coffee, mg a day 3.0", "fog, 7-day mean 4.0", "fog, mean of the week 5.0",
    "events 6.0", "week from 7.0",
)  # fmt: skip


def test_names_that_look_like_heads_are_names():
    assert overview_rows(named_like_heads())[0].text == " · ".join(["25 mg, day 0", *TOLD])
    nausea, *others = named_like_heads().strips
    (plain,) = overview_rows(named_like_heads(strips=(replace(nausea, carried=frozenset()), *others)))
    assert plain.text == " · ".join(["25 mg, day 0", *TOLD])
    weeks = overview_rows(named_like_heads(401))[0].text
    assert weeks.split(" · ")[1:] == [f"{told} ({told.split()[-1]} to {told.split()[-1]}, 7 days)" for told in TOLD]


def test_occupancy_shifts_no_value():
    data = named_like_heads(occupancy=Occupied("ser", "Sørensen 2022", (Share(day(-6), Decimal(70)),)))
    assert overview_rows(data)[0].text == " · ".join(["25 mg, day 0", *TOLD])


def test_names_that_look_like_heads_in_the_tables_of_any_chart():
    data = named_like_heads()
    headers, rows = overview_table(data)
    (found,) = table_rows(headers, rows, data)
    assert found.text == " · ".join(["25 mg", TOLD[0], "nausea, carried yes", *TOLD[1:]])
    cells = dict(zip(headers[4:], table_text(headers, rows)[0][4:], strict=True))
    assert {name: cells[name] for name in LIKE_HEADS} == {name: f"{n}.0" for n, name in enumerate(LIKE_HEADS, start=2)}
    strip = Strip("x", "Coffee, mg a day", {MONDAY: Decimal("10")}, carried=frozenset())
    headers, rows = overview_table(data_of(1, strips=(strip,)))
    assert headers[1:3] == ("Venlafaxine, mg a day", "Coffee, mg a day")
    assert [str(cell) for cell in file_rows(headers, rows)[0][1:3]] == ["25", "10"]
    assert table_text(headers, rows)[0][1:3] == ["25", "10.0"]


def test_a_head_is_its_text_and_survives_being_kept():
    kept = pickle.loads(pickle.dumps(dose_head("Venlafaxine")))
    assert (kept, kept.kind, kept.of) == ("Venlafaxine, mg a day", "dose", "Venlafaxine")


def test_an_event_may_have_any_name():
    headers = ("date", "Mood", Head("events", "events"))
    (row,) = table_rows(headers, [(MONDAY, None, "Sleep not rated")], Other())
    assert row.text == "mood not rated · Sleep not rated"


# -- any chart --------------------------------------------------------------------------------------------------------


@dataclass
class Other:
    last: dt.date = dt.date(2012, 10, 24)
    entry_days: frozenset = field(default_factory=frozenset)


def test_of_any_table_that_begins_with_a_day():
    mean, events = Head("Irritability, 7-day mean", "derived"), Head("events", "events")
    headers = ("date", dose_head("Venlafaxine"), "Irritability", mean, "Low mood", events)
    rows = [
        (MONDAY, Decimal(25), Decimal("2.3"), Decimal("2.1"), None, None),
        (day(1), Decimal(25), None, None, None, None),
        (day(2), None, None, None, None, "Travel"),
    ]
    found = table_rows(headers, rows, Other(entry_days=frozenset({MONDAY, day(2)})))
    assert [row.text for row in found] == [
        "25 mg · irritability 2.3 · low mood not rated",
        "25 mg · no entry",
        "irritability not rated · low mood not rated · Travel",
    ]


def test_rows_that_are_no_days_are_left_out():
    assert table_rows(("skill", "before"), [("Breathing", Decimal(3))], Other()) == []
    assert table_rows(("date", "x"), [], Other()) == []
    assert len(table_rows(("date", "x"), [(MONDAY, 1), ("all", 2)], Other())) == 1


def test_weeks_last_until_the_next():
    found = table_rows((Head("week from", "week"), "x"), [(MONDAY, 1), (day(7), 2)], Other(last=day(9)))
    assert [(row.first, row.last) for row in found] == [(MONDAY, day(6)), (day(7), day(9))]
    assert found[0].label == "Week from Mon 22 Oct 2012"


def test_sixty_symptoms_are_no_sentence():
    headers = ("date", *(f"Symptom {n}" for n in range(60)))
    (row,) = table_rows(headers, [(MONDAY, *range(60))], Other())
    assert row.text.count("·") == MOST_TOLD
    assert row.text.endswith("50 more in the table")


# -- as a page has it -------------------------------------------------------------------------------------------------


def test_packed():
    plot = Plot(day(1), day(3), 0.1, 0.9)
    rows = [ReadRow(day(n), day(n), f"day {n}", "x") for n in range(6)]
    found = packed(rows, plot, today=day(2))
    assert found == {
        "rows": [
            [0, 1, "day 1", "x", day(1).isoformat()],
            [1, 1, "day 2", "x", day(2).isoformat()],
            [2, 1, "day 3", "x", ""],
        ],
        "last": 2,
        "now": 1,
    }
    assert packed([], plot, day(2)) == {}


def test_a_week_is_cut_to_the_plot_and_opens_no_day():
    found = packed([ReadRow(day(-3), day(3), "w", "x")], Plot(day(0), day(30), 0, 1), day(30))
    assert found["rows"] == [[0, 4, "w", "x", ""]]
