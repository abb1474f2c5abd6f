"""The prescriber's facts, a label and a sentence each. What bears on the taper and on illness stands side by side."""

from collections.abc import Callable, Sequence

from journal.analysis.followed_words import level_sentence, new_text, rise_sentence
from journal.analysis.numbers import rating_text
from journal.analysis.responses import Response
from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Length
from journal.queries.responses import NewSymptom
from journal.summary.fit import Fit
from journal.summary.head import dated
from journal.summary.model import Measured, Summary
from journal.summary.score_words import name_of, score_sentence
from journal.summary.taken_words import also_taken, background, holds_and_missed, plans
from journal.summary.told import events, listed, not_recorded, substances
from journal.summary.words import CUT, NB, count, cut, start

MOST_DAYS = 6
MOST_NAMES = 6
NAME_LETTERS = 40


def facts(summary: Summary, fit: Fit) -> tuple[tuple[str, str], ...]:
    """Label and sentence of each fact that there is; one without anything to say is not there."""
    has, is_brief = summary.choices.has, summary.choices.length == Length.BRIEF
    found: list[tuple[str, str]] = []
    if has("background"):
        found.append(("Background", background(summary, fit)))
    found.append(("Also taken", also_taken(summary, fit)))
    if has("changes"):
        found += [
            ("After changes", after_changes(summary)),
            ("New symptoms", new_symptoms(summary)),
            (level_label(summary), level(summary)),
        ]
    if has("scores"):
        found += [(name_of(one, 24), score_sentence(summary, one)) for one in summary.scores[: fit.scores]]
    found += holds_and_missed(summary)
    found += [("Plan", plans(summary)), ("Sleep", sleep(summary)), ("Function", function(summary))]
    if has("substances") and is_brief:
        found.append(("Substances", substances(summary)))
    if has("events"):
        found.append(("Events", events(summary)))
    if not is_brief:
        found.append(("Worst days", worst(summary)))
    found.append(("Not recorded", not_recorded(summary)))
    return tuple((label, shortened(text, fit.fact_letters)) for label, text in found if text)


def shortened(text: str, most: int | None) -> str:
    """As many whole sentences as there is room for; else cut, and said so."""
    if most is None or len(text) <= most:
        return text
    kept = ""
    for sentence in text.split(". "):
        longer = f"{kept}. {sentence}" if kept else sentence
        if len(longer) > most:
            break
        kept = longer
    return f"{kept.rstrip('.')}.{CUT}" if kept else cut(text, most)


# -- what followed changes --------------------------------------------------------------------------------------------


def after_changes(summary: Summary) -> str:
    """Irritability rose by 1 or more after 4 of 9 changes (1 Oct, …). Largest: irritability rose from 1.1 to 2.7 …

    Of the measure with the most rises; of equals the one with the largest.
    """
    if not summary.medications or not summary.compared_medications or not summary.measures:
        return ""
    after = [line.followed for line in summary.medications[0].lines if line.followed]
    known = [(place, one) for place, one in enumerate(summary.measures) if one.rates.changes]
    if not after:
        return ""
    if not known:
        return "No change can be compared: too few days were rated around it."
    of_each = {place: [followed[place].response for followed in after] for place, _ in known}
    place, strongest = max(known, key=lambda one: (one[1].rates.rises, _largest(of_each[one[0]])))
    changes = count(strongest.rates.changes, "change")
    unknown = f" {_unknown(strongest)}" if strongest.rates.unknown else ""
    if not strongest.rates.rises:
        names = listed([in_sentence(one.measure.name) for _, one in known])
        return f"No rise of 1 or more in {names} after {changes}.{unknown}"
    rose = [one for one in of_each[place] if one.rose]
    write = dated(summary)
    days = f" ({', '.join(write(one.change.day) for one in rose)})" if len(rose) <= MOST_DAYS else ""
    name = cut(strongest.measure.name, NAME_LETTERS)
    largest = max(rose, key=lambda one: _size(one))
    sentence = rise_sentence(name, largest, strongest.before, summary.before_words, strongest.measure.better)
    which = f"Largest: {in_sentence(sentence)}" if len(rose) > 1 else sentence
    return f"{name} rose by 1 or more after {strongest.rates.rises} of {changes}{days}.{unknown} {which}"


def _unknown(measured: Measured) -> str:
    return f"{start(count(measured.rates.unknown, 'change'))} could not be compared."


def _size(response: Response):
    return abs(response.peak - response.baseline) if response.rose else 0


def _largest(found: Sequence[Response]):
    return max(map(_size, found), default=0)


def new_symptoms(summary: Summary) -> str:
    """Worry from 3 Oct 2012 (last rated 1 or more on 24 Aug 2012). Dizziness, nausea, dry mouth: never 1 or more."""
    new: list[NewSymptom] = []
    is_compared = False
    for medication in summary.medications[: summary.compared_medications]:
        for line in medication.lines:
            if line.followed:
                is_compared = True
                new += [one for one in line.followed[0].new if one not in new]
    told = [new_text(cut(one.name, NAME_LETTERS), one.first, one.last) for one in new[:MOST_NAMES]]
    if len(new) > MOST_NAMES:
        told.append(f"{len(new) - MOST_NAMES} more")
    parts = [f"{start('; '.join(told))}."] if told else ["None after a change."] if is_compared else []
    if summary.never:
        parts.append(f"{start(listed([in_sentence(name) for name in summary.never]))}: never 1 or more.")
    return " ".join(parts)


def level_label(summary: Summary) -> str:
    """Level since 0 mg; Level since 19 Nov."""
    since = next((one.days_worse.since for one in summary.measures if one.days_worse), None)
    main = summary.medications[0] if summary.medications else None
    if since is None or (main and main.mg == 0 and main.mg_since == since):
        return f"Level since 0{NB}mg"
    return f"Level since {dated(summary)(since)}"


def level(summary: Summary) -> str:
    """Days with a 3-day mean 1 or more above before the taper: restlessness 84 of 140, agitation 57 of 140."""
    return level_sentence(
        [(cut(one.measure.name, NAME_LETTERS), one.days_worse) for one in summary.measures], summary.before_words
    )


# -- how it was -------------------------------------------------------------------------------------------------------


def sleep(summary: Summary) -> str:
    """Nights under 5 h: 6 of 28 recorded in the last 28 days, 1 of 43 before the taper."""
    found = summary.sleep
    if found is None or not (found.nights or found.nights_before):
        return ""
    parts = []
    if found.nights:
        parts.append(f"{found.short} of {found.nights} recorded in the last 28 days")
    if found.nights_before:
        parts.append(f"{found.short_before} of {found.nights_before} recorded {summary.before_words}")
    return f"Nights under 5{NB}h: {', '.join(parts)}."


def function(summary: Summary) -> str:
    """5.1 in the first block, 4.2 in the last (10 best): the means that are in the table, with their days."""
    found = next((one for one in summary.wellbeing if one.key == "function"), None)
    if found is None or not any(found.means):
        return ""
    told = []
    for block, mean in zip(summary.blocks, found.means, strict=True):
        if mean and block in (summary.blocks[0], summary.blocks[-1]):
            write: Callable = dated(summary)
            days = count(mean.n, "day")
            told.append(
                f"{rating_text(mean.value)} from {write(block.span.first)} to {write(block.span.last)} ({days})"
            )
    return f"{' → '.join(told)}, 10 is best." if told else ""


def worst(summary: Summary) -> str:
    """Restlessness 4.8 on 18 Jan, agitation 5.4 on 4 Apr."""
    write = dated(summary)
    told = [
        f"{in_sentence(cut(one.name, NAME_LETTERS))} {rating_text(one.value)} on {write(one.day)}"
        for one in summary.worst
    ]
    return f"{start(', '.join(told[:MOST_NAMES]))}." if told else ""
