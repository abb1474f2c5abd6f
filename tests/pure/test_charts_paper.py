"""The picture of a summary's page, on paper and on a phone: dose, daily measures and scores on one time axis."""

import random
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.analysis.levels import FIRST_SHOWN, Compared
from journal.analysis.series import Span
from journal.charts.data import Score, ScoresData
from journal.charts.model import OtherMedication, Strip
from journal.charts.paper import paper_sheet, paper_words
from journal.charts.scores import ends_text
from journal.charts.sizes import SIZES

from .charting import (
    FIRST,
    NASTY,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    noise,
    parse,
    paths,
    steps,
    texts,
    vertices,
)

PAPER = [name for name in SIZES if name.startswith("print")]
OTHERS = (
    OtherMedication("Quetiapine prolonged release", steps((-10, 25), (40, 50))),
    OtherMedication("Diazepam", steps((10, 5), (60, 2.5), (90, 0))),
    OtherMedication("Lithium carbonate", steps((-10, 400))),
)


def phq(values: dict[int, int], **changes) -> Score:
    """A total of 0 to 27 by number of the day."""
    fields = {"key": "phq", "name": "PHQ-9", "low": Decimal(0), "high": Decimal(27), "better": "down"} | changes
    return Score(**fields, values={day(n): Decimal(value) for n, value in values.items()})


def page(days: int = 120, changes: int = 3, missing: float = 0.0, gap=range(0), only=None, **more) -> ScoresData:
    """Burden, three symptoms, mood and nights over ``days``, with so many dose changes, and a score every 14 days."""
    taper = [(-30, 150), *((int(days * (0.15 + 0.75 * n / changes)) + 1, 150 - n) for n in range(1, changes))]
    kept = range(days) if only is None else only

    def strip(key: str, name: str, level: float, seed: int, better="down", up: int = 0, **fields) -> Strip:
        values = noise(days, level, seed, missing)
        values = {d: v + up for d, v in values.items() if (d - FIRST).days in kept and (d - FIRST).days not in gap}
        return Strip(key, name, values, better, **fields)

    strips = (
        strip("burden", "Burden", 1, 1, note="mean of 13", top=3),
        strip("concentration", "Difficulty concentrating", 1.5, 2),
        strip("zaps", "Brain zaps", 2.5, 3),
        strip("light", "Sensitivity to noise and to bright light", 2, 4),
        strip("mood", "Mood", 2.2, 5, "up", 2),
        strip("sleep_hours", "Hours slept", 4, 6, "up", 2),
    )
    chance = random.Random(5)
    totals = {n: chance.randint(4, 9) for n in range(3, days, 14) if n in kept and n not in gap}
    entry_days = frozenset(d for one in strips for d in one.values)
    fields = {"scores": (phq(totals),), "strips": strips} | more
    return ScoresData(
        day(0), day(days - 1), "Venlafaxine", steps(*taper), fields.pop("strips"), entry_days, **fields
    )  # fmt: skip


CASES = {
    "1 step": page(changes=1),
    "2 steps": page(changes=2),
    "5 steps": page(changes=5),
    "10 steps": page(changes=10),
    "40 steps": page(changes=40),
    "1 day": page(1),
    "2 days": page(2),
    "7 days": page(7),
    "60 days": page(60),
    "180 days": page(180),
    "420 days": page(420),
    "1,000 days": page(1000),
    "3,650 days": page(3650),
    "24 days without an entry": page(gap=range(40, 64)),
    "half of the days": page(missing=0.5),
    "one entry": page(60, only={20}),
    "no entry": page(60, only=()),
    "four medications": page(other_medications=OTHERS),
    "no strip": page(strips=(), scores=()),
}


def drawn(data: ScoresData, size: str = "print", **more) -> str:
    return paper_sheet(data, size, title="Dose, burden", **more).chart("summary-overview").svg


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("size", [*PAPER, "compact"])
def test_every_label_is_clear_of_the_others_and_on_the_paper(case, size):
    svg = drawn(CASES[case], size)
    assert_texts_are_clear(svg)
    assert_known_classes(svg)


@pytest.mark.parametrize("case", ["10 steps", "1,000 days", "four medications"])
def test_paper_has_one_ink_and_no_grey(case):
    svg = drawn(CASES[case])
    used = {element.attrib.get("class") for element in parse(svg).iter()} - {None}
    assert used <= {"chart chart-overview chart-print", "f c-ink", "s c-ink", "f c-surface", "s c-surface"}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", svg)) <= {"#ffffff", "#FFFFFF", "#000000"}


def test_the_same_record_gives_the_same_bytes_and_ids_of_its_own():
    svg = drawn(page())
    assert svg == drawn(page())
    assert set(re.findall(r' id="([^"]*)"', svg)) == {
        "summary-overview-print-title",
        "summary-overview-print-desc",
    }


def test_names_stand_at_the_left_with_what_they_are_below():
    found = texts(drawn(page()))
    for expected in ("Burden", "mean of 13", "Difficulty", "concentrating", "0 none, 10 worst", "10 best", "a night"):
        assert expected in found, expected
    assert found.count("0 none, 10 worst") == 1


def test_a_measure_with_few_values_says_that_it_is_drawn_by_the_week():
    data = page(missing=0.5)
    assert {"mean of 13; weeks", "10 worst; weeks", "10 best; weeks"} <= set(texts(drawn(data)))
    assert paper_words(data)[1] == "Bars: mean of each week since a change, 3 days at least."


def test_the_columns_say_before_what_and_of_how_many_days():
    data = page(strips=(Strip("zaps", "Brain zaps", noise(120, 2)),), scores=())
    found = texts(drawn(data))
    assert {"before", "taper", "last 28", "days", "→"} <= set(found)
    shown = Compared(Span(day(0), day(9)), Span(day(92), day(119)), FIRST_SHOWN)
    assert "change" in texts(drawn(page(strips=(strip_with_levels(),), compared=shown)))


def strip_with_levels(before: str = "1", now: str = "2", n: int = 28) -> Strip:
    from .many import mean

    return Strip("zaps", "Brain zaps", noise(120, 2), before=mean(before), now=mean(now, n))


def test_a_mean_of_fewer_days_says_so():
    now = Span(day(92), day(119))
    data = page(strips=(strip_with_levels(n=19),), compared=Compared(Span(day(0), day(9)), now, FIRST_SHOWN))
    assert "(19 of 28 days)" in texts(drawn(data))


@pytest.mark.parametrize(
    ("score", "below", "highest"),
    [
        (phq({5: 8}), "0–27, shown to 15", "15"),
        (phq({5: 16}), "0–27", "20"),
        (phq({5: 2}, low=Decimal(1), high=Decimal(5)), "1–5, shown to 3", "3"),
        (phq({5: 30}, high=Decimal(100), better="up"), "0–100, 100 best", "100"),
        (phq({5: 71}, low=None, high=None, better="", unit="kg"), "kg", "72"),
    ],
)
def test_a_score_has_its_own_scale_and_says_where_it_is_cut(score, below, highest):
    found = texts(drawn(page(scores=(score,), strips=())))
    assert below in found
    assert highest in found


def test_the_level_before_the_taper_is_never_outside_the_strip():
    now, before = Span(day(92), day(119)), Span(day(-60), day(-31))
    data = page(strips=(strip_with_levels("8.4"),), scores=(), compared=Compared(before, now, FIRST_SHOWN))
    assert {"0", "10"} <= set(texts(drawn(data)))


def test_scores_further_apart_than_15_days_are_not_joined():
    data = page(60, strips=(), scores=(phq({3: 5, 10: 6, 40: 7}),), changes=1)
    svg = drawn(data)
    dots = [d for d in paths(svg, "s c-ink") if "h.1" in d]
    assert len(dots) == 1
    assert len(vertices(dots[0])) == 3


def test_missing_days_are_drawn_as_nothing():
    gap = range(40, 64)
    svg = drawn(page(gap=gap, scores=()))
    left, right = (84 + n / 120 * (516 - 66 - 84) for n in (gap[0], gap[-1] + 1))
    points = [at for data in paths(svg, "s c-ink") if "h.1" in data for at in vertices(data)]
    assert points
    assert not [x for x, _ in points if left < x < right]
    assert {"no entry", "24 days"} <= set(texts(svg))


def test_no_entry_at_all_is_said():
    assert "no entry in this period" in texts(drawn(CASES["no entry"]))


@pytest.mark.parametrize(("panels", "named"), [(1, 0), (2, 1), (3, 2)])
def test_each_drawn_medication_has_a_panel_and_the_rest_stand_in_the_note(panels, named):
    data = CASES["four medications"]
    found = " ".join(texts(drawn(data, panels=panels)))
    note = paper_words(data, panels=panels)[1]
    assert "Venlafaxine" in found
    for number, name in enumerate(("Quetiapine", "Diazepam", "Lithium")):
        assert (name in found) == (number < named)
        assert (name in note) == (number >= named)


def test_what_is_not_drawn_still_ends_the_mean_lines():
    """A medication that stands in words alone changes the dose of that day all the same."""
    strips = (Strip("zaps", "Brain zaps", noise(120, 2)),)

    def stretches(**more) -> int:
        svg = drawn(page(changes=1, strips=strips, scores=(), **more), panels=1)
        line = re.search(r' d="([^"]*)"[^>]* stroke-width="1.25"', svg)
        return line[1].count("M")

    assert (stretches(), stretches(other_medications=OTHERS)) == (1, 5)


def test_long_periods_are_drawn_by_the_week():
    description, note = paper_words(CASES["1,000 days"])
    assert note == "Firm line: mean of each week, between its lowest and highest day."
    assert paper_words(CASES["3,650 days"])[1] == "Firm line: mean of each week."
    assert description.startswith("Dose over Burden, Difficulty concentrating")


def test_the_text_alternative_has_the_doses_the_levels_and_the_coverage():
    description, note = paper_words(page())
    assert "Venlafaxine: 150 → 149 → 148 mg." in description
    assert "Burden: " in description
    assert "in the last 28 days (28 recorded)" in description
    assert description.endswith("Entries on 120 of 120 days.")
    assert note == ""


@pytest.mark.parametrize("name", NASTY)
def test_any_name_gives_good_xml(name):
    strips = (Strip("x", name, noise(60, 2)),)
    data = page(
        60, strips=strips, scores=(phq({3: 4}, name=name),), other_medications=(OtherMedication(name, steps((1, 5))),)
    )
    for size in ("print", "compact"):
        parse(paper_sheet(data, size, title=name).chart("u").svg)
    assert all("\x00" not in words for words in paper_words(data, panels=1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    days=st.integers(1, 500),
    changes=st.integers(1, 45),
    missing=st.sampled_from([0.0, 0.1, 0.6, 1.0]),
    size=st.sampled_from([*PAPER, "compact"]),
)
def test_labels_are_clear_whatever_the_record(days, changes, missing, size):
    assert_texts_are_clear(drawn(page(days, changes, missing), size))


def test_what_stands_under_a_score():
    from journal.charts.ownstrip import OwnScale

    whole = OwnScale(0, 27, (0, 10, 20))
    assert ends_text(phq({}, unit="points"), whole) == "points, 0–27"


def test_letter_is_wider_and_lower():
    letter, a4 = (parse(drawn(page(), size)).attrib for size in ("print-letter", "print"))
    assert float(letter["width"].removesuffix("pt")) == 534
    assert float(letter["height"].removesuffix("pt")) < float(a4["height"].removesuffix("pt"))
    assert date(2026, 1, 1) == FIRST
