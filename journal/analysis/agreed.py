"""What is said of an agreed plan: when it was agreed, with whom, and what was changed in it since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

CHANGES = {"hold": "held on", "move": "moved on", "back": "back up on", "replan": "planned again on"}
MOST = 3
"""More changes than this are counted, and the last one is named."""


@dataclass(frozen=True)
class Agreed:
    """A plan agreed on ``on``; ``by_whom`` may be "". ``changes``: what happened to it (keys of CHANGES) on which day,
    in order."""

    on: date
    by_whom: str = ""
    changes: Sequence[tuple[str, date]] = ()


def agreed_words(agreed: Agreed, day: Callable[[date, bool], str]) -> str:
    """ "agreed with Dr Okafor on 1 Nov 2026, held on 22 Nov". ``day`` writes a day, with its year or without.

    The year stands where it is another than that of the day before it in the sentence.
    """
    parts = [f"agreed{f' with {agreed.by_whom}' if agreed.by_whom else ''} on {day(agreed.on, True)}"]
    changes, year = list(agreed.changes), agreed.on.year
    if len(changes) > MOST:
        parts.append(f"changed {len(changes)} times")
        (last, on) = changes[-1]
        parts.append(f"last {CHANGES[last]} {day(on, on.year != year)}")
        changes = []
    for change, on in changes:
        parts.append(f"{CHANGES[change]} {day(on, on.year != year)}")
        year = on.year
    return ", ".join(parts)
