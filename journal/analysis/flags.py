"""Red flags: from what is recorded on a day to what is noticed, and what of that is still to be shown.

The rules stand in ``catalogue.flag_rules``. static/js/flags.js does the same in a page; tests hold the two together.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

from journal.catalogue.flag_rules import (
    DAYS,
    EVENT_RULES,
    FLAG_RULES,
    ITEM_RULES,
    MISSED,
    STOPPED,
    SYMPTOM_RULES,
    FlagRule,
)

ONE_DAY = dt.timedelta(1)
Span = tuple[dt.date, dt.date | None]
"""From a day on, until before another; None is open."""
Key = tuple[str, dt.date, int | None]
"""What a panel is shown for: a rule, a day, and the medication where it is about one."""


@dataclass(frozen=True)
class Facts:
    """What is recorded on ``day``.

    ``readings`` are single ones, (built-in symptom, value): of check-ins, and what the day itself was rated; never a
    mean. ``events`` by slug. ``answers``: (questionnaire, number of the question, 0-3). ``none_taken``: of each
    medication at risk, by its key, the dates of this day and its two neighbours on which it was recorded as missed or
    as 0 mg, without those on which an agreed plan has 0; what was not recorded is not among them. ``stopped``:
    medications at risk with a dose step to 0 from this day on that no agreed plan has.
    """

    day: dt.date
    readings: Iterable[tuple[str, Decimal]] = ()
    events: Collection[str] = ()
    answers: Iterable[tuple[str, int, int]] = ()
    none_taken: Mapping[int, Collection[dt.date]] = field(default_factory=dict)
    stopped: Collection[int] = ()


@dataclass(frozen=True)
class Notice:
    """Something that was noticed: by which rule, about which day, how high, and of which medication (its key)."""

    rule: FlagRule
    day: dt.date
    reading: Decimal | None = None
    medication: int | None = None

    @property
    def key(self) -> Key:
        """What it is shown once for, unless a reading is higher."""
        return self.rule.slug, self.day, self.medication


def notices_in(facts: Facts) -> list[Notice]:
    """Everything that the rules notice, the most urgent first; of several readings the highest.

    Two days without a dose are a notice about the later one, whichever of them was recorded last.
    """
    highest: dict[FlagRule, Decimal] = {}
    for rule, value in (*_rated(facts), *_answered(facts)):
        if rule.is_reached(value):
            highest[rule] = max(value, highest.get(rule, value))
    found = [Notice(rule, facts.day, value) for rule, value in highest.items()]
    found += [Notice(rule, facts.day) for slug, rule in EVENT_RULES.items() if slug in facts.events]
    for medication, days in facts.none_taken.items():
        for later in (facts.day, facts.day + ONE_DAY):
            if later in days and later - ONE_DAY in days:
                found.append(Notice(MISSED, later, medication=medication))
    found += [Notice(STOPPED, facts.day, medication=medication) for medication in facts.stopped]
    return by_urgency(found)


def _rated(facts: Facts) -> list[tuple[FlagRule, Decimal]]:
    return [(SYMPTOM_RULES[slug], value) for slug, value in facts.readings if slug in SYMPTOM_RULES]


def _answered(facts: Facts) -> list[tuple[FlagRule, Decimal]]:
    return [
        (rule, Decimal(answer))
        for slug, number, answer in facts.answers
        for rule in ITEM_RULES
        if (rule.subject, rule.item) == (slug, number)
    ]


def by_urgency(notices: Iterable[Notice]) -> list[Notice]:
    """The most urgent first, then in the order of the table; of one rule the highest reading, then the latest day."""
    order = list(FLAG_RULES)

    def place(one: Notice):
        of_rule = (-(one.reading or 0), -one.day.toordinal(), one.medication or 0)
        return one.rule.rank, order.index(one.rule.slug), *of_rule

    return sorted(notices, key=place)


# -- what is still to be shown ------------------------------------------------------------------------------------


def is_recent(day: dt.date, today: dt.date) -> bool:
    """Whether a day is not over a week old."""
    return (today - day).days <= DAYS


def unseen(notices: Iterable[Notice], shown: Mapping[Key, Decimal | None]) -> list[Notice]:
    """Those that were not shown yet, or only for a lower reading. ``shown``: the highest reading that was."""
    return [one for one in notices if one.key not in shown or _is_higher(one.reading, shown[one.key])]


def _is_higher(reading: Decimal | None, than: Decimal | None) -> bool:
    return reading is not None and (than is None or reading > than)


def highest_of(shown: Iterable[tuple[Key, Decimal | None]]) -> dict[Key, Decimal | None]:
    """The highest reading of each key."""
    found: dict[Key, Decimal | None] = {}
    for key, reading in shown:
        if key not in found or _is_higher(reading, found[key]):
            found[key] = reading
    return found


# -- an agreed plan -----------------------------------------------------------------------------------------------


def is_planned(day: dt.date, stops: Iterable[Span]) -> bool:
    """Whether an agreed plan has 0 mg, as its last step, in force on this day."""
    return any(first <= day and (end is None or day < end) for first, end in stops)


# -- what a page says that it has shown ---------------------------------------------------------------------------

LONGEST = 4_000
MOST = 40
"""Characters, and flags, that a page can have to say; of more than that nothing is believed."""


def told_in(text: str, day: dt.date) -> dict[Key, Decimal | None]:
    """What a page about ``day`` says that it has shown: JSON, [[rule, reading, medication, date], ...], the end of
    each left out at will. Nothing that makes no sense is in the answer, and nothing is an error.
    """
    if len(text) > LONGEST:
        return {}
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(rows, list) or len(rows) > MOST:
        return {}
    return highest_of(told for row in rows if (told := _told(row, day)))


def _told(row, day: dt.date) -> tuple[Key, Decimal | None] | None:
    if not isinstance(row, list) or not 1 <= len(row) <= 4:
        return None
    rule, reading, medication, date = [*row, *[None] * (4 - len(row))]
    if not isinstance(rule, str) or rule not in FLAG_RULES:
        return None
    if reading is not None and not (_is_number(reading) and 0 <= reading <= 10):
        return None
    if medication is not None and not (type(medication) is int and 0 < medication < 2**63):
        return None
    about = {day.isoformat(): day, (day + ONE_DAY).isoformat(): day + ONE_DAY}
    if date is not None and (not isinstance(date, str) or date not in about):
        return None
    key = rule, about[date] if date else day, medication
    return key, None if reading is None else Decimal(str(reading))


def _is_number(value) -> bool:
    return type(value) is int or (type(value) is float and isfinite(value))


def as_told(told: Mapping[Key, Decimal | None]) -> list[list]:
    """The same as a page says it."""
    return [
        [rule, None if reading is None else float(reading), medication, day.isoformat()]
        for (rule, day, medication), reading in told.items()
    ]


def parted(notices: Iterable[Notice], told: Mapping[Key, Decimal | None]) -> tuple[list[Notice], list[Notice]]:
    """(shown by the page, not shown by it). A panel was shown for a notice only at its own height or above it."""
    notices = list(notices)
    left = unseen(notices, told)
    return [one for one in notices if one not in left], left
