"""Life events on the overview: a bar and a letter above the axis, names in words; without events nothing changes."""

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.analysis.events import EventSpan, event_spans
from journal.catalogue.events import EVENTS
from journal.charts.events import span_text
from journal.charts.overview import overview, overview_png, overview_table
from journal.charts.table import table_text

from .charting import assert_known_classes, day, parse, paths, record, text_boxes, texts

SCREEN = ["wide", "compact"]
NAMES = [event.name for event in EVENTS.values()]


def with_events(*spans, days=120, **more):
    return record(days, events=tuple(EventSpan(name, day(a), day(b)) for name, a, b in spans), **more)


def assert_letters_are_clear(chart):
    """Each lies inside the picture and touches no other text."""
    boxes = text_boxes(chart.svg)
    for text, box in boxes:
        if text.isupper() and text.isalpha() and len(text) <= 3:
            assert box.left >= 0 and box.right <= chart.width
            assert sum(box.touches(other) for _, other in boxes) == 1, text  # itself


def test_days_in_a_row_are_one_span():
    days = {day(3): ["Illness"], day(4): ["Travel", "Illness", "Illness"], day(5): ["Illness"], day(7): ["Illness"]}
    assert event_spans(days) == (
        EventSpan("Illness", day(3), day(5)),
        EventSpan("Travel", day(4), day(4)),
        EventSpan("Illness", day(7), day(7)),
    )
    assert event_spans({}) == ()


@pytest.mark.parametrize("size", SCREEN)
def test_it_works(size):
    data = with_events(("Illness", 20, 26), ("Travel", 60, 60), ("Illness", 90, 91))
    chart = overview(data, size)
    parse(chart.svg)
    assert_known_classes(chart.svg)
    assert_letters_are_clear(chart)
    assert [text for text in texts(chart.svg) if text in ("A", "B")] == ["A", "B", "A"]
    assert "Letters above the axis: A illness (21–27 Jan, 1–2 Apr); B travel (2 Mar)." in chart.note.replace(
        "\u00a0", " "
    )
    assert chart.description.endswith("Events: Illness 21–27 Jan; Travel 2 Mar; Illness 1–2 Apr.")
    assert "Illness" not in " ".join(texts(chart.svg))


@pytest.mark.parametrize("size", SCREEN)
def test_without_events_it_has_no_room_for_them(size):
    plain, with_one = overview(record(), size), overview(with_events(("Illness", 20, 26)), size)
    assert with_one.height - plain.height == 25
    assert "Letters" not in plain.note and "Events" not in plain.description
    assert overview_table(record())[0][-1] != "events"


def test_a_download_has_the_names_with_it():
    data = with_events(("Bereavement", 20, 26))
    assert "A bereavement (21–27 Jan)" in " ".join(texts(overview(data, standalone=True).svg))
    assert overview_png(data, "compact").startswith(b"\x89PNG")


def test_on_paper_the_drawing_is_as_it_was():
    assert overview(with_events(("Illness", 20, 26)), "print").note == overview(record(), "print").note
    assert overview(with_events(("Illness", 20, 26)), "print").height == overview(record(), "print").height


def test_what_is_urgent_looks_like_everything_else():
    calm, urgent = (overview(with_events((name, 20, 26)), uid="x").svg for name in ("Illness", "A seizure (a fit)"))
    without_words = [svg[svg.index("</desc>") :] for svg in (calm, urgent)]
    assert without_words[0] == without_words[1]


def test_kinds_of_one_day_share_a_place():
    chart = overview(with_events(("Illness", 50, 50), ("Travel", 50, 50), ("Other medicine", 50, 52)))
    assert "ACB" in texts(chart.svg) or "ABC" in texts(chart.svg)


def test_many_are_counted_and_what_has_no_letter_is_said():
    spans = [(NAMES[n % 16], 60 + n // 16, 60 + n // 16) for n in range(32)]
    chart = overview(with_events(*spans), "compact")
    assert "A illness, twice" in chart.note
    assert " more that stand too close for a letter." in chart.note
    assert chart.description.endswith("; and 20 more.")
    assert_letters_are_clear(chart)
    boxes = [path for path in paths(chart.svg, "f c-ink2") if path.count("z") == 32]
    assert len(boxes) == 1, "every event has its bar"


def test_the_table_says_what_happened():
    headers, rows = overview_table(with_events(("Illness", 20, 22), ("Travel", 22, 22)))
    assert headers[-1] == "events"
    assert [row[-1] for row in rows[19:24]] == [None, "Illness", "Illness", "Illness, Travel", None]
    assert table_text(headers, rows)[22][-1] == "Illness, Travel"


def test_the_table_of_a_long_period_says_it_of_its_week():
    headers, rows = overview_table(with_events(("Illness", 4, 5), ("Travel", 0, 499), days=500))
    assert headers[-1] == "events"
    assert all("Travel" in row[-1] for row in rows)
    assert sum("Illness" in row[-1] for row in rows) == 1


@pytest.mark.parametrize(
    ("first", "last", "year", "text"),
    [
        (2, 2, False, "3 Jan"),
        (2, 8, False, "3–9 Jan"),
        (29, 33, False, "30 Jan–3 Feb"),
        (2, 8, True, "3–9 Jan 2026"),
        (29, 33, True, "30 Jan–3 Feb 2026"),
        (-3, 1, True, "29 Dec 2025–2 Jan 2026"),
    ],
)
def test_days_read_well(first, last, year, text):
    assert span_text(EventSpan("x", day(first), day(last)), year=year) == text


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(1, 900),
    found=st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 899), st.integers(0, 30)), max_size=60),
    size=st.sampled_from(SCREEN),
)
def test_letters_are_clear_of_each_other_and_inside(days, found, size):
    by_day = {}
    for name, start, length in found:
        for number in range(start, min(start + length + 1, days)):
            by_day.setdefault(day(number), []).append(name)
    data = dataclasses.replace(record(days, strips=()), events=event_spans(by_day))
    chart = overview(data, size)
    root = parse(chart.svg)
    axis = [text for text in texts(chart.svg) if text.isupper() and text.isalpha() and len(text) <= 3]
    assert bool(axis) == bool(by_day)
    assert float(root.attrib["height"]) == chart.height
    assert_letters_are_clear(chart)
    _, rows = overview_table(data)
    told = {row[0] for row in rows if by_day and row[-1]}
    if days <= 400:
        assert told == set(by_day)
    assert not by_day or rows[-1][0] <= day(days - 1) + timedelta(1)
