"""The built-in measures of a day: their names, how they are told, and which are on from the start. No Django."""

from dataclasses import dataclass
from decimal import Decimal

from journal.catalogue.scales import BEST

RATING, AMOUNT, CHOICE, SLEEP = "rating", "amount", "choice", "sleep"


@dataclass(frozen=True, slots=True)
class Measure:
    """A built-in measure.

    ``column`` is the field of the daily entry that holds it; blank for one whose values are measurements. ``words``:
    what is chosen from, by its value. ``step`` is what a press of the buttons beside a number changes.
    """

    slug: str
    name: str
    kind: str
    better: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    hint: str = ""
    on: bool = False
    column: str = ""
    words: tuple[str, ...] = ()
    step: int = 1


_ZERO, _TEN = Decimal(0), Decimal(10)

_ALL = (
    Measure("mood", "Mood", RATING, "up", "", _ZERO, _TEN, on=True, column="mood"),
    Measure("energy", "Energy", RATING, "up", "", _ZERO, _TEN, on=True, column="energy"),
    Measure(
        "function",
        "What you could do",
        RATING,
        "up",
        "",
        _ZERO,
        _TEN,
        hint="How much of what you needed to do you could do. 10 is everything.",
        on=True,
        column="function",
    ),
    Measure("stress", "Stress", RATING, "down", "", _ZERO, _TEN, hint="How much weighed on you. 10 is the most."),
    Measure("sleep", "Hours slept", SLEEP, "up", "hours", _ZERO, Decimal(24), on=True, column="sleep_hours"),
    Measure("sleep_quality", "How well you slept", RATING, "up", "", _ZERO, _TEN, on=True, column="sleep_quality"),
    Measure("alcohol", "Alcohol", AMOUNT, "down", "drinks", _ZERO, Decimal(100), hint="As you count a drink."),
    Measure("caffeine", "Caffeine", AMOUNT, "", "cups", _ZERO, Decimal(100), hint="As you count a cup."),
    Measure("exercise", "Exercise", AMOUNT, "up", "minutes", _ZERO, Decimal(1440), step=10),
    Measure(
        "cycle",
        "Period",
        CHOICE,
        "",
        "",
        _ZERO,
        Decimal(4),
        words=("None", "Spotting", "Light", "Medium", "Heavy"),
    ),
)

MEASURES: dict[str, Measure] = {measure.slug: measure for measure in _ALL}
SUBSTANCES = ("alcohol", "caffeine")
"""What is drunk or taken beside the medication, as a page for others tells it."""
assert set(BEST) <= set(MEASURES)
