"""A dose in words: its amount, its day, its parts and its pattern. Amounts and days never break apart."""

from calendar import day_name, month_name
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from journal.analysis.numbers import mg_text
from journal.taper.history import Part, Pattern

TIMES = {
    "morning": "in the morning",
    "midday": "at midday",
    "evening": "in the evening",
    "night": "at night",
    "": "",
}


def mg_words(mg: Decimal) -> str:
    """An amount: "37.5 mg"."""
    return f"{mg_text(mg)}\u00a0mg"


def day_words(day: date, today: date | None = None) -> str:
    """A day: "13 November", with the year when that is not this year's; always with it where ``today`` is not given."""
    words = f"{day.day}\u00a0{month_name[day.month]}"
    return words if today and day.year == today.year else f"{words}\u00a0{day.year}"


def weekday_words(day: date) -> str:
    """A day with its name: "Sunday 22 November"."""
    return f"{day_name[day.weekday()]} {day.day}\u00a0{month_name[day.month]}"


def days_words(days: int) -> str:
    """A number of days, in weeks where it is a whole number of them: "2 weeks", "10 days"."""
    weeks, rest = divmod(abs(days), 7)
    number, unit = (weeks if days > 0 else -weeks, "week") if days and not rest else (days, "day")
    return f"{str(number).replace('-', '−')}\u00a0{unit}{'' if abs(number) == 1 else 's'}"


def day_and_dose(number: int, mg: Decimal, name: str = "", *, cycle_days: int = 1) -> str:
    """How long a dose has been held: "Day 9 at 37.5 mg"; with a name "Venlafaxine: day 9 at 37.5 mg".

    Where a pattern's days differ: "Day 9 at 0.5 mg a day on average".
    """
    dose = mg_a_day(mg, cycle_days)
    words = f"Day\u00a0{number} at {dose}" if number else f"First day at {dose}"
    return f"{name}: {words[0].lower()}{words[1:]}" if name else words


def mg_a_day(mg: Decimal, cycle_days: int = 1) -> str:
    """A dose: "37.5 mg"; of a pattern that runs over several days "0.5 mg a day on average", for no day has that."""
    return mg_words(mg) if cycle_days == 1 else f"{mg_words(mg)} a day on average"


def parts_text(pattern: Pattern, amount: Callable[[Decimal], str] = mg_words) -> str:
    """How the dose is taken: "0.5 mg in the morning, 1 mg at night"; "20 mg every other day, 10 mg a day on average".

    Blank for a plain dose: all of it once, every day. ``amount`` writes each part.
    """
    if not pattern.parts:
        return ""
    by_day = [[part for part in pattern.parts if part.day == day] for day in range(1, pattern.cycle_days + 1)]
    taken = [day for day in by_day if sum(part.mg for part in day)]
    average = f", {mg_a_day(pattern.mg, pattern.cycle_days)}"
    if pattern.cycle_days == 1:
        return _day(by_day[0], amount)
    if len(taken) == 1:
        comma = "," if len(taken[0]) > 1 else ""
        return f"{_day(taken[0], amount)}{comma} {_every(pattern.cycle_days)}{average}"
    return f"{', then '.join(_day(day, amount) or mg_words(Decimal(0)) for day in by_day)}, in turn{average}"


def day_parts_text(parts: tuple[Part, ...], amount: Callable[[Decimal], str] = mg_words) -> str:
    """How the dose of one day is taken, beside its amount: "in the morning"; "0.5 mg in the morning, 1 mg at night"."""
    return TIMES[parts[0].when] if len(parts) == 1 else _day(list(parts), amount)


def _day(parts: list[Part], amount: Callable[[Decimal], str]) -> str:
    return ", ".join(f"{amount(part.mg)} {TIMES[part.when]}".strip() for part in parts)


def _every(days: int) -> str:
    return {2: "every other day", 3: "every third day"}.get(days, f"every {days} days")
