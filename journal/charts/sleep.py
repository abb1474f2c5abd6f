"""Sleep with mood: hours slept, how well, and the mood of the day that each night led to, under the dose."""

from functools import partial
from math import ceil

from journal.analysis.levels import mean_of
from journal.analysis.numbers import rating_text
from journal.analysis.series import recorded
from journal.analysis.titles import LEAST, last_days_text

from .carried import carried_note
from .dosepanel import Dosed, dose_sentences, dosed_of, entries_sentence
from .measure import clean
from .model import OverviewData
from .overview import level_sentences, series_sentences
from .ownstrip import FULL, OwnScale, OwnStrip, dosed_sheet, with_room
from .sheet import Sheet
from .sizes import COMPACT, WIDE, Size, size_named
from .strip import CUT, Drawn
from .table import overview_table
from .theme import day_text

HOURS, QUALITY = "sleep_hours", "sleep_quality"
"""The keys of the strips that are about nights."""
LONG_NIGHT = 12  # hours at the top of the scale, while no night is longer
SIZES = {"wide": WIDE, "compact": COMPACT}

sleep_table = overview_table
"""(headers, rows): each night in the row of the day that it led to."""


def sleep_sheet(data: OverviewData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the strips that `data` has; a night stands on the day that it led to. `size`: 'wide' or 'compact'."""
    spec = size_named(size, SIZES)
    dosed = dosed_of(data, spec)
    drawn = [dosed.prepared(strip) for strip in data.strips]
    scales = _scales(drawn)
    spec = with_room(spec, scales)
    ratings = [scale for d, scale in zip(drawn, scales, strict=True) if d.strip.key != HOURS]
    words = _title(drawn, dosed), _note(dosed, drawn, ratings, spec), _description(dosed, drawn)
    strips = [(spec.strip, partial(OwnStrip, d, scale)) for d, scale in zip(drawn, scales, strict=True)]
    return dosed_sheet("sleep", dosed, spec, strips, words, standalone)


# -- scales -----------------------------------------------------------------------------------
def _scales(drawn: list[Drawn]) -> list[OwnScale]:
    """Hours from 0 to 12, or as far as the longest night; ratings 2-8 while none leaves it, else 0-10."""
    low, high = CUT["up"]
    rated = [value for d in drawn if d.strip.key != HOURS for value in d.shown]
    cut = all(low <= value <= high for value in rated)
    rating = OwnScale(*((low, high) if cut else (0, 10)), (2, 5, 8), FULL["up"].words)
    return [hours_scale(d) if d.strip.key == HOURS else rating for d in drawn]


def hours_scale(drawn: Drawn) -> OwnScale:
    """Hours from 0 to 12, or as far as the longest night."""
    longest = max(drawn.shown, default=0)
    high = max(LONG_NIGHT, 4 * ceil(longest / 4))
    return OwnScale(0, high, tuple(range(0, high + 1, 4 if high <= 16 else 8)))


# -- words ------------------------------------------------------------------------------------
def _title(drawn: list[Drawn], dosed: Dosed) -> str:
    """Of the first strip about nights: the mean now beside the one before, where 7 values stand on each side; else the
    mean of all nights shown."""
    first = drawn[0]
    is_hours = first.strip.key == HOURS

    def said(value) -> str:
        return f"{rating_text(value)} hours slept a night" if is_hours else f"{first.strip.name} {rating_text(value)}"

    before, now = first.before, first.now
    if before and now and min(before.n, now.n) >= LEAST:
        then = rating_text(before.value)
        return clean(f"{said(now.value)} in the {last_days_text(now.days)}, {then} before {dosed.since}")
    whole = mean_of(first.strip.values, dosed.period)
    return clean(f"{said(whole.value)}, {'one night' if whole.n == 1 else f'mean of {whole.n:,} nights'}")


def _note(dosed: Dosed, drawn: list[Drawn], ratings: list[OwnScale], size: Size) -> str:
    data, period = dosed.data, dosed.period
    sentences = ["Each night stands on the day that it led to."]
    counts = []
    for strip in data.strips:
        if strip.key in (HOURS, QUALITY):
            counts.append(f"{clean(strip.name)} on {len(recorded(strip.values, period)):,}")
    sentences.append(f"On record: {', '.join(counts)} of {period.days:,} night{'s' if period.days > 1 else ''}.")
    sentences += series_sentences(drawn, dosed)
    if ratings:
        scale = ratings[0]
        sentences.append("Ratings 0–10" + (f", shown from {scale.low} to {scale.high}." if scale.low else "."))
        if size.is_compact:
            sentences.append("2 low, 5 middle, 8 good.")
    return " ".join(part for part in (*sentences, carried_note(data.strips, period)) if part)


def _description(dosed: Dosed, drawn: list[Drawn]) -> str:
    first, last = day_text(dosed.period.first, year=True), day_text(dosed.period.last, year=True)
    names = ", ".join(clean(d.strip.name) for d in drawn)
    sentences = [f"Dose, {names}, {first} to {last}.", *dose_sentences(dosed)]
    sentences += level_sentences(drawn, dosed.since)
    return " ".join([*sentences, entries_sentence(dosed)])
