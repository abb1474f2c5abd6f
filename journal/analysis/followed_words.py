"""What followed a dose change, in words: sentences for a page and texts for a cell. No Django, no verdicts.

Words are those of the chart guide's section 7. Where 10 is best (mood) worse is lower: a rise is then said as a fall.
"""

from collections.abc import Sequence
from datetime import date

from .levels import Level, Mean
from .numbers import NOTHING, mg_text, rating_text
from .rates import ENOUGH, Rates
from .responses import LONGEST, WEEK, Response, State
from .titles import days_text, in_sentence, is_plural

BEFORE_TAPER = "before the taper"


def rise_sentence(
    name: str, response: Response, before: Mean | None = None, before_words: str = BEFORE_TAPER, better: str = "down"
) -> str:
    """What ``name`` did after one change, in one sentence."""
    after = f"after {step_text(response)}"
    inside = in_sentence(name)
    if not response.is_known:
        return (
            f"Too little was rated to say what {inside} did {after}: {response.baseline_n} of the {WEEK} days before "
            f"it and {response.n} of the {days_text(response.window.days)} from it on."
        )
    n = f"n = {days_text(response.n)}"
    raised = _raised(response, before, before_words, better)
    if response.state == State.NO_RISE:
        before_text = f"{rating_text(response.baseline)} before{f', already {raised}' if raised else ''}"
        return f"No {'fall' if better == 'up' else 'rise'} of 1 or more in {inside} {after} ({before_text}; {n})."
    verb = "fell" if better == "up" else "rose"
    rose = (
        f"{name[:1].upper()}{name[1:]} {verb} from {rating_text(response.baseline)} to {rating_text(response.peak)} "
        f"by day {response.peak_day} {after}"
    )
    if response.state == State.RETURNED:
        which = f", which was {raised}" if raised else ""
        return f"{rose}; back by day {response.return_day} to the level of the week before{which} ({n})."
    was = "were" if is_plural(name) else "was"
    already = f"; the week before was already {raised}" if raised else ""
    return f"{rose} and {was} {not_back_text(response)}{already} ({n})."


def _raised(response: Response, before: Mean | None, before_words: str, better: str) -> str:
    """How far the week before was itself worse than before the taper, where it is marked for that; else blank."""
    if not response.raised or before is None:
        return ""
    apart = abs(response.baseline - before.value)
    return f"{rating_text(apart)} {_worse(better)} {before_words}"


def _worse(better: str) -> str:
    return "below" if better == "up" else "above"


def step_text(response: Response) -> str:
    """The change itself: "37 → 25 mg"."""
    return f"{mg_text(response.change.before)} → {mg_text(response.change.mg)} mg"


def level_sentence(
    levels: Sequence[tuple[str, Level | None]], before_words: str = BEFORE_TAPER, better: str = "down"
) -> str:
    """On how many days each of these has been worse; blank where that is known of none.

    Of how many is said once where it is the same of all: "restlessness 84, agitation 57, of 140 days".
    """
    known = [(name, level) for name, level in levels if level]
    if not known:
        return ""
    days = {level.days for _, level in known}
    if len(known) > 1 and len(days) == 1:
        counts = ", ".join(f"{in_sentence(name)} {level.worse:,}" for name, level in known)
        counts += f", of {known[0][1].days:,}"
    else:
        counts = ", ".join(f"{in_sentence(name)} {level.worse:,} of {level.days:,}" for name, level in known)
    unit = "day" if {level.days for _, level in known} == {1} else "days"
    return f"3-day mean 1 or more {_worse(better)} {before_words} on: {counts} {unit}."


def rises_sentence(rates: Rates, better: str = "down") -> str:
    """How many changes were followed by a rise. Never alone: what the rule finds without a change stands beside it."""
    if not rates.changes:
        return "There is no change that can be compared with its week before."
    return f"A {_rise(better)} followed {rates.rises} of {_changes(rates.changes)}."


def rates_notes(rates: Rates) -> list[str]:
    """What is to be known of the two counts: what the changes were, and whether there is enough to compare with."""
    notes = []
    if rates.changes and not rates.stretches:
        notes.append("There are no whole stretches of days without a change to compare this with.")
    elif rates.changes and rates.stretches < ENOUGH:
        are = "there is" if rates.stretches == 1 else "there are"
        notes.append(f"Without a change {are} only {_stretches(rates.stretches)}: too few to compare.")
    if rates.increases:
        were = "was an increase" if rates.increases == 1 else "were increases"
        of = f"{rates.increases} of the {_changes(rates.changes)}" if rates.changes > 1 else "The change"
        notes.append(f"{of} {were}.")
    if rates.unknown:
        notes.append(f"{_changes(rates.unknown)} could not be compared: too few rated days.")
    return notes


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"


def _stretches(count: int) -> str:
    return "1 stretch" if count == 1 else f"{count:,} stretches"


def _rise(better: str) -> str:
    return "fall" if better == "up" else "rise"


# -- cells, and parts of sentences ----------------------------------------------------------------------------------


def back_text(response: Response) -> str:
    """When it was back: "4", ">6", "not yet, day 9", or an en dash where there was no rise. Never a day not seen."""
    if response.state == State.RETURNED:
        return str(response.return_day)
    if response.state == State.CUT:
        return f">{response.seen}"
    if response.state == State.NOT_YET:
        return f"not yet, day {response.seen}"
    return NOTHING


def not_back_text(response: Response) -> str:
    """Until when a rise was not back, and why no later: "not back by day 6, when the next change came"."""
    if response.state != State.CUT:
        return f"not back{' yet' if response.window.days < LONGEST else ''} by day {response.seen}"
    is_whole = response.seen == response.window.days - 1
    why = "when the next change came" if is_whole else "the last day rated before the next change"
    return f"not back by day {response.seen}, {why}"


def missed_text(missed: int | None, unrecorded: int, due: int) -> str:
    """Missed doses of a window; that nothing was written down is never left out. None of none due: today's is open."""
    if not due:
        return "none due" if missed is not None else "not recorded yet"
    if missed is None:
        return "not recorded"
    said = f"{missed} missed" if missed else "none recorded" if unrecorded else "none"
    return f"{said}, {days_text(unrecorded)} without a record" if unrecorded else said


def new_text(name: str, first: date, last: date | None) -> str:
    """A new symptom, from when on, and when it was last there: "new" alone only where it never was."""
    since = f"last rated 1 or more on {_day(last)}" if last else "never rated 1 or more before"
    return f"{name} from {_day(first)} ({since})"


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
