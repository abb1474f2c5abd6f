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


class SlugConverter:
    """A slug in any script: letters, figures, "_" and "-". Anything else (a NUL, say) matches no route."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """The slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The same; Django writes letters outside ASCII as per cent codes."""
        return value
