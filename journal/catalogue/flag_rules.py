"""When help is put on the screen: one table of rules, for the server and, as data, for the page.

What to do about a sign and how soon stands in ``red_flags``; a rule only says when that is shown. The signs are those
of the sources; that 7 counts as severe, two days in a row as missed doses, and a week as long ago, is ours. A page
evaluates the same table on pressing Save (static/js/flags.js), the server again after saving (``analysis.flags``).
docs/red-flags.md is this table for people.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.catalogue.events import URGENT
from journal.catalogue.red_flags import RED_FLAGS, RedFlag
from journal.catalogue.symptoms import SYMPTOMS, same_name

DAYS = 7
"""A day longer ago than this raises nothing."""


class Trigger(StrEnum):
    """What a rule looks at."""

    SYMPTOM = "symptom"  # a single reading of a symptom: of a check-in, or what the day itself was rated
    ITEM = "item"  # one answer of a questionnaire
    EVENT = "event"  # something that was ticked
    MISSED = "missed"  # no dose on two dates in a row
    STOPPED = "stopped"  # a dose step to 0


@dataclass(frozen=True, slots=True)
class FlagRule:
    """When ``flag``, a key of RED_FLAGS, is shown, and what is said to have been noticed.

    ``subject`` is the built-in symptom, the event or the questionnaire that it looks at, ``item`` the number of the
    question. A reading counts from ``limit`` on, or, ``above``, only beyond it. ``noticed`` is one sentence with
    {reading}, {medication}, {day} and {before} to be filled in; {before} is the first of two days.
    """

    slug: str
    trigger: Trigger
    flag: str
    noticed: str
    sources: tuple[str, ...]
    subject: str = ""
    item: int = 0
    limit: int = 0
    above: bool = False

    @property
    def red_flag(self) -> RedFlag:
        """What to do, and how soon."""
        return RED_FLAGS[self.flag]

    @property
    def rank(self) -> int:
        """The place in the order of urgency, 0 first: by how soon, then as on the page of help."""
        return _ORDER[self.flag]

    def is_reached(self, reading: Decimal | int) -> bool:
        """Whether this reading is high enough."""
        return reading > self.limit if self.above else reading >= self.limit


_ORDER = {slug: place for place, slug in enumerate(RED_FLAGS)}  # these stand in the order of urgency
_STOP_SOURCES = (*RED_FLAGS["abrupt-stop"].sources, "own")

_ALL = (
    FlagRule(
        "suicidal-thoughts",
        Trigger.SYMPTOM,
        "suicidal-thoughts",
        "You rated thoughts of suicide or self-harm at {reading}.",
        RED_FLAGS["suicidal-thoughts"].sources,
        subject="suicidal-thoughts",
        above=True,
    ),
    FlagRule(
        "phq-9-item-9",
        Trigger.ITEM,
        "suicidal-thoughts",
        "You answered question 9 of the PHQ-9 with more than “not at all”.",
        ("va_phq9_item9", *RED_FLAGS["suicidal-thoughts"].sources),
        subject="phq-9",
        item=9,
        above=True,
    ),
    FlagRule(
        "akathisia",
        Trigger.SYMPTOM,
        "akathisia",
        "You rated inner restlessness at {reading}.",
        (*RED_FLAGS["akathisia"].sources, "own"),
        subject="akathisia",
        limit=7,
    ),
    FlagRule(
        "confusion",
        Trigger.SYMPTOM,
        "psychosis",
        "You rated confusion at {reading}.",
        (*RED_FLAGS["psychosis"].sources, "own"),
        subject="confusion",
        limit=7,
    ),
    *(
        FlagRule(
            f"event-{event.slug}",
            Trigger.EVENT,
            event.flag,
            f"You ticked “{event.name}”.",
            RED_FLAGS[event.flag].sources,
            subject=event.slug,
        )
        for event in URGENT
    ),
    FlagRule(
        "missed-doses",
        Trigger.MISSED,
        "abrupt-stop",
        "You recorded {medication} as missed, or as 0\u00a0mg, two days in a row: {before} and {day}.",
        _STOP_SOURCES,
    ),
    FlagRule(
        "unplanned-stop",
        Trigger.STOPPED,
        "abrupt-stop",
        "You recorded 0\u00a0mg of {medication} from {day} on. No agreed plan here has that stop.",
        _STOP_SOURCES,
    ),
)

FLAG_RULES: dict[str, FlagRule] = {rule.slug: rule for rule in _ALL}
SYMPTOM_RULES: dict[str, FlagRule] = {rule.subject: rule for rule in _ALL if rule.trigger is Trigger.SYMPTOM}
EVENT_RULES: dict[str, FlagRule] = {rule.subject: rule for rule in _ALL if rule.trigger is Trigger.EVENT}
ITEM_RULES: tuple[FlagRule, ...] = tuple(rule for rule in _ALL if rule.trigger is Trigger.ITEM)
MISSED = FLAG_RULES["missed-doses"]
STOPPED = FLAG_RULES["unplanned-stop"]


def names_of(builtin: str) -> list[str]:
    """Every name under which a built-in symptom is found when it is typed, as ``same_name`` compares them."""
    symptom = SYMPTOMS[builtin]
    return sorted({same_name(name) for name in (symptom.slug, symptom.name, *symptom.aliases)})


def as_data() -> list[dict]:
    """The table as a page gets it, each rule with what its panel says."""
    return [
        {
            "rule": rule.slug,
            "trigger": rule.trigger.value,
            "subject": rule.subject,
            "item": rule.item,
            "limit": rule.limit,
            "above": rule.above,
            "noticed": rule.noticed,
            "rank": rule.rank,
            "heading": rule.red_flag.heading,
            "todo": rule.red_flag.what_to_do,
        }
        for rule in _ALL
    ]
