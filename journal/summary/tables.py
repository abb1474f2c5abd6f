"""The tables of a Summary's page: what was taken, mood and symptoms by block, skills practised."""

from fractions import Fraction

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
from journal.analysis.practice import median_text
from journal.models import DoseStep
from journal.summary.build_levels import LEAST
from journal.summary.model import Level, Reader, Summary, TakenMedication
from journal.summary.words import NB, count, day, span, start

BOLD_FROM = Fraction(1, 2)
MOST_STEPS = 14
"""More dose steps than this are folded: the first, every increase and the last eight stay."""
LAST_STEPS = 8
MOST_SYMPTOMS = 16
MOST_SKILLS = 8


# -- tables: {"kind": "table", "title", "columns": [{"label", "number"}], "rows": [[cell]], "note"} ------------------
# A cell is {"text", "bold", "n"}: the n of a mean stands small beside it.


def cell(text: str, bold: bool = False, n: int | str | None = None) -> dict:
    """One cell; ``n`` is how many days a mean rests on, with how many of them were carried."""
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


def doses_table(summary: Summary, medication: TakenMedication) -> dict:
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
        f"What was taken: {start(medication.name)}",
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


def levels_table(summary: Summary) -> list[dict]:
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
    if any(mean and mean.carried for level in levels for mean in level.means):
        notes.append("c: of these, carried over unchanged from the day before.")
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
    if mean is None:
        return cell(NOTHING)
    return cell(rating_text(mean.value), n=f"{mean.n}, {mean.carried}c" if mean.carried else mean.n)


def practised_table(summary: Summary) -> list[dict]:
    if not summary.practised:
        return []
    rows = [
        [
            cell(skill.name),
            cell(str(skill.times)),
            cell(median_text(skill.before) if skill.n else ""),
            cell(median_text(skill.after) if skill.n else ""),
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
