"""Severity as a tint: eight classes with fixed edges, so that two people's maps compare."""

from collections.abc import Mapping
from types import MappingProxyType

from .canvas import Canvas
from .measure import Box, text_width
from .sizes import Size

EDGES: Mapping[float, str] = MappingProxyType(
    {0: "heat-0", 0.5: "heat-05", 1: "heat-1", 2: "heat-2", 3: "heat-3", 4: "heat-4", 6: "heat-6", 8: "heat-8"}
)
"""The role of each class by its lower edge."""


def heat_role(value) -> str:
    """The role in the theme of a value from 0 to 10: that of the class it lies in, edges belonging to the upper one."""
    return EDGES[max((edge for edge in EDGES if edge <= value), default=0)]


def ink_role(role: str) -> str:
    """The role of a text that stands on this tint: it reads well there in light, in dark and on paper."""
    return {"heat-3": "on-heat-3", "heat-4": "on-heat-4", "heat-6": "surface", "heat-8": "surface"}.get(role, "ink")


def draw_key(canvas: Canvas, x: float, y: float, size: Size, missing: str = "no entry", better: str = "down") -> None:
    """The classes in a row with their lower edges below, then the dash of a missing day. ``y``: the top.

    ``better`` "up", where 10 is best: the tints are those of 10 minus the value, and the edges the upper ones.
    """
    step, high, text = 37 if size.is_wide else 27, 15, size.text_size
    for place, (edge, role) in enumerate(EDGES.items()):
        left = x + place * step
        canvas.boxes([Box(left, y, left + step - 1, y + high)], role)
        if not place:  # white on paper
            x1, x2, y1, y2 = left + 0.4, left + step - 1.4, y + 0.4, y + high - 0.4
            canvas.line([(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)], "line", 0.75)
        last = place == len(EDGES) - 1
        label = ("≤" if last else "") + f"{10 - edge:g}" if better == "up" else f"{edge:g}" + ("+" if last else "")
        canvas.text(left, y + high + 4 + 0.8 * text, label, size=text, role="ink2")
    left = x + len(EDGES) * step + (28 if size.is_wide else 12)
    canvas.line([(left, y + high / 2), (left + 6, y + high / 2)], "gap", 1.2)
    if left + 12 + text_width(missing, text) <= size.width:
        canvas.text(left + 12, y + high / 2 + 0.36 * text, missing, size=text, role="ink2")
