"""The stylesheet and the theme say the same, and every class that is drawn has its rule."""

import re

from journal.charts.overview import overview
from journal.charts.theme import DARK, LIGHT, PRINT
from journal.charts.today import today

from .charting import CSS, assert_known_classes, record
from .test_charts_today import fortnight


def variables(block: str) -> dict[str, str]:
    return {name: colour.upper() for name, colour in re.findall(r"--c-([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6});", block)}


def blocks(selector: str) -> list[dict[str, str]]:
    found = re.findall(re.escape(selector) + r"\s*\{([^}]*)\}", CSS)
    return [variables(block) for block in found if "--c-ink:" in block]


def test_light_and_dark_are_the_theme_s():
    assert blocks(":root")[0] == LIGHT
    assert blocks('\n  [data-bs-theme="dark"]')[0] == DARK
    assert blocks(':root:not([data-bs-theme="light"])')[0] == DARK


def test_roles_are_complete_in_every_palette():
    assert LIGHT.keys() == DARK.keys() == PRINT.keys()
    assert all(set(block) == set(LIGHT) for block in blocks(':root:not([data-bs-theme="light"])'))


def test_every_class_that_is_drawn_has_a_rule():
    drawn = [overview(record(days), size).svg for days in (120, 500) for size in ("wide", "compact", "print")]
    drawn += [today(fortnight()).svg]
    for svg in drawn:
        assert_known_classes(svg)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_and_lines_have_the_contrast_they_need():
    for palette in (LIGHT, DARK):
        for role in ("ink", "ink2", "worse", "better"):
            assert contrast(palette[role], palette["surface"]) >= 7
        assert contrast(palette["better-line"], palette["surface"]) >= 3
