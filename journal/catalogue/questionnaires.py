"""The PHQ-9 and the GAD-7, word for word as published, with their bands and LOINC codes. No Django.

A total is the sum of the answers, and there is none unless all are there: nothing is put in for what was left blank.
The question about difficulty is never scored. A code stands here only where a source has it: the codes of the totals
are those of the totals, not those of the questionnaires as a whole (44249-1 and 69737-5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

ANSWERS = ("Not at all", "Several days", "More than half the days", "Nearly every day")
"""What is chosen from, by what it counts: 0 to 3."""
DIFFICULTY = (
    "If you checked off any problems, how difficult have these problems made it for you to do your work, "
    "take care of things at home, or get along with other people?"
)
DIFFICULTIES = ("Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult")
LICENCE = (
    "Copyright © Pfizer Inc. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
    "with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)
SAFETY_ITEM = ("phq-9", 9)
"""The one question, by questionnaire and number, whose every answer above 0 leads to help, whatever the total."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question and its LOINC code."""

    text: str
    loinc: str


@dataclass(frozen=True, slots=True)
class Band:
    """What the questionnaire calls a total from ``low`` to ``high``, both included."""

    low: int
    high: int
    name: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire. ``about`` is ours; all else is as published.

    ``sources`` are keys of sources by what they are of: words, licence, bands, codes.
    """

    slug: str
    name: str
    full_name: str
    about: str
    instruction: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    total_loinc: str
    sources: dict[str, tuple[str, ...]]

    @property
    def highest(self) -> int:
        """The highest total there can be."""
        return (len(ANSWERS) - 1) * len(self.items)

    def answered(self, answers: Sequence) -> int:
        """How many questions are answered. What is no answer (not a whole number from 0 to 3) counts as blank."""
        return sum(_is_answer(answer) for answer in answers[: len(self.items)])

    def total(self, answers: Sequence) -> int | None:
        """The sum of the answers; None unless there is one to each question."""
        if len(answers) != len(self.items) or self.answered(answers) < len(self.items):
            return None
        return sum(answers)

    def band(self, total: int | None) -> Band | None:
        """The band of a total; None without one."""
        return next((band for band in self.bands if total is not None and band.low <= total <= band.high), None)


def _is_answer(answer) -> bool:
    return type(answer) is int and 0 <= answer < len(ANSWERS)


# Written as a code, for our own sentences have no such dash. The form has it.
_DASH = "\u2014"

_ALL = (
    Questionnaire(
        slug="phq-9",
        name="PHQ-9",
        full_name="Patient Health Questionnaire-9",
        about="Nine questions about low mood",
        instruction="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
        items=(
            Item("Little interest or pleasure in doing things", "44250-9"),
            Item("Feeling down, depressed, or hopeless", "44255-8"),
            Item("Trouble falling or staying asleep, or sleeping too much", "44259-0"),
            Item("Feeling tired or having little energy", "44254-1"),
            Item("Poor appetite or overeating", "44251-7"),
            Item(
                f"Feeling bad about yourself {_DASH} or that you are a failure or have let yourself "
                "or your family down",
                "44258-2",
            ),
            Item(
                "Trouble concentrating on things, such as reading the newspaper or watching television",
                "44252-5",
            ),
            Item(
                "Moving or speaking so slowly that other people could have noticed? "
                f"Or the opposite {_DASH} being so fidgety or restless that you have been moving around a lot more "
                "than usual",
                "44253-3",
            ),
            Item("Thoughts that you would be better off dead or of hurting yourself in some way", "44260-8"),
        ),
        bands=(
            Band(0, 4, "minimal"),
            Band(5, 9, "mild"),
            Band(10, 14, "moderate"),
            Band(15, 19, "moderately severe"),
            Band(20, 27, "severe"),
        ),
        total_loinc="44261-6",
        sources={
            "words": ("phq9_morden", "us_core_phq9"),
            "licence": ("us_core_phq9", "pfizer_2010"),
            "bands": ("kroenke_2001",),
            "codes": ("us_core_phq9",),
        },
    ),
    Questionnaire(
        slug="gad-7",
        name="GAD-7",
        full_name="Generalized Anxiety Disorder 7-item scale",
        about="Seven questions about worry and anxiety",
        instruction="Over the last 2 weeks, how often have you been bothered by the following problems?",
        items=(
            Item("Feeling nervous, anxious or on edge", "69725-0"),
            Item("Not being able to stop or control worrying", "68509-9"),
            Item("Worrying too much about different things", "69733-4"),
            Item("Trouble relaxing", "69734-2"),
            Item("Being so restless that it is hard to sit still", "69735-9"),
            Item("Becoming easily annoyed or irritable", "69689-8"),
            Item("Feeling afraid as if something awful might happen", "69736-7"),
        ),
        bands=(
            Band(0, 4, "minimal"),
            Band(5, 9, "mild"),
            Band(10, 14, "moderate"),
            Band(15, 21, "severe"),
        ),
        total_loinc="70274-6",
        sources={
            "words": ("gad7_scales", "gad7_full_remission", "hl7_phr_gad7"),
            "licence": ("pfizer_2010",),
            "bands": ("spitzer_2006", "gad7_full_remission"),
            "codes": ("hl7_phr_gad7", "mii_gad7"),
        },
    ),
)

QUESTIONNAIRES: dict[str, Questionnaire] = {one.slug: one for one in _ALL}
EVERY_DAYS = 14
"""They ask about the last two weeks; so often one is suggested."""
