"""How the person is doing, in sentences: the therapist's situation and facts. Facts and figures, no verdicts."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from journal.analysis.levels import Mean
from journal.analysis.numbers import exact, mg_text, rating_text, round_half_up
from journal.analysis.titles import CHANGED, days_text, in_sentence
from journal.catalogue.scales import BANDS
from journal.charts.model import Strip
from journal.summary.foot import NOT_RECORDED
from journal.summary.model import Sleep, Summary, TakenMedication
from journal.summary.taken_words import no_medication
from journal.summary.words import NB, cut, day, start

LINE = 170
"""Letters of two bold lines."""
NAME_LETTERS = 40
MOST_NAMES = ((3, 2), (2, 2), (3, 1), (2, 1), (1, 1))
"""So many names of what is higher and of what is lower: the first of these that two lines hold."""
FROM = 2
"""From this on a day with a symptom is counted where none reaches a word of the scale above mild."""
MOST_DAYS = 3
"""So many days are named, more are counted only."""
LOW_QUALITY = 4
LEAST = 7
"""Days rated on each side before the two are compared, as in the table of levels."""
Dated = Callable[[dt.date], str]


# -- the situation --------------------------------------------------------------------------------------------------


def situation(summary: Summary) -> str:
    """Off venlafaxine since 19 Nov 2012 (141 days). Mood about as before the taper; worry higher, sleep quality lower.

    As many names as two lines hold.
    """
    taken = _taken(summary)
    for most in MOST_NAMES:
        text = f"{taken} {_state(summary, *most)}" if tells_of_days(summary) else taken
        if len(text) <= LINE:
            break
    return text


def tells_of_days(summary: Summary) -> bool:
    """Whether a section that has ratings is on: with none nothing is said of them, not that there are none."""
    return summary.choices.has("chart") or summary.choices.has("levels")


def _taken(summary: Summary) -> str:
    if not summary.medications:
        return no_medication(summary)
    main, *others = summary.medications
    text = _one_taken(main, summary.last)
    if others:
        listed = ", ".join(f"{_name(one)} {mg_text(one.mg)}{NB}mg" for one in others[:2])
        text += f"; also {listed}" + (f" and {len(others) - 2} more" if len(others) > 2 else "")
    return f"{text}."


def _one_taken(medication: TakenMedication, last: dt.date) -> str:
    since = f"since {day(medication.mg_since)} ({days_text((last - medication.mg_since).days + 1)})"
    if not medication.mg:
        return f"Off {in_sentence(_name(medication))} {since}"
    return f"{start(_name(medication))} {mg_text(medication.mg)}{NB}mg {since}"


def _name(medication: TakenMedication) -> str:
    return cut(medication.name, NAME_LETTERS)


def _state(summary: Summary, most_higher: int, most_lower: int) -> str:
    """Against before the taper: mood, what rose most, and sleep, energy and function. The figures of the drawing."""
    if summary.compared.before is None:
        return _now(summary)
    shown = [summary.strips.get(key) for key in (*_chosen(summary), "sleep_quality", "energy", "function")]
    others = [strip for strip in shown if strip and _is_known(strip)]
    mood = summary.strips.get("mood")
    known = mood is not None and _is_known(mood)
    if not known and not others:
        return f"Too few days are rated to compare with {summary.before_words}."
    higher = _names([one for one in others if _moved(one) > 0], most_higher, _more_rose(summary, others))
    lower = _names([one for one in others if _moved(one) < 0], most_lower)
    rest = ", ".join(f"{listed} {word}" for listed, word in ((higher, "higher"), (lower, "lower")) if listed)
    if not known:
        return f"Compared with {summary.before_words}: {rest or f'{_names(others, 2)} within 0.5'}."
    rest = rest or (f"{_names(others, 2)} too" if others and not _moved(mood) else "")
    return "; ".join(part for part in (_mood(mood, summary.before_words), rest) if part) + "."


def _more_rose(summary: Summary, named: list[Strip]) -> bool:
    """Whether symptoms that are not among the ``named`` rose, too."""
    names = {strip.name for strip in named}
    changes = [one.change for one in summary.shifts if one.name not in names and one.change is not None]
    return any(round_half_up(change, 1) >= CHANGED for change in changes)


def _chosen(summary: Summary) -> list[str]:
    return [one.measure.key for one in summary.measures if not one.measure.private]


def _is_known(strip: Strip) -> bool:
    return bool(strip.before and strip.now) and min(strip.before.n, strip.now.n) >= LEAST


def _mood(mood: Strip, before_words: str) -> str:
    moved = _moved(mood)
    if not moved:
        return f"Mood about as {before_words}"
    return f"Mood {rating_text(abs(moved))} {'higher' if moved > 0 else 'lower'} than {before_words}"


def _moved(strip: Strip) -> Decimal:
    """By how much, as printed; 0 under half a point."""
    change = round_half_up(strip.now.value - strip.before.value, 1)
    return change if abs(change) >= CHANGED else Decimal(0)


def _names(strips: list[Strip], most: int, unnamed: bool = False) -> str:
    """The largest changes by name; that there are others, also where these are ``unnamed``."""
    ordered = sorted(strips, key=lambda one: -abs(one.now.value - one.before.value))
    names = [in_sentence(cut(one.name, NAME_LETTERS)) for one in ordered]
    if len(names) > most or (names and unnamed):
        names = [*names[:most], "others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _now(summary: Summary) -> str:
    """Without days before a change there is nothing to compare with: what the last days were."""
    told = [
        f"{in_sentence(strip.name)} {rating_text(strip.now.value)}"
        for strip in (summary.strips.get("mood"), summary.strips.get("sleep_quality"))
        if strip and strip.now
    ]
    if not told:
        return "Mood and sleep not recorded."
    return f"Mean of the last {days_text(summary.compared.now.days)}: {', '.join(told)} (10 best)."


# -- facts ----------------------------------------------------------------------------------------------------------


def rated_fact(summary: Summary, key: str, dated: Dated) -> str:
    """Mean 5.4 on 43 of 43 days before the taper, 5.3 on 28 of the last 28 (10 best); lowest 3.5 on 2 Apr."""
    strip = summary.strips.get(key)
    if strip is None or not (strip.before or strip.now):
        return _nothing(summary, key)
    text = f"{start(_means(strip, summary.before_words, 'day'))} (10 best)"
    return f"{text}{_lowest(summary, strip, dated)}."


def _nothing(summary: Summary, key: str) -> str:
    # A strip is there as soon as one day of the period has a value.
    if key in summary.strips:
        return f"Not recorded in the last {days_text(summary.compared.now.days)}."
    return NOT_RECORDED


def _means(strip: Strip, before_words: str, unit: str) -> str:
    now, before = strip.now, strip.before
    if before is None:
        return f"mean {_mean(now)} the last {_units(now.days, unit)}"
    text = f"mean {_mean(before)} {_units(before.days, unit)} {before_words}"
    return f"{text}, {_mean(now)} the last {now.days}" if now else f"{text}, not recorded since"


def _mean(mean: Mean) -> str:
    return f"{rating_text(mean.value)} on {mean.n:,} of"


def _units(number: int, unit: str) -> str:
    return f"{number:,}{NB}{unit}{'' if number == 1 else 's'}"


def _recent(summary: Summary, strip: Strip) -> Mapping[dt.date, Decimal]:
    """The values of the days that are "now", by day; none where the record is so long that they came as weeks."""
    now = summary.compared.now
    return {date: exact(value) for date, value in strip.values.items() if value is not None and date in now}


def _lowest(summary: Summary, strip: Strip, dated: Dated) -> str:
    values = _recent(summary, strip)
    if values:
        lowest = min(values.values())
        days = [date for date in sorted(values) if values[date] == lowest]
        return f"; lowest {rating_text(lowest)}{', last' if len(days) > 1 else ''} on {dated(days[-1])}"
    worst = next((one for one in summary.worst if one.name == strip.name), None)
    return f"; lowest of the period {rating_text(worst.value)} on {dated(worst.day)}" if worst else ""


def symptom_fact(summary: Summary, key: str, dated: Dated) -> str:
    """Mean 0.2 before, 0.6 now; 2 or more on 2 of 28 days rated of the last 28: 2 Apr, 4 Apr."""
    strip = summary.strips.get(key)
    if strip is None or not (strip.before or strip.now):
        return _nothing(summary, key)
    text = start(_means(strip, summary.before_words, "day"))
    values = _recent(summary, strip)
    if not values:
        return f"{text}."
    bands = sorted((band.low for band in BANDS if band.low > FROM), reverse=True)
    least = next((low for low in bands if max(values.values()) >= low), FROM)
    days = [date for date in sorted(values) if values[date] >= least]
    if not days:
        return f"{text}; under {FROM} on all of these."
    named = f": {', '.join(map(dated, days))}" if len(days) <= MOST_DAYS else ""
    return f"{text}; {least} or more on {len(days)} of these{named}."


def sleep_facts(summary: Summary) -> list[tuple[str, str]]:
    """Hours slept: mean 7.1 on 40 of 43 nights before the taper, 6.4 on 20 of the last 28; under 5 h on 3 of these.

    And sleep quality in the same way; one fact where neither was recorded.
    """
    hours, quality = (summary.strips.get(key) for key in ("sleep_hours", "sleep_quality"))
    found = []
    if hours and (hours.before or hours.now):
        text = start(_means(hours, summary.before_words, "night"))
        found.append((hours.name, f"{text}{_short(summary.sleep)}."))
    if quality and (quality.before or quality.now):
        values = _recent(summary, quality).values()
        low = f"; {LOW_QUALITY} or less on {sum(value <= LOW_QUALITY for value in values)} of these" if values else ""
        text = start(_means(quality, summary.before_words, "night"))
        found.append((quality.name, f"{text} (10 best){low}."))
    key = "sleep_hours" if hours else "sleep_quality"
    return found or [("Sleep", _nothing(summary, key))]


def _short(sleep: Sleep | None) -> str:
    return f"; under 5{NB}h on {sleep.short} of these" if sleep and sleep.nights else ""
