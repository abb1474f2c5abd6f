"""What was taken, in words: background, further medications, holds, missed doses, the agreed plan."""

import datetime as dt
from collections.abc import Callable

from journal.analysis.agreed import agreed_words
from journal.analysis.titles import in_sentence
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


def name_of(medication: TakenMedication) -> str:
    """Effexor (venlafaxine): the drug where the name does not say it."""
    name, drug = start(cut(medication.name, NAME_LETTERS)), cut(medication.drug, NAME_LETTERS)
    return name if not drug or drug.casefold() in name.casefold() else f"{name} ({in_sentence(drug)})"


def background(summary: Summary, fit: Fit) -> str:
    """Recurrent depression; since 3 Mar 2004; capsules; prescribed by Dr Okafor. Then the person's own words."""
    limit = HISTORY[summary.choices.length]
    most = min((one for one in (limit, fit.background_letters) if one is not None), default=None)
    return _of_each(summary, lambda one: cut(_background(one), most))


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


def _of_each(summary: Summary, words: Callable[[TakenMedication], str]) -> str:
    """What ``words`` says of each medication, with its name in front where the page is about several."""
    told = [(medication, words(medication)) for medication in summary.medications]
    if len(told) < 2:
        return "".join(text for _, text in told)
    return " ".join(f"{start(cut(one.name, NAME_LETTERS))}: {in_sentence(text)}" for one, text in told if text)


def also_taken(summary: Summary, fit: Fit) -> str:
    """Mirtazapine 15 mg since 3 Mar 2012; and of which the steps are not on this page."""
    others = summary.medications[1:]
    if not others:
        return ""
    told = [f"{name_of(one)} {mg_words(one.mg)} since {day(one.mg_since)}" for one in others[:MOST_ALSO]]
    if len(others) > MOST_ALSO:
        told.append(f"{len(others) - MOST_ALSO} more")
    hidden = without_table(summary, fit) if summary.choices.has("steps") else []
    more = ""
    if hidden:
        names = ", ".join(in_sentence(cut(one.name, NAME_LETTERS)) for one in hidden[:3])
        more = f" Dose steps not on this page: {names}{f' and {len(hidden) - 3} more' if len(hidden) > 3 else ''}."
    return f"{'; '.join(told)}.{more}"


# -- holds, increases, missed doses -----------------------------------------------------------------------------------


def holds_and_missed(summary: Summary) -> list[tuple[str, str]]:
    """Of one medication in one line, of several in two."""
    if not summary.medications:
        return []
    missed = _of_each(summary, lambda one: _missed(one, summary))
    holds = _of_each(summary, lambda one: _holds(one, summary))
    if len(summary.medications) == 1:
        return [("Holds, increases", f"{holds}{f' Missed doses: {in_sentence(missed)}' if missed else ''}")]
    changed = [one for one in summary.medications if _kinds(one)]
    return [("Holds, increases", holds if changed else "No hold, no increase."), ("Missed doses", missed)]


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
    return f"{start('; '.join(told))}." if told else "No hold, no increase."


def _missed(medication: TakenMedication, summary: Summary) -> str:
    """None recorded, 14 days without a record. Or: 2 (3 Oct, 14 Nov), late 4, other amount 1, …"""
    coverage = medication.coverage
    if not (coverage.due or coverage.not_due):
        return ""
    write, missed = dated(summary), coverage.missed
    shown = ", ".join(write(date) for date in missed[:MOST_MISSED])
    more = f" and {len(missed) - MOST_MISSED} more" if len(missed) > MOST_MISSED else ""
    parts = [f"{len(missed)} ({shown}{more})" if missed else "none recorded"]
    if coverage.late:
        parts.append(f"late {coverage.late}")
    if coverage.other:
        parts.append(f"other amount {coverage.other}")
    if coverage.not_due:
        parts.append(f"taken though none was due {len(coverage.not_due)}")
    parts.append(f"{count(coverage.without_record, 'day')} without a record")
    return f"{start(', '.join(parts))}."


# -- the agreed plan --------------------------------------------------------------------------------------------------


def plans(summary: Summary) -> str:
    """Agreed with Dr Okafor on 1 Nov 2026, held on 22 Nov; next step 9 mg on 3 Dec 2026; planned to 0 mg on …"""
    with_plan = [one for one in summary.medications if one.plan]
    if len(with_plan) == 1:
        return _plan(with_plan[0], summary.last)
    return _of_each(summary, lambda one: _plan(one, summary.last))


def _plan(medication: TakenMedication, today: dt.date) -> str:
    """A step whose day has gone by is "planned for" it."""
    plan = medication.plan
    if plan is None:
        return ""
    parts = [agreed_words(plan.agreed, day)]
    if plan.next:
        mg, date = plan.next
        which = "next and last step" if plan.next == plan.last else "next step"
        parts.append(f"{which} {mg_words(mg)}{', planned for' if date < today else ' on'} {day(date)}")
    if plan.last and plan.next != plan.last:
        mg, date = plan.last
        parts.append(f"planned to {mg_words(mg)} on {day(date)}{'' if plan.next else ', no step to come'}")
    return f"{start('; '.join(one_line_of(part) for part in parts))}."


def one_line_of(text: str) -> str:
    """The same without line ends; spaces that do not break stay."""
    return text.replace("\n", " ").replace("\t", " ")
