"""Facts of the record that are lists: substances, events, what was not recorded. And which facts have room."""

from collections.abc import Collection, Sequence

from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Length
from journal.summary.fit import Fit
from journal.summary.foot import substances_lines
from journal.summary.model import Summary
from journal.summary.words import cut, one_line, span, start

MOST_NAMES = 6
MOST_EVENTS = {Length.BRIEF: 3, Length.FULL: 12, Length.WHOLE: 200}
DAILY = ("mood", "sleep_hours", "sleep_quality", "function")


NOT_RECORDED = "Not recorded"
Fact = tuple[str, str]
"""A label and a sentence."""


def with_room(
    fit: Fit,
    facts: Sequence[Fact],
    further: Sequence[Fact],
    whole: Collection[str] = (),
    dropped: Sequence[str] = (),
) -> tuple[Fact, ...]:
    """The facts with something to say that there is room for, and in one place what there is none for.

    ``further`` go first, together and by name. ``whole``: labels of what is never cut: what is taken besides.
    ``dropped``: what else there is no room for, by name.
    """
    facts, further = ([fact for fact in found if fact[1]] for found in (facts, further))
    shown = facts if not fit.further else [*facts, *further]
    most = fit.fact_letters
    kept = [
        (label, text if most is None or len(text) <= most or label in whole else cut(text, most))
        for label, text in shown
    ]
    labels = list(dropped)
    if not fit.further:
        labels += ["what was not recorded" if label == NOT_RECORDED else in_sentence(label) for label, _ in further]
    parts = [f"No room for {', '.join(labels)}."] if labels else []
    if kept != shown:
        parts.append("Some facts are shortened.")
    return (*kept, *([("Further facts", " ".join(parts))] if parts else []))


def listed(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """The names with commas, each cut to a line; more than ``most`` are counted."""
    shown = ", ".join(cut(name, 40) for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def substances(summary: Summary) -> str:
    """Alcohol: on 9 of 162 days recorded, mean 0.4 units. The words of the foot of a full page."""
    if not any(one.n for one in summary.substances):
        return ""
    found = substances_lines(summary)
    return "; ".join(line.rstrip(".") for line in found.lines) + "." if found else ""


def events(summary: Summary) -> str:
    """Illness 3 – 9 Oct 2012; travel 4 Nov 2012; 4 before these. Names and days: the person's words are private."""
    found = summary.events
    most = MOST_EVENTS[summary.choices.length]
    told = [f"{in_sentence(one_line(event.name))} {span(event.first, event.last, True)}" for event in found[-most:]]
    earlier = [f"{len(found) - most} before these"] if len(found) > most else []
    text = "; ".join([*told, *earlier])
    return f"{start(text)}." if text else ""


def not_recorded(summary: Summary) -> str:
    """Function, doses, alcohol and other substances. Blank where nothing at all was recorded, which is said above."""
    if not summary.entry_days:
        return ""
    silent = [in_sentence(one.name) for one in summary.wellbeing if one.key in DAILY and not any(one.means)]
    due = sum(medication.coverage.due for medication in summary.medications)
    if due and not sum(medication.coverage.recorded for medication in summary.medications):
        silent.append("doses")
    if summary.choices.has("substances") and not any(one.n for one in summary.substances):
        silent.append("alcohol, other substances")
    return f"{start(', '.join(silent))}." if silent else ""
