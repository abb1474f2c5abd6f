"""Turn a part of an address into what it means."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls.converters import IntConverter

from journal.reading import day_from


@dataclass(frozen=True)
class NoSuchDay:
    """What stands in an address where a day is wanted, and why it is none: "February 2026 has 28 days."."""

    text: str
    sentence: str


class DayConverter:
    """An ISO date. "2026-02-30" is handed on as NoSuchDay, for the view to answer with 400 and the reason."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date | NoSuchDay:
        """The day, if there is one. (Raising here would fail Django's own look-ups of an address, too.)"""
        try:
            return day_from(value)
        except ValidationError as error:
            return NoSuchDay(value, error.messages[0])

    def to_url(self, value: dt.date | NoSuchDay) -> str:
        """The same as text."""
        return value.text if isinstance(value, NoSuchDay) else value.isoformat()


class KeyConverter(IntConverter):
    """The key of a row. A longer number than a database can look for is no address at all."""

    regex = "[0-9]{1,18}"


class SlugConverter:
    """A slug in any script: letters, figures, "_" and "-". Anything else (a NUL, say) matches no route."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """The slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The same; Django writes letters outside ASCII as per cent codes."""
        return value
