"""The words of a Summary, made once: HTML, print and PDF all render this page and nothing else.

A page is plain data (dicts, lists, strings), so that it can go into a template and, as JSON, into typst. Voice: facts
and dates, neutral; not used are settled, stable, withdrawal, relapse, significant, caused, due to, improved, failed.
"""

import datetime as dt
from fractions import Fraction

from journal.analysis.agreed import agreed_words
from journal.analysis.blocks import hidden
from journal.analysis.levels import Mean
from journal.analysis.numbers import (
    NOTHING,
    mg_text,
    percent_text,
    rating_text,
    round_half_up,
    signed_percent_text,
    signed_rating_text,
)
from journal.analysis.practice import half_text
from journal.analysis.titles import LEAST, days_text, in_sentence
from journal.models import DoseStep
from journal.summary.model import Level, Reader, Summary, TakenMedication
from journal.taper.words import mg_words

NB = "\u00a0"
BOLD_FROM = Fraction(1, 2)
MOST_STEPS = 14
"""More dose steps than this are folded: the first, every increase and the last eight stay."""
LAST_STEPS = 8
MOST_SYMPTOMS = 16
MOST_SKILLS = 8
MOST_QUESTIONS = 12

DEFINITIONS = (
    "Recorded by the person taking the medication; not a clinical assessment. Ratings 0 to 10: 0 none, 1–3 mild, "
    "4–6 moderate, 7–9 severe, 10 unbearable; mood, energy, sleep quality and function: 10 is best. "
    "Means are over the days recorded; gaps are not filled in."
)


def day(date: dt.date, year: bool = True) -> str:
    """13 Aug 2012, which does not break across lines."""
    return f"{date.day}{NB}{date:%b}{f'{NB}{date.year}' if year else ''}"


def span(first: dt.date, last: dt.date, year: bool = False) -> str:
    """13 Aug – 24 Sep."""
    if first == last:
        return day(first, year)
    return f"{day(first, year)}{NB}– {day(last, year)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 day, 2 days, no days."""
    return f"{number or 'no'}{NB}{one if number == 1 else many or one + 's'}"


def present(summary: Summary) -> dict:
    """The page: ``title``, ``name``, ``heading``, ``period``, ``coverage``, ``situation``, ``facts``, ``sections``."""
    # The chart's own words; matplotlib comes with them, so not before a page is wanted.
    from journal.charts.overview import prepare_overview
    from journal.charts.sizes import size_named

    doses = [_doses_table(summary, medication) for medication in summary.medications]
    levels = _levels_table(summary)
    practised = _practised_table(summary)
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


def _start(text: str) -> str:
    """``text`` as the beginning of a sentence; what follows keeps its capitals."""
    return text[:1].upper() + text[1:]


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
    text = f"{_start(medication.name)} {mg_text(medication.mg)}{NB}mg a day since {since}"
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
    silent = [in_sentence(level.name) for level in summary.wellbeing if not any(level.means)]
    if silent:
        facts.append(["Not recorded", f"{_start(', '.join(silent))}."])
    return [fact for fact in facts if fact[1]]


def _of_each(all_of_them, those, words) -> str:
    """What ``words`` says of each of ``those``, with its name in front where the page is about several."""
    if len(all_of_them) < 2:
        return "".join(words(medication) for medication in those)
    return " ".join(f"{_start(medication.name)}: {in_sentence(words(medication))}" for medication in those)


def _background(medication: TakenMedication) -> str:
    parts = [medication.reason] if medication.reason else []
    if medication.since:
        parts.append(f"since {day(medication.since)}")
    if medication.prescriber:
        parts.append(f"prescribed by {medication.prescriber}")
    text = "; ".join(parts)
    return f"{_start(text)}." if text else ""


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
    return f"{_start(text)}."


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
    return f"{_start(text)}."


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
    return f"{_start(text)}."


def _chart_title(summary: Summary) -> str:
    names = [in_sentence(strip.name) for strip in summary.overview.strips]
    text = ", ".join(["dose", *names])
    return _start(text)


# -- tables: {"kind": "table", "title", "columns": [{"label", "number"}], "rows": [[cell]], "note"} ------------------
# A cell is {"text", "bold", "n"}: the n of a mean stands small beside it.


def cell(text: str, bold: bool = False, n: int | None = None) -> dict:
    """One cell; ``n`` is how many days a mean rests on."""
    return {"text": text, "bold": bold, "n": "" if n is None else str(n)}


def _table(title: str, columns: list[tuple[str, bool]], rows: list[list[dict]], note: str, name: str) -> dict:
    """``columns``: label, and whether it holds numbers, which stand at the right; each cell is told so too."""
    return {
        "kind": "table",
        "name": name,
        "title": title,
        "columns": [{"label": label, "number": number} for label, number in columns],
        "rows": [[one | {"number": number} for one, (_, number) in zip(row, columns, strict=True)] for row in rows],
        "note": note,
    }


def _doses_table(summary: Summary, medication: TakenMedication) -> dict:
    lines, folded = _fold(medication.lines)
    notes = []
    if folded:
        first, last = folded[0].row, folded[-1].row
        notes.append(
            f"Not shown: {count(len(folded), 'step')}, {mg_text(first.mg)} → {mg_text(last.mg)}{NB}mg, "
            f"{span(first.starts_on, last.starts_on, True)}."
        )
    if lines[0].row.starts_on < summary.first:
        notes.append("The first row began before this period.")
    parts = [f"{day(line.row.starts_on)}: {line.parts}." for line in lines if line.parts]
    notes += parts + _swallowed(lines)
    columns = [
        ("From", False),
        ("mg a day", True),
        ("Change, %", True),
        ("% of previous", True),
        ("% of start", True),
        ("Days held", True),
        ("Missed", True),
        ("No record", True),
        ("Kind", False),
    ]
    return _table(
        f"What was taken: {_start(medication.name)}",
        columns,
        [_dose_row(line, medication) for line in lines],
        " ".join(notes),
        name="doses",
    )


def _swallowed(lines) -> list[str]:
    """Taken as drops: 8 mg of drops count as 10 mg of tablets (factor 0.8). Once for each product, by its last dose."""
    known, other = {}, []
    for line in lines:
        how, step = line.taken_as, line.row.step
        if how is None:
            continue
        counted = f"{mg_text(line.row.mg)}{NB}mg of tablets"
        if how.name:
            swallowed = how.swallowed(step.taken_mg)
            known[how] = f"Taken as {how.name}: {swallowed} count as {counted} (factor {mg_text(how.factor)})."
        else:
            other.append(f"{day(line.row.starts_on)}: {how.swallowed(step.taken_mg)}, counted as {counted}.")
    return [*known.values(), *other]


def _dose_row(line, medication: TakenMedication) -> list[dict]:
    row = line.row
    held = f"{row.days_held}{' so far' if row.so_far else ''}"
    due = any(
        date >= row.starts_on and (row.until is None or date <= row.until) for date in medication.coverage.due_days
    )
    return [
        cell(day(row.starts_on)),
        cell(mg_text(row.mg), bold=True),
        cell(signed_percent_text(row.change_percent) if row.change_percent is not None else ""),
        cell(percent_text(row.percent_of_previous) if row.percent_of_previous is not None else ""),
        cell(percent_text(row.percent_of_start) if row.percent_of_start is not None else ""),
        cell(held),
        cell(str(line.missed) if due else NOTHING),
        cell(str(line.without_record) if due else NOTHING),
        cell(DoseStep.Kind(row.kind).label),
    ]


def _fold(lines):
    """The lines to show and those in between that are folded into a note."""
    if len(lines) <= MOST_STEPS:
        return list(lines), []
    keep = {DoseStep.Kind.INCREASE, DoseStep.Kind.REINSTATEMENT}
    middle = lines[1:-LAST_STEPS]
    ups = [line for line in middle if line.row.kind in keep][-(MOST_STEPS - 1 - LAST_STEPS) :]
    return [lines[0], *ups, *lines[-LAST_STEPS:]], [line for line in middle if line not in ups]


def _levels_table(summary: Summary) -> list[dict]:
    """Mood, sleep and symptoms by block; the therapist's page begins with how the person is doing."""
    wellbeing = [level for level in summary.wellbeing if any(level.means)]
    symptoms = list(summary.symptoms)
    others = symptoms[MOST_SYMPTOMS:]
    symptoms = symptoms[:MOST_SYMPTOMS]
    levels = symptoms + wellbeing if summary.reader == Reader.PRESCRIBER else wellbeing + symptoms
    if not levels:
        return []
    columns = [("Mean a day", False)]
    year = summary.days > 365  # else a day and a month say which
    for block in summary.blocks:
        columns.append((f"{_BLOCK[block.kind]}{span(block.span.first, block.span.last, year)}", True))
    compared = len(summary.blocks) > 1
    if compared:
        columns.append(("Change, last − first", True))
    notes = ["Small figures: days recorded."]
    away = [span(stretch.first, stretch.last, True) for stretch in hidden(summary.blocks)]
    if away:
        notes.append(f"Not shown: {'; '.join(away)}.")
    if compared:
        notes.append(f"Change: from {LEAST} days recorded in both on. Bold: 0.5 or more.")
    if others:
        notes.append(f"{count(len(others), 'more symptom')} rated: {', '.join(level.name for level in others[:20])}.")
    return [
        _table(
            _levels_title(summary),
            columns,
            [_level_row(level, compared) for level in levels],
            " ".join(notes),
            "levels",
        )
    ]


_BLOCK = {"before": "Before: ", "during": "During: ", "since": "Since: ", "plain": ""}


def _levels_title(summary: Summary) -> str:
    kinds = {block.kind for block in summary.blocks}
    if "before" not in kinds:
        return "Mood, sleep and symptoms"
    shown = " shown" if summary.overview.earlier_reduction else ""
    return f"Before the first reduction{shown}, {'during the changes, ' if 'during' in kinds else ''}and since"


def _level_row(level: Level, compared: bool) -> list[dict]:
    name = level.name + (" (10 best)" if _ten_is_best(level) else "")
    cells = [cell(name), *(_mean_cell(mean) for mean in level.means)]
    if compared:
        if level.change is None:
            cells.append(cell(""))
        else:
            bold = abs(round_half_up(level.change, 1)) >= BOLD_FROM
            cells.append(cell(signed_rating_text(level.change), bold=bold))
    return cells


def _ten_is_best(level: Level) -> bool:
    return level.better == "up" and not level.unit


def _mean_cell(mean: Mean | None) -> dict:
    return cell(rating_text(mean.value), n=mean.n) if mean else cell(NOTHING)


def _practised_table(summary: Summary) -> list[dict]:
    if not summary.practised:
        return []
    rows = [
        [
            cell(skill.name),
            cell(str(skill.times)),
            cell(half_text(skill.before) if skill.n else ""),
            cell(half_text(skill.after) if skill.n else ""),
            cell(str(skill.n) if skill.n else ""),
        ]
        for skill in summary.practised[:MOST_SKILLS]
    ]
    columns = [("Skill", False), ("Times", True), ("Distress before", True), ("After", True), ("Median of", True)]
    notes = ["Distress 0 to 10. Shown from 5 practices on that were rated before and after."]
    more = len(summary.practised) - MOST_SKILLS
    if more > 0:
        notes.append(f"{count(more, 'more skill')} practised.")
    return [_table("Coping skills practised", columns, rows, " ".join(notes), "practised")]
