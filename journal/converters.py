"""Turn a part of an address into what it means."""

import datetime as dt


class DayConverter:
    """An ISO date. "2026-02-30" matches no route, so it is a 404 like any day that does not exist."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Raises ValueError, which Django takes as "no such address"."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """The same date as ISO text."""
        return value.isoformat()
