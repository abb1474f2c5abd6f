"""How long ago, and how long until: in days while these say something, then in weeks, then in years."""

A_WEEK, A_YEAR = 7, 365
DAYS_UNTIL = 14
"""From so many days on they are told in whole weeks."""


def ago_words(days: int) -> str:
    """How long ago ``days`` are: "today", "yesterday", "5 days ago", "5 weeks ago". Weeks and years are whole ones."""
    if days < 2:
        return "yesterday" if days == 1 else "today"
    return f"{span_words(days)} ago"


def ahead_words(days: int) -> str:
    """How long until then: "today", "tomorrow", "in 5 days", "in 5 weeks"."""
    if days < 2:
        return "tomorrow" if days == 1 else "today"
    return f"in {span_words(days)}"


def span_words(days: int) -> str:
    """A number of days: "5 days", from 14 on "5 weeks", from 365 on "2 years", cut to whole ones."""
    size, unit = (A_YEAR, "year") if days >= A_YEAR else (A_WEEK, "week") if days >= DAYS_UNTIL else (1, "day")
    number = days // size
    return f"{number}\u00a0{unit}{'' if number == 1 else 's'}"
