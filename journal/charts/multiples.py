"""Small multiples: up to eight symptoms side by side, each in a panel of its own, all on one scale and one time.

The rules are those of the chart guide's section 5. The time from the first to the latest dose change is a band, the
latest change a rule; the running mean breaks only there, for the panels are narrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from journal.analysis.changed import ROSE, sizes_title
from journal.analysis.columns import WEEK, Piece
from journal.analysis.numbers import rating_text, round_half_up
from journal.analysis.series import SHORT_HOLD, Span, Week, dose_spells, first_and_latest
from journal.analysis.titles import days_text, last_days_text

from .canvas import Canvas
from .head import Head, week_heads
from .measure import clean, fitted, free_of, text_box, text_width
from .model import Strip
from .rated import (
    Cell,
    RatedData,
    RatedSymptom,
    block_words,
    carried_words,
    level_rows,
    levels_told,
    period_words,
    threshold_words,
    week_words,
)
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named
from .strip import Drawn, Scale, StripPanel, prepare
from .theme import MONTHS, day_text
from .timeaxis import SHORT_PERIOD, TimeAxis


@dataclass(frozen=True)
class Look:
    """How panels lie: how many in a row, their width, what is between them."""

    columns: int
    plot: float  # while the scale has one figure at the most
    gap: float  # between two plots in a row
    between: float  # from a plot's foot to the next one's top: its head
    line: float  # a second line in it, where a name and its numbers do not fit beside each other


SIZES: Mapping[str, tuple[Size, Look]] = MappingProxyType(
    {
        "wide": (
            replace(WIDE, left=18, right=0, top=26, bottom=26, strip=84, axis_below=0, mean_line=2.0, point=1.1,
                month_room=60),
            Look(4, 193, 26, 41, 18),
        ),
        "compact": (
            replace(
                COMPACT, left=18, right=0, top=24, bottom=25, strip=70, axis_below=0, mean_line=1.8, point=1.0,
                text_size=13, name_size=14, month_room=56,
            ),
            Look(2, 147, 16, 40, 17),
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Multiples:
    """What is drawn, worked out once for drawing, table and text."""

    data: RatedData
    drawn: tuple[Drawn, ...]
    scale: Scale
    joined: bool  # a dose was held so briefly that its mean joins the one before

    @property
    def changes(self) -> tuple[date | None, date | None]:
        """The first and the latest dose change after the first day."""
        days = self.data.change_days
        return (days[0], days[-1]) if days else (None, None)


def multiples_sheet(data: RatedData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the panels. ``size``: wide or compact. ``standalone``: the download, with heading and note."""
    multiples = _prepared(data)
    spec, look = _roomy(multiples, *size_named(size, SIZES))
    title = clean(sizes_title(data.titled, since=data.since, days=data.period.days))
    note = _note(multiples)
    rows = -(-len(data.symptoms) // look.columns)
    height = spec.top + rows * spec.strip + (rows - 1) * look.between + spec.bottom
    canvas = new_canvas(spec, height, title, note, standalone)
    _draw(canvas, multiples, spec, look)
    return Sheet("multiples", canvas, spec, title, note, _description(data))


def multiples_table(data: RatedData) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """(headers, rows): a row a day with each symptom's value and the mean drawn there, over 400 days a row a week with
    mean, lowest, highest and number of days; then the means of the heads. None is missing."""
    multiples = _prepared(data)
    is_week = data.is_long and data.block == WEEK
    headers = [Head("week from", "week") if is_week else Head("from" if data.is_long else "date", "day")]
    for one in data.symptoms:
        name = clean(one.name)
        headers += week_heads(name) if data.is_long else [Head(name), Head(f"{name}, 7-day mean", "derived")]
    cells = [_week_cells(drawn) if data.is_long else _day_cells(drawn) for drawn in multiples.drawn]
    width = 4 if data.is_long else 2
    days = sorted(set().union(*cells)) if data.is_long else data.period
    if not data.is_long:
        days = [date.fromordinal(n) for n in range(data.first.toordinal(), data.last.toordinal() + 1)]
    rows: list[tuple[Cell, ...]] = [
        (day, *(cell for found in cells for cell in found.get(day, (None,) * width))) for day in days
    ]
    return tuple(headers), rows + level_rows(data, width)


def _day_cells(drawn: Drawn) -> dict[date, tuple[Cell, ...]]:
    means = {day: mean for stretch in drawn.means for day, mean in stretch}
    for bar in drawn.bars:
        days = range(bar.first.toordinal(), bar.last.toordinal() + 1)
        means |= {date.fromordinal(day): bar.mean for day in days}
    return {
        day: (drawn.points.get(day), round_half_up(means[day], 1) if day in means else None)
        for day in drawn.points.keys() | means.keys()
    }


def _week_cells(drawn: Drawn) -> dict[date, tuple[Cell, ...]]:
    return {week.first: (round_half_up(week.mean, 1), week.low, week.high, week.n) for week in drawn.weeks}


# -- what is shown ----------------------------------------------------------------------------
def _prepared(data: RatedData) -> Multiples:
    days = data.change_days
    spells = dose_spells(days, data.period)
    narrow = first_and_latest(spells)
    drawn = tuple(_drawn(one, data, narrow) for one in data.symptoms)
    return Multiples(data, drawn, _CommonScale(drawn, data.highest), len(spells) < 1 + len(days))


def _roomy(multiples: Multiples, size: Size, look: Look) -> tuple[Size, Look]:
    """Room for "10" at the left, where the scale goes so far; and heads of two lines in the whole picture, where a
    name is too long to share one with its numbers."""
    data = multiples.data
    if not multiples.scale.is_cut:
        left = size.left + text_width("0", size.text_size)
        plot = (size.width - left - (look.columns - 1) * look.gap) / look.columns
        size, look = replace(size, left=left), replace(look, plot=plot)
    names = [fitted(one.name, look.plot, size.name_size, True, size.letters) for one in data.symptoms]
    longest = max((text_width(name, size.name_size, True) for name in names), default=0)
    if longest + 7 + _numbers_width(data, size) <= look.plot:
        return size, replace(look, line=0)
    return replace(size, top=size.top + look.line), replace(look, between=look.between + look.line)


def _numbers_width(data: RatedData, size: Size) -> float:
    """How much room the numbers of a head take at most."""
    return text_width("9.9 → " if data.compared else "", size.text_size) + text_width("9.9", size.text_size, True)


class _CommonScale(Scale):
    """One scale for all parts: cut to 0-6 while no day of any symptom is above 6, be it in another picture."""

    def __init__(self, drawn: tuple[Drawn, ...], highest: Decimal | int) -> None:
        super().__init__(drawn)
        self.is_cut = self.is_cut and highest <= 6
        self.highest = max(self.highest, 10)


def _drawn(one: RatedSymptom, data: RatedData, spells: list[Span]) -> Drawn:
    """A symptom's points and lines by the rules of every strip, its levels as they were worked out for the order."""
    strip = Strip(one.levels.key, one.name, one.values)
    levels = one.levels
    if not data.is_long:
        drawn = prepare(strip, data.period, spells)
        return replace(drawn, before=levels.before, now=levels.now)
    weeks = [Week(p.first, p.last, _mean(p), p.low, p.high, p.n) for p in one.blocks]
    return Drawn(strip, {}, [], [], weeks, levels.before, levels.now)


def _mean(piece: Piece) -> Decimal:
    total = Fraction(piece.total)
    return Decimal(total.numerator) / (total.denominator * piece.n)


# -- words ------------------------------------------------------------------------------------
def _note(multiples: Multiples) -> str:
    data, drawn = multiples.data, multiples.drawn
    sentences = [f"{period_words(data.period)}."]
    if data.compared:
        before, now = data.compared
        former = f"Mean of the {days_text(before.days)} before {data.since} (dashed)"
        sentences.append(f"{former} → mean of the {last_days_text(now.days)}.")
        sentences.append(threshold_words(data))
    else:
        sentences.append("Number: mean of the whole period.")
    if any(one.weeks for one in drawn):
        each = "each week" if data.block == WEEK else f"every {block_words(data.block)}"
        sentences.append(f"Line: mean of {each}, {week_words(data)}. Pale: from its lowest to its highest day.")
    if any(one.points for one in drawn):
        sentences.append("Points: days.")
    if any(one.means for one in drawn):
        sentences.append(f"Line: mean of the 7 days around each{_broken(multiples)}.")
    if any(one.bars for one in drawn):
        sentences.append("Bars, where fewer than 3 of 4 days were rated: mean of each week, 3 days at least.")
    sentences += [_shading(multiples), _scale(multiples.scale), carried_words(data)]
    return " ".join(part for part in sentences if part)


def _broken(multiples: Multiples) -> str:
    first, latest = multiples.changes
    if not latest:
        return ""
    held = f" (a dose held under {SHORT_HOLD} days joins the one before)" if multiples.joined else ""
    return f", never across the {'dose change' if first == latest else 'first or the latest dose change'}{held}"


def _shading(multiples: Multiples) -> str:
    first, latest = multiples.changes
    if not latest:
        return ""
    words = multiples.data.latest_words()
    if first == latest:
        return f"Upright line: the dose change, {words}."
    return f"Shaded: from the first dose change to the latest (upright line), {words}."


def _scale(scale: Scale) -> str:
    words = f"0 none, 3 mild, 6 moderate{'' if scale.is_cut else ', 10 unbearable'}."
    return f"{scale.note_for(['down'])[:-1]}: {words}"


def _description(data: RatedData) -> str:
    sentences = [f"Severity of {len(data.symptoms)} symptoms by day, a panel each, {period_words(data.period)}."]
    return " ".join([*sentences, *levels_told(data)])


# -- drawing ----------------------------------------------------------------------------------
def _draw(canvas: Canvas, multiples: Multiples, size: Size, look: Look) -> None:
    panels = []
    for number, drawn in enumerate(multiples.drawn):
        row, column = divmod(number, look.columns)
        left = size.left + column * (look.plot + look.gap)
        top = size.top + row * (size.strip + look.between)
        axis = TimeAxis(multiples.data.period, left, left + look.plot)
        panels.append(StripPanel(drawn, multiples.scale, axis, top, top + size.strip))
    first, latest = multiples.changes
    for panel in panels:
        if first and latest and first < latest:
            left, right = panel.axis.x(first), panel.axis.x(latest)
            panel.ground(canvas, left, right)
    canvas.lines([stroke for panel in panels for stroke in panel.grid_lines(panel.ticks[1:])], "grid", size.grid)
    for number, (panel, one) in enumerate(zip(panels, multiples.data.symptoms, strict=True)):
        if latest:
            panel.rule(canvas, latest, size, latest=True)
        panel.draw_series(canvas, size)
        _head(canvas, one, panel, size, look.line, bool(multiples.data.compared))
        if number % look.columns == 0:
            panel.tick_labels(canvas, panel.ticks, size)
    _axes(canvas, multiples.data, panels, size, look)


def _head(canvas: Canvas, one: RatedSymptom, panel: StripPanel, size: Size, line: float, compared: bool) -> None:
    """The name, and "0.9 → 2.1" at the right or, with a ``line`` of its own, under it: the latter bold where it rose
    or fell, in colour where it rose."""
    levels, y, text = one.levels, panel.top - 9, size.text_size
    left, right = panel.axis.left, panel.axis.right
    before = f"{rating_text(levels.before.value if levels.before else None)} → " if compared else ""
    mean = levels.now if compared else levels.whole
    now = rating_text(mean.value if mean else None)
    role, bold = "worse" if levels.group == ROSE else "ink", levels.is_changed
    before_width, now_width = text_width(before, text), text_width(now, text, bold)
    if line:
        canvas.text(left, y, before, size=text, role="ink2")
        canvas.text(left + before_width, y, now, size=text, role=role, bold=bold)
    else:  # anchored at their ends: a page's font is narrower than what was measured
        canvas.text(right, y, now, size=text, role=role, bold=bold, anchor="end")
        canvas.text(right - now_width - 5, y, before, size=text, role="ink2", anchor="end")
    room = right - left - (0 if line else before_width + now_width + 7)
    name = fitted(one.name, room, size.name_size, True, size.letters)
    canvas.text(left, y - line, name, size=size.name_size, bold=True)


def _axes(canvas: Canvas, data: RatedData, panels: list[StripPanel], size: Size, look: Look) -> None:
    """Under each panel the line of days with an entry and ticks; labels under the lowest of each column."""
    covered, ticks = [], []
    short = data.period.days < SHORT_PERIOD
    for number, panel in enumerate(panels):
        axis, y = panel.axis, panel.bottom
        days = axis.ticks(size.month_room, text_width("28 Mar  ", size.text_size))
        covered += [[(a, y), (b, y)] for a, b in axis.covered(data.entry_days)]
        ticks += [[(axis.x(day), y), (axis.x(day), y + 4)] for day in days]
        if number + look.columns < len(panels):
            continue
        edge = min(size.width, axis.right + look.gap - 6)
        taken = []
        for day in days:
            label = day_text(day) if short else _month(day, data.period)
            box = text_box(axis.x(day), y + 18, label, size.text_size, False, "start")
            if box.right <= edge and free_of(box, taken, x=5):
                taken.append(canvas.text(box.left, y + 18, label, size=size.text_size, role="ink2"))
    canvas.lines(covered, "ink2", size.axis)
    canvas.lines(ticks, "ink2", 0.75)


def _month(day: date, period: Span) -> str:
    """'Oct'; in a period of more than a year January is its year."""
    return str(day.year) if day.month == 1 and period.days > 366 else MONTHS[day.month - 1]
