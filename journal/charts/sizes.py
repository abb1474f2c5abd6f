"""The drawings of each chart and their measures (the chart guide's section 2).

Wide and compact: 1 unit = 1 css px. Print: 1 unit = 1 pt, one ink, rules dotted, names at the left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from .theme import PAPER, SCREEN, Theme

Dash = tuple[float, float] | None


@dataclass(frozen=True)
class Size:
    """All that differs between the drawings of an overview. Lengths in canvas units."""

    name: str
    width: float
    left: float  # margins of the plot
    right: float
    top: float  # above the dose panel: its labels, and in compact its name
    bottom: float  # below the last strip: axis and two rows of labels
    dose: float  # height of the dose panel
    other_dose: float  # and of each further one
    strip: float
    head: float  # above each strip
    dose_line: float
    mean_line: float
    point: float  # radius
    level: float
    level_dash: Dash
    rule: float
    rule_dash: Dash
    rule_latest: float
    grid: float  # 0: none, an axis at the left instead
    axis: float
    axis_below: float  # from the strip's foot to the axis
    name_size: float
    text_size: float
    dose_size: float
    dose_label: tuple[float, float]  # from the left end of a step
    letters: int  # longest name
    push: float  # least distance of "before" and "now"
    month_room: float  # px that a month label needs
    theme: Theme = SCREEN
    unit: str = ""
    css: str = "wide"

    @property
    def plot_right(self) -> float:
        return self.width - self.right

    @property
    def is_wide(self) -> bool:
        return self.css == "wide"

    @property
    def is_compact(self) -> bool:
        return self.css == "compact"

    @property
    def is_print(self) -> bool:
        return self.css == "print"


WIDE = Size(
    name="wide", width=868, left=102, right=126, top=20, bottom=52, dose=112, other_dose=56,
    strip=80, head=30, dose_line=2.0, mean_line=2.2, point=1.6, level=1.0, level_dash=(3, 2.5),
    rule=0.75, rule_dash=None, rule_latest=1.0, grid=0.75, axis=1.4, axis_below=6, name_size=15,
    text_size=14, dose_size=13, dose_label=(1.6, -4.2), letters=22, push=17, month_room=34,
)  # fmt: skip
COMPACT = replace(
    WIDE, name="compact", css="compact", width=328, left=20, right=1, top=44, bottom=50, dose=100,
    other_dose=50, strip=68, head=36, mean_line=2.0, point=1.25, dose_label=(2.5, -4.2), letters=16,
)  # fmt: skip
PRINT = replace(
    WIDE, name="print", css="print", width=516, left=84, right=66, top=9, bottom=17, dose=50,
    other_dose=27, strip=27, head=9, dose_line=1.4, mean_line=1.25, point=0.5, level=0.5,
    level_dash=(3, 2), rule=0.25, rule_dash=(0.4, 2.4), rule_latest=0.5, grid=0, axis=0.8,
    axis_below=3, name_size=7.4, text_size=6.8, dose_size=6.8, dose_label=(1.6, -2.6), push=8.5,
    month_room=20, theme=PAPER, unit="pt",
)  # fmt: skip

SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "wide": WIDE,
        "compact": COMPACT,
        **{
            size.name: size
            for size in (
                PRINT,  # the brief page, A4
                replace(PRINT, name="print-full", dose=68, strip=37),
                replace(PRINT, name="print-therapist", dose=42, strip=30),
                replace(PRINT, name="print-tight", dose=42, other_dose=22, strip=22),  # when it does not fit
                replace(PRINT, name="print-letter", width=534, dose=44, other_dose=24, strip=22),
                replace(PRINT, name="print-letter-full", width=534, dose=58, strip=32),
                replace(PRINT, name="print-letter-therapist", width=534, dose=38, strip=25),
                replace(PRINT, name="print-letter-tight", width=534, dose=38, other_dose=22, strip=19),
            )
        },
    }
)


def size_named(name: str, sizes: Mapping[str, Size] = SIZES) -> Size:
    """The size called `name`; a ValueError with the names there are, else. `sizes`: those of one chart."""
    try:
        return sizes[name]
    except KeyError:
        raise ValueError(f"no chart size {name!r}; there are {', '.join(sizes)}") from None
