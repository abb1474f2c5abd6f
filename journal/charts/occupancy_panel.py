"""About how much each dose occupies, as a second panel under the dose; it names the curve that it was read off."""

from datetime import date
from decimal import Decimal

from journal.analysis.numbers import percent_text, round_half_up

from .canvas import Canvas
from .doseline import DoseLine, draw_dose
from .head import Head
from .measure import Box, clean, fitted, text_width
from .model import Occupied, OverviewData
from .sizes import Size
from .timeaxis import TimeAxis

NAME = "Occupied, about"
WHOLE = Decimal(100)
HEADS = {"wide": 48, "compact": 66, "print": 15}  # above the panel: its name, its curve, and its first label


class OccupancyLine(DoseLine):
    """The shares as a step line from 0 to 100 %."""

    unit = "%"
    written = staticmethod(percent_text)


class OccupancyPanel:
    """The panel under ``y``; it ends at ``bottom``."""

    def __init__(self, occupied: Occupied, size: Size, axis: TimeAxis, y: float, whose: str = "") -> None:
        self.size = size
        by = f"% by the curve of {clean(occupied.curve)}"
        longer = f"{by} for {clean(whose)}" if clean(whose) else by
        # Without room the medication is left out, for the note has it; the curve never is.
        room = size.plot_right - axis.left - (0 if size.is_compact else text_width(NAME, size.name_size, True) + 8)
        self.by = longer if text_width(longer, size.text_size) <= room else by
        top = y + HEADS[size.css]
        self.bottom = top + size.other_dose
        self.line = OccupancyLine(occupied.shares, axis, top, self.bottom, highest=WHOLE)

    def draw(self, canvas: Canvas) -> None:
        """Over the rules: its name on a box of surface."""
        line, axis, size = self.line, self.line.axis, self.size
        text = size.text_size
        if size.grid:
            levels = [line.y(Decimal(percent)) for percent in (0, 50, 100)]
            canvas.lines([[(axis.left, y), (axis.right, y)] for y in levels], "grid", size.grid)
        self._draw_name(canvas)
        gap = 7 if size.is_wide else 5
        # In compact only 0 has room at the left; the labels have the unit.
        for percent in (0, 100) if size.is_wide else (0,):
            y = line.y(Decimal(percent)) + 0.36 * text
            canvas.text(axis.left - gap, y, str(percent), size=text, role="ink2", anchor="end")
        draw_dose(canvas, line, size, main=False)

    def _draw_name(self, canvas: Canvas) -> None:
        size, text = self.size, self.size.text_size
        by = self.by
        if size.is_print:
            y = self.line.top + 0.5 * size.name_size
            canvas.text(0, y, fitted("Occupied", size.left - 14, size.name_size, True), size=size.name_size, bold=True)
            canvas.text(self.line.axis.left, self.line.top - 9, by, size=text)
            return
        x = self.line.axis.left if size.is_wide else 0
        room = size.plot_right - x
        width = text_width(NAME, size.name_size, True)
        y = self.line.top - (22 if size.is_wide else 41)
        beside = size.is_wide and width + 8 + text_width(by, text) <= room
        at, below = (x + width + 8, y) if beside else (x, y + 1.3 * text)
        by = fitted(by, room, text)
        for left, base, wide in ((x, y, width), (at, below, text_width(by, text))):
            canvas.boxes([Box(left - 2, base - 15, left + wide + 4, base + 5)], "surface")
        canvas.text(x, y, NAME, size=size.name_size, bold=True)
        canvas.text(at, below, by, size=text, role="ink2")


def occupancy_panel(data: OverviewData, size: Size, axis: TimeAxis, y: float) -> tuple[OccupancyPanel | None, float]:
    """The panel under ``y``, None where none was asked for, and where it ends."""
    if data.occupancy is None or not data.occupancy.shares:
        return None, y
    panel = OccupancyPanel(data.occupancy, size, axis, y, data.medication if data.other_medications else "")
    return panel, panel.bottom


def occupancy_note(data: OverviewData) -> str:
    """Whose curve it is, and what it is worth; blank without the panel."""
    if data.occupancy is None:
        return ""
    curve = clean(data.occupancy.curve)
    whose = f" for {clean(data.medication)}" if data.other_medications and clean(data.medication) else ""
    about = f"{NAME}: the share of serotonin transporters, by the curve of {curve}{whose}."
    return f"{about} It is a group average, with wide spread."


def occupancy_header(data: OverviewData) -> list[str]:
    """The head of its column; none without the panel."""
    return [Head(f"{NAME}, % by {clean(data.occupancy.curve)}", "share")] if data.occupancy else []


def occupancy_cells(shares: dict[date, Decimal]) -> dict[date, int]:
    """Whole percents, as its labels have them."""
    return {day: int(round_half_up(share)) for day, share in shares.items()}
