"""A year as a calendar: a row a month, a cell a day, one measure; a dose change is a heavy left edge."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from journal.analysis.numbers import mg_text, rating_text, round_half_up
from journal.analysis.titles import days_text

from .canvas import XY, Canvas
from .head import Head, dose_head
from .heat import EDGES, draw_key, heat_role, ink_role
from .measure import Box, clean, text_width
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named
from .theme import MONTHS, day_text
from .year_data import Month, YearData, first_shown

__all__ = ["YEAR_SIZES", "YearData", "first_shown", "months_table", "year_sheet", "year_table"]

# strip: from row to row; head: above the first one; bottom: the key below the last.
YEAR_SIZES: Mapping[str, Size] = {
    "wide": replace(WIDE, left=82, right=67.5, top=28, strip=25, head=0, bottom=52),
    "compact": replace(COMPACT, left=40, right=59.5, top=26, strip=22, head=18, bottom=50, text_size=13),
}
GAP = 1.1  # between cells, of surface
EDGE = 2.6  # a dose change
MG_ROOM = 20  # a cell this wide has its dose written in it
MG_SIZE = 11
DAYS = (1, 5, 10, 15, 20, 25, 31)


def year_sheet(data: YearData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the calendar. ``size``: 'wide' or 'compact'."""
    spec = size_named(size, YEAR_SIZES)
    title, note = _title(data), _note(data, spec)
    rows = _Rows(data, spec)
    canvas = new_canvas(spec, rows.foot + spec.bottom, title, note, standalone)
    rows.draw(canvas)
    return Sheet("year", canvas, spec, title, note, _description(data))


def year_table(data: YearData):
    """(headers, rows): a row a day of the record that is shown, its value, and the dose that began on it."""
    name = clean(data.name) or "Rating"
    days = [day for month in data.months for day in _days(month)]
    shown = [day for day in days if day in data.values or data.is_missing(day) or day in data.doses]
    rows = [
        (day, None if day not in data.values else round_half_up(data.values[day], 1), data.doses.get(day))
        for day in shown
    ]
    return (Head("date", "day"), Head(name), dose_head("new dose")), rows


def months_table(data: YearData):
    """(headers, rows): a row a month, its mean and of how many of its days."""
    rows = []
    for month in data.months:
        mean = data.mean(month)
        name = f"{MONTHS[month.number - 1]} {month.year}"
        rows.append((name, round_half_up(mean.value, 1) if mean else None, mean.n if mean else 0, month.days))
    return ("month", "mean", "days rated", "days in the month"), rows


def _days(month: Month) -> list[date]:
    return [month.span.first + timedelta(n) for n in range(month.span.days)]


# -- words ------------------------------------------------------------------------------------
def _title(data: YearData) -> str:
    name, whole = clean(data.name) or "Ratings", data.whole
    if whole is None:
        return f"{name}, day by day: none in these months"
    if whole.n == 1:
        return f"{name}, day by day: {rating_text(whole.value)} on the one rated day"
    return f"{name}, day by day: mean {rating_text(whole.value)} of {days_text(whole.n)}"


def _note(data: YearData, size: Size) -> str:
    # Not "the darker": on a dark page the strongest tint is the lightest.
    sentences = [f"The stronger the tint, the {'lower' if data.better == 'up' else 'higher'}."]
    if data.doses:
        whose = f" of {clean(data.medication)}" if clean(data.medication) else ""
        with_mg = ", with its mg where there is room" if _cell(size) >= MG_ROOM else ""
        sentences.append(f"Heavy left edge: a dose change{whose}{with_mg}.")
    if any(mean.n < month.days for month in data.months if (mean := data.mean(month))):
        sentences.append("n: days rated, where not every day of the month.")
    return " ".join(sentences)


def _description(data: YearData) -> str:
    first, last = day_text(data.first, year=True), day_text(data.last, year=True)
    sentences = [f"{clean(data.name) or 'Ratings'} by day, {first} to {last}, a row for each month."]
    for month in data.months:
        mean = data.mean(month)
        name = f"{MONTHS[month.number - 1]} {month.year}"
        told = f"mean {rating_text(mean.value)} of {days_text(mean.n)}" if mean else "not rated"
        sentences.append(f"{name}: {told}.")
    doses = [f"{mg_text(mg)} mg from {day_text(day, year=True)}" for day, mg in sorted(data.doses.items())]
    if doses:
        sentences.append(f"Doses: {'; '.join(doses)}.")
    return " ".join(sentences)


# -- drawing ----------------------------------------------------------------------------------
def _cell(size: Size) -> float:
    """From one day to the next."""
    return (size.plot_right - size.left) / 31


class _Rows:
    """The months from top to bottom, and what stands round them."""

    def __init__(self, data: YearData, size: Size) -> None:
        self.data, self.size, self.cell = data, size, _cell(size)
        self.tops: list[float] = []
        y = float(size.top)
        for month in data.months:
            # Where a label has no room for the year, a line above January says it.
            y += size.head if month.starts_year and self.tops else 0
            self.tops.append(y)
            y += size.strip
        self.foot = y
        self.labels = self._labels()
        # Cells that share a label are one cell there, so that no edge runs through it.
        self.joined = {day for days in self.labels.values() for day in days[:-1]}

    def draw(self, canvas: Canvas) -> None:
        self._draw_days(canvas)
        self._draw_cells(canvas)
        for month, top in zip(self.data.months, self.tops, strict=True):
            self._draw_label(canvas, month, top)
            self._draw_mean(canvas, month, top)
            self._draw_doses(canvas, month, top)
        x = self.size.left if self.size.is_wide else 0
        draw_key(canvas, x, self.foot + 13, self.size, missing="not rated", better=self.data.better)

    @property
    def _mean_right(self) -> float:
        """Where the means end: beside them is room for how many days."""
        return self.size.width - text_width("n 28", self.size.text_size) - (6 if self.size.is_wide else 4)

    def _x(self, day: int) -> float:
        return self.size.left + (day - 1) * self.cell

    def _box(self, day: date, top: float) -> Box:
        x = self._x(day.day)
        right = x + self.cell - (0 if day in self.joined else GAP)
        return Box(x, top, right, top + self.size.strip - 1.5)

    def _baseline(self, top: float, text: float) -> float:
        return top + (self.size.strip - 1.5) / 2 + 0.37 * text

    # -- round the cells ----------------------------------------------------------------------
    def _draw_days(self, canvas: Canvas) -> None:
        size, y = self.size, self.size.top - 11
        for day in DAYS:
            x = self._x(day) + (self.cell - GAP) / 2
            canvas.text(x, y, str(day), size=size.text_size, role="ink2", anchor="middle")
        if size.is_compact:
            canvas.text(size.width, y, "mean", size=size.text_size, role="ink2", anchor="end")
        else:
            x = self._mean_right - text_width("0.0", size.text_size)
            canvas.text(x, y, "mean", size=size.text_size, role="ink2")

    def _draw_label(self, canvas: Canvas, month: Month, top: float) -> None:
        size, text = self.size, self.size.text_size
        starts = month.starts_year or top == self.tops[0]
        name, y = MONTHS[month.number - 1], self._baseline(top, text)
        if starts and size.is_wide:
            name = f"{name} {month.year}"
        elif starts:
            at = self.size.top - 11 if top == self.tops[0] else top - 5
            canvas.text(0, at, str(month.year), size=text, bold=True)
        canvas.text(size.left - 6, y, name, size=text, bold=starts and size.is_wide, anchor="end")

    def _draw_mean(self, canvas: Canvas, month: Month, top: float) -> None:
        """The mean, and beside it of how many days where these are not all of the month."""
        mean, size, text = self.data.mean(month), self.size, self.size.text_size
        if mean is None:
            return
        y = self._baseline(top, text)
        canvas.text(self._mean_right, y, rating_text(mean.value), size=text, anchor="end")
        if mean.n < month.days:
            canvas.text(size.width, y, f"n {mean.n}", size=text, role="ink2", anchor="end")

    # -- the cells ----------------------------------------------------------------------------
    def _role(self, day: date) -> str:
        """The tint of a day: of 10 minus its value, where 10 is best."""
        value = self.data.values.get(day)
        if value is None:
            return ""
        return heat_role(10 - value if self.data.better == "up" else value)

    def _draw_cells(self, canvas: Canvas) -> None:
        boxes: dict[str, list[Box]] = {}
        dashes, outlines = [], []
        half = min(3.0, self.cell / 4)
        for month, top in zip(self.data.months, self.tops, strict=True):
            for day in _days(month):
                box, role = self._box(day, top), self._role(day)
                if role:
                    boxes.setdefault(role, []).append(box)
                    outlines += self._outline(day, box) if role == EDGES[0] else []
                elif self.data.is_missing(day):
                    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
                    dashes.append([(x - half, y), (x + half, y)])
        for role in sorted(boxes):
            canvas.boxes(boxes[role], role)
        # The palest tint is close to the surface, and white on paper: an outline tells it from a day without a cell.
        canvas.lines(outlines, "line", 0.75)
        canvas.lines(dashes, "gap", 1.2)

    def _outline(self, day: date, box: Box) -> list[list[XY]]:
        """Round a cell, open towards one that it is joined with."""
        left, top, right, bottom = box.left + 0.4, box.top + 0.4, box.right - 0.4, box.bottom - 0.4
        from_left, to_right = day > date.min and day - timedelta(1) in self.joined, day in self.joined
        if from_left and to_right:
            return [[(left, top), (right, top)], [(left, bottom), (right, bottom)]]
        if from_left:
            return [[(left, top), (right, top), (right, bottom), (left, bottom)]]
        around = [(right, top), (left, top), (left, bottom), (right, bottom)]
        return [around if to_right else [*around, around[0]]]

    def _draw_doses(self, canvas: Canvas, month: Month, top: float) -> None:
        """A heavy left edge where a dose began, and its mg where the cell, or those after it, have room."""
        days = [day for day in _days(month) if day in self.data.doses]
        edges = [[(x, top - 1), (x, top + self.size.strip - 0.5)] for day in days for x in [self._x(day.day) - GAP / 2]]
        canvas.lines(edges, "ink", EDGE)
        y = self._baseline(top, MG_SIZE)
        for day in days:
            if day in self.labels:
                text = mg_text(self.data.doses[day])
                spare = self._room(len(self.labels[day])) - text_width(text, MG_SIZE)
                left = self._x(day.day) + EDGE / 2 + spare / 2 - 0.4
                canvas.text(left, y, text, size=MG_SIZE, role=self._ink(day))

    def _room(self, cells: int) -> float:
        """For a label in so many cells behind an edge."""
        return cells * self.cell - GAP - EDGE / 2

    def _labels(self) -> dict[date, list[date]]:
        """The days on which a dose is written, each with the days whose cells it takes: its own, and more at need.

        Only where the same ink reads well on all of them, no other dose begins in them, and the month has them.
        """
        found: dict[date, list[date]] = {}
        if self.cell < MG_ROOM:
            return found
        for month in self.data.months:
            for day in (day for day in _days(month) if day in self.data.doses):
                width, days = text_width(mg_text(self.data.doses[day]), MG_SIZE), [day]
                while self._room(len(days)) + 1 < width:
                    after = days[-1] + timedelta(1) if days[-1] < month.span.last else None
                    if after is None or after in self.data.doses or self._ink(after) != self._ink(day):
                        break
                    days.append(after)
                else:
                    found[day] = days
        return found

    def _ink(self, day: date) -> str:
        """The role of what is written on a day; none on the dash of a missing one."""
        return "" if self.data.is_missing(day) and day not in self.data.doses else ink_role(self._role(day))
