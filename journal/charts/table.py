"""The overview's numbers as a table: exactly what is drawn, day by day or week by week."""

from datetime import date, timedelta
from decimal import Decimal

from journal.analysis.doses import changes
from journal.analysis.numbers import MINUS, mg_text, rating_text, round_half_up

from .carried import carried_cells, carried_in
from .dosepanel import Dosed
from .events import events_by_day
from .head import Head, dose_head, kind_of, week_heads
from .measure import clean
from .model import OverviewData
from .occupancy_panel import occupancy_cells, occupancy_header
from .overview import Prepared, prepare_overview
from .sizes import WIDE
from .strip import Drawn
from .theme import day_text

Cell = date | Decimal | int | str | None
Row = tuple[Cell, ...]


def overview_table(data: OverviewData) -> tuple[tuple[str, ...], list[Row]]:
    """(headers, rows) of an overview; empty cells are None, never nought.

    A row per day: date, mg of each medication, where it is drawn about how much is occupied, then each strip's value
    and the mean drawn on that day (to 0.1). Over 400 days a row per week from Monday: its first day shown, the mg on
    that day, then each strip's mean, lowest, highest and number of days. A strip with carried values has a column that
    says on which days, or on how many. With events, last what happened.
    """
    prepared = prepare_overview(data, WIDE)
    is_long = any(drawn.weeks for drawn in prepared.drawn)
    first = Head("week from", "week") if is_long else Head("date", "day")
    headers = [first, *_dose_headers(prepared), *occupancy_header(data)]
    for drawn in prepared.drawn:
        name = clean(drawn.strip.name)
        if is_long:
            headers += week_heads(name)
        else:
            mean = f"{name}, mean of the week" if drawn.bars else f"{name}, 7-day mean"
            headers += [Head(name), Head(mean, "derived")]
        headers += [Head(f"{name}, carried", "carried")] if carried_in(drawn.strip, prepared.period) else []
    columns = [_week_cells(d) if is_long else _day_cells(d) for d in prepared.drawn]
    carried = [carried_cells(d.strip, prepared.period, is_long) for d in prepared.drawn]
    width = 4 if is_long else 2
    doses = [_doses(steps, prepared) for _, steps in prepared.medications]
    doses += [occupancy_cells(_doses(data.occupancy.shares, prepared))] if data.occupancy else []
    days = _row_days(prepared, is_long)
    events = events_by_day(data.events, days)
    headers += [Head("events", "events")] if data.events else []
    rows = []
    for day in days:
        row: list[Cell] = [day, *(dose.get(day) for dose in doses)]
        for cells, carried_over in zip(columns, carried, strict=True):
            row += cells.get(day, (None,) * width)
            row += [carried_over.get(day)] if carried_over else []
        row += [events.get(day)] if data.events else []
        rows.append(tuple(row))
    return tuple(headers), rows


def table_text(headers: tuple[str, ...], rows: list[Row]) -> list[list[str]]:
    """The rows as a page shows them: '13 Aug 2012', '150', '2.0', and – where there is nothing."""
    return [[cell_text(header, cell) for header, cell in zip(headers, row, strict=True)] for row in rows]


def cell_text(header: str, cell: Cell) -> str:
    """One cell as a page shows it; a column of doses is known by its head."""
    if isinstance(cell, date):
        return day_text(cell, year=True)
    if isinstance(cell, int | str):
        return str(cell) if isinstance(cell, str) else f"{cell}".replace("-", MINUS)
    return mg_text(cell) if kind_of(header) == "dose" else rating_text(cell)


def file_rows(headers: tuple[str, ...], rows: list[Row]) -> list[Row]:
    """The rows as a file keeps them: doses as on a box, 150 and 37.5 and 0.037; ratings keep their one decimal."""
    doses = {place for place, header in enumerate(headers) if kind_of(header) == "dose"}
    return [
        tuple(
            cell.normalize() if place in doses and isinstance(cell, Decimal) else cell for place, cell in enumerate(row)
        )
        for row in rows
    ]


def dose_columns(dosed: Dosed) -> tuple[list[str], list[dict[date, Decimal]]]:
    """The headers of the medications, and of each the mg by day."""
    return _dose_headers(dosed), [_doses(steps, dosed) for _, steps in dosed.medications]


def _dose_headers(prepared: Dosed) -> list[str]:
    return [dose_head(name or "Dose") for name, _ in prepared.medications]


def _row_days(prepared: Prepared, is_long: bool) -> list[date]:
    period = prepared.period
    days = [period.first + timedelta(n) for n in range(period.days)]
    return [day for day in days if day == period.first or day.weekday() == 0] if is_long else days


def _doses(steps: tuple, prepared: Dosed) -> dict[date, Decimal]:
    """The mg in force on each day of the period."""
    found, doses = changes(steps, prepared.period.last), {}
    position = -1
    for number in range(prepared.period.days):
        day = prepared.period.first + timedelta(number)
        while position + 1 < len(found) and found[position + 1].day <= day:
            position += 1
        if position >= 0:
            doses[day] = found[position].mg
    return doses


def _day_cells(drawn: Drawn) -> dict[date, Row]:
    means = {day: mean for stretch in drawn.means for day, mean in stretch}
    for bar in drawn.bars:
        means |= {bar.first + timedelta(n): bar.mean for n in range((bar.last - bar.first).days + 1)}
    return {
        day: (drawn.points.get(day), round_half_up(means[day], 1) if day in means else None)
        for day in drawn.points.keys() | means.keys()
    }


def _week_cells(drawn: Drawn) -> dict[date, Row]:
    return {week.first: (round_half_up(week.mean, 1), week.low, week.high, week.n) for week in drawn.weeks}
