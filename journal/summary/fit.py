"""What is dropped, in which order, when a page is too full: the chart guide's section 8. Never the size of the type.

A ``Fit`` says how much there is room for; ``LADDER`` has them from everything to the least. Who makes a page takes the
first that fits. Never dropped: name, period, coverage, dose now, questions, box, definitions.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fit:
    """How much there is room for. None: all of it.

    ``strip``: the drawing's size, "usual" or "tight". ``burden``: whether it has a strip; on a therapist's page whether
    function has. ``levels``: so many rows of the table of levels, those with the largest change, besides mood, sleep
    and scores. ``folds``: more dose steps than 12 are folded. ``helped``: so many skills. ``background_letters``: of
    each medication's background. ``measures``: so many symptoms in chart and steps table. ``questions``: so many of
    them. ``fact_letters``, ``question_letters``, ``private_letters``: longer ones are cut, and say so.
    ``private_items``: so many of what is private and was chosen. ``homework``: so many tasks. ``scores``: so many
    scores.
    ``other_medications``: so many of the medications besides the main one have a table of their own.
    """

    strip: str = "usual"
    burden: bool = True
    levels: int | None = None
    folds: bool = False
    helped: int | None = None
    background_letters: int | None = None
    measures: int = 3
    questions: int | None = None
    fact_letters: int | None = None
    question_letters: int | None = None
    private_letters: int | None = None
    private_items: int | None = None
    homework: int | None = None
    scores: int | None = None
    other_medications: int | None = None


def _ladder() -> tuple[Fit, ...]:
    found = [Fit()]
    for step in (
        {"strip": "tight"},
        {"burden": False},
        {"levels": 5},
        {"folds": True, "other_medications": 2},
        {"helped": 2, "homework": 3},
        {"background_letters": 90, "private_letters": 200, "private_items": 10, "scores": 1},
        {"measures": 2},
        {"questions": 3},
        {"fact_letters": 110, "question_letters": 160, "levels": 3, "other_medications": 0},
        {"question_letters": 80, "private_letters": 60, "private_items": 3, "levels": 0},
    ):
        found.append(replace(found[-1], **step))
    return tuple(found)


LADDER = _ladder()
