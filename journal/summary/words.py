"""Days, spans and counts as the summary's page writes them."""

import datetime as dt

NB = "\u00a0"


def day(date: dt.date, year: bool = True) -> str:
    """13 Aug 2012, which does not break across lines."""
    return f"{date.day}{NB}{date:%b}{f'{NB}{date.year}' if year else ''}"


def span(first: dt.date, last: dt.date, year: bool = False) -> str:
    """13 Aug – 24 Sep."""
    if first == last:
        return day(first, year)
    return f"{day(first, year)}{NB}– {day(last, year)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 day, 2 days, no days."""
    return f"{number or 'no'}{NB}{one if number == 1 else many or one + 's'}"


def start(text: str) -> str:
    """``text`` as the beginning of a sentence; what follows keeps its capitals."""
    return text[:1].upper() + text[1:]
