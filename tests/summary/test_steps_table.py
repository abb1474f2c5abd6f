"""What was taken and what followed: one row a dose, every sign explained, nothing that was not seen."""

import datetime as dt
from dataclasses import replace

import pytest

from journal.analysis.rates import Rate, Rates
from journal.analysis.responses import State
from journal.catalogue.summary import Length
from journal.summary.fit import Fit
from journal.summary.folded import Folded, folded, is_up
from journal.summary.head import dated
from journal.summary.rates_words import rates_sentence
from journal.summary.steps_table import aligned, dose_tables, response_cells
from tests.summary.read import cells, labels, said
from tests.summary.taper import START, followed, lines, measured, prescribed, response, steps, taken

FIGURE, POINT = "\u2007", "\u2008"


def table(summary, fit=None):
    return dose_tables(summary, fit or Fit())[0]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (response(), ["1.1", "–", "", ""]),
        (response(raised=True), ["1.1†", "–", "", ""]),
        (response(state=State.CUT), ["1.1", "2.7", "5", ">6"]),
        (response(state=State.CUT, seen=4), ["1.1", "2.7", "5", ">4"]),
        (response(state=State.RETURNED, back=13), ["1.1", "2.7", "5", "13"]),
        (response(state=State.NOT_YET, seen=9, days=10), ["1.1", "2.7", "5", ">9‡"]),
        (response(baseline="2.65", peak="4.05", state=State.CUT), ["2.7", "4.1", "5", ">6"]),
        (response(state=State.UNKNOWN), ["too few days"]),
        (response(state=State.UNKNOWN, baseline=None), ["too few days"]),
    ],
)
def test_what_one_symptom_did(found, expected):
    made = response_cells(followed(found))
    assert [cell.text + cell.mark for cell in made] == expected
    assert sum(cell.span for cell in made) == 4
    assert [cell.bold for cell in made] == [False, found.rose, False, False][: len(made)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["150", "37"], ["150", "37"]),
        (["150", "37.5"], [f"150{POINT}{FIGURE}", "37.5"]),
        (["1,800", "0.037", "12.5"], [f"1,800{POINT}{FIGURE * 3}", "0.037", f"12.5{FIGURE * 2}"]),
        ([], []),
    ],
)
def test_decimal_points_lie_below_each_other(texts, expected):
    assert aligned(texts) == expected


def test_the_columns_of_a_brief_page_and_of_a_full_one():
    brief, full = table(prescribed()), table(prescribed(Length.FULL))
    assert labels(brief)[:5] == ["from", "mg a day", "% of previous", "% of start", "days held"]
    assert labels(brief)[5:9] == ["week before", "highest", "on day", "back by"]
    assert [column.group for column in brief.columns[5:]] == ["Restlessness"] * 4 + ["Agitation"] * 4 + [
        "Irritability"
    ] * 4
    assert labels(full)[:6] == [*labels(brief)[:5], "days no record"]
    assert len(full.columns) == len(brief.columns) + 1


def test_missed_doses_have_a_column_on_a_full_page_only_where_there_are_any():
    medication = taken(steps("20", "10"))
    missed = replace(medication, coverage=replace(medication.coverage, missed=(START,)))
    assert "missed" in labels(table(prescribed(Length.FULL, medications=(missed,))))
    assert "missed" not in labels(table(prescribed(Length.FULL, medications=(medication,))))
    assert "missed" not in labels(table(prescribed(medications=(missed,))))


@pytest.mark.parametrize("length", list(Length))
@pytest.mark.parametrize("most", [1, 2, 3])
def test_every_row_is_as_wide_as_the_table(length, most):
    made = table(prescribed(length), Fit(measures=most))
    assert {sum(cell.span for cell in row) for row in made.rows} == {len(made.columns)}


def test_the_first_row_says_the_mean_before_the_taper_where_it_is_that_dose():
    doses = [replace_day(one, place) for place, one in enumerate(steps("150", "105"))]
    first = cells(table(prescribed(medications=(taken(doses),))))[0]
    assert first == ["13 Aug 2012", "*150*", "", "100", "43", *["1.0: mean, 43 days"] * 3]


def replace_day(step, place):
    """The first reduction of the summary made by hand is on 25 Sep."""
    return replace(step, starts_on=[START, dt.date(2012, 9, 25)][place])


def test_a_row_that_began_before_the_period_says_no_mean_of_other_days():
    doses = steps("150", "105", first=dt.date(2012, 6, 1))
    made = table(prescribed(medications=(taken(doses),)))
    assert "mean" not in " ".join(cells(made)[0])
    assert "The first row began before this period." in made.note
    assert (
        "Before the taper: restlessness 1.0 (43 days), agitation 1.0 (43 days), irritability 1.0 (43 days)."
        in made.note
    )


def test_a_hold_and_an_increase_say_so_beside_their_day():
    doses = steps("20", "10", "10", "15")
    made = table(prescribed(medications=(taken(doses),)))
    rows = cells(made)
    assert rows[2] == ["27 Aug, hold", "*10*", "100", "50", "7", "", "", ""]
    assert rows[3][:2] == ["3 Sep, up", "*15*"]


def test_the_year_stands_where_it_begins():
    doses = steps("20", "10", "5", first=dt.date(2012, 12, 20))
    assert [row[0] for row in cells(table(prescribed(medications=(taken(doses),))))] == [
        "20 Dec 2012",
        "27 Dec",
        "3 Jan 2013",
    ]


@pytest.mark.parametrize(
    ("states", "there", "absent"),
    [
        ({}, "– no rise: no 3-day mean 1.0 or more above the week before.", ">6"),
        ({1: State.CUT}, ">6 not back by day 6, when the next change came.", "‡"),
        ({1: State.NOT_YET}, "‡ not back by that day, the last one seen of 28 at most.", "next change came"),
        ({1: State.UNKNOWN}, "Too few days: too little rated to compare.", ">6"),
    ],
)
def test_the_note_explains_the_signs_that_are_there(states, there, absent):
    note = table(prescribed(medications=(taken(steps("20", "10", "5"), states),))).note
    assert there in note
    assert absent not in note


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([("Restlessness", Rates((), 0, 0))], ""),
        (
            [("Restlessness", Rates((Rate(7, 4, 9, 0, 0),), 0, 0))],
            "There are no whole stretches of days without a dose change to compare this with.",
        ),
        (
            [("Restlessness", Rates((Rate(7, 4, 9, 5, 21),), 0, 0)), ("PMS", Rates((Rate(7, 4, 9, 1, 21),), 0, 0))],
            "in 7-day stretches restlessness 5, PMS 1 of 21.",
        ),
        (
            [
                ("Restlessness", Rates((Rate(6, 0, 1, 4, 24), Rate(7, 4, 7, 1, 21)), 0, 0)),
                ("Worry", Rates((Rate(6, 0, 1, 3, 24), Rate(7, 4, 7, 0, 21)), 0, 0)),
            ],
            "in 7-day stretches restlessness 1, worry 0 of 21. In 6-day stretches restlessness 4, worry 3 of 24.",
        ),
        (
            [("Restlessness", Rates((Rate(7, 1, 2, 1, 4),), 0, 0)), ("Worry", Rates((Rate(7, 1, 2, 0, 3),), 0, 0))],
            "in 7-day stretches restlessness 1 of 4, worry 0 of 3. Too few to compare.",
        ),
        (
            [
                (
                    "A",
                    Rates((*(Rate(days, 0, 9 - days, 1, 10) for days in (1, 2, 3, 4)), Rate(None, 0, 2, 2, 5)), 0, 0),
                )
            ],
            "in 1-day stretches A 1 of 10. In 2-day stretches A 1 of 10; in 3-day stretches A 1 of 10; "
            "in stretches of other lengths A 3 of 15.",
        ),
    ],
)
def test_how_often_the_rule_fires_without_a_change_is_said(rates, expected):
    found = said(rates_sentence(rates))
    assert found.removeprefix("The same rule also finds rises where no dose changed: ") == expected


def rows_of(doses, states=None, folds=True):
    summary = prescribed()
    return folded(lines(doses, states or {}), folds, 3, dated(summary))


def shown(rows):
    return [row.text if isinstance(row, Folded) else str(row.row.mg) for row in rows]


LONG = [str(100 - place) for place in range(16)]


@pytest.mark.parametrize(
    ("doses", "states", "expected"),
    [
        (LONG[:12], {}, LONG[:12]),
        (LONG, {}, ["100", "9 steps, 99 → 91 mg, 20 Aug–15 Oct, no rise", *LONG[10:]]),
        (
            LONG,
            {4: State.CUT},
            [
                "100",
                "3 steps, 99 → 97 mg, 20 Aug–3 Sep, no rise",
                "96",
                "5 steps, 95 → 91 mg, 17 Sep–15 Oct, no rise",
                *LONG[10:],
            ],
        ),
        (
            LONG,
            {4: State.UNKNOWN},
            ["100", "9 steps, 99 → 91 mg, 20 Aug–15 Oct, no rise, 1 with too few days to compare", *LONG[10:]],
        ),
        (LONG, {2: State.CUT}, ["100", "99", "98", "7 steps, 97 → 91 mg, 3 Sep–15 Oct, no rise", *LONG[10:]]),
    ],
)
def test_a_long_table_folds_what_no_rise_followed(doses, states, expected):
    assert [said(text) for text in shown(rows_of(steps(*doses), states))] == expected


def test_an_increase_is_never_folded_away_in_silence():
    doses = [*LONG[:5], "120", *LONG[5:]]
    found = shown(rows_of(steps(*doses)))
    assert "120" in found
    many = [str(100 - place + (30 if place % 2 else 0)) for place in range(40)]
    found = rows_of(steps(*many, every=3))
    assert len(found) <= 12
    (hidden,) = [row for row in found if isinstance(row, Folded)]
    shown_ups = sum(is_up(row) for row in found if not isinstance(row, Folded))
    assert f"{20 - shown_ups} increases" in said(hidden.text)
    assert shown_ups > 3


def test_rises_that_are_folded_are_counted():
    found = rows_of(steps(*map(str, range(100, 60, -1)), every=3), dict.fromkeys(range(1, 40), State.CUT))
    assert len(found) == 12
    assert "a rise after 29 of them" in " ".join(shown(found))


def test_nothing_is_folded_where_there_is_room():
    assert len(rows_of(steps(*LONG), folds=False)) == 16


@pytest.mark.parametrize(
    ("compared", "fit", "expected"),
    [
        (1, Fit(), ["What was taken, and what followed each change",
                    "Also taken: Mirtazapine", "Also taken: Zopiclone"]),
        (2, Fit(), ["What was taken, and what followed each change: Venlafaxine",
                    "What was taken, and what followed each change: Mirtazapine", "Also taken: Zopiclone"]),
        (1, Fit(other_medications=1), ["What was taken, and what followed each change", "Also taken: Mirtazapine"]),
        (1, Fit(other_medications=0), ["What was taken, and what followed each change"]),
        (0, Fit(other_medications=0), ["What was taken: Venlafaxine"]),
    ],
)  # fmt: skip
def test_further_medications_have_tables_as_far_as_there_is_room(compared, fit, expected):
    doses = steps("20", "10")
    those = tuple(taken(doses, name=name) for name in ("Venlafaxine", "mirtazapine", "zopiclone"))
    found = dose_tables(prescribed(medications=those, compared_medications=compared), fit)
    assert [one.title for one in found] == expected
    assert [one.name for one in found] == ["steps"] * min(compared, len(found)) + ["medication"] * (
        len(found) - compared
    )
    assert "where no dose changed" in found[0].note or not compared


def test_a_medication_with_one_dose_needs_no_table():
    those = taken(steps("20", "10")), taken(steps("15"), name="Mirtazapine")
    assert len(dose_tables(prescribed(medications=those), Fit())) == 1


def test_a_change_of_another_medication_in_these_days_is_said():
    medication = taken(steps("20", "10"))
    both = followed(response(others=(dt.date(2012, 8, 22),)))
    changed = replace(medication.lines[1], followed=(both,) * 3)
    note = table(prescribed(medications=(replace(medication, lines=(medication.lines[0], changed)),))).note
    assert "Another medication changed in the days after 20 Aug." in said(note)


def test_a_section_that_is_off_has_no_table():
    assert dose_tables(prescribed(off=("steps",)), Fit()) == []
    assert dose_tables(prescribed(medications=()), Fit()) == []


def test_a_very_long_name_is_cut():
    made = table(prescribed(measures=(measured("y" * 300),)))
    assert max(len(column.group) for column in made.columns) < 50
