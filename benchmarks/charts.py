"""How long the overview chart takes, as ratios: python benchmarks/charts.py [runs]

180 days of dose, mood and three symptoms, drawn three ways, interleaved so that a busy machine
slows all of them alike; medians are compared, never single runs.

  ours     journal.charts.overview: numbers, drawing and the clean SVG
  pyplot   the same strips in the usual way: subplots, dates, legend, tight_layout, savefig
  floor    matplotlib's SVG writer fed with the very paths and texts of ours, and nothing else

Also 3,650 days against 180, day by day (pages have the database count the weeks: see
benchmarks/trends.py). Fails when ours is not at least 5 times faster than pyplot.
"""

import gzip
import io
import math
import random
import statistics
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matplotlib.text
import matplotlib.transforms
from matplotlib.backends.backend_svg import RendererSVG

from journal.charts.model import DoseChange, OverviewData, Strip
from journal.charts.overview import overview, prepare_overview, sheet_of
from journal.charts.sizes import WIDE

LEAST_AGAINST_PYPLOT = 5


def made_up(days: int) -> OverviewData:
    """A taper in ten steps, waves after each, 4 % of the days missing; the same each time."""
    chance = random.Random(7)
    last = date(2026, 6, 30)
    first = last - timedelta(days - 1)
    doses = ["150", "105", "73", "51", "37", "25", "18", "12", "9", "0"]
    steps = tuple(
        DoseChange(first + timedelta(round(days * (0.15 + 0.06 * n)) if n else 0), Decimal(mg), "reduction")
        for n, mg in enumerate(doses)
    )
    kept = [first + timedelta(n) for n in range(days) if chance.random() > 0.04]

    def values(level: float) -> dict[date, Decimal]:
        waves = (level + math.sin(n / 9) + chance.gauss(0, 0.8) for n in range(len(kept)))
        return {d: Decimal(round(10 * min(5.9, max(0.0, w)))) / 10 for d, w in zip(kept, waves, strict=True)}

    strips = (
        Strip("mood", "Mood", {d: v + 2 for d, v in values(3.0).items()}, "up"),
        Strip("restlessness", "Restlessness", values(1.5)),
        Strip("agitation", "Agitation", values(2.0)),
        Strip("irritability", "Irritability", values(2.4)),
    )
    return OverviewData(first, last, "Venlafaxine", steps, strips, frozenset(kept))


def usual_way(data: OverviewData) -> str:
    """The same strips as most people would draw them, means included, nothing slowed down."""
    import matplotlib.dates as mdates
    import matplotlib.pyplot as plt
    import numpy as np

    days = [data.first + timedelta(n) for n in range((data.last - data.first).days + 1)]
    figure, axes = plt.subplots(
        1 + len(data.strips), 1, sharex=True, figsize=(868 / 72, 624 / 72), height_ratios=[1.4] + [1] * 4
    )
    axes[0].step(
        [*[s.day for s in data.steps], data.last], [*[s.mg for s in data.steps], data.steps[-1].mg], where="post",
        color="#21271F", label="Dose",
    )  # fmt: skip
    for axis, strip in zip(axes[1:], data.strips, strict=True):
        series = np.array([float(strip.values.get(day, "nan")) for day in days])
        axis.plot(days, series, "o", ms=3, color="#C3A0C3", label=strip.name)
        window = np.lib.stride_tricks.sliding_window_view(np.pad(series, 3, constant_values=np.nan), 7)
        axis.plot(days, np.nanmean(window, axis=1), color="#7B3A7F", label="7-day mean")
        axis.axhline(np.nanmean(series[:27]), ls="--", lw=1, color="#7B3A7F")
        axis.set_ylim(0, 8)
    for axis in axes:
        for step in data.steps[1:]:
            axis.axvline(step.day, color="#C3C1B6", lw=0.75)
        axis.legend(loc="upper right")
        axis.grid(axis="y", color="#E9E7DE")
    axes[-1].xaxis.set_major_locator(mdates.MonthLocator())
    axes[-1].xaxis.set_major_formatter(mdates.DateFormatter("%b"))
    figure.suptitle("Dose, mood and symptoms")
    figure.tight_layout()
    out = io.StringIO()
    figure.savefig(out, format="svg")
    plt.close(figure)
    return out.getvalue()


class Floor:
    """The writer alone: every path and text of our drawing, made ready beforehand."""

    def __init__(self, data: OverviewData) -> None:
        canvas = sheet_of(prepare_overview(data, WIDE), WIDE).canvas
        self.width, self.height, self.calls = canvas.width, canvas.height, []
        to_paper = matplotlib.transforms.Affine2D().scale(1, -1).translate(0, canvas.height)
        for mark in canvas.marks:
            if hasattr(mark, "path"):
                self.calls.append((mark, to_paper.transform_path(mark.path), None, None))
            else:
                at = to_paper.transform(mark.at)
                self.calls.append((mark, None, at, matplotlib.text.Text(*at, mark.text, ha=mark.ha)))

    def __call__(self) -> str:
        out = io.StringIO()
        renderer = RendererSVG(self.width, self.height, out, metadata={"Date": None})
        identity = matplotlib.transforms.IdentityTransform()
        for mark, path, at, text in self.calls:
            context = renderer.new_gc()
            if path is not None:
                context.set_foreground(mark.edge)
                context.set_linewidth(mark.width)
                renderer.draw_path(context, path, identity, mark.face)
            else:
                context.set_foreground(mark.colour)
                x, y = at[0], renderer.height - at[1]
                renderer.draw_text(context, x, y, mark.text, mark.font, 0, False, text)
        renderer.finalize()
        return out.getvalue()


def medians(ways: dict, runs: int) -> dict[str, float]:
    """Milliseconds of processor time of each way, the ways taken in turn."""
    for way in ways.values():
        way()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append(1000 * (time.process_time() - start))
    return {name: statistics.median(taken) for name, taken in times.items()}


def main(runs: int) -> int:
    short, long = made_up(180), made_up(3650)
    ways = {
        "ours": lambda: overview(short),
        "pyplot": lambda: usual_way(short),
        "floor": Floor(short),
        "ours, 3,650 days": lambda: overview(long),
    }
    found = medians(ways, runs)
    for name, way in ways.items():
        drawn = way()
        svg = drawn if isinstance(drawn, str) else drawn.svg
        packed = len(gzip.compress(svg.encode(), 6)) / 1000
        print(f"{name:18} {found[name]:7.1f} ms  {len(svg) / 1000:6.1f} kB  {packed:5.1f} kB gzipped")
    faster = found["pyplot"] / found["ours"]
    print(f"pyplot / ours          {faster:5.1f}  (at least {LEAST_AGAINST_PYPLOT})")
    print(f"ours / floor           {found['ours'] / found['floor']:5.1f}")
    print(f"3,650 days / 180 days  {found['ours, 3,650 days'] / found['ours']:5.1f}")
    return 0 if faster >= LEAST_AGAINST_PYPLOT else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
