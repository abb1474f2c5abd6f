"""Scores over time: numbers given now and then, each on its own scale, as dots joined by a thin line.

A questionnaire hands in its totals as a `Score`, and so does a measure of the person's own.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from functools import partial

from journal.analysis.levels import Mean
from journal.analysis.numbers import mg_text, rating_text, round_half_up
from journal.analysis.series import calendar_weeks
from journal.analysis.titles import days_text, last_days_text

from .canvas import Canvas
from .data import Score, ScoresData
from .dosepanel import Dosed, dose_sentences, dosed_of, entries_sentence
from .head import Head, week_heads
from .measure import clean
from .model import Strip
from .overview import level_sentences
from .ownstrip import OwnScale, OwnStrip, dosed_sheet, with_room
from .sheet import Sheet
from .sizes import COMPACT, WIDE, Size, size_named
from .strip import Drawn
from .table import Row, dose_columns
from .theme import day_text
from .timeaxis import TimeAxis

APART = 15  # days: two scores further apart are not joined
MANY = 400  # more scores than this are drawn as weeks
NAMED = 2  # so many scores stand in the title
DOT, LINE = 2.6, 1.2
PAPER, PAPER_CLOSE, CLOSE = (1.5, 0.7), (0.8, 0.5), 80  # the same in pt; smaller from so many scores on
SIZES = {"wide": WIDE, "compact": COMPACT}
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def scores_sheet(data: ScoresData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws a strip for each score. `size`: 'wide' or 'compact'."""
    spec = size_named(size, SIZES)
    dosed = dosed_of(data, spec)
    drawn = [drawn_score(score, dosed) for score in data.scores]
    scales = [scale_of(score, d) for score, d in zip(data.scores, drawn, strict=True)]
    spec = with_room(spec, scales, [value_text(mean.value) for d in drawn for mean in (d.before, d.now) if mean])
    words = _title(drawn, dosed), _note(dosed, drawn, data.scores), _description(dosed, drawn)
    parts = zip(data.scores, drawn, scales, strict=True)
    strips = [(spec.strip, partial(ScoreStrip, score, d, scale)) for score, d, scale in parts]
    return dosed_sheet("questionnaires", dosed, spec, strips, words, standalone)


def drawn_score(score: Score, dosed: Dosed, *, with_unit: bool = True) -> Drawn:
    """The score as a strip without a running mean: its values are too few for one."""
    better = "down" if score.better == "down" else "up"
    name = score.full_name if with_unit else score.name
    strip = Strip(score.key, name, score.values, better, before=score.before, now=score.now)
    found = dosed.prepared(strip)
    points = {day: value for day, value in sorted(score.values.items()) if day in dosed.period}
    many = len(points) > MANY
    weeks = calendar_weeks(points, dosed.period) if many else []
    return Drawn(strip, {} if many else points, [], [], weeks, found.before, found.now)


def scale_of(score: Score, drawn: Drawn) -> OwnScale:
    """The scale of a score: its own ends where it has them, else whole steps round what is drawn; never cut."""
    values, score = drawn.shown, _with_whole_ends(score)
    lowest, highest = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    low = lowest if score.low is None else min(score.low, lowest)
    high = highest if score.high is None else max(score.high, highest)
    step = nice_step(high - low)
    if score.low is None or low < score.low:
        low = low // step * step if low >= 0 else -(-low // step + (-low % step > 0)) * step
    if score.high is None or high > score.high:
        high = -(-high // step) * step if high <= 0 else (high // step + (high % step > 0)) * step
    if high == low:
        low, high = low - step, high + step
    marks = tuple(low + step * n for n in range(int((high - low) / step) + 1))
    return OwnScale(low, high, marks)


def _with_whole_ends(score: Score) -> Score:
    """An axis ends at a round number: ends with decimals are as good as none."""
    low, high = (None if end is not None and end % 1 else end for end in (score.low, score.high))
    return replace(score, low=low, high=high)


def paper_scale(score: Score, drawn: Drawn) -> OwnScale:
    """The same on paper: of a score that is better low, the lower half while nothing shown is above it."""
    if score.ends is None or score.better != "down":
        return scale_of(score, drawn)
    half = (score.high - score.low) / 2
    step = nice_step(half)
    top = score.low + (half / step).to_integral_value(ROUND_CEILING) * step
    is_cut = top < score.high and max(drawn.shown, default=top) <= top
    return scale_of(replace(score, high=top) if is_cut else score, drawn)


def ends_text(score: Score, scale: OwnScale) -> str:
    """What stands under a score's name on paper: "kg", "0–21", "1–5, shown to 3", "0–100, 100 best"."""
    words = [score.unit] if score.unit else []
    if score.ends:
        words.append(f"{mg_text(score.low)}–{mg_text(score.high)}")
        if score.better == "up":
            words.append(f"{mg_text(score.high)} best")
        elif scale.high < score.high:
            words.append(f"shown to {mg_text(scale.high)}")
    return ", ".join(words)


def nice_step(width: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, so that at most three of them fit `width`; 1 for nothing."""
    if width <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb((width / 3).adjusted())
    return next(power * step for step in STEPS if power * step * 3 >= width)


def value_text(value) -> str:
    """A mean of scores: with one decimal, from a thousand on without."""
    return rating_text(value) if abs(value) < 1000 else mg_text(round_half_up(value))


class ScoreStrip(OwnStrip):
    """Dots joined by a thin line, the level before dashed. A score that is neither better nor worse is drawn in ink."""

    def __init__(self, score: Score, drawn: Drawn, scale: OwnScale, axis: TimeAxis, top: float, bottom: float) -> None:
        super().__init__(drawn, scale, axis, top, bottom)
        self.role = {"up": "better", "down": "worse"}.get(score.better, "ink2")

    value_text = staticmethod(value_text)

    @staticmethod
    def counts_text(now: Mean) -> str:
        """They are given now and then: how many there are, not of how many days."""
        return f"({now.n:,} score{'' if now.n == 1 else 's'})"

    @property
    def band_role(self) -> str:
        """Ink has no pale shade: a score that is neither better nor worse has a plain ground."""
        return "fill" if self.role == "ink2" else super().band_role

    def draw_series(self, canvas: Canvas, size: Size) -> None:
        """Weeks where there are very many; else every score."""
        if self.drawn.weeks:
            self.draw_weeks(canvas, size)
        if self.drawn.before:
            self.level(canvas, self.drawn.before.value, size)
        dot, line = (PAPER if len(self.drawn.points) < CLOSE else PAPER_CLOSE) if size.is_print else (DOT, LINE)
        self.lines(canvas, [run for run in joined(self.drawn.points) if len(run) > 1], line)
        self.points(canvas, self.drawn.points, dot, self.role)


def joined(points: dict) -> list[list[tuple]]:
    """Runs of scores, each at most 15 days after the one before."""
    runs: list[list[tuple]] = []
    for day, value in points.items():
        if runs and (day - runs[-1][-1][0]).days <= APART:
            runs[-1].append((day, value))
        else:
            runs.append([(day, value)])
    return runs


# -- words ------------------------------------------------------------------------------------
def _title(drawn: Sequence[Drawn], dosed: Dosed) -> str:
    """The first two: the mean now beside that before the first reduction; without the two, the last score."""
    parts = [_said(d, dosed) for d in drawn[:NAMED]]
    if len(drawn) > NAMED:
        parts.append(f"{len(drawn) - NAMED} more")
    return clean("; ".join(parts))


def _said(d: Drawn, dosed: Dosed) -> str:
    if d.before and d.now:
        now = f"{value_text(d.now.value)} in the {last_days_text(d.now.days)}"
        return f"{d.strip.name}: {now}, {value_text(d.before.value)} before {dosed.since}"
    day = max(d.strip.values)
    return f"{d.strip.name}: {mg_text(d.strip.values[day])} on {day_text(day, year=True)}"


def _note(dosed: Dosed, drawn: Sequence[Drawn], scores: Sequence[Score]) -> str:
    sentences = []
    if any(d.points for d in drawn):
        sentences.append("Dots: scores.")
        if any(len(run) > 1 for d in drawn for run in joined(d.points)):
            sentences.append(f"Line: from one to the next, not over more than {APART} days.")
    if any(d.weeks for d in drawn):
        sentences.append("Firm line: mean of each week. Band: its lowest to its highest day.")
    before = dosed.compared.before
    if before and any(d.before for d in drawn):
        sentences.append(f"Dashed: mean of the scores of the {days_text(before.days)} before {dosed.since}.")
    sentences.append("Each on its own scale." if len(drawn) > 1 else "On its own scale.")
    for better, words in (("up", "higher is better"), ("down", "lower is better")):
        names = [clean(score.name) for score in scores if score.better == better]
        if names:
            sentences.append(f"{', '.join(names)}: {words}.")
    return " ".join(sentences)


def _description(dosed: Dosed, drawn: Sequence[Drawn]) -> str:
    first, last = day_text(dosed.period.first, year=True), day_text(dosed.period.last, year=True)
    names = ", ".join(clean(d.strip.name) for d in drawn)
    sentences = [f"Dose and {names}, {first} to {last}.", *dose_sentences(dosed)]
    sentences += level_sentences(drawn, dosed.since)
    return " ".join([*sentences, entries_sentence(dosed)])


# -- numbers ----------------------------------------------------------------------------------
def scores_table(data: ScoresData) -> tuple[tuple[str, ...], list[Row]]:
    """(headers, rows): a row for each day with a score, with the mg of that day. Where there are very many, a row for
    each week: of each score its mean, lowest and highest, and on how many days it stands."""
    dosed = dosed_of(data, WIDE)
    drawn = [drawn_score(score, dosed) for score in data.scores]
    headers, doses = dose_columns(dosed)
    by_day: dict = {}
    many = any(d.weeks for d in drawn)
    for place, d in enumerate(drawn):
        name = clean(d.strip.name)
        weeks = d.weeks or (calendar_weeks(d.points, dosed.period) if many else [])
        if many:
            headers += week_heads(name)
            cells = {w.first: (round_half_up(w.mean, 3), _plain(w.low), _plain(w.high), w.n) for w in weeks}
        else:
            headers.append(Head(name))
            cells = {day: (_plain(value),) for day, value in d.points.items()}
        for day, of_day in cells.items():
            by_day.setdefault(day, {})[place] = of_day
    width = 4 if many else 1
    rows = []
    for day in sorted(by_day):
        row = [day, *(dose.get(day) for dose in doses)]
        for place in range(len(drawn)):
            row += by_day[day].get(place, (None,) * width)
        rows.append(tuple(row))
    return (Head("week from", "week") if many else Head("date", "day"), *headers), rows


def _plain(value: Decimal) -> Decimal:
    """Without trailing noughts, as it was typed."""
    return Decimal(value).quantize(Decimal(1)) if value == int(value) else Decimal(value).normalize()
