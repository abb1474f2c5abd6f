"""Days, spans and counts as the summary's page writes them."""

import datetime as dt

from journal.models.base import plain

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


CUT = "…"


def one_line(text: str) -> str:
    """What somebody wrote, on one line and without control characters."""
    return " ".join(plain(text).split())


def cut(text: str, most: int | None) -> str:
    """``text`` on one line, of at most about ``most`` letters; what was cut ends in "…". None: all of it."""
    text = one_line(text)
    if most is None or len(text) <= most:
        return text
    # At the end of a word, unless that would take away most of it.
    end = text.rfind(" ", most // 2, most + 1)
    short = text[: end if end > 0 else most]
    return short.rstrip(" ,;:.–-") + CUT


def times(number: int) -> str:
    """once, 9 times."""
    return "once" if number == 1 else f"{number:,}{NB}times"


def more(number: int, most: int | None) -> int:
    """How many of ``number`` there is no room for."""
    return 0 if most is None else max(0, number - most)
