"""The words of a Summary, made once: HTML, print and PDF all render this page and nothing else.

A page is plain data (dicts, lists, strings), so that it can go into a template and, as JSON, into typst. Voice: facts
and dates, neutral; not used are settled, stable, withdrawal, relapse, significant, caused, due to, improved, failed.
"""

import datetime as dt
from fractions import Fraction

from journal.analysis.agreed import agreed_words
from journal.analysis.numbers import (
    mg_text,
    round_half_up,
)
from journal.analysis.titles import days_text, in_sentence
from journal.catalogue.events import EVENTS
from journal.catalogue.symptoms import PRIVATE
from journal.models import DoseStep
from journal.summary.model import Reader, Summary, TakenMedication
from journal.summary.tables import doses_table, levels_table, practised_table
from journal.summary.words import NB, count, day, span, start
from journal.taper.words import mg_words

MOST_QUESTIONS = 12
MOST_EVENTS = 6
UNTOLD = {event.name for event in EVENTS.values() if event.flag == PRIVATE}
"""What the person may not want to hand over without knowing: as with the symptom of that name, it is not printed."""

DEFINITIONS = (
    "Recorded by the person taking the medication; not a clinical assessment. Ratings 0 to 10: 0 none, 1–3 mild, "
    "4–6 moderate, 7–9 severe, 10 unbearable; mood, energy, sleep quality and function: 10 is best. "
    "Means are over the days recorded; gaps are not filled in."
)


def present(summary: Summary) -> dict:
    """The page: ``title``, ``name``, ``heading``, ``period``, ``coverage``, ``situation``, ``facts``, ``sections``."""
    # The chart's own words; matplotlib comes with them, so not before a page is wanted.
    from journal.charts.overview import prepare_overview
    from journal.charts.sizes import size_named

    doses = [doses_table(summary, medication) for medication in summary.medications]
    levels = levels_table(summary)
    practised = practised_table(summary)
    chart = {"kind": "chart", "title": _chart_title(summary)}
    drawn = prepare_overview(summary.overview, size_named("print"))
    if summary.reader == Reader.PRESCRIBER:
        sections = [chart, *doses, *levels, *practised]
    else:
        sections = [chart, *levels, *practised, *doses]
    return {
        "title": f"Taper summary, {day(summary.first)} to {day(summary.last)}",
        "name": summary.name,
        "heading": f"Taper summary for the {summary.reader}",
        "period": f"{span(summary.first, summary.last, year=True)}, {days_text(summary.days)}",
        "coverage": _coverage(summary),
        "situation": [_situation(summary, medication) for medication in summary.medications]
        or ["No medication recorded."],
        "seen": f"{drawn.title}.",
        "facts": _facts(summary),
        "sections": sections,
        "questions": list(summary.questions[:MOST_QUESTIONS]),
        "more_questions": max(0, len(summary.questions) - MOST_QUESTIONS),
        "definitions": f"{DEFINITIONS} Chart. {drawn.note}",
        "made": f"Made {day(summary.made_on)} with TaperTrack",
        "agreed": ["Dose, and from when", "If it gets worse", "Next review", "Signed, date"],
    }


def _coverage(summary: Summary) -> str:
    """Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights."""
    parts = [f"Entries on {summary.entry_days} of {days_text(summary.days)}"]
    due = sum(medication.coverage.due for medication in summary.medications)
    if due:
        recorded = sum(medication.coverage.recorded for medication in summary.medications)
        what = "days" if len(summary.medications) == 1 else "dose days"
        parts.append(f"doses recorded on {recorded} of {due} {what}")
    parts.append(f"sleep on {count(summary.sleep_nights, 'night')}")
    return " · ".join(parts)


def _situation(summary: Summary, medication: TakenMedication) -> str:
    """Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks."""
    days = (summary.last - medication.mg_since).days + 1
    since = f"{day(medication.mg_since)} ({days_text(days)})"
    text = f"{start(medication.name)} {mg_text(medication.mg)}{NB}mg a day since {since}"
    down = medication.descent
    if down:
        text += f", from {mg_text(down.mg)}{NB}mg in {count(down.reductions, 'reduction')}"
        if down.increases:
            text += f" and {count(down.increases, 'increase')}"
        weeks = round_half_up(Fraction((down.last - down.first).days, 7))
        if weeks >= 2:
            text += f" over {weeks}{NB}weeks"
    return text + "."


def _facts(summary: Summary) -> list[list[str]]:
    """Label and sentence: background, what is planned, holds and increases, doses missed, what was not recorded."""
    medications = summary.medications
    due = [medication for medication in medications if medication.coverage.due or medication.coverage.not_due]
    facts = [
        ["Background", _of_each(medications, [one for one in medications if _background(one)], _background)],
        ["Plan", _of_each(medications, [one for one in medications if one.plan], lambda one: _plan(one, summary.last))],
        ["Holds, increases", _of_each(medications, medications, _holds)],
        ["Missed doses", _of_each(medications, due, _missed)],
    ]
    facts.append(["Events", _events(summary)])
    silent = [in_sentence(level.name) for level in summary.wellbeing if not any(level.means)]
    if silent:
        facts.append(["Not recorded", f"{start(', '.join(silent))}."])
    return [fact for fact in facts if fact[1]]


def _of_each(all_of_them, those, words) -> str:
    """What ``words`` says of each of ``those``, with its name in front where the page is about several."""
    if len(all_of_them) < 2:
        return "".join(words(medication) for medication in those)
    return " ".join(f"{start(medication.name)}: {in_sentence(words(medication))}" for medication in those)


def _background(medication: TakenMedication) -> str:
    parts = [medication.reason] if medication.reason else []
    if medication.since:
        parts.append(f"since {day(medication.since)}")
    if medication.prescriber:
        parts.append(f"prescribed by {medication.prescriber}")
    text = "; ".join(parts)
    return f"{start(text)}." if text else ""


def _plan(medication: TakenMedication, today: dt.date) -> str:
    """Agreed with Dr Okafor on 1 Nov 2026, held on 22 Nov; next step 9 mg on 3 Dec 2026; planned to 0 mg on …

    A step whose day has gone by is "planned for" it.
    """
    plan = medication.plan
    parts = [agreed_words(plan.agreed, day)]
    if plan.next:
        mg, date = plan.next
        which = "next and last step" if plan.next == plan.last else "next step"
        parts.append(f"{which} {mg_words(mg)}{', planned for' if date < today else ' on'} {day(date)}")
    if plan.last and plan.next != plan.last:
        mg, date = plan.last
        parts.append(f"planned to {mg_words(mg)} on {day(date)}{'' if plan.next else ', no step to come'}")
    text = "; ".join(parts)
    return f"{start(text)}."


def _holds(medication: TakenMedication) -> str:
    kinds = DoseStep.Kind
    words = {
        kinds.HOLD: "hold at {mg} from {day}",
        kinds.INCREASE: "increase to {mg} on {day}",
        kinds.REINSTATEMENT: "back up to {mg} on {day}",
    }
    found = [
        words[line.row.kind].format(mg=f"{mg_text(line.row.mg)}{NB}mg", day=day(line.row.starts_on, False))
        for line in medication.lines
        if line.row.kind in words
    ]
    text = "; ".join(found) or "none recorded"
    return f"{start(text)}."


def _missed(medication: TakenMedication) -> str:
    """None recorded, 14 days without a record. Or: 2 (3 Oct, 14 Nov); late 4; other amount 1; …"""
    coverage = medication.coverage
    missed = coverage.missed
    shown = ", ".join(day(date, False) for date in missed[:6]) + (" and others" if len(missed) > 6 else "")
    parts = [f"{len(missed)} ({shown})" if missed else "none recorded"]
    if coverage.late:
        parts.append(f"late {coverage.late}")
    if coverage.other:
        parts.append(f"other amount {coverage.other}")
    if coverage.not_due:
        parts.append(f"taken though none was due {len(coverage.not_due)}")
    parts.append(f"{count(coverage.without_record, 'day')} without a record")
    text = ", ".join(parts)
    return f"{start(text)}."


def _events(summary: Summary) -> str:
    """Illness 3 – 9 Oct 2026; travel 4 Nov 2026; 4 before these. Names and days: the person's words are private."""
    events = [event for event in summary.events if event.name not in UNTOLD]
    told = [f"{in_sentence(event.name)} {span(event.first, event.last, True)}" for event in events[-MOST_EVENTS:]]
    earlier = [f"{len(events) - MOST_EVENTS} before these"] if len(events) > MOST_EVENTS else []
    text = "; ".join([*told, *earlier])
    return f"{start(text)}." if text else ""


def _chart_title(summary: Summary) -> str:
    names = [in_sentence(strip.name) for strip in summary.overview.strips]
    text = ", ".join(["dose", *names])
    return start(text)
