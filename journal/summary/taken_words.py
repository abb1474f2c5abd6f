"""What was taken, in words: background, further medications, holds, missed doses, the agreed plan."""

import datetime as dt
from collections.abc import Callable, Sequence

from journal.analysis.agreed import agreed_words
from journal.analysis.titles import in_sentence
from journal.catalogue.drugs import DRUGS
from journal.catalogue.summary import Length
from journal.models import DoseStep
from journal.summary.fit import Fit
from journal.summary.head import dated
from journal.summary.model import Summary, TakenMedication
from journal.summary.steps_table import without_table
from journal.summary.words import count, cut, day, one_line, start
from journal.taper.words import mg_words

MOST_MISSED = 6
NAME_LETTERS = 40
HISTORY = {Length.BRIEF: 240, Length.FULL: 600, Length.WHOLE: None}
"""So many letters of each background where there is room."""
MOST_ALSO = 8
MOST_APART = 4
MOST_BACKGROUNDS = {Length.BRIEF: 3, Length.FULL: 6, Length.WHOLE: 100}


def no_medication(summary: Summary) -> str:
    """What stands for the dose where there is none: nobody is to think that what was left out was never taken."""
    return "Medications left out by choice." if summary.medications_left_out else "No medication recorded."


def name_of(medication: TakenMedication) -> str:
    """Effexor (venlafaxine): the drug where the name does not say it."""
    name = start(cut(medication.name, NAME_LETTERS))
    drug = DRUGS[medication.drug].name if medication.drug in DRUGS else ""
    return name if not drug or drug.casefold() in name.casefold() else f"{name} ({in_sentence(drug)})"


def background(summary: Summary, fit: Fit) -> str:
    """Recurrent depression; since 3 Mar 2004; capsules; prescribed by Dr Okafor. Then the person's own words."""
    most = HISTORY[summary.choices.length]
    if fit.short:
        # What the others are for is said where they are: "Also taken".
        return _of_each(summary, summary.medications[:1], lambda one: cut(_shorter_background(one), most))
    known = [one for one in summary.medications if _background(one)]
    room = MOST_BACKGROUNDS[summary.choices.length]
    text = _of_each(summary, known[:room], lambda one: cut(_background(one), most))
    hidden = len(known) - room
    return f"{text} And of {hidden} more." if hidden > 0 else text


def _background(medication: TakenMedication) -> str:
    parts = [one_line(medication.reason)] if medication.reason else []
    if medication.since:
        parts.append(f"since {day(medication.since)}")
    if medication.products:
        parts.append(", ".join(one_line(product) for product in medication.products))
    if medication.prescriber:
        parts.append(f"prescribed by {one_line(medication.prescriber)}")
    text = "; ".join(part.rstrip(".") for part in parts if part)
    history = one_line(medication.history)
    return " ".join(part for part in (f"{start(text)}." if text else "", history) if part)


def _shorter_background(medication: TakenMedication) -> str:
    """Recurrent depression, since 3 Mar 2004. Then the first sentence of the person's own words."""
    parts = [one_line(medication.reason).rstrip(".")] if medication.reason else []
    if medication.since:
        parts.append(f"since {day(medication.since)}")
    first, stop, _ = one_line(medication.history).partition(". ")
    return " ".join(part for part in (f"{start(', '.join(parts))}." if parts else "", first + stop.rstrip()) if part)


def _of_each(summary: Summary, those: Sequence[TakenMedication], words: Callable[[TakenMedication], str]) -> str:
    """What ``words`` says of each of those, with its name in front where the page is about several."""
    told = [(medication, words(medication)) for medication in those]
    if len(summary.medications) < 2:
        return "".join(text for _, text in told)
    return " ".join(f"{start(cut(one.name, NAME_LETTERS))}: {in_sentence(text)}" for one, text in told if text)


def also_taken(summary: Summary, fit: Fit) -> str:
    """Mirtazapine 15 mg since 3 Mar 2012; and of which the steps are not on this page."""
    others = summary.medications[1:]
    if not others:
        return ""
    told = [
        f"{name_of(one)} {mg_words(one.mg)} since {day(one.mg_since)}"
        + (f" ({in_sentence(cut(one.reason, NAME_LETTERS))})" if fit.short and one.reason else "")
        for one in others[:MOST_ALSO]
    ]
    if len(others) > MOST_ALSO:
        told.append(f"{len(others) - MOST_ALSO} more")
    hidden = without_table(summary, fit) if summary.choices.has("steps") else []
    more = ""
    if hidden:
        names = ", ".join(in_sentence(cut(one.name, NAME_LETTERS)) for one in hidden[:3])
        more = f" Dose steps not on this page: {names}{f' and {len(hidden) - 3} more' if len(hidden) > 3 else ''}."
    return f"{'; '.join(told)}.{more}"


# -- holds, increases, missed doses -----------------------------------------------------------------------------------


def holds_and_missed(summary: Summary, fit: Fit) -> str:
    """Hold at 9 mg from 11 Oct. Missed doses: none recorded, 14 days without a record. One line for all of it."""
    if not summary.medications:
        return ""
    held = [one for one in summary.medications if _kinds(one)]
    # Without these sections there are no steps, and so nothing is known of holds.
    is_told = summary.choices.has("changes") or summary.choices.has("steps")
    none = f"No hold, no increase{in_period(summary)}."
    holds = (_of_each(summary, held, lambda one: _holds(one, summary)) or none) if is_told else ""
    missed = _missed(summary.medications, summary, dates=False) if fit.short else _missed_of_several(summary)
    return " ".join(part for part in (holds, f"Missed doses: {in_sentence(missed)}" if missed else "") if part)


def _missed_of_several(summary: Summary) -> str:
    """Each of which something is on record; the others together."""
    due = [one for one in summary.medications if one.coverage.due or one.coverage.not_due]
    if len(summary.medications) == 1:
        return _missed(due, summary)
    told = [
        one for one in due if one.coverage.missed or one.coverage.late or one.coverage.other or one.coverage.not_due
    ]
    told = sorted(told, key=lambda one: -len(one.coverage.missed))[:MOST_APART]
    others = [one for one in due if one not in told]
    parts = [_of_each(summary, told, lambda one: _missed([one], summary))]
    if others:
        text = _missed(others, summary)
        parts.append(f"The others: {in_sentence(text)}" if told else text)
    return " ".join(part for part in parts if part)


def in_period(summary: Summary) -> str:
    """in this period: where the record has steps from before it, whose counts are not those of the whole taper."""
    began = any(one.lines and one.lines[0].row.previous_mg is not None for one in summary.medications)
    return " in this period" if began else ""


HELD = {
    DoseStep.Kind.HOLD: "hold at {mg} from {day}",
    DoseStep.Kind.INCREASE: "increase to {mg} on {day}",
    DoseStep.Kind.REINSTATEMENT: "back up to {mg} on {day}",
}


def _kinds(medication: TakenMedication) -> list:
    return [line for line in medication.lines if line.row.kind in HELD]


def _holds(medication: TakenMedication, summary: Summary) -> str:
    write = dated(summary)
    found = _kinds(medication)
    told = [HELD[one.row.kind].format(mg=mg_words(one.row.mg), day=write(one.row.starts_on)) for one in found[-6:]]
    if len(found) > 6:
        told.append(f"{len(found) - 6} before these")
    return f"{start('; '.join(told))}."


def _missed(those: Sequence[TakenMedication], summary: Summary, *, dates: bool = True) -> str:
    """None recorded, 14 days without a record. Or, with ``dates``: 2 (3 Oct, 14 Nov), late 4, other amount 1, …"""
    found = [one.coverage for one in those]
    if not any(one.due or one.not_due for one in found):
        return ""
    write, missed = dated(summary), sorted(date for one in found for date in one.missed)
    shown = ", ".join(write(date) for date in missed[:MOST_MISSED])
    more = f" and {len(missed) - MOST_MISSED} more" if len(missed) > MOST_MISSED else ""
    said = f"{len(missed)} ({shown}{more})" if dates else f"{len(missed)}"
    parts = [said if missed else "none recorded"]
    for word, number in (
        ("late", sum(one.late for one in found)),
        ("other amount", sum(one.other for one in found)),
        ("taken though none was due", sum(len(one.not_due) for one in found)),
    ):
        if number:
            parts.append(f"{word} {number}")
    days = "day" if len(those) == 1 else "dose day"
    parts.append(f"{count(sum(one.without_record for one in found), days)} without a record")
    return f"{start(', '.join(parts))}."


# -- the agreed plan --------------------------------------------------------------------------------------------------


def plans(summary: Summary, fit: Fit) -> str:
    """Agreed with Dr Okafor on 1 Nov 2026, held on 22 Nov; next step 9 mg on 3 Dec 2026; planned to 0 mg on …"""
    with_plan = [one for one in summary.medications if one.plan]
    return _of_each(summary, with_plan, lambda one: _plan(one, summary.last, short=fit.short))


def _plan(medication: TakenMedication, today: dt.date, *, short: bool) -> str:
    """A step whose day has gone by is "planned for" it. ``short``: the next step only, where there is one."""
    plan = medication.plan
    if plan is None:
        return ""
    parts = [agreed_words(plan.agreed, day)]
    if plan.next:
        mg, date = plan.next
        which = "next and last step" if plan.next == plan.last else "next step"
        parts.append(f"{which} {mg_words(mg)}{', planned for' if date < today else ' on'} {day(date)}")
        if short:
            return f"{start(one_line_of(parts[-1]))}."
    if plan.last and plan.next != plan.last:
        mg, date = plan.last
        parts.append(f"planned to {mg_words(mg)} on {day(date)}{'' if plan.next else ', no step to come'}")
    return f"{start('; '.join(one_line_of(part) for part in parts))}."


def one_line_of(text: str) -> str:
    """The same without line ends; spaces that do not break stay."""
    return text.replace("\n", " ").replace("\t", " ")
