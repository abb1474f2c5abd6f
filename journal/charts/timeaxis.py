"""The time axis: a day is a column, its line is the coverage, its ticks are months or Mondays."""

from collections.abc import Collection
from datetime import date, timedelta

from journal.analysis.series import LONG_GAP, LONG_PERIOD, Span, missing_runs

from .canvas import Canvas
from .measure import Box, free_of, text_width
from .sizes import Size
from .theme import MONTHS, day_text

SHORT_PERIOD = 45  # fewer days are ticked on Mondays
LEAST_GAP = 3  # units: a missing day is seen
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months from label to label


class TimeAxis:
    """Days of `period` laid from `left` to `right`: day d is the column x(d) .. x(d + 1)."""

    def __init__(self, period: Span, left: float, right: float) -> None:
        self.period, self.left, self.right = period, left, right
        self._first = period.first.toordinal()
        self.day_width = (right - left) / period.days
        self._half = self.day_width / 2

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return self.left + (day.toordinal() - self._first) * self.day_width

    def centre(self, day: date) -> float:
        return self.left + (day.toordinal() - self._first) * self.day_width + self._half

    def span(self, span: Span) -> tuple[float, float]:
        """Left and right edge of a run of days."""
        return self.x(span.first), self.x(span.last) + self.day_width

    @property
    def is_long(self) -> bool:
        return self.period.days > LONG_PERIOD

    # -- coverage -----------------------------------------------------------------------------
    def gaps(self, entry_days: Collection[date]) -> list[Span]:
        """The runs without an entry that are marked in the strips: 3 days or more, and seen.

        Days before the first entry lie outside the record and are left bare.
        """
        inside = self._inside(entry_days)
        if not inside:
            return []
        since = Span(min(inside), self.period.last)
        return [
            run
            for run in missing_runs(inside, since)
            if run.days >= LONG_GAP and run.days * self.day_width >= LEAST_GAP
        ]

    def covered(self, entry_days: Collection[date]) -> list[tuple[float, float]]:
        """The pieces of the axis line: under days with an entry, each gap at least 3 units wide.

        Over 400 days a week takes the place of a day: it is drawn when it has an entry.
        """
        days = self._inside(entry_days)
        pieces = []
        start = self.left
        for run in self._missing_weeks(days) if self.is_long else missing_runs(days, self.period):
            left, right = self.span(run)
            widen = max(0.0, LEAST_GAP - (right - left)) / 2
            if left - widen > start:
                pieces.append((start, left - widen))
            start = max(start, right + widen)
        if start < self.right:
            pieces.append((start, self.right))
        return pieces

    def _inside(self, days: Collection[date]) -> list[date]:
        first, last = self.period.first, self.period.last
        return [day for day in days if first <= day <= last]

    def _missing_weeks(self, days: Collection[date]) -> list[Span]:
        """The runs of days of the period that lie in no week with one of these days."""
        weeks = sorted({(day.toordinal() - 1) // 7 for day in days})
        first, last = self.period.first.toordinal(), self.period.last.toordinal()
        begins = [first, *(7 * week + 8 for week in weeks)]
        ends = [*(7 * week for week in weeks), last]
        return [
            Span(date.fromordinal(begin), date.fromordinal(end))
            for begin, end in zip(begins, ends, strict=True)
            if begin <= end
        ]

    # -- ticks --------------------------------------------------------------------------------
    def ticks(self, month_room: float, monday_room: float) -> list[date]:
        """The days that carry a tick and, room given, a label."""
        if self.period.days < SHORT_PERIOD:
            return self._mondays(monday_room)
        months = self._months()
        step = next(
            (s for s in _STEPS if s * 30.4 * self.day_width >= month_room),
            _STEPS[-1],
        )
        return [day for day in months if (day.year * 12 + day.month - 1) % step == 0]

    def _months(self) -> list[date]:
        first, last = self.period.first, self.period.last
        count = (last.year - first.year) * 12 + last.month - first.month
        numbers = (first.year * 12 + first.month - 1 + n for n in range(count + 1))
        days = [date(n // 12, n % 12 + 1, 1) for n in numbers if n // 12 <= date.max.year]
        return [day for day in days if day in self.period]

    def _mondays(self, room: float) -> list[date]:
        ahead = timedelta(-self.period.first.weekday() % 7)
        if ahead.days >= self.period.days:
            return [self.period.first]
        monday = self.period.first + ahead
        count = (self.period.last - monday).days // 7 + 1
        every = max(1, -(-room // (7 * self.day_width)))
        return [monday + timedelta(7 * n) for n in range(0, count, int(every))]

    # -- drawing ------------------------------------------------------------------------------
    def draw(self, canvas: Canvas, y: float, entry_days: Collection[date], size: Size) -> None:
        """Coverage line at `y`, ticks and labels below it."""
        canvas.lines([((a, y), (b, y)) for a, b in self.covered(entry_days)], "ink2", size.axis)
        if size.is_print:
            self._print_labels(canvas, y, size)
        else:
            self._screen_labels(canvas, y, size)

    def _screen_labels(self, canvas: Canvas, y: float, size: Size) -> None:
        text = size.text_size
        short = self.period.days < SHORT_PERIOD
        days = self.ticks(size.month_room, text_width("28 Mar ", text))
        canvas.lines([((self.x(d), y), (self.x(d), y + 5)) for d in days], "ink2", 0.75)
        first_row, second_row = y + 19, y + 35
        shown_year = self.period.first.year
        years: list[tuple[float, int]] = [(self.left, shown_year)]
        taken: list[Box] = []
        years_only = not short and size.month_room > 12 * 30.4 * self.day_width
        for day in days:
            label = day_text(day) if short else str(day.year) if years_only else MONTHS[day.month - 1]
            width = text_width(label, text, years_only)
            box = Box(self.x(day), first_row - text, self.x(day) + width, first_row)
            if box.right > size.width or not free_of(box, taken, x=4):
                continue
            taken.append(box)
            canvas.text(box.left, first_row, label, size=text, role="ink2")
            if day.year != shown_year and not years_only:
                shown_year = day.year
                years.append((box.left, shown_year))
        if not (taken and years_only):  # the labels are the years already
            self._years(canvas, years, second_row, size)

    def _years(self, canvas: Canvas, years: list[tuple[float, int]], y: float, size: Size) -> None:
        """Years in bold, the later first: one at the start gives way to a January close to it."""
        taken: list[Box] = []
        for x, year in reversed(years):
            width = text_width(str(year), size.text_size, True)
            box = Box(x, y - size.text_size, x + width, y)
            if box.right <= size.width and free_of(box, taken, x=6):
                taken.append(box)
                canvas.text(x, y, str(year), size=size.text_size, bold=True)

    def _print_labels(self, canvas: Canvas, y: float, size: Size) -> None:
        """On paper the exact first and last day in bold, months between them where free."""
        text, row = size.text_size, y + 9.5
        first = day_text(self.period.first, year=True)
        taken = [canvas.text(self.left, row, first, size=text, bold=True)]
        if self.period.days > 1:
            last = day_text(self.period.last, year=True)
            taken.append(canvas.text(self.right + 8, row, last, size=text, bold=True, anchor="end"))
        days = self.ticks(size.month_room, text_width("28 Mar ", text))
        canvas.lines([((self.x(d), y), (self.x(d), y + 2.5)) for d in days], "ink2", 0.4)
        short = self.period.days < SHORT_PERIOD
        for day in days:
            january = day.month == 1 and not short
            label = day_text(day) if short else str(day.year) if january else MONTHS[day.month - 1]
            box = Box(self.x(day), row - text, self.x(day) + text_width(label, text), row)
            if free_of(box, taken, x=5):
                taken.append(canvas.text(box.left, row, label, size=text))
