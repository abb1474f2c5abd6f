"""What followed each dose change, as the trends page shows it: rows of a table, and the sentences round them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format

from journal.analysis.doses import Change, changes
from journal.analysis.followed_words import (
    back_text,
    level_sentence,
    missed_text,
    new_text,
    rates_notes,
    rises_sentence,
)
from journal.analysis.levels import LEAST_TO_RANK
from journal.analysis.numbers import mg_text, rating_text, signed_percent_text, signed_rating_text
from journal.analysis.rates import rates
from journal.analysis.responses import LEAST_BEFORE, WEEK, State
from journal.analysis.titles import days_text, in_sentence
from journal.queries.measures import BURDEN, MOOD, DailyMeasure
from journal.queries.overview import Overview
from journal.queries.responses import Followed, WhatFollowed, response_measures, what_followed
from journal.views.charts.measures import chosen_name, measure_asked
from journal.views.charts.pages import Choice, address

NBSP = "\u00a0"
MOST_SPELLS = 40
"""So many waves and windows are listed, the latest: years of them say nothing more."""
ANCHOR = "#followed"


@dataclass(frozen=True)
class Row:
    """One change in texts. ``unsaid`` says why nothing can be said of it; else ``rose`` to ``back`` are filled.

    ``raised``: the week before was itself worse than before the taper. ``back_words`` says ``back`` in a sentence.
    ``more``: what else is to be known of the window, a line each.
    """

    day: dt.date
    before_mg: str
    mg: str
    percent: str
    week_before: str
    n: int
    raised: bool
    unsaid: str
    rose: str
    peak: str
    back: str
    back_words: str
    missed: str
    new: Sequence[str]
    more: Sequence[str]

    @property
    def missed_parts(self) -> list[str]:
        """What is known and what has no record, a line each."""
        return self.missed.split(", ")


def followed_context(request, period, view: Overview) -> dict:
    """What ``journal/trends/_followed.html`` shows. Raises UnknownName for a measure that is nobody's, or not this
    person's. Ten queries at most.
    """
    measures = response_measures(request.user)
    measure = measure_asked(request, measures) or (view.chosen[0] if view.chosen else MOOD)
    found = what_followed(request.user, period, measure, view.medication.pk if view.medication else None)
    others = {one.name: changes(one.steps, period.last) for one in view.data.other_medications}
    rows = [row_of(one, measure, others, period.last) for one in reversed(found.changes)]
    counted = rates([one.response for one in found.changes], found.quiet)
    return {
        "found": found,
        "measure": measure,
        "name": in_words(measure),
        "is_up": measure.better == "up",
        "choices": _choices(request, view, measure, measures),
        "rows": rows,
        "has_years": period.first.year != period.last.year,
        "has_raised": any(row.raised for row in rows),
        "cut": next((row for row in rows if row.back.startswith(">")), None),
        "missing": "" if rows else missing_words(view, found),
        "counted": rises_sentence(counted, measure.better),
        "rates": counted.rows,
        "rate_notes": rates_notes(counted),
        "spells": found.spells[-MOST_SPELLS:],
        "levels": levels_words(found),
        "has_difference": has_difference(found),
        "level": level_words(found),
    }


def in_words(measure: DailyMeasure) -> str:
    """What it is called inside a sentence."""
    return "the mean of all symptoms" if measure == BURDEN else in_sentence(measure.name)


def _choices(request, view: Overview, chosen: DailyMeasure, measures: Sequence[DailyMeasure]) -> list[Choice]:
    """Links to what is drawn, mood and burden; and what was asked for, if it is none of these."""
    offered = [*view.chosen, MOOD, BURDEN]
    offered += [measure for measure in measures if measure == chosen and measure not in offered]
    return [
        Choice(chosen_name(one), address(request, measure=one.key) + ANCHOR, one.key == chosen.key) for one in offered
    ]


# -- a row ------------------------------------------------------------------------------------------------------------


def row_of(followed: Followed, measure: DailyMeasure, others: Mapping[str, Sequence[Change]], last: dt.date) -> Row:
    """The texts of one change. ``others``: what other medications changed, by their name."""
    one = followed.response
    is_up = measure.better == "up"
    unsaid, rose, peak, back = unsaid_words(one), "", "", ""
    if not unsaid:
        rose = f"day{NBSP}{one.onset}" if one.rose else f"no {'fall' if is_up else 'rise'}"
        peak = f"{rating_text(one.peak)}, day{NBSP}{one.peak_day}" if one.rose else ""
        back = _back(one) if one.rose else ""
    more = [
        f"also: {name} changed on {_day(change.day)}"
        for name, found in sorted(others.items())
        for change in found
        if change.before is not None and change.day in one.window
    ]
    return Row(
        day=one.change.day,
        before_mg=mg_text(one.change.before),
        mg=mg_text(one.change.mg),
        percent=percent_words(one.change),
        week_before=rating_text(one.baseline) if one.baseline is not None else "",
        n=one.baseline_n,
        raised=bool(one.raised),
        unsaid=unsaid,
        rose=rose,
        peak=peak,
        back=back,
        back_words=_back_words(one) if back else "",
        missed=missed_text(followed.missed, followed.unrecorded, followed.due),
        new=[new_text(new.name, new.first, new.last) for new in followed.new],
        more=more,
    )


def _back(response) -> str:
    """'day 16'; '>6' where the next change cut it off; 'not yet, day 9'."""
    text = back_text(response)
    return f"day{NBSP}{text}" if response.state == State.RETURNED else text.replace("day ", f"day{NBSP}")


def _back_words(response) -> str:
    """The same as a sentence, for those who read it on a phone."""
    if response.state == State.RETURNED:
        return f"Back by day{NBSP}{response.return_day}."
    if response.state == State.NOT_YET:
        return f"Not back yet, day{NBSP}{response.seen}."
    is_whole = response.seen == response.window.days - 1
    why = "when the next change came" if is_whole else "the last day rated before the next change"
    return f"Not back by day{NBSP}{response.seen}, {why}."


def unsaid_words(response) -> str:
    """Why nothing can be said of a change: "too few days rated before it: 2 of 7"; '' where something can."""
    if response.baseline_n < LEAST_BEFORE:
        return f"too few days rated before it: {response.baseline_n} of {WEEK}"
    if not response.is_known:
        return f"too few days rated after it: {response.n} of {response.window.days}"
    return ""


def percent_words(change: Change) -> str:
    """'−21.9 %'; '' from nought, of which nothing is a share."""
    if not change.before:
        return ""
    return f"{signed_percent_text(Fraction(change.mg - change.before) / Fraction(change.before) * 100)}{NBSP}%"


def _day(day: dt.date, year: bool = False) -> str:
    return date_format(day, "j M Y" if year else "j M").replace(" ", NBSP)


# -- around it --------------------------------------------------------------------------------------------------------


def has_difference(found: WhatFollowed) -> bool:
    """Whether now can be set against before: at least 14 days are rated on each side."""
    return all(mean and mean.n >= LEAST_TO_RANK for mean in (found.before, found.recent))


def levels_words(found: WhatFollowed) -> str:
    """'1.1 before the taper (43 of 43 days), 2.4 in the last 28 days (26 of 28 days): +1.3'; what is known of it."""
    before, recent = found.before, found.recent
    parts = []
    if before:
        parts.append(f"{rating_text(before.value)} {found.before_words} ({before.n} of {days_text(before.days)} rated)")
    if recent:
        parts.append(f"{rating_text(recent.value)} in the last {days_text(recent.days)} ({recent.n} rated)")
    if not parts:
        return ""
    change = f": {signed_rating_text(recent.value - before.value)}" if has_difference(found) else ""
    name = in_words(found.measure)
    return f"{name[:1].upper()}{name[1:]}: {', '.join(parts)}{change}."


def level_words(found: WhatFollowed) -> str:
    """'3-day mean 1 or more above before the taper on: irritability 63 of 140 days, since 19 Nov.'"""
    words = level_sentence([(in_words(found.measure), found.level)], found.before_words, found.measure.better)
    return f"{words[:-1]}, since {_day(found.level.since, year=True)}." if words else ""


def missing_words(view: Overview, found: WhatFollowed) -> str:
    """What is missing where there is no row."""
    if found.medication is None:
        return "There is no dose on record up to these days."
    return (
        f"No dose change of {found.medication.name} lies in these days. "
        "A first dose is no change: nothing is known from before it."
    )
