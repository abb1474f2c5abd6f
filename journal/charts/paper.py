"""The picture of a summary's page: the dose, the daily measures and the scores on one time axis, for paper and phone.

    paper_sheet(data, "print", title="Dose, burden").chart("summary-overview").svg
    description, note = paper_words(data)

Drawn as the overview is, but for nights and scores, which have scales of their own. No heading and no note are in it:
the page has these.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from .carried import carried_note
from .data import ScoresData
from .doseline import short_dose_row
from .dosepanel import Dosed, dose_sentences, dosed_of, entries_sentence
from .measure import clean
from .overview import level_sentences
from .ownstrip import OwnScale, OwnStrip, dosed_sheet, with_room
from .scores import ScoreStrip, drawn_score, ends_text, paper_scale
from .sheet import Sheet
from .sizes import Size, size_named
from .sleep import HOURS, QUALITY, hours_scale
from .strip import Drawn, Scale, StripPanel
from .theme import day_text

BURDEN = "burden"
PANELS = 3  # doses of so many medications are drawn
FEW, DENSE = 6, 2.5  # pt a day from which on points are larger; pt a week under which the line is thinner
NIGHTS = OwnScale(2, 9, (2, 5, 8)), OwnScale(0, 10, (0, 5, 10))  # how a night was: cut while none leaves it, and whole


@dataclass(frozen=True)
class _Part:
    """One strip: what is drawn, how high it is as a share of the usual, and what makes its panel."""

    drawn: Drawn
    share: float
    make: Callable[..., StripPanel]
    scale: OwnScale | None = None


def paper_sheet(data: ScoresData, size: str, *, title: str, panels: int = PANELS) -> Sheet:
    """Draws ``strips`` in their order, then ``scores``, under the doses of the first ``panels`` medications."""
    spec = size_named(size)
    dosed = dosed_of(data, spec)
    parts = _parts(data, dosed, spec)
    words = clean(title), "", _description(dosed, [part.drawn for part in parts])
    scales = [part.scale for part in parts if part.scale]
    spec = _weighed(with_room(spec, scales), dosed)
    strips = [(spec.strip * part.share, part.make) for part in parts]
    return dosed_sheet("overview", replace(dosed, medications=dosed.medications[:panels]), spec, strips, words, False)


def paper_words(data: ScoresData, *, panels: int = PANELS) -> tuple[str, str]:
    """(description, note): the text alternative, and what stands under the picture, blank where all is usual."""
    dosed = dosed_of(data, size_named("print"))
    drawn = [part.drawn for part in _parts(data, dosed, size_named("print"))]
    return _description(dosed, drawn), _note(dosed, drawn, panels)


def _weighed(size: Size, dosed: Dosed) -> Size:
    """On paper few days have larger points, and very many weeks a thinner line: either is seen on a copy."""
    if not size.is_print:
        return size
    day = (size.plot_right - size.left) / dosed.period.days
    return replace(size, point=0.9) if day > FEW else replace(size, mean_line=0.8) if 7 * day < DENSE else size


# -- strips -----------------------------------------------------------------------------------
def _parts(data: ScoresData, dosed: Dosed, size: Size) -> list[_Part]:
    found = [dosed.prepared(strip) for strip in data.strips]
    rated = [drawn for drawn in found if drawn.strip.key not in (HOURS, QUALITY)]
    common = Scale(rated)
    symptom = next((d for d in rated if d.strip.better == "down" and d.strip.key != BURDEN), None)
    parts = []
    for drawn in found:
        noted = _noted(drawn, drawn is symptom)
        if drawn.strip.key in (HOURS, QUALITY):
            scale = hours_scale(drawn) if drawn.strip.key == HOURS else _night_scale(drawn)
            parts.append(_Part(noted, 1, partial(OwnStrip, noted, scale), scale))
            continue
        low, high = common.of(drawn)  # the same units a point in every strip
        parts.append(
            _Part(noted, min(1, (high - low) / (6 if common.is_cut else 10)), partial(StripPanel, noted, common))
        )
    for score in data.scores:
        drawn = drawn_score(score, dosed, with_unit=not size.is_print)
        scale = paper_scale(score, drawn)
        drawn = replace(drawn, strip=replace(drawn.strip, note=ends_text(score, scale)))
        parts.append(_Part(drawn, 1, partial(ScoreStrip, score, drawn, scale), scale))
    return parts


def _night_scale(drawn: Drawn) -> OwnScale:
    cut, whole = NIGHTS
    return cut if all(cut.low <= value <= cut.high for value in drawn.shown) else whole


def _noted(drawn: Drawn, is_first: bool) -> Drawn:
    """What stands under its name on paper: which end is best, and weeks where bars take the place of a line."""
    strip = drawn.strip
    words = [strip.note] if strip.note else []
    if not words and strip.key == HOURS:
        words.append("a night")
    elif not words and strip.better == "up":
        words.append("10 best")
    elif is_first:
        words.append("10 worst" if drawn.bars else "0 none, 10 worst")
    if drawn.bars:
        words.append("weeks")
    return replace(drawn, strip=replace(strip, note="; ".join(words)))


# -- words ------------------------------------------------------------------------------------
def _note(dosed: Dosed, drawn: Sequence[Drawn], panels: int) -> str:
    """What the definitions of every page do not say: other kinds of lines, what is carried, what is left out."""
    sentences = []
    weeks = [d for d in drawn if d.weeks]
    if weeks:
        sentences.append("Firm line: mean of each week, between its lowest and highest day.")
    names = [clean(d.strip.name) for d in drawn if d.bars]
    if names:
        of = "" if len(names) > 2 else f" ({', '.join(names)})"
        sentences.append(f"Bars{of}: mean of each week since a change, 3 days at least.")
    sentences.append(carried_note([d.strip for d in drawn], dosed.period))
    rest = dosed.medications[panels:]
    if rest:
        told = (f"{name or 'no name'} {_doses(steps, dosed.period)}" for name, steps in rest)
        sentences.append(f"Also taken: {'; '.join(told)}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _doses(steps, period) -> str:
    return short_dose_row(steps, period) or "not in this period"


def _description(dosed: Dosed, drawn: Sequence[Drawn]) -> str:
    first, last = day_text(dosed.period.first, year=True), day_text(dosed.period.last, year=True)
    names = [clean(d.strip.name) for d in drawn]
    what = f"Dose over {', '.join(names)}" if names else "Dose"
    sentences = [f"{what}, {first} to {last}.", *dose_sentences(dosed)]
    sentences += level_sentences(drawn, dosed.since)
    return " ".join([*sentences, entries_sentence(dosed)])
