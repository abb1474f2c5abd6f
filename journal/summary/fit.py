"""What is dropped, in which order, when a page is too full: the chart guide's section 8. Never the size of the type.

A ``Fit`` says how much there is room for; a ladder has them from everything to the least. Who makes a page takes the
first that fits. Never dropped: name, period, coverage, dose now, questions, box, definitions.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fit:
    """How much there is room for. None: all of it.

    ``strip``: the drawing's size, "usual" or "tight". ``further``: whether the facts beside the guide's own are there
    (sleep, substances, events); else they are named. ``short``: facts in their shorter words. ``burden``: whether it
    has a strip; on a therapist's page whether function has. ``levels``: so many rows of the table of levels, those
    with the largest change, besides mood, sleep and scores. ``wellbeing``: whether all of mood, sleep and function
    have a row, or mood and one of sleep. ``folds``: more dose steps than 12 are folded. ``other_medications``: so many
    of the medications besides the main one have a table of their own. ``helped``: so many skills. ``homework``: so
    many tasks. ``scores``: so many scores. ``score_lines``: so many lines of each score's dates. ``measures``: so many
    symptoms in chart and steps table. ``questions``: so many of them. ``private_items``: so many of what is private
    and was chosen. ``fact_letters``, ``question_letters``, ``private_letters``: longer ones are cut.
    """

    strip: str = "usual"
    further: bool = True
    short: bool = False
    burden: bool = True
    levels: int | None = None
    wellbeing: bool = True
    folds: bool = False
    other_medications: int | None = None
    helped: int | None = None
    homework: int | None = None
    scores: int | None = None
    score_lines: int | None = None
    measures: int = 3
    questions: int | None = None
    private_items: int | None = None
    fact_letters: int | None = None
    question_letters: int | None = None
    private_letters: int | None = None


def _ladder(*steps: dict) -> tuple[Fit, ...]:
    found = [Fit()]
    for step in steps:
        found.append(replace(found[-1], **step))
    return tuple(found)


_LAST = (
    {"levels": 3},
    {"wellbeing": False},
    {"measures": 2},
    {"fact_letters": 160, "question_letters": 160},
    {"fact_letters": 100, "question_letters": 80, "private_letters": 60, "private_items": 3},
)
LADDER = _ladder(
    {"strip": "tight"},
    {"further": False},
    {"short": True},
    {"burden": False},
    {"levels": 5},
    {"folds": True, "other_medications": 2},
    {"helped": 2, "homework": 3},
    {"private_letters": 200, "private_items": 10},
    {"questions": 3, "other_medications": 0},
    {"scores": 1, "score_lines": 2},
    *_LAST,
)
"""Of one sheet: what the full summary has goes first."""
FULL_LADDER = _ladder(
    {"strip": "tight"},
    {"burden": False},
    {"folds": True, "score_lines": 2, "other_medications": 2},
    {"helped": 2, "homework": 3},
    {"levels": 8},
    {"short": True, "private_letters": 200, "private_items": 10},
    {"further": False},
    {"levels": 5, "score_lines": 1},
    {"questions": 3, "other_medications": 0},
    {"scores": 1},
    *_LAST,
)
"""Of two sheets."""
