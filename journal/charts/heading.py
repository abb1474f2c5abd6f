"""Heading and note inside a download: what the page says in HTML, in the picture."""

from .canvas import Canvas
from .measure import Box, wrapped
from .sizes import Size

PAD = 16  # round a download


class Heading:
    """Title and note, wrapped to the width; `height` is the room that they take above the chart."""

    def __init__(self, title: str, note: str, size: Size) -> None:
        self.size = size
        self.title_size = size.text_size * (1.45 if not size.is_compact else 1.25)
        self.title = wrapped(title, size.width, self.title_size)
        self.note = wrapped(note, size.width, size.text_size)
        rows = len(self.title) * self.title_size * 1.3 + len(self.note) * size.text_size * 1.4
        self.height = round(rows + size.text_size * 1.4, 1)

    def draw(self, canvas: Canvas) -> None:
        """Above the canvas' own zero, on a ground that makes the picture stand alone."""
        left, top = canvas.shift
        canvas.boxes([Box(-left, -top, canvas.width - left, canvas.height - top)], "surface")
        y = -self.height
        for line in self.title:
            y += self.title_size * 1.3
            canvas.text(0, y, line, size=self.title_size)
        y += self.size.text_size * 0.2
        for line in self.note:
            y += self.size.text_size * 1.4
            canvas.text(0, y, line, size=self.size.text_size, role="ink2")
