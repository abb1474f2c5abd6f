"""Days with and without: what is drawn, said and listed, at both sizes and for every kind of record."""

import random
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.comparison import FACTORS, Comparison, Side
from journal.charts.comparing import ComparisonsData, missing, sentence, title
from journal.charts.comparisons import COMPARISON_SIZES, Axis, comparisons_sheet, comparisons_table
from tests.pure.charting import FIRST, NASTY, assert_known_classes, assert_texts_are_clear, day, paths, texts, vertices

SIZES = ("wide", "compact")
ALL = tuple(factor.key for factor in FACTORS)


def record(
    days=200, name="Irritability", factors=ALL, *, values=None, share=0.3, seed=1, better="down"
) -> ComparisonsData:
    chance = random.Random(seed)
    if values is None:
        values = {day(n): Decimal(chance.randrange(60)) / 10 for n in range(days)}
    sides = {key: {day(n): chance.random() < share for n in range(days)} for key in factors}
    return ComparisonsData(FIRST, FIRST + timedelta(days - 1), name, "down", values, sides)


def made(difference, low, high, factor=1, n=(23, 151)) -> Comparison:
    """A comparison with these numbers, as decimals in text."""
    with_it = Side(n[0], Fraction(5) + Fraction(difference))
    return Comparison(FACTORS[factor], with_it, Side(n[1], Fraction(5)), (Fraction(low), Fraction(high)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            made("0.61", "0.1", "1.2"),
            "Irritability was 0.6 higher on days after alcohol (n = 23) than on days after none (n = 151); "
            "95 % interval 0.1 to 1.2.",
        ),
        (
            made("-0.25", "-0.96", "0.04", factor=2),
            "Irritability was 0.3 lower on days after under 6 hours of sleep (n = 23) than on days after 6 hours or "
            "more (n = 151); 95 % interval −1.0 to 0.0.",
        ),
        (
            made("-0.04", "-0.4", "0.4", factor=4, n=(1200, 10)),
            "Irritability differed by less than 0.1 between days with exercise (n = 1,200) and days without (n = 10); "
            "95 % interval −0.4 to 0.4.",
        ),
    ],
)
def test_a_comparison_in_words(one, said):
    assert plain(sentence("Irritability", one)) == said


def test_several_of_a_thing_were():
    assert sentence("Brain zaps", made("1", "0", "2")).startswith("Brain zaps were 1.0 higher")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ([made("0.6", "0", "1")], "Mood was 0.6 higher on days after alcohol than on days after none"),
        ([made("0", "0", "1")], "Mood differed by less than 0.1 between days after alcohol and days after none"),
        (
            [made("0.6", "0", "1"), made("-0.25", "0", "1")],
            "Mood on days with and without: differences of −0.3 to +0.6 points",
        ),
        ([made("0.6", "0", "1"), made("0.6", "0", "1")], "Mood on days with and without: differences of +0.6 points"),
        ([], "Mood on days with and without: too few days to compare"),
    ],
)
def test_titles(shown, said):
    assert title("Mood", shown) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        ((8, 120), "8 of 10 days with"),
        ((12, 9), "9 of 10 days without"),
        ((0, 3), "0 of 10 days with, 3 of 10 days without"),
    ],
)
def test_what_is_missing(n, said):
    assert missing(Comparison(FACTORS[0], *(Side(one, Fraction(1)) for one in n))) == said


def test_no_verdict_and_no_cause():
    data = record()
    sheet = comparisons_sheet(data)
    words = " ".join([sheet.title, sheet.note, sheet.description, *data.sentences]).lower()
    assert "this does not show what causes what" in words
    assert "5 comparisons are shown at once" in words
    for word in ("significant", "caused", "due to", "improved", "failed", "settled", "stable", "withdrawal", "relapse"):
        assert word not in words


def test_one_comparison_says_nothing_of_several():
    assert "at once" not in comparisons_sheet(record(factors=("sleep",))).note


# -- the drawing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize("days", [40, 3650])
@pytest.mark.parametrize("factors", [ALL, ALL[:1]])
def test_labels_never_collide(size, standalone, days, factors):
    svg = comparisons_sheet(record(days, factors=factors, share=0.5), size, standalone=standalone).chart().svg
    assert_texts_are_clear(svg)
    assert_known_classes(svg)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*NASTY, "Restlessness that comes in the night and will not go away yet"])
def test_any_name(size, name):
    sheet = comparisons_sheet(record(name=name, days=60, share=0.5), size, standalone=True)
    assert_texts_are_clear(sheet.chart().svg)
    assert sheet.png().startswith(b"\x89PNG")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("low", "high"), [(0, 10), (5, 5), (0, 0)])
def test_the_widest_and_the_narrowest(size, low, high):
    """All with 10 and all without 0; all equal. The axis holds it, and 0 is on it."""
    held = {day(n): n % 2 == 0 for n in range(60)}
    values = {d: Decimal(high if side else low) for d, side in held.items()}
    for one in (held, {d: not side for d, side in held.items()}):
        data = ComparisonsData(day(0), day(59), "Mood", "up", values, {"sleep": one, "exercise": held})
        svg = comparisons_sheet(data, size, standalone=True).chart().svg
        assert_texts_are_clear(svg)
        assert "0" in texts(svg)


@pytest.mark.parametrize("size", SIZES)
def test_dots_and_lines_stand_where_the_table_says(size):
    data = record()
    svg = comparisons_sheet(data, size).chart().svg
    headers, rows = comparisons_table(data)
    assert len({len(row) for row in rows} | {len(headers)}) == 1
    dots = [vertices(d) for d in paths(svg, "s c-ink")]
    ends = [vertices(d) for d in paths(svg, "s c-ink2")]
    xs = [points[0][0] for points in dots]
    assert len(xs) == len(rows) == 5
    differences = [one.difference for one in data.shown]
    assert sorted(range(5), key=xs.__getitem__) == sorted(range(5), key=differences.__getitem__)
    spec = COMPARISON_SIZES[size]
    axis = Axis(data.shown, spec.left, spec.plot_right)
    for one, x in zip(data.shown, xs, strict=True):
        share = (one.difference - axis.low) / (axis.high - axis.low)
        assert abs(x - (spec.left + share * (spec.plot_right - spec.left))) <= 0.15
    lines = [points for points in ends if len(points) == 6]
    assert len(lines) == 5
    for line, x in zip(lines, xs, strict=True):
        assert line[0][0] <= x + 0.1 and x <= line[1][0] + 0.1


def test_the_table_by_hand():
    values = {day(n): Decimal(4 if n % 2 else 1) for n in range(40)}
    data = ComparisonsData(day(0), day(39), "Mood", "up", values, {"alcohol": {day(n): n % 2 == 1 for n in range(40)}})
    _, rows = comparisons_table(data)
    assert rows == [("Alcohol the day before", 20, Decimal("4.0"), 20, Decimal("1.0"), *[Decimal("3.0")] * 3)]


@pytest.mark.parametrize("values", [{}, {day(3): Decimal(2)}, {day(n): None for n in range(60)}])
def test_nothing_to_compare_draws_nothing(values):
    data = record(60, values=values)
    assert not data.has_enough and data.shown == []
    assert comparisons_table(data)[1] == []
    assert len(data.lacking) == 5
    for size in SIZES:
        assert_texts_are_clear(comparisons_sheet(data, size, standalone=True).chart().svg)


def test_the_same_input_gives_the_same_bytes():
    first, again = (comparisons_sheet(record(), "wide", standalone=True) for _ in range(2))
    assert first.chart().svg == again.chart().svg and first.png() == again.png()
