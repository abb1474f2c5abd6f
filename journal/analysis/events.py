"""What happened in a life, as runs of days. No Django."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class EventSpan:
    """Something that happened in the person's life, by the name of its kind, on the days `first` to `last`."""

    name: str
    first: date
    last: date


def event_spans(days: Mapping[date, Collection[str]]) -> tuple[EventSpan, ...]:
    """The names of each day as spans: days in a row with the same name are one. By first day, then by name."""
    spans: list[EventSpan] = []
    last: dict[str, int] = {}  # where the latest span of each name stands
    for day in sorted(days):
        for name in sorted(set(days[day])):
            place = last.get(name)
            if place is not None and spans[place].last + timedelta(1) == day:
                spans[place] = EventSpan(name, spans[place].first, day)
            else:
                last[name] = len(spans)
                spans.append(EventSpan(name, day, day))
    return tuple(spans)
