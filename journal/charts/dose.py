"""The dose line of one medication from its first step on: the face of its page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from journal.analysis.numbers import mg_text
from journal.analysis.series import Span

from .canvas import Canvas
from .doseline import DoseLine, draw_dose
from .measure import clean
from .model import Chart, DoseChange
from .sizes import COMPACT, WIDE, Size
from .theme import day_text
from .timeaxis import TimeAxis

END_DOT = 5.5
AFTER_STOP = 28  # days at 0 mg that are drawn at least; a quarter of the taper where that is more

DOSE_SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "wide": replace(WIDE, left=2, right=60, top=22, bottom=46, dose=112, dose_line=2.25),
        "compact": replace(COMPACT, width=358, left=2, right=12, top=22, bottom=46, dose=84, dose_line=2.25),
    }
)


@dataclass(frozen=True)
class DoseData:
    """The steps of `medication`, the earliest first and at least one; they are drawn up to `today`."""

    medication: str
    steps: tuple[DoseChange, ...]
    today: date

    @property
    def period(self) -> Span:
        """From the first step to today. Long after a stop the line ends earlier, so that the steps stay in sight."""
        first, latest = self.steps[0].day, self.steps[-1]
        last = max(self.today, latest.day)
        if latest.mg == Decimal(0):
            after = max(AFTER_STOP, (latest.day - first).days // 4)
            last = min(last, latest.day + timedelta(after))
        return Span(first, last)


def dose_chart(data: DoseData, size: str = "wide", *, uid: str = "dose") -> Chart:
    """Draws the line. `size`: 'wide' or 'compact'. The title and the text alternative are inside the SVG."""
    spec, period = DOSE_SIZES[size], data.period
    axis = TimeAxis(period, spec.left, spec.plot_right)
    line = DoseLine(data.steps, axis, spec.top, spec.top + spec.dose)
    canvas = Canvas(spec.width, line.bottom + spec.bottom)
    corners = line.outline()
    canvas.areas([[*corners, (corners[-1][0], line.bottom), (corners[0][0], line.bottom)]], "fill")
    canvas.line([(axis.left, line.bottom), (axis.right, line.bottom)], "gap", 1)
    draw_dose(canvas, line, spec)
    if period.last >= data.today:
        canvas.dots([corners[-1]], "ink", END_DOT)
    axis.draw(canvas, line.bottom, (), spec)
    name = clean(data.medication) or "Dose"
    title = f"{name}, mg a day"
    doses = ", ".join(f"{mg_text(tread.mg)} mg from {day_text(tread.since, year=True)}" for tread in line.treads)
    svg = canvas.svg(f"{uid}-{size}", f"chart chart-dose chart-{spec.css}", title, doses)
    return Chart(svg, title, "", doses, canvas.width, canvas.height)
