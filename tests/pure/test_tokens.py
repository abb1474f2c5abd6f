"""The colours keep the contrast that was promised, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall((CSS / "tokens.css").read_text())}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *((text, ground, 7) for text in ("ink", "ink-2", "spruce", "gorse", "madder") for ground in ("paper", "sheet")),
        *(("ink-3", ground, 4.5) for ground in ("paper", "sheet", "well")),
        *(("edge", ground, 3) for ground in ("paper", "sheet")),
        *(("focus", ground, 3) for ground in ("paper", "sheet")),
        *(("ink-2", ground, 4.5) for ground in ("well", "gorse-soft")),
        ("ink", "gorse-soft", 7),
        ("gorse", "gorse-soft", 4.5),
        ("spruce-deep", "spruce-soft", 7),
        ("on-btn", "btn", 7),
        ("on-btn", "btn-pressed", 4.5),
        ("on-madder", "madder-fill", 7),
        ("sev-ink", "sheet", 4.5),
        ("ink", "sev-soft", 7),
        *((f"on-sev-{band}", f"sev-{band}", 4.5) for band in range(5)),
    ],
)
def test_text_is_readable(theme, text, ground, least):
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= least


@pytest.mark.parametrize(("theme", "falls"), [("light", True), ("dark", False)])
def test_a_grey_copy_keeps_the_order_of_severity(theme, falls):
    tones = [luminance(TOKENS[f"sev-{band}"][theme]) for band in range(5)]
    assert tones == sorted(tones, reverse=falls)


def test_every_token_that_is_used_is_defined():
    sheets = {path.name: path.read_text() for path in CSS.glob("*.css")}
    own = {name for text in sheets.values() for name in re.findall(r"(?<![\w-])--([\w-]+)\s*:", text)}
    used = {(sheet, name) for sheet, text in sheets.items() for name in re.findall(r"var\(--([\w-]+)[,)]", text)}
    assert {(sheet, name) for sheet, name in used if name not in own} == set()


def test_older_browsers_have_the_whole_light_look():
    """Each pair again as its first colour, for what does not know light-dark()."""
    text = (CSS / "tokens.css").read_text()
    first, fallback = text.split("@supports not (color: light-dark(")
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((.+?), (?:#|rgb)", first))
    assert len(pairs) > 40
    assert dict(re.findall(r"    --([\w-]+): (.+?);", fallback.split("/* Very large")[0])) == pairs
