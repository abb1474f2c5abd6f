"""The therapist's page: how the person is doing, what they practise, what weighs on them. Facts, no verdicts."""

from journal.catalogue.summary import Length
from journal.summary.doing import Dated, rated_fact, situation, sleep_facts, symptom_fact, tells_of_days
from journal.summary.fit import Fit
from journal.summary.foot import foot, private_blocks
from journal.summary.head import dated, definitions, frame
from journal.summary.levels_table import dropped_scores, levels_table
from journal.summary.model import Summary
from journal.summary.page import Beside, Block, Page, Picture
from journal.summary.pictures import described, has_picture
from journal.summary.practice_table import homework_table, practised_table, situations_table
from journal.summary.scores_table import scores_tables
from journal.summary.taken_words import background, plans
from journal.summary.told import Fact, events, with_room
from journal.summary.words import count, cut, more, start

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


def _facts(summary: Summary, fit: Fit) -> tuple[Fact, ...]:
    days = dated(summary)
    found = [
        ("Working on", _working_on(summary)),
        *(_rated(summary, fit, days) if tells_of_days(summary) else ()),
        ("Plan", plans(summary, fit)),
    ]
    further = [
        ("Missed doses", _missed(summary, days)),
        ("Events", events(summary) if summary.choices.has("events") else ""),
        ("Background", _background(summary, fit)),
    ]
    return with_room(fit, found, further, dropped=dropped_scores(summary, fit))


def _rated(summary: Summary, fit: Fit, days: Dated) -> list[Fact]:
    """What was rated day by day: function, mood, the symptoms that rose most, sleep."""
    return [
        ("Function", rated_fact(summary, "function", days)),
        ("Mood", rated_fact(summary, "mood", days)),
        *_symptoms(summary, fit, days),
        *sleep_facts(summary),
    ]


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


def _background(summary: Summary, fit: Fit) -> str:
    """What each medication is for, and what came before it; on one page there is no room for it."""
    is_there = summary.choices.has("background") and summary.choices.length != Length.BRIEF
    return background(summary, fit) if is_there else ""


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
    if fit.strip == "usual" and picture:
        return [_side_by_side(picture, homework)]
    return [_side_by_side(table, homework)]


def _picture(summary: Summary, fit: Fit) -> Picture | None:
    return Picture("practice", *described(summary, fit, "practice")) if has_picture(summary, "practice") else None


def _side_by_side(left: Block | None, right: Block | None) -> Block | None:
    if left is None or right is None:
        return left or right
    return Beside((left, right), (52, 48))
