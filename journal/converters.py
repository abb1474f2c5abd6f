"""Turn a part of an address into what it means."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.urls.converters import IntConverter

from journal.reading import day_from
from journal.views.errors import BadAddress


class DayConverter:
    """An ISO date. "2026-02-30" is answered with 400 and the reason, not with "nothing here"."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Raises BadAddress for a day that does not exist."""
        try:
            return day_from(value)
        except ValidationError as error:
            raise BadAddress(error.messages[0]) from error

    def to_url(self, value: dt.date) -> str:
        """The same date as ISO text."""
        return value.isoformat()


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
