"""Before the taper, during it, and since: which rows and columns there are, and what each cell says."""

import datetime as dt
from dataclasses import replace

import pytest

from journal.analysis.blocks import Block
from journal.analysis.levels import Mean
from journal.analysis.series import Span
from journal.catalogue.summary import Length, Reader
from journal.summary.choices import Choices
from journal.summary.fit import Fit
from journal.summary.levels_table import levels_table
from journal.summary.model import Level
from tests.summary.made import BEFORE, NOW, OFF, level, mean
from tests.summary.read import cells, labels, said
from tests.summary.taper import measured, prescribed, scored

SYMPTOMS = (
    level("restlessness", "Restlessness", "0.9", "2.1"),
    level("agitation", "Agitation", "1.2", "2.2"),
    level("worry", "Worry", "0.2", "0.7"),
    level("low-mood", "Low mood", "0.6", "1.0"),
    level("pain", "Pain", "0.4", "0.6"),
    level("headache", "Headache", "0.7", "0.7"),
    level("sleepiness", "Sleepiness", "1.0", "0.6"),
    level("fatigue", "Fatigue", "1.9", "1.3"),
    level("nausea", "Nausea", "0.0", "0.1"),
)
MEASURES = (measured("Restlessness"), measured("Agitation"))


def table(length=Length.BRIEF, fit=None, **changes):
    fields = {"symptoms": SYMPTOMS, "measures": MEASURES} | changes
    return levels_table(prescribed(length, **fields), fit or Fit())


def first_cells(made) -> list[str]:
    return [row[0] for row in cells(made)]


WELLBEING = ["Mood (10 best)", "Sleep quality (10 best)"]


@pytest.mark.parametrize(
    ("length", "fit", "expected", "note"),
    [
        (
            Length.FULL,
            Fit(),
            ["Restlessness", "Agitation", "Worry", "Low mood", "Pain", "Headache", "Sleepiness", "Fatigue"],
            "Change: of unrounded means. Bold: by 0.5 or more (scales up to 10, hours). Nausea: 0.0 or 0.1 throughout.",
        ),
        (
            Length.BRIEF,
            Fit(),
            ["Restlessness", "Agitation", "Worry", "Low mood", "Sleepiness", "Fatigue"],
            "Change: of unrounded means. Bold: by 0.5 or more (scales up to 10, hours). 3 more symptoms not shown.",
        ),
        (
            Length.BRIEF,
            Fit(levels=3),
            ["Restlessness", "Agitation", "Fatigue"],
            "Change: of unrounded means. Bold: by 0.5 or more (scales up to 10, hours). 6 more symptoms not shown.",
        ),
        (
            Length.BRIEF,
            Fit(levels=0),
            [],
            "Change: of unrounded means. Bold: by 0.5 or more (scales up to 10, hours). 9 more symptoms not shown.",
        ),
        (
            Length.FULL,
            Fit(levels=5),
            ["Restlessness", "Agitation", "Worry", "Low mood", "Fatigue"],
            "Change: of unrounded means. Bold: by 0.5 or more (scales up to 10, hours). Nausea: 0.0 or 0.1 throughout. "
            "3 more symptoms not shown.",
        ),
    ],
)
def test_the_symptoms_with_the_largest_change_stay_and_mood_and_sleep_do_too(length, fit, expected, note):
    made = table(length, fit)
    assert first_cells(made) == [*expected, *WELLBEING]
    assert said(made.note).replace(" Not shown: 25 Sep 2012 – 11 Mar 2013.", "") == note


def test_a_row_says_means_with_one_decimal_and_the_rounded_difference():
    rows = cells(table())
    assert rows[0] == ["Restlessness", "0.9", "2.1", "*+1.2*"]
    assert rows[-1] == ["Sleep quality (10 best)", "6.8", "5.5", "*−1.3*"]
    assert rows[3] == ["Low mood", "0.6", "1.0", "+0.4"]


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        ("1.0", "1.44", "+0.4"),
        ("1.0", "1.45", "*+0.5*"),
        ("1.0", "0.55", "*−0.5*"),
        ("1.0", "0.96", "0.0"),
    ],
)
def test_bold_goes_by_the_difference_as_printed(before, now, text):
    rows = cells(table(symptoms=(level("restlessness", "Restlessness", before, now),)))
    assert rows[0][-1] == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (mean("2.65", 28, 28), "2.7"),
        (mean("2.65", 27, 28), "2.7 [27]"),
        (Mean(mean("2").value, 28, 28, 3), "2.0 [28, 3c]"),
        (None, "–"),
    ],
)
def test_a_mean_says_on_how_many_days_it_rests_where_that_is_not_all(found, text):
    one = Level("restlessness", "Restlessness", "", "down", (mean("1"), found), None)
    made = table(symptoms=(one,))
    assert cells(made)[0][2] == text
    assert ("–: not recorded." in made.note) == (found is None)
    assert ("c: so many of them carried" in made.note) == ("c" in text)
    assert ("Small figures: days recorded, if not all." in made.note) == ("[" in text)


def test_without_enough_days_there_is_no_change():
    one = replace(SYMPTOMS[0], change=None)
    assert cells(table(symptoms=(one,)))[0] == ["Restlessness", "0.9", "2.1", ""]


def blocks(*kinds: str, first: dt.date = dt.date(2012, 8, 13)) -> tuple[Block, ...]:
    found = []
    for kind in kinds:
        found.append(Block(kind, Span(first, first + dt.timedelta(27))))
        first += dt.timedelta(28)
    return tuple(found)


def wide(n: int) -> tuple[Level, ...]:
    return (Level("restlessness", "Restlessness", "", "down", (mean("1"),) * n, None),)


@pytest.mark.parametrize(
    ("kinds", "before_words", "groups", "title"),
    [
        (("before", "during", "since", "since"), "before the taper",
         ["Before", "During", "Since the last change", "Since the last change", "Change"],
         "Before the taper, during it, and since"),
        (("before", "since"), "before the first change shown", ["Before", "Since", "Change"],
         "Before the first change shown, and since"),
        (("before", "during", "since"), "before the first change shown", ["Before", "During", "Since", "Change"],
         "Before the first change shown, during the changes, and since"),
        (("plain", "plain"), "before the taper", ["", "", "Change"], "Mood, sleep and symptoms"),
        (("plain",), "before the taper", [""], "Mood, sleep and symptoms"),
    ],
)  # fmt: skip
def test_the_columns_stand_under_what_they_are(kinds, before_words, groups, title):
    made = table(blocks=blocks(*kinds), symptoms=wide(len(kinds)), wellbeing=(), before_words=before_words)
    assert [column.group for column in made.columns[1:]] == groups
    assert made.title == title
    assert {len(row) for row in made.rows} == {len(made.columns)}


def test_at_0_mg_the_last_columns_stand_under_since_0_mg():
    here = (Block("before", BEFORE), Block("since", Span(OFF, NOW.last)))
    summary = prescribed(blocks=here)
    off = replace(summary.medications[0], mg_since=OFF)
    made = levels_table(replace(summary, medications=(off,)), Fit())
    assert made.columns[2].group == "Since 0\u00a0mg"


def test_a_column_says_its_days_and_a_long_period_the_years():
    assert labels(table())[:3] == ["mean a day", "13 Aug– 24 Sep", "12 Mar– 8 Apr"]
    long = (*blocks("before"), *blocks("since", first=dt.date(2014, 12, 20)))
    assert labels(table(blocks=long))[1:3] == ["13 Aug– 9 Sep 2012", "20 Dec– 16 Jan 2014–2015"]
    assert labels(table())[-1] == "last − before"
    assert labels(table(blocks=blocks("plain", "plain")))[-1] == "last − first"


def test_blocks_that_are_not_shown_are_said():
    apart = (Block("before", BEFORE), Block("since", NOW))
    assert "Not shown: 25 Sep 2012 – 11 Mar 2013." in said(table(blocks=apart).note)


def test_scores_have_a_row_each_with_their_scale_and_only_short_scales_are_bold():
    own = scored({"2012-08-13": "1.1"})
    phq = scored({"2012-08-13": "12"}, "PHQ-9", "0", "27", is_questionnaire=True)
    rows = (level("depression score", "Depression score", "1.1", "1.9"), level("phq-9", "PHQ-9", "12.5", "9.5"))
    made = table(scores=(own, phq), score_levels=rows)
    assert cells(made)[-2:] == [
        ["Depression score (1–5)", "1.1", "1.9", "*+0.8*"],
        ["PHQ-9 (0–27; Kroenke 2001)", "12.5", "9.5", "−3.0"],
    ]
    assert len(cells(table(fit=Fit(scores=1), scores=(own, phq), score_levels=rows))) == len(made.rows) - 1
    assert first_cells(table(scores=(own, phq), score_levels=rows, choices=off("scores")))[-1] == WELLBEING[-1]


def off(section: str) -> Choices:
    return Choices(Reader.PRESCRIBER, Length.BRIEF, sections_off=frozenset({section}))


def test_a_scale_with_the_ends_of_its_values_is_no_scale():
    own = scored({"2012-08-13": "1.1"}, high="2.539")
    made = table(scores=(own,), score_levels=(level("depression score", "Depression score", "1.1", "1.9"),))
    assert first_cells(made)[-1] == "Depression score"


def test_the_therapist_is_told_how_the_person_is_doing_first():
    made = table(choices=Choices(Reader.THERAPIST, Length.BRIEF))
    assert first_cells(made)[:3] == [*WELLBEING, "Restlessness"]


def test_nothing_rated_or_switched_off_is_no_table():
    assert table(symptoms=(), wellbeing=()) is None
    assert table(choices=off("levels")) is None
