"""Dose changes laid on day 0: numbers, words, and names that never touch."""

import csv
import dataclasses
import random
from decimal import Decimal
from itertools import pairwise

import pytest

from journal.analysis.doses import changes
from journal.analysis.responses import responses
from journal.charts.aligned import (
    LATEST_LINE,
    OTHER_LINE,
    ROSE_LINE,
    AlignedData,
    aligned_sheet,
    aligned_table,
    changes_table,
)
from journal.charts.aligned_words import doses_of, note_of
from journal.charts.table import table_text

from .charting import (
    NASTY,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    noise,
    parse,
    paths,
    real_taper,
    steps,
    text_boxes,
    texts,
    vertices,
)

SIZES = ("wide", "compact")


def made(pairs, values, *, better="down", last=None, **more) -> AlignedData:
    last = last if last is not None else max(values, default=day(0))
    found = responses(values, changes(steps(*pairs)), last, better)
    return AlignedData(day(0), last, more.pop("name", "Irritability"), better, tuple(found), values, **more)


def many(count: int, every: int = 9, first: float = 400, fall: float = 9, bump: float = 1.5, seed=2, **more):
    """So many changes, after two of five of which it is worse for four days."""
    values = noise(30 + every * count, 2, seed)
    chance = random.Random(seed)
    for number in range(count):
        if chance.random() < 0.4:
            for ahead in range(1, 5):
                at = day(14 + every * number + ahead)
                values[at] = min(Decimal(10), values[at] + Decimal(str(bump)))
    pairs = [(-30, first), *((14 + every * n, round(first - fall * (n + 1), 3)) for n in range(count))]
    return made(pairs, values, **more)


def real(measure: str, better: str = "down") -> AlignedData:
    data = real_taper(measure)
    values = {d: v for d, v in data.strips[1 if measure != "mood" else 0].values.items() if v is not None}
    found = responses(values, changes(data.steps), data.last, better)
    return AlignedData(data.first, data.last, measure.capitalize(), better, tuple(found), values)


CASES = {
    "one": many(1),
    "two": many(2, every=28),
    "five": many(5, every=16),
    "forty": many(40),
    "forty, far up": many(40, bump=6),
    "small doses": many(5, first=0.037, fall=0.005),
    "large doses": many(5, first=1800, fall=1.5),
    "neighbours": made(((-30, 20), (20, 15), (21, 10), (50, 5)), noise(80)),
    "gaps": made(((-30, 20), (20, 15), (48, 10), (70, 5)), noise(100, missing=0.45)),
    "mood": many(6, better="up", name="Mood"),
    "nothing before": made(((-30, 20), (2, 15)), noise(40)),
    "nothing at all": made(((-30, 20), (20, 15)), {}, last=day(60)),
    "all equal": made(((-30, 20), (20, 15)), {day(n): 3 for n in range(60)}),
    "one value": made(((-30, 20), (20, 15)), {day(30): 3}, last=day(60)),
    "all the way": made(((-30, 20), (20, 15)), {day(n): 10 if n > 20 else 0 for n in range(60)}),
    "and back": made(((-30, 20), (20, 15)), {day(n): 0 if n > 20 else 10 for n in range(60)}),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_touches(name, size):
    for standalone in (False, True):
        svg = aligned_sheet(CASES[name], size, standalone=standalone).chart().svg
        assert_texts_are_clear(svg)
        assert_known_classes(svg)


@pytest.mark.parametrize("size", SIZES)
def test_names_touch_no_line_and_no_point(size):
    for data in (CASES["five"], CASES["forty"], CASES["mood"]):
        svg = aligned_sheet(data, size).chart().svg
        names = [box for text, box in text_boxes(svg) if "→" in text]
        assert names
        thick = [e.attrib["d"] for e in parse(svg).iter() if e.attrib.get("stroke-width") in ("1.6", "2.6", "1.2")]
        for data_ in thick:
            for stroke in data_.split("M")[1:]:
                corners = vertices("M" + stroke)
                for (x1, y1), (x2, y2) in pairwise(corners):
                    for share in range(21):
                        x, y = x1 + (x2 - x1) * share / 20, y1 + (y2 - y1) * share / 20
                        assert not any(b.left < x < b.right and b.top < y < b.bottom for b in names)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NASTY)
def test_any_name_is_only_text(name, size):
    data = dataclasses.replace(CASES["five"], name=name, medication=name)
    sheet = aligned_sheet(data, size, standalone=True)
    parse(sheet.chart().svg)
    assert sheet.title.strip()


def test_same_input_same_bytes():
    assert aligned_sheet(many(20)).chart().svg == aligned_sheet(many(20)).chart().svg
    assert aligned_sheet(many(20)).png() == aligned_sheet(many(20)).png()


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="compact"):
        aligned_sheet(CASES["one"], "print")


# -- words ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "title"),
    [
        (CASES["one"], "Irritability did not rise after the one dose change"),
        (CASES["all the way"], "Irritability rose after the one dose change"),
        (CASES["one value"], "Too few rated days to compare irritability after the one dose change"),
        (
            made(((-30, 20), (20, 15), (40, 10)), {}, last=day(60)),
            "Too few rated days to compare irritability after any of 2 dose changes",
        ),
        (CASES["five"], "Irritability rose after 2 of 5 dose changes"),
        (CASES["mood"], "Mood fell after 1 of 6 dose changes"),
        (CASES["neighbours"], "Irritability rose after 1 of the 2 dose changes that can be compared"),
        (CASES["two"], "No rise in irritability after any of 2 dose changes"),
        (dataclasses.replace(CASES["two"], better="up", name="Mood"), "No fall in mood after any of 2 dose changes"),
        (
            dataclasses.replace(CASES["five"], medication="Sertraline"),
            "Irritability rose after 2 of 5 dose changes of Sertraline",
        ),
        (
            made(((-30, 20), (1, 15), (20, 10)), noise(60)),
            "Irritability did not rise after the one dose change that can be compared",
        ),
        (dataclasses.replace(CASES["five"], private=True), "Your ratings after five dose changes"),
    ],
)
def test_titles(data, title):
    assert aligned_sheet(data).title == title


def test_the_note_says_what_is_there_and_no_more():
    assert aligned_sheet(CASES["all equal"]).note == (
        "Mean of 3 days, minus the mean of the 7 days before the change. Points: days. Shaded: within 1. "
        "No stretch of days without a change is long enough to look for a rise there."
    )
    crowded = aligned_sheet(CASES["forty"]).note
    assert "Firm: the latest" in crowded and "the middle half of the other" in crowded
    assert "fell by 1 or more" in aligned_sheet(CASES["mood"]).note
    assert "Nothing is drawn" in aligned_sheet(CASES["nothing before"]).note
    partly = aligned_sheet(made(((-30, 20), (1, 15), (20, 10)), noise(60))).note
    assert "Not drawn: 1 change with under 3 rated days in the week before." in partly


def test_what_is_private_is_named_under_the_heading_alone():
    sheet = aligned_sheet(dataclasses.replace(CASES["five"], private=True))
    assert sheet.note.startswith("Drawn: irritability. Mean of 3 days")


def dashed(svg: str) -> list:
    """The lines that are dashed as increases are."""
    return [e for e in parse(svg).iter() if e.attrib.get("stroke-dasharray", "").startswith("4")]


@pytest.mark.parametrize("size", SIZES)
def test_an_increase_is_dashed_whichever_line_it_is(size):
    values = noise(100) | {day(n): Decimal(8) for n in range(42, 46)}
    for pairs, count in (
        (((-30, 20), (20, 15), (40, 10)), 0),
        (((-30, 20), (20, 25), (40, 10)), 1),  # a grey line
        (((-30, 20), (20, 15), (40, 30)), 1),  # the latest
        (((-30, 20), (20, 25), (40, 30), (70, 20)), 3),  # a grey one; one that rose, before and after
    ):
        sheet = aligned_sheet(made(pairs, values), size)
        assert len(dashed(sheet.chart().svg)) == count
        assert ("Dashed: an increase." in sheet.note) is bool(count)


@pytest.mark.parametrize("size", SIZES)
def test_only_the_latest_line_is_wide(size):
    """In black and white its width alone tells it from the others."""
    wide = [e for e in parse(aligned_sheet(CASES["five"], size).chart().svg).iter()
            if "c-worse" in e.attrib.get("class", "") and e.attrib.get("stroke-width") == "2.6"]  # fmt: skip
    assert len(wide) == 1
    assert max(OTHER_LINE, ROSE_LINE) <= LATEST_LINE - 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_every_rise_has_a_name_in_the_picture_or_in_the_note(name, size):
    data = CASES[name]
    sheet = aligned_sheet(data, size)
    drawn, also = " ".join(texts(sheet.chart().svg)), sheet.note.partition("Also ")[2].partition(".")[0]
    for response in data.responses:
        if response.rose:
            called = doses_of(response)
            assert (called in drawn) or (called in also) or (" more, in the table" in also)
    assert sheet.note == aligned_sheet(data, size, standalone=True).note


def test_the_note_of_very_many_lists_the_first():
    rose = [response for response in CASES["forty"].responses if response.rose]
    assert len(rose) == 13
    note = note_of(CASES["forty"], rose[::-1])
    assert f"Also rose: {doses_of(rose[0])}, {doses_of(rose[1])}, " in note and "and 1 more, in the table." in note


def test_the_axis_says_which_day_0_is():
    for size in SIZES:
        assert "days from the change (day 0)" in texts(aligned_sheet(CASES["five"], size).chart().svg)


def test_the_words_at_the_right_stand_in_wide_alone():
    assert "+1 higher: the rule" in texts(aligned_sheet(CASES["five"]).chart().svg)
    assert "−1 lower: the rule" in texts(aligned_sheet(CASES["mood"]).chart().svg)
    assert not any("rule" in text for text in texts(aligned_sheet(CASES["five"], "compact").chart().svg))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ({day(n): 3 for n in range(60)}, ["−2", "−1", "0", "+1", "+2", "+3"]),
        ({day(n): 6.5 if n > 20 else 3 for n in range(60)}, ["−2", "−1", "0", "+1", "+2", "+3", "+4"]),
        ({day(n): 10 if n > 20 else 0 for n in range(60)}, ["−2", "0", "+2", "+4", "+6", "+8", "+10"]),
    ],
)
def test_the_scale_is_wider_by_whole_points(values, ticks):
    svg = aligned_sheet(made(((-30, 20), (20, 15)), values)).chart().svg
    assert [text for text, box in text_boxes(svg) if box.right < 40 and text != "−7"] == ticks


# -- numbers ----------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
def test_the_table_equals_the_lines(size):
    """The latest line, read back from the picture, gives the numbers of its column."""
    data = CASES["five"]
    sheet = aligned_sheet(data, size)
    headers, rows = aligned_table(data)
    column = headers.index(headers[-2])  # the latest; the last one has its days
    expected = [row[column] for row in rows if row[column] is not None]
    found = []
    [thick] = [e.attrib["d"] for e in parse(sheet.chart().svg).iter() if e.attrib.get("stroke-width") == "2.6"]
    for x, y in vertices(thick):
        found.append((x, y))
    labels = {text: box for text, box in text_boxes(sheet.chart().svg) if box.right < 40}
    zero, one = ((labels[t].bottom - (0.02 * 14 if t == "0" else 0.24 * 14)) for t in ("0", "+1"))
    read = [round((zero - 0.36 * 14 - y) / (zero - one), 1) for _, y in found]
    assert len(read) == len(expected)
    assert all(abs(Decimal(str(a)) - b) <= Decimal("0.1") for a, b in zip(read, expected, strict=True))


def test_every_line_has_its_column_and_many_changes_their_middle_half():
    headers, rows = aligned_table(CASES["five"])
    assert len(headers) == 1 + 5 + 1 and [row[0] for row in rows] == list(range(-7, 28))
    data = CASES["forty"]
    headers, rows = aligned_table(data)
    assert len(headers) == 1 + len(data.rose) + 1 + 1 + 3
    assert headers[-1] == f"middle half of the other {len(data.others)}, changes"
    assert {row[-1] for row in rows if 1 <= row[0] <= 8} == {len(data.others)}
    assert {row[-1] for row in rows if -6 <= row[0] <= -1} == {len(data.lines) - 1}
    assert all(row[1] is None for row in rows if row[0] < 0)  # the week before of one that rose is in the middle half
    assert len(paths(aligned_sheet(data).chart().svg, "f c-fill")) == 1


def test_twelve_changes_are_lines_and_thirteen_a_middle_half():
    assert not many(12).is_crowded and many(13).is_crowded


def test_the_changes_as_a_table_name_those_that_are_not_drawn():
    data = made(((-30, 20), (1, 15), (20, 10), (50, 5)), noise(70) | {day(50): 0, **{day(n): 9 for n in range(51, 56)}})
    headers, rows = changes_table(data)
    text = table_text(headers, rows)
    assert text[0][:4] == ["20 → 15 mg, 2 Jan 2026", "–", "1", "not compared"]
    assert text[1][3] == "none"
    assert text[2][3] == "2" and float(text[2][4]) > 5


def test_no_rise_is_said_to_last_until_a_day_that_nobody_rated():
    """40 to 30 mg, the next change on day 7, days 4 to 6 not rated: what is known ends with day 3."""
    values = {day(n): Decimal(1) for n in range(10)} | {day(10 + n): Decimal(4) for n in range(4)}
    data = made(((-30, 40), (10, 30), (17, 20)), values, last=day(17))
    assert table_text(*changes_table(data))[0][-1] == ">3"
    said = "on day 1, not back by day 3, the last day rated before the next change."
    assert said in aligned_sheet(data).description
    whole = made(((-30, 40), (10, 30), (17, 20)), values | {day(n): Decimal(4) for n in range(14, 17)}, last=day(17))
    assert table_text(*changes_table(whole))[0][-1] == ">6"
    assert "not back by day 6, when the next change came." in aligned_sheet(whole).description


def test_missing_is_never_bridged():
    values = {day(n): Decimal(2) for n in range(60) if not 30 <= n < 40}
    svg = aligned_sheet(made(((-30, 20), (20, 15)), values)).chart().svg
    [thick] = [e.attrib["d"] for e in parse(svg).iter() if e.attrib.get("stroke-width") == "2.6"]
    assert thick.count("M") == 3  # the week before, up to the gap, after it


# -- the real taper ---------------------------------------------------------------------------
def test_the_real_taper():
    data = real("irritability")
    assert aligned_sheet(data).title == "Irritability rose after 4 of 9 dose changes"
    assert aligned_sheet(real("mood", "up")).title == "Mood fell after 2 of 9 dose changes"
    rows = {row[0]: row[1:] for row in table_text(*changes_table(data))}
    assert rows["37 → 25 mg, 22 Oct 2012"] == ["1.1", "7", "2", "2.7", "5", ">6"]
    assert rows["9 → 0 mg, 19 Nov 2012"][3:5] == ["4.0", "11"]
    for size in SIZES:
        svg = aligned_sheet(data, size).chart().svg
        assert_texts_are_clear(svg)
        assert {"37→25", "105→73, 12→9"} <= set(texts(svg))  # these two peaks lie on each other
    assert "9→0 mg: +1.9 on day 11" in texts(aligned_sheet(data).chart().svg)


def test_the_table_can_be_kept_as_csv():
    from journal.exchange.csv_out import csv_bytes

    body = csv_bytes(*aligned_table(CASES["five"])).decode("utf-8-sig")
    rows = list(csv.reader(body.splitlines()))
    assert rows[1][0] == "-7" and len(rows) == 36
