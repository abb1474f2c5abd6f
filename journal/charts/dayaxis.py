"""Days counted from a change, laid across: what TimeAxis is for dates."""

from dataclasses import dataclass

from .canvas import Canvas
from .measure import Box, free_of, text_box, text_width
from .sizes import Size


def signed(number: float) -> str:
    """'+7', '−7', '0'."""
    return f"{number:+g}".replace("-", "−") if number else "0"


@dataclass(frozen=True)
class DayAxis:
    """The days ``first`` to ``last`` from ``left`` to ``right``: day n is the column x(n) .. x(n + 1)."""

    first: int
    last: int
    left: float
    right: float

    @property
    def day_width(self) -> float:
        """Of one column."""
        return (self.right - self.left) / (self.last - self.first + 1)

    def x(self, day: int) -> float:
        """The left edge of a day."""
        return self.left + (day - self.first) * self.day_width

    def centre(self, day: int) -> float:
        """The middle of a day."""
        return self.x(day) + self.day_width / 2

    def draw(self, canvas: Canvas, y: float, ticks: tuple[int, ...], title: str, size: Size) -> None:
        """Ticks under ``y`` with their numbers, those that touch another left out, and below them ``title``."""
        text, row = size.text_size, y + 21
        canvas.lines([((self.centre(day), y), (self.centre(day), y + 5)) for day in ticks], "ink2", 0.75)
        taken: list[Box] = []
        for day in ticks:
            label = signed(day)
            half = text_width(label, text) / 2
            x = min(max(self.centre(day), half), size.width - half)
            if free_of(text_box(x, row, label, text, False, "middle"), taken, x=4):
                taken.append(canvas.text(x, row, label, size=text, role="ink2", anchor="middle"))
        canvas.text(self.right, row + 18, title, size=text, role="ink2", anchor="end")
