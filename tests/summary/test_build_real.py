"""The facts of the published taper: the figures of the chart guide where its rules are ours, and those of the command.

Data: Kossakowski et al. 2017, doi 10.5334/jopd.29; where it is not beside this repository these tests skip.
"""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command

from journal.analysis.numbers import rating_text, round_half_up
from journal.queries.overview import overview
from journal.queries.period import Period
from tests.summary.records import summary_of
from tests.test_real_taper import DATA

pytestmark = [
    pytest.mark.skipif(not DATA.exists(), reason="the published taper is not on this machine"),
    pytest.mark.usefixtures("clock"),
]
FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)
WHOLE = Period(FIRST, LAST)


@pytest.fixture
def imported(alice):
    call_command(
        "import_journal",
        "alice",
        entries=str(DATA / "daily.csv"),
        steps=str(DATA / "dose_steps.csv"),
        measure=["scl90_depression"],
        ignore="check_ins",
        stdout=io.StringIO(),
    )
    return alice


@pytest.fixture
def made(imported):
    return summary_of(imported, WHOLE, LAST)


def day(month: int, number: int) -> dt.date:
    """A day of the winter 2012 to 2013."""
    return dt.date(2013 if month < 8 else 2012, month, number)


def test_coverage(made):
    (medication,) = made.medications
    assert (made.entry_days, made.days, made.sleep_nights) == (238, 239, 143)
    assert (medication.coverage.recorded, medication.coverage.due, medication.coverage.missed) == (84, 98, ())
    assert made.compared_medications == 1


def test_the_doses_and_the_way_down(made):
    (medication,) = made.medications
    assert [int(line.row.mg) for line in medication.lines] == [150, 105, 73, 51, 37, 25, 18, 12, 9, 0]
    assert [line.row.days_held for line in medication.lines] == [43, 6, 7, 7, 7, 7, 7, 7, 7, 141]
    assert [line.without_record for line in medication.lines] == [9, 1, 0, 1, 0, 1, 1, 1, 0, 0]
    down = medication.descent
    assert (down.mg, down.reductions, down.increases, down.first, down.last) == (150, 9, 0, day(9, 25), day(11, 19))
    assert (medication.mg, medication.mg_since) == (0, day(11, 19))


def test_the_columns(made):
    assert [(block.kind, block.span.first, block.span.last) for block in made.blocks] == [
        ("before", day(8, 13), day(9, 24)),
        ("during", day(9, 25), day(11, 18)),
        ("since", day(11, 19), day(12, 17)),
        ("since", day(12, 18), day(1, 14)),
        ("since", day(1, 15), day(2, 11)),
        ("since", day(2, 12), day(3, 11)),
        ("since", day(3, 12), day(4, 8)),
    ]
    assert made.before_words == "before the taper"


LEVELS = {
    "Restlessness": "0.9 1.6 2.3 1.9 2.2 1.9 2.1 1.2",
    "Agitation": "1.2 1.7 2.2 2.0 2.3 1.9 2.3 1.0",
    "Irritability": "1.4 1.8 2.4 2.3 2.4 2.1 2.4 0.9",
    "Worry": "0.2 0.4 0.4 0.9 1.0 0.9 0.6 0.5",
    "Fatigue": "1.9 1.9 1.9 1.4 1.3 1.2 1.3 -0.6",
    "Mood": "5.4 5.3 5.3 5.1 5.2 5.3 5.3 -0.1",
    "Sleep quality": "6.8 6.4 6.1 5.8 6.6 5.5 5.5 -1.3",
    "Scl90 depression": "1.1 1.3 1.4 1.9 1.9 2.2 1.9 0.8",
}


def test_the_levels_are_those_of_the_chart_guide(made):
    """(Low mood is on another scale there.)"""
    levels = {level.name: level for level in (*made.symptoms, *made.wellbeing, *made.score_levels)}
    for name, expected in LEVELS.items():
        level = levels[name]
        told = [rating_text(mean.value) for mean in level.means] + [str(round_half_up(level.change, 1))]
        assert " ".join(told) == expected
    assert [level.name for level in made.symptoms][:4] == ["Restlessness", "Agitation", "Irritability", "Worry"]
    assert made.symptoms[-1].name == "Fatigue"


def test_what_rose_most_and_how_long(made):
    assert [one.measure.name for one in made.measures] == ["Restlessness", "Agitation", "Irritability"]
    assert [rating_text(one.before.value) for one in made.measures] == ["0.9", "1.2", "1.4"]
    assert [rating_text(one.recent.value) for one in made.measures] == ["2.1", "2.3", "2.4"]
    assert [(one.days_worse.worse, one.days_worse.days) for one in made.measures] == [(84, 140), (57, 140), (63, 140)]
    weeks = [next(row for row in one.rates.rows if row.days == 7) for one in made.measures]
    assert [(week.quiet_rises, week.stretches) for week in weeks] == [(4, 21), (5, 21), (4, 21)]


def test_before_and_now_are_those_of_trends(imported, made):
    data = overview(imported, WHOLE).data
    assert made.compared == data.compared
    for strip in data.strips:
        assert (made.strips[strip.key].before, made.strips[strip.key].now) == (strip.before, strip.now)
        assert made.strips[strip.key] == strip


def test_burden_is_drawn_up_to_3(made):
    strip = made.strips["burden"]
    assert (strip.top, strip.note, made.burden_of) == (3, "mean of 13", 13)
    # The 13 symptoms were rated together: 8.4 / 13 before, 11.3 / 13 now.
    assert [rating_text(mean.value) for mean in (strip.before, strip.now)] == ["0.6", "0.9"]
    assert list(made.strips) == ["burden", "mood", "sleep_quality", "restlessness", "agitation", "irritability"]


def test_the_score(made):
    (scored,) = made.scores
    assert (len(scored.score.values), scored.is_questionnaire, scored.band) == (28, False, "")
    told = [tuple(rating_text(value) for value in found[:2]) + found[2:] for found in (scored.before, scored.during)]
    assert told == [("1.0", "1.3", 5), ("1.1", "1.6", 6)]
    assert (scored.above_from, scored.above) == (day(12, 31), 12)
    assert rating_text(scored.score.values[LAST]) == "2.2"


def test_what_never_was_and_the_worst_days(made):
    assert "Nausea" in made.never and "Worry" not in made.never
    worst = {one.name: (rating_text(one.value), one.day) for one in made.worst}
    assert list(worst) == ["Restlessness", "Agitation", "Irritability", "Worry", "Low mood", "Mood"]
    assert worst["Restlessness"] == ("4.8", day(1, 18))
    assert made.sleep is None  # hours were never written down


def rows_of_the_command(name: str) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("step_response", "alice", symptom=name, csv=True, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def as_the_command_says(line, place: int) -> dict[str, str]:
    followed = line.followed[place]
    response = followed.response
    rose = response.rose
    new = [f"{one.name} (last {one.last})" if one.last else one.name for one in followed.new]
    return {
        "step_date": str(line.row.starts_on),
        "dose_mg": f"{Decimal(line.row.mg).normalize():f}",
        "baseline": rating_text(response.baseline),
        "baseline_n": str(response.baseline_n),
        "onset_day": str(response.onset) if rose else "",
        "peak_day": str(response.peak_day) if rose else "",
        "peak": rating_text(response.peak) if rose else "",
        "return_day": "" if response.return_day is None else str(response.return_day),
        "return_state": response.state.value,
        "window_days": str(response.window.days),
        "missed_doses": str(followed.missed),
        "new_symptoms": "; ".join(new),
    }


def test_what_followed_is_what_the_command_prints(made):
    lines = made.medications[0].lines[1:]
    for place, measured in enumerate(made.measures):
        rows = rows_of_the_command(measured.measure.name)
        assert len(rows) == len(lines) == 9
        for row, line in zip(rows, lines, strict=True):
            expected = as_the_command_says(line, place)
            assert {name: row[name] for name in expected} == expected
            assert row["before_taper"] == rating_text(measured.before.value)
    assert [one.name for one in lines[1].followed[0].new] == ["Worry"]


def test_the_last_90_days_still_say_how_it_was_before_the_taper(imported, made):
    later = summary_of(imported, Period(dt.date(2013, 1, 9), LAST), LAST)
    assert [block.kind for block in later.blocks] == ["before", "since", "since", "since"]
    assert later.blocks[0] == made.blocks[0]
    assert later.medications[0].descent == made.medications[0].descent
    assert [one.before for one in later.measures] == [one.before for one in made.measures]
    assert [one.days_worse for one in later.measures] == [one.days_worse for one in made.measures]
    assert (later.compared_medications, later.medications[0].lines[0].followed) == (0, ())
    assert later.scores[0].before == made.scores[0].before
    assert min(later.scores[0].score.values) >= dt.date(2013, 1, 9)
