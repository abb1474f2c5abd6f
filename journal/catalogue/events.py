"""What can happen in a life that bears on how one feels; and the few things that want help at once.

What makes an event urgent, and what to do, stands in ``red_flags`` with its sources: each urgent event names its flag.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event. ``flag`` is the key of the red flag that it is a sign of; blank for an ordinary one."""

    slug: str
    name: str
    flag: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether the way to help comes at once."""
        return bool(self.flag)


_ALL = (
    Event("illness", "Illness"),
    Event("travel", "Travel"),
    Event("bereavement", "Bereavement"),
    Event("other-medicine", "Other medicine"),
    Event("stressful", "Something stressful"),
    Event("good-news", "Something good"),
    Event("other", "Something else"),
    Event("seizure", "A seizure (a fit)", "seizure"),
    Event("fainting", "Fainting", "collapse"),
    Event("chest-pain", "Chest pain", "collapse"),
    Event("trouble-breathing", "Trouble breathing", "collapse"),
    Event("hallucinations", "Hallucinations, or losing touch with reality", "psychosis"),
    Event("high-mood", "Unusually high mood", "mania"),
    Event("fever-stiffness", "Fever with stiffness", "fever-rigid"),
    Event("no-fluids", "Cannot keep fluids down", "fluids"),
    Event("harming-someone", "Thoughts of harming someone", "suicidal-thoughts"),
)

EVENTS: dict[str, Event] = {event.slug: event for event in _ALL}
ORDINARY: tuple[Event, ...] = tuple(event for event in _ALL if not event.is_urgent)
URGENT: tuple[Event, ...] = tuple(event for event in _ALL if event.is_urgent)
UNTOLD = URGENT
"""What is handed over only where it was switched on, one by one: each is the sign of a red flag."""
