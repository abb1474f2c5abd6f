"""Roles, their colours, and the CSS classes that let a page recolour them.

One palette, from the chart guide's section 3. A drawing carries the light colours as attributes,
for downloads and paper; `static/css/charts.css` puts the same roles into light, dark and print
through classes (a test keeps the two alike). Print knows one ink.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#FBFAF5",
        "ink": "#21271F",
        "ink2": "#43483E",
        "worse": "#7B3A7F",
        "worse-point": "#C3A0C3",
        "worse-band": "#EADBE5",
        "better": "#185344",
        "better-point": "#8DB3A4",
        "better-band": "#D3E3DB",
        "better-line": "#6B9184",
        "rule": "#C3C1B6",
        "grid": "#E9E7DE",
        "band": "#EFEDE4",
        "fill": "#E6E4DB",
        "gap": "#7A7A6E",
        "line": "#D5D3C9",
        "other": "#A9A89C",
        "heat-0": "#F0EDE5",
        "heat-05": "#EADBE5",
        "heat-1": "#DDC0D6",
        "heat-2": "#CBA0C3",
        "heat-3": "#B17CAC",
        "heat-4": "#8F5590",
        "heat-6": "#693069",
        "heat-8": "#3F1841",
        "on-heat-3": "#21271F",
        "on-heat-4": "#FBFAF5",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#171813",
        "ink": "#DAD6C9",
        "ink2": "#B3B0A3",
        "worse": "#C795CC",
        "worse-point": "#6F5172",
        "worse-band": "#372A37",
        "better": "#83C1A5",
        "better-point": "#3F6152",
        "better-band": "#22352B",
        "better-line": "#557F6B",
        "rule": "#45463E",
        "grid": "#26271F",
        "band": "#212219",
        "fill": "#24261F",
        "gap": "#8D8B7E",
        "line": "#31322C",
        "other": "#6C6B61",
        "heat-0": "#22231D",
        "heat-05": "#372A37",
        "heat-1": "#4F3850",
        "heat-2": "#6B4A6C",
        "heat-3": "#8B638B",
        "heat-4": "#AD82AD",
        "heat-6": "#CFA9CD",
        "heat-8": "#EFDCEC",
        "on-heat-3": "#FFFFFF",
        "on-heat-4": "#171813",
    }
)
# Paper and its copies: black, and nothing said by grey. Surface stays white.
PRINT: Mapping[str, str] = MappingProxyType({role: "#FFFFFF" if role == "surface" else "#000000" for role in LIGHT})

FONT = "DejaVu Sans"
FONT_FAMILY = f"'{FONT}', Verdana, sans-serif"


@dataclass(frozen=True)
class Theme:
    """A palette and how its roles are called in the markup."""

    colours: Mapping[str, str]
    classes: Mapping[str, str]


SCREEN = Theme(LIGHT, MappingProxyType({role: f"c-{role}" for role in LIGHT}))
PAPER = Theme(PRINT, MappingProxyType({role: "c-surface" if role == "surface" else "c-ink" for role in LIGHT}))

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day, *, year: bool = False) -> str:
    """'9 Nov', with year '9 Nov 2026'. Never through the process-wide locale."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text
