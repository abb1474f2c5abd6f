"""Made-up records for the chart tests, and what they read out of a drawing."""

import csv
import random
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from journal.charts.measure import Box, text_box
from journal.charts.model import DoseChange, OverviewData, Strip

FIRST = date(2026, 1, 1)
SVG = "{http://www.w3.org/2000/svg}"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "venlafaxine_taper"
CSS = (Path(__file__).resolve().parents[2] / "static" / "css" / "charts.css").read_text()
NASTY = [
    "$\\foo$",
    "<script>alert('x')</script>",
    'quo"te & amp',
    "emoji \N{GRINNING FACE} here",
    "دواء الاكتئاب",
    "\x00nul\x1b[31m\x0b",
    "lone \ud800 surrogate",
    "right-to-left \u202e override",
    "W" * 60,
    "漢字の薬",
    "",
    " ",
    "]]>",
]


def day(number: int) -> date:
    return FIRST + timedelta(number)


def steps(*pairs) -> tuple[DoseChange, ...]:
    """(day number, mg) pairs."""
    return tuple(DoseChange(day(n), Decimal(str(mg)), "reduction") for n, mg in pairs)


def noise(days: int, level: float = 2.0, seed: int = 1, missing: float = 0.0) -> dict[date, Decimal]:
    chance = random.Random(seed)
    return {
        day(n): Decimal(round(10 * min(5.9, max(0, chance.gauss(level, 0.8))))) / 10
        for n in range(days)
        if chance.random() >= missing
    }


def record(days: int = 120, *, taper=None, strips=None, entry_days=None, **more) -> OverviewData:
    """Mood and two symptoms over `days`, 20 -> 15 -> 10 mg, unless told otherwise."""
    if taper is None:
        taper = steps((-30, 20), (days // 3, 15), (2 * days // 3, 10))
    if strips is None:
        strips = (
            Strip("mood", "Mood", {d: v + 3 for d, v in noise(days, 2).items()}, "up"),
            Strip("nausea", "Nausea", noise(days, 1.5, 2)),
            Strip("zaps", "Brain zaps", noise(days, 2.5, 3, 0.05)),
        )
    if entry_days is None:
        entry_days = frozenset(d for strip in strips for d, v in strip.values.items() if v is not None)
    return OverviewData(day(0), day(days - 1), "Sertraline", taper, strips, entry_days, **more)


def parse(svg: str) -> ElementTree.Element:
    """The drawing as XML: raises when it is not well-formed. Also what a strict page needs."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        assert "style" not in element.attrib and element.tag != f"{SVG}style"
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "path", "text"}
    return root


def texts(svg: str) -> list[str]:
    return [element.text for element in parse(svg).iter(f"{SVG}text")]


def text_boxes(svg: str) -> list[tuple[str, Box]]:
    """Each text with the box that it takes, in the units of the viewBox."""
    boxes = []
    for element in parse(svg).iter(f"{SVG}text"):
        at = element.attrib
        size, bold = float(at["font-size"].removesuffix("px")), "font-weight" in at
        x, y, anchor = float(at["x"]), float(at["y"]), at.get("text-anchor", "start")
        boxes.append((element.text, text_box(x, y, element.text, size, bold, anchor)))
    return boxes


def assert_texts_are_clear(svg: str) -> None:
    """Every text lies inside the picture, and no two of them touch."""
    width, height = map(float, parse(svg).attrib["viewBox"].split()[2:])
    boxes = text_boxes(svg)
    for number, (text, box) in enumerate(boxes):
        assert box.left >= -0.2 and box.right <= width + 0.2, (text, box, width)
        assert box.top >= -0.2 and box.bottom <= height + 0.2, (text, box, height)
        for other, other_box in boxes[number + 1 :]:
            assert not box.touches(other_box, -0.2, -0.2), (text, box, other, other_box)


def assert_known_classes(svg: str) -> None:
    """Each class that is drawn has its rule in the stylesheet, so that dark pages recolour it."""
    for element in parse(svg).iter():
        cls = element.attrib.get("class", "")
        if re.match("[fs] ", cls):
            assert f".chart .{cls.replace(' ', '.')} {{" in CSS, cls


def paths(svg: str, cls: str) -> list[str]:
    """Path data of the elements with this class, 's c-worse'."""
    return [e.attrib["d"] for e in parse(svg).iter(f"{SVG}path") if e.attrib["class"] == cls]


def vertices(data: str) -> list[tuple[float, float]]:
    """The points of a path in absolute steps (M, L)."""
    numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", data.replace("h.1", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def real_taper(*symptoms: str, without: set[date] = frozenset()) -> OverviewData:
    """The published venlafaxine taper, when it lies beside the repository; else the test is skipped."""
    if not REAL.is_dir():
        pytest.skip("the real taper is not on this machine (../shared/data/venlafaxine_taper)")
    with open(REAL / "daily.csv", newline="") as file:
        rows = [r for r in csv.DictReader(file) if date.fromisoformat(r["date"]) not in without]
    with open(REAL / "dose_steps.csv", newline="") as file:
        taper = tuple(
            DoseChange(date.fromisoformat(r["starts_on"]), Decimal(r["dose_mg"]), "reduction")
            for r in csv.DictReader(file)
        )

    def values(name):
        return {date.fromisoformat(r["date"]): Decimal(r[name]) if r[name] else None for r in rows}

    strips = (Strip("mood", "Mood", values("mood"), "up"),)
    strips += tuple(Strip(name, name.capitalize(), values(name)) for name in symptoms)
    days = frozenset(date.fromisoformat(r["date"]) for r in rows)
    return OverviewData(date(2012, 8, 13), date(2013, 4, 8), "Venlafaxine", taper, strips, days)
