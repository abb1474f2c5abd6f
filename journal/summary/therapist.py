"""The therapist's page: how the person is doing, what they practise, what weighs on them. Facts, no verdicts."""

import datetime as dt

from journal.analysis.agreed import agreed_words
from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Length
from journal.summary.doing import Dated, rated_fact, situation, sleep_fact, symptom_fact
from journal.summary.fit import Fit
from journal.summary.foot import few_words, foot, private_blocks
from journal.summary.head import dated, definitions, frame
from journal.summary.levels_table import levels_table
from journal.summary.model import Summary, TakenMedication
from journal.summary.page import Beside, Block, Page, Picture, Table
from journal.summary.pictures import described, has_picture
from journal.summary.practice_table import homework_table, practised_table, situations_table
from journal.summary.scores_table import scores_tables
from journal.summary.words import count, cut, day, more, start
from journal.taper.words import mg_words

MOST_OPEN = 3
"""So many open tasks are named among the facts."""
MOST_MEASURES = 2
TASK_LETTERS = 60
LABEL_LETTERS = 24


def present_therapist(summary: Summary, fit: Fit) -> Page:
    """The page, with as much of it as ``fit`` has room for; ``pictures`` is empty."""
    sections, at_foot = _sections(summary, fit), foot(summary, fit)
    return Page(
        **frame(summary),
        situation=(situation(summary),),
        facts=_facts(summary, fit),
        sections=sections,
        foot=at_foot,
        definitions=definitions(summary, (*sections, *at_foot)),
    )


# -- facts ----------------------------------------------------------------------------------------------------------


def _facts(summary: Summary, fit: Fit) -> tuple[tuple[str, str], ...]:
    days = dated(summary)
    facts = [
        ("Working on", _working_on(summary)),
        ("Function", rated_fact(summary, "function", days)),
        ("Mood", rated_fact(summary, "mood", days)),
        *_symptoms(summary, fit, days),
        ("Sleep", sleep_fact(summary)),
        ("Missed doses", _missed(summary, days)),
        ("Plan", _plan(summary)),
    ]
    # Uncut they keep the spaces at which no line breaks.
    most = fit.fact_letters
    return tuple((label, text if most is None else cut(text, most)) for label, text in facts if text)


def _working_on(summary: Summary) -> str:
    """The open tasks: "Worry at night; out of bed by 8". Blank where homework is left out."""
    if not summary.choices.has("homework"):
        return ""
    tasks = [cut(task.text, TASK_LETTERS).rstrip(".") for task in summary.homework if task.is_open]
    hidden = more(len(tasks), MOST_OPEN)
    text = "; ".join(tasks[:MOST_OPEN]) + (f"; and {count(hidden, 'more task')}" if hidden else "")
    return f"{start(text)}." if text else "No open task noted."


def _symptoms(summary: Summary, fit: Fit, days: Dated) -> list[tuple[str, str]]:
    """The symptoms that rose most, each with how it was and is."""
    most = min(MOST_MEASURES, fit.measures)
    found = [one.measure for one in summary.measures if not one.measure.private][:most]
    return [(cut(one.name, LABEL_LETTERS), symptom_fact(summary, one.key, days)) for one in found]


def _missed(summary: Summary, days: Dated) -> str:
    """None recorded, 14 days without a record. In one line, of all medications together."""
    due = [one.coverage for one in summary.medications if one.coverage.due]
    if not due:
        return ""
    missed = sorted(date for one in due for date in one.missed)
    named = f" ({', '.join(map(days, missed))})" if 0 < len(missed) <= MOST_OPEN else ""
    what = "day" if len(due) == 1 else "dose day"
    without = count(sum(one.without_record for one in due), what)
    return f"{len(missed) or 'None'}{'' if missed else ' recorded'}{named}, {without} without a record."


def _plan(summary: Summary) -> str:
    """Agreed with Dr Okafor on 1 Nov 2026; next step 9 mg on 3 Dec 2026. In one line, of the first that has a plan."""
    planned = [one for one in summary.medications if one.plan]
    if not planned:
        return ""
    name = f"{start(cut(planned[0].name, TASK_LETTERS))}: " if len(summary.medications) > 1 else ""
    text = _planned(planned[0], summary.last)
    also = f" {count(len(planned) - 1, 'more plan')}." if len(planned) > 1 else ""
    return f"{name}{in_sentence(text) if name else start(text)}.{also}"


def _planned(medication: TakenMedication, last: dt.date) -> str:
    text = agreed_words(medication.plan.agreed, day)
    if not medication.plan.next:
        return f"{text}; no step to come"
    mg, date = medication.plan.next
    return f"{text}; next step {mg_words(mg)}{', planned for' if date < last else ' on'} {day(date)}"


# -- sections -------------------------------------------------------------------------------------------------------


def _sections(summary: Summary, fit: Fit) -> tuple[Block, ...]:
    is_brief = summary.choices.length == Length.BRIEF
    found: list[Block | None] = []
    if summary.choices.has("chart") and has_picture(summary, "overview"):
        found.append(Picture("overview", *described(summary, fit, "overview")))
    found.append(levels_table(summary, fit))
    if not is_brief:
        found += scores_tables(summary, fit)
    found += _done(summary, fit, is_brief)
    return (*(block for block in found if block is not None), *private_blocks(summary, fit))


def _done(summary: Summary, fit: Fit, is_brief: bool) -> list[Block | None]:
    """What was practised, and homework. On one page they stand side by side: the drawing while there is room, else
    the table. The full page has the drawing and both tables.
    """
    homework = homework_table(summary, fit, dated(summary))
    if not summary.choices.has("practice"):
        return [homework]
    table, picture = practised_table(summary, fit), _picture(summary, fit)
    if not is_brief:
        return [_side_by_side(picture, homework), table, situations_table(summary, fit)]
    return [_side_by_side(picture if fit.strip == "usual" and picture else table, homework)]


def _picture(summary: Summary, fit: Fit) -> Picture | None:
    if not has_picture(summary, "practice"):
        return None
    title, description, note = described(summary, fit, "practice")
    few = [(one.name, one.tally.times) for one in summary.practice.others]
    return Picture(
        "practice", title, description, " ".join(part for part in (note, few_words(few) if few else "") if part)
    )


def _side_by_side(left: Picture | Table | None, right: Table | None) -> Block | None:
    if left is None or right is None:
        return left or right
    return Beside((left, right), (52, 48))
