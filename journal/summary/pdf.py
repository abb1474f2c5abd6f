"""The summary as a tagged PDF (PDF/UA-1), set by typst from the same words as the HTML."""

import datetime as dt
import functools
import json
import re
from pathlib import Path

from journal.models.base import plain
from journal.summary.model import Summary
from journal.summary.present import present

TEMPLATE = Path(__file__).with_name("summary.typ")
LONG_WORD = re.compile(r"\S{28,}")
ZERO_WIDTH_SPACE = "\u200b"


def render_pdf(summary: Summary, *, system_fonts: bool = True) -> bytes:
    """The PDF. Same summary, same bytes; ``system_fonts`` off makes that hold across machines too.

    With them on, names in scripts that the bundled fonts lack are set in whatever the machine has.
    """
    import typst

    from journal.charts.overview import overview

    page = present(summary)
    chart = overview(summary.overview, "print-letter" if summary.paper == "us-letter" else "print", uid="paper")
    for section in page["sections"]:
        if section["kind"] == "chart":
            section |= {"svg": chart.svg, "alt": chart.description}
    page["paper"] = summary.paper
    compile_ = functools.partial(
        typst.compile,
        {"main.typ": TEMPLATE.read_bytes()},
        sys_inputs={"data": json.dumps(_printable(page))},
        format="pdf",
        font_paths=_fonts(system_fonts),
        timestamp=dt.datetime.combine(summary.made_on, dt.time(), tzinfo=dt.UTC),
    )
    try:
        return compile_(pdf_standards=["ua-1"])
    except typst.TypstError:
        # A letter that no font here can show breaks the standard, not the page: better untagged than none.
        return compile_()


@functools.cache
def _fonts(system_fonts: bool):
    """matplotlib brings DejaVu Sans, whose metrics are then the same everywhere."""
    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(folder)])


def _printable(value, key=""):
    """The same data without control characters; words too long for a column get places to break."""
    if isinstance(value, str):
        return value if key == "svg" else LONG_WORD.sub(_breakable, plain(value))
    if isinstance(value, dict):
        return {name: _printable(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return value


def _breakable(word: re.Match) -> str:
    return ZERO_WIDTH_SPACE.join(word[0][start : start + 12] for start in range(0, len(word[0]), 12))
