"""One symptom in detail: the dose, and its strip on the whole scale with the check-ins at their hours."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from journal.analysis.numbers import rating_text
from journal.analysis.titles import change_title

from .canvas import XY, Canvas
from .carried import carried_note
from .data import DetailData, Moment
from .dosepanel import Dosed, dose_sentences, dosed_of, entries_sentence
from .events import EventRow, events_told
from .measure import clean
from .overview import level_sentences, series_sentences
from .ownstrip import FULL, OwnScale, OwnStrip, dosed_sheet, with_room
from .sheet import Sheet
from .sizes import COMPACT, WIDE, Size, size_named
from .strip import Drawn
from .table import Row, overview_table
from .theme import day_text
from .timeaxis import TimeAxis

SYMPTOM_SIZES: Mapping[str, Size] = MappingProxyType(
    {"wide": replace(WIDE, strip=160), "compact": replace(COMPACT, strip=160)}
)
RING, EDGE = 1.9, 0.7  # radius of a check-in's ring, and how thick it is


def symptom_sheet(data: DetailData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws one symptom, or the mood, in detail. `size`: 'wide' or 'compact'."""
    spec = with_room(size_named(size, SYMPTOM_SIZES), list(FULL.values()))
    dosed = dosed_of(data, spec)
    drawn = [dosed.prepared(strip) for strip in data.strips]
    events = EventRow(data, spec)
    named = [d.measure for d in drawn if not d.strip.private]
    title = clean(change_title(named, since=dosed.since)) if named else "Your ratings in these days"
    words = title, _note(dosed, drawn, events, spec), _description(dosed, drawn, events)
    strips = [(spec.strip, partial(_Strip, d, data.check_ins, FULL[d.strip.better])) for d in drawn]
    return dosed_sheet("symptom", dosed, spec, strips, words, standalone, events)


class _Strip(OwnStrip):
    """The strip, with the check-ins behind the points of the days."""

    def __init__(
        self, drawn: Drawn, check_ins: tuple[Moment, ...], scale: OwnScale, axis: TimeAxis, top: float, bottom: float
    ) -> None:
        super().__init__(drawn, scale, axis, top, bottom)
        self.check_ins = check_ins

    def draw_series(self, canvas: Canvas, size: Size) -> None:
        """Check-ins first: a day's point and the line lie over them."""
        centres = [self.moment(one) for one in self.check_ins]
        # A ring is a point with a hole of surface colour: two short paths, where circles would make a large file.
        canvas.dots(centres, f"{self.role}-point", RING)
        canvas.dots(centres, "surface", RING - EDGE)
        super().draw_series(canvas, size)

    def moment(self, one: Moment) -> XY:
        """A check-in at its hour: the day is a column, and its hours go across it."""
        share = (one.time.hour * 60 + one.time.minute) / (24 * 60)
        return self.axis.x(one.day) + share * self.axis.day_width, self.y(one.value)


# -- words ------------------------------------------------------------------------------------
def _note(dosed: Dosed, drawn: list[Drawn], events: EventRow, size: Size) -> str:
    data = dosed.data
    sentences = series_sentences(drawn, dosed)
    if data.check_ins:
        sentences.append(f"Rings: {_check_ins_text(len(data.check_ins))}, each at its hour.")
    if data.left_out:
        sentences.append(f"{_check_ins_text(data.left_out)} left out: over 400 days only weeks are drawn.")
    sentences.append("Scale 0–10.")
    if size.is_compact:
        scale = FULL[drawn[0].strip.better]
        told = ", ".join(f"{mark} {word}" for mark, word in scale.words.items())
        sentences.append(f"{told[:1].upper()}{told[1:]}.")
    return " ".join(part for part in (*sentences, carried_note(data.strips, dosed.period), events.note) if part)


def _check_ins_text(n: int) -> str:
    return "1 check-in" if n == 1 else f"{n:,} check-ins"


def _description(dosed: Dosed, drawn: list[Drawn], events: EventRow) -> str:
    data, period = dosed.data, dosed.period
    first, last = day_text(period.first, year=True), day_text(period.last, year=True)
    name = clean(drawn[0].strip.name)
    sentences = [f"Dose and {name} by day, {first} to {last}.", *dose_sentences(dosed)]
    sentences += level_sentences(drawn, dosed.since)
    if data.check_ins:
        values = [one.value for one in data.check_ins]
        sentences.append(
            f"{_check_ins_text(len(values))}, from {rating_text(min(values))} to {rating_text(max(values))}."
        )
    sentences.append(entries_sentence(dosed))
    if events.spans:
        sentences.append(events_told(data))
    return " ".join(sentences)


# -- numbers ----------------------------------------------------------------------------------
def symptom_table(data: DetailData) -> tuple[tuple[str, ...], list[Row]]:
    """(headers, rows): the overview's table of this one series; where there are check-ins, a column with their times
    and values: "08:15 3.0, 21:00 4.5"."""
    headers, rows = overview_table(data)
    if not data.check_ins:
        return headers, rows
    by_day: dict = {}
    for one in data.check_ins:
        by_day.setdefault(one.day, []).append(f"{one.time:%H:%M} {rating_text(one.value)}")
    return (*headers, "check-ins"), [(*row, ", ".join(by_day.get(row[0], ())) or None) for row in rows]
