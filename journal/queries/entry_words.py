"""What a day's entry holds, in words."""

from django.template.defaultfilters import pluralize

from journal.catalogue.events import EVENTS
from journal.models import CheckIn, DailyEntry, LifeEvent, Measurement
from journal.reading import plain_number

TIMES_SHOWN = 6
"""So many times of check-ins are named; a day with more says how many it has."""


def event_name(kind: str) -> str:
    """What an event is called; one that the catalogue does not know (any more) by its slug."""
    return EVENTS[kind].name if kind in EVENTS else kind.replace("-", " ").capitalize()


def also_goes(owner, entry: DailyEntry, clock) -> list[tuple[str, str]]:
    """The check-ins, events and measurements that are deleted with ``entry``, for the page that asks.

    ``clock`` writes a time of day as the person reads it. Three queries.
    """
    rows = []
    times = list(CheckIn.objects.of(owner).filter(entry=entry).values_list("time", flat=True))
    if times:
        at = [clock(time) for time in times[:TIMES_SHOWN]]
        listed = f"{', '.join(at[:-1])} and {at[-1]}" if len(at) > 1 else at[0]
        said = f", at {listed}" if len(times) <= TIMES_SHOWN else f", the first at {at[0]}"
        rows.append(("Check-ins" if len(times) > 1 else "Check-in", f"{len(times)}{said}"))
    events = LifeEvent.objects.of(owner).filter(entry=entry).values_list("kind", flat=True)
    names = [event_name(kind) for kind in events]
    if names:
        rows.append((f"{len(names)} event{pluralize(len(names))}", "; ".join(names)))
    for found in Measurement.objects.of(owner).filter(entry=entry).select_related("measure").order_by("measure"):
        unit = f"\u00a0{found.measure.unit}" if found.measure.unit else ""
        rows.append((found.measure.name, f"{plain_number(found.value)}{unit}"))
    return rows
