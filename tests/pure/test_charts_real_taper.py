"""The published venlafaxine taper: the figures of the design's pictures."""

from datetime import date, timedelta
from itertools import pairwise

from journal.analysis.doses import first_reduction
from journal.analysis.levels import compared, mean_of, rose_most
from journal.analysis.numbers import rating_text, signed_percent_text, signed_rating_text
from journal.charts.overview import overview, overview_table

from .charting import parse, real_taper, texts

ALL = "anxiety,low mood,irritability,restlessness,agitation,worry,fatigue,sleepiness,pain,dizziness"


def test_heading_note_and_levels():
    chart = overview(real_taper("restlessness", "agitation", "irritability"))
    assert chart.title == (
        "Restlessness, agitation and irritability are about 1 point higher than before the first reduction"
    )
    assert chart.note == (
        "Points: days. Line: mean of the 7 days around each day, never across a dose change. "
        "Dashed: mean of the 43 days before the first reduction. "
        "Scale 0–10, symptoms shown to 6, the others from 2 to 8."
    )
    assert "Entries on 238 of 239 days." in chart.description
    beside = {t for t in texts(chart.svg) if "before" in t or "last" in t}
    assert beside == {
        "5.4 before", "5.3 last 28 days", "0.9 before", "2.1 last 28 days",
        "1.2 before", "2.3 last 28 days", "1.4 before", "2.4 last 28 days",
    }  # fmt: skip
    assert (chart.width, chart.height) == (868, 624)


def test_the_three_that_rose_most():
    data = real_taper(*ALL.split(","))
    series = {strip.key: strip.values for strip in data.strips if strip.better == "down"}
    first = first_reduction(data.steps, data.first, data.last)
    stretches = compared(first, (), data.first, data.first, data.last)
    means = {key: stretches.pair([mean_of(v, span) for span in stretches.spans]) for key, v in series.items()}
    found = [(r.key, signed_rating_text(r.rise)) for r in rose_most(means)[:3]]
    assert first == date(2012, 9, 25)
    assert found == [("restlessness", "+1.2"), ("agitation", "+1.0"), ("irritability", "+0.9")]


def test_the_changes_in_percent():
    doses = [step.mg for step in real_taper().steps]
    texts_ = [signed_percent_text(100 * (b - a) / a) for a, b in pairwise(doses)]
    assert texts_ == ["−30.0", "−30.5", "−30.1", "−27.5", "−32.4", "−28.0", "−33.3", "−25.0", "−100.0"]


def test_the_table():
    _, rows = overview_table(real_taper("irritability"))
    assert len(rows) == 239
    by_day = {row[0]: row for row in rows}
    missing = by_day[date(2012, 12, 15)]
    assert (missing[1], missing[2], missing[4]) == (0, None, None)
    # 22 Oct 2012, day 0 at 25 mg: mood 5.5, irritability 2.3
    assert [rating_text(by_day[date(2012, 10, 22)][column]) for column in (2, 4)] == ["5.5", "2.3"]
    assert by_day[date(2012, 10, 22)][1] == 25


def test_forty_days_taken_out():
    out = set()
    for first, days in ((date(2012, 10, 31), 4), (date(2013, 1, 5), 24), (date(2013, 3, 13), 9)):
        out |= {first + timedelta(n) for n in range(days)}
    words = texts(overview(real_taper("irritability", without=out)).svg)
    assert {"no entry", "24 days", "9 d", "(19 of 28 days)", "5.3 last 28 days", "2.5 last 28 days"} <= set(words)


def test_every_size_is_well_formed():
    for size in ("wide", "compact", "print", "print-full"):
        parse(overview(real_taper("restlessness"), size).svg)
