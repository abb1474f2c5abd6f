"""The page as plain text for a portal's message box."""

import pytest

from journal.summary.page import Cell, Column, Table
from journal.summary.text import as_text
from tests.summary_sample import sample_page

TEXT = as_text(sample_page())


@pytest.mark.parametrize(
    "line",
    [
        "Taper summary for Dr M. Sample, prescriber · appointment 9 Apr 2013",
        "Alex Sample, born 4 Mar 1955",
        "13 Aug 2012 – 8 Apr 2013, 239 days",
        "Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights",
        "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks.",
        "New or back: Worry after 1 Oct (4.2 on 3 Oct; last rated 1 or more on 24 Aug).",
        "WHAT WAS TAKEN, AND WHAT FOLLOWED EACH CHANGE",
        "13 Aug 2012. Taken: mg a day 150, % of start 100, days held 43; Restlessness: 0.9: mean, 43 days; "
        "Agitation: 1.2: mean, 43 days; Irritability: 1.4: mean, 43 days",
        "25 Sep. Taken: mg a day 105, % of previous 70, % of start 49, days held 7; Restlessness: week before 1.1†, "
        "highest 2.8, on day 1, back by >6; Agitation: week before 1.9, highest –; Irritability: week before 1.5, "
        "highest 2.7, on day 1, back by 3",
        "1. Is the depression score a reason to go back?",
        "3. Is the depression score a reason to go back?",
        "- Walk outside: 6.3 → 3.0 (9 times)",
        "Dose from 150 mg to 0 mg.",
        "Some items were left out by choice.",
        "made 8 Apr 2013",
    ],
)
def test_each_fact_is_a_line_of_its_own(line):
    assert line in TEXT.splitlines()


def test_a_mean_says_on_how_many_days_it_rests():
    assert "Restlessness. Before: 13 Aug – 24 Sep: 0.9 (n 28)" in TEXT


def test_room_to_write_by_hand_is_not_in_a_message():
    assert "AGREED TODAY" not in TEXT
    assert "Signed" not in TEXT


def test_without_a_name_no_line_stands_for_it():
    lines = as_text(sample_page(name="", born="")).splitlines()
    assert lines[1] == "13 Aug 2012 – 8 Apr 2013, 239 days"


def test_nothing_is_laid_out_with_special_spaces():
    assert "\u00a0" not in TEXT
    assert "\u2007" not in as_text(sample_page(situation=("1\u00a0mg", "\u20071.0")))
    assert all(line == line.rstrip() for line in TEXT.splitlines())


def test_each_score_stands_after_its_own_day():
    head = (Column("day", number=False), Column("13 Aug"), Column("20 Aug"))
    rows = (
        (Cell("score"), Cell("1.0"), Cell("1.2")),
        (Cell("day"), Cell("10 Dec"), Cell()),
        (Cell("score"), Cell("1.9"), Cell()),
    )
    lines = as_text(sample_page(sections=(Table("scores", "PHQ-9", head, rows),))).splitlines()
    at = lines.index("PHQ-9")
    assert lines[at + 1 : at + 3] == ["score by day. 13 Aug 1.0, 20 Aug 1.2", "score by day. 10 Dec 1.9"]
