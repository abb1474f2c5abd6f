"""The prescriber's page of a real person's published taper, word for word. Skips where the data is absent."""

import datetime as dt
import io

import pytest
from django.core.management import call_command

from journal.catalogue.summary import Length, Reader
from journal.queries.period import Period
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fit import Fit
from journal.summary.present import present
from tests.summary.read import block, cells, everything, fact, labels, names, said
from tests.summary.test_prescriber import FORBIDDEN
from tests.test_real_taper import DATA, MG, OF_PREVIOUS

pytestmark = [
    pytest.mark.skipif(not DATA.exists(), reason="the published taper is not on this machine"),
    pytest.mark.usefixtures("clock"),
]

FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)


@pytest.fixture
def page(alice):
    call_command(
        "import_journal",
        "alice",
        entries=str(DATA / "daily.csv"),
        steps=str(DATA / "dose_steps.csv"),
        ignore="check_ins",
        measure=["scl90_depression"],
        stdout=io.StringIO(),
    )

    def of(length=Length.BRIEF, fit=None, first=FIRST, last=LAST):
        chosen = Choices(Reader.PRESCRIBER, length)
        return present(build(alice, Period(first, last), chosen, last), fit or Fit())

    return of


STEPS = """
13 Aug 2012 | *150* |  | 100 | 43 | 0.9: mean, 43 days | 1.2: mean, 43 days | 1.4: mean, 43 days
25 Sep | *105* | 70 | 70 | 6 | 1.2 | – |  |  | 1.6 | – |  |  | 1.8 | – |  |
1 Oct | *73* | 70 | 49 | 7 | 1.1 | *2.8* | 1 | >6 | 1.3 | *2.5* | 1 | >6 | 1.5 | *2.7* | 1 | >6
8 Oct | *51* | 70 | 34 | 7 | 1.9† | – |  |  | 1.9† | – |  |  | 1.8 | – |  |
15 Oct | *37* | 73 | 25 | 7 | 1.3 | – |  |  | 1.1 | – |  |  | 1.3 | – |  |
22 Oct | *25* | 68 | 17 | 7 | 1.1 | *2.5* | 5 | >6 | 1.0 | *2.9* | 5 | >6 | 1.1 | *2.7* | 5 | >6
29 Oct | *18* | 72 | 12 | 7 | 1.8† | – |  |  | 2.1† | – |  |  | 2.4† | – |  |
5 Nov | *12* | 67 | 8 | 7 | 1.8† | *3.0* | 5 | >6 | 2.0† | *3.6* | 5 | >6 | 2.5† | – |  |
12 Nov | *9* | 75 | 6 | 7 | 1.9† | *3.5* | 1 | 4 | 2.3† | – |  |  | 2.2† | *3.3* | 1 | 4
19 Nov | *0* | 0 | 0 | 141 so far | 2.1† | *3.2* | 11 | 12 | 2.0† | *3.8* | 11 | 13 | 2.1† | *4.0* | 11 | 13
"""

LEVELS = """
Restlessness | 0.9 | 1.6 | 2.3 [28] | 1.9 | 2.2 | 1.9 | 2.1 | *+1.2*
Agitation | 1.2 | 1.7 | 2.2 [28] | 2.0 | 2.3 | 1.9 | 2.3 | *+1.0*
Irritability | 1.4 | 1.8 | 2.4 [28] | 2.3 | 2.4 | 2.1 | 2.4 | *+0.9*
Worry | 0.2 | 0.4 | 0.4 [28] | 0.9 | 1.0 | 0.9 | 0.6 | *+0.5*
Sleepiness | 1.0 | 1.1 | 0.4 [28] | 0.3 | 0.5 | 0.8 | 0.6 | −0.4
Fatigue | 1.9 | 1.9 | 1.9 [28] | 1.4 | 1.3 | 1.2 | 1.3 | *−0.6*
Mood (10 best) | 5.4 | 5.3 | 5.3 [28] | 5.1 | 5.2 | 5.3 | 5.3 | −0.1
Sleep quality (10 best) | 6.8 [27] | 6.4 [36] | 6.1 [16] | 5.8 [18] | 6.6 [16] | 5.5 [15] | 5.5 [15] | *−1.3*
Scl90 depression | 1.1 [5] | 1.3 [6] | 1.4 [5] | 1.9 [3] | 1.9 [4] | 2.2 [2] | 1.9 [3] | *+0.8*
"""


def rows(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]


def test_the_head_and_the_situation(page):
    made = page()
    assert said(made.heading) == "Taper summary for the prescriber"
    assert said(made.period) == "13 Aug 2012 – 8 Apr 2013, 239 days"
    assert said(made.coverage) == ("Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights")
    assert [said(line) for line in made.situation] == [
        "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks.",
        "Restlessness, agitation, irritability: up by 1 point (last 28 days against before the taper).",
    ]


FACTS = {
    "After changes": "Restlessness rose by 1 or more after 5 of 9 changes, agitation after 4, irritability after 4. "
    "Largest: agitation rose from 1.0 to 2.9 by day 5 after 37 → 25 mg and was not back by day 6, when the next "
    "change came (n = 7 days).",
    "New or back": "Worry from 3 Oct 2012 (last rated 1 or more on 24 Aug 2012).",
    "Never 1 or more": "Anxiety, dizziness, dry mouth, nausea.",
    "Level since 0 mg": "3-day mean 1 or more above before the taper on: restlessness 84, agitation 57, "
    "irritability 63, of 140 days.",
    "Scl90 depression": "Before 1.0–1.3 (5 scores), during 1.1–1.6 (6). From 31 Dec (day 42 at 0 mg) all 12 above 1.3, "
    "earlier 4 of 11; last 2.2 on 8 Apr.",
    "Holds, increases": "No hold, no increase. Missed doses: none recorded, 14 days without a record.",
    "Not recorded": "Hours slept, function, alcohol, other substances.",
}


def test_the_facts(page):
    assert {said(label): said(text) for label, text in page().facts} == FACTS


def test_the_table_of_doses_and_what_followed(page):
    table = block(page(), "steps")
    assert cells(table) == rows(STEPS)
    assert [row[1].strip("*") for row in cells(table)] == MG
    assert [row[2] for row in cells(table)[1:]] == OF_PREVIOUS
    assert said(table.note) == (
        "† already 0.5 or more above before the taper; “back by” is back to that. "
        "– no rise: no 3-day mean 1.0 or more above the week before. "
        ">6 not back by day 6, when the next change came. The same rule also finds rises where no dose changed: in "
        "7-day stretches restlessness 4, agitation 5, irritability 4 of 21."
    )


def test_the_table_of_levels(page):
    table = block(page(), "levels")
    assert cells(table) == rows(LEVELS)
    assert [said(column.group) for column in table.columns] == [
        "", "Before", "During", *["Since 0 mg"] * 5, "Change",
    ]  # fmt: skip
    assert labels(table)[1:4] == ["13 Aug– 24 Sep", "25 Sep– 18 Nov", "19 Nov– 17 Dec"]
    assert said(table.note) == (
        "Small figures: days recorded, if not all. Change: of unrounded means. "
        "Bold: by 0.5 or more (scales up to 10, hours). 7 more symptoms not shown."
    )


def test_the_full_page_has_the_rest(page):
    made = page(Length.FULL)
    assert names(made) == [
        "overview", "levels", "steps", "responses", "squares", "scores", "helped", "questions", "agreed",
    ]  # fmt: skip
    assert fact(made, "Worst days") == (
        "Restlessness 4.8 on 18 Jan, agitation 5.4 on 4 Apr, irritability 5.8 on 4 Apr, worry 4.8 on 9 Mar, "
        "low mood 7.3 on 23 Dec, lowest mood 3.1 on 9 Mar."
    )
    assert [row[5] for row in cells(block(made, "steps"))] == ["9", "1", "0", "1", "0", "1", "1", "1", "0", ""]
    assert cells(block(made, "responses"))[1] == [
        "1 Oct", "105 → 73", "7", "1", "*+0.8*", "1", "*+0.6*", "1", "*+0.3*", "Worry from 3 Oct",
    ]  # fmt: skip
    scores = block(made, "scores")
    assert scores.title.replace("\u00a0", " ") == "Scl90 depression, 28 scores"
    assert [row[-1] for row in cells(scores)] == ["*1.2*", "8 Apr", "*2.2*"]
    assert len(block(made, "levels").rows) == 12


def test_a_later_period_is_compared_with_before_the_taper_all_the_same(page):
    table = block(page(first=dt.date(2012, 10, 10)), "steps")
    assert cells(table)[0] == ["8 Oct 2012", "*51*", "70", "34", "7", "", "", ""]
    assert cells(table)[1] == rows(STEPS)[4]
    assert "Before the taper: restlessness 0.9 (43 days), agitation 1.2 (43 days), irritability 1.4 (43 days)." in said(
        table.note
    )
    assert table.note.endswith("The first row began before this period.")


def test_a_period_without_a_change_says_what_was_taken(page):
    made = page(first=dt.date(2013, 1, 1))
    assert cells(block(made, "medication")) == [["19 Nov 2012", "*0*", "0", "0", "141 so far", ""]]
    assert block(made, "medication").title == "What was taken: Venlafaxine"
    assert said(made.situation[1]).startswith("Restlessness, agitation, irritability: up by 1 point (")


def test_no_word_gives_a_verdict(page):
    for length in Length:
        text = " ".join(everything(page(length).data())).casefold()
        assert not [word for word in FORBIDDEN if word in text], length
