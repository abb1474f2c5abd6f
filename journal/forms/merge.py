"""A page that lay open while the day was saved elsewhere: what it showed, what is stored now, and what was sent."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from journal.models import DoseTaken

Texts = Mapping[str, str]
ON = "on"
"""What a ticked box sends. An unticked one sends nothing, so a blank field of its name stands before each."""
CHOOSE, THERE, BOTH = "choose-", "there", "both"
COUNTS = {DoseTaken.Status.PLANNED: 0, DoseTaken.Status.LATE: 0, DoseTaken.Status.OTHER: 1, ON: 0}
"""Which field counts beside the first, by what that says: of a dose's time and amount the one that goes with the
status, and the line of an event that is ticked. With anything else they say nothing."""


@dataclass(frozen=True)
class Clash:
    """What was changed here and elsewhere, in words (blank: cleared): the person chooses between the two."""

    name: str
    label: str
    there: str
    here: str
    is_note: bool = False

    @property
    def can_be_both(self) -> bool:
        """Whether the one can follow the other: two notes."""
        return self.is_note and bool(self.there and self.here)

    @property
    def field(self) -> str:
        """The name of the choice."""
        return f"{CHOOSE}{self.name}"


class Merge:
    """Takes from ``sent`` only what the person changed; for all else ``data`` has what is stored.

    ``asked`` has the names of the fields by what they ask: one, a dose's status, time and amount, or an event and its
    line. The first names it in ``changed``, and in ``clashes``: changed here, and since the page was opened elsewhere
    too, to something else. A page that does not say what it showed counts as one that showed what is stored;
    ``as_kept`` writes what it showed as it would be stored, for a page may say it as it was typed. Of what
    clashed when it was sent before, "choose-<name>" says "there" where the person
    chose what is stored, "both" where one is to follow the other.
    """

    def __init__(
        self,
        asked: Iterable[tuple[str, ...]],
        stored: Texts,
        sent: Texts,
        as_kept: Callable[[str, str], str] = lambda name, text: text,
    ):
        self.stored = stored
        shown = {name: as_kept(name, text) for name, text in read_shown(sent.get("shown", "")).items()}
        self.shown = {**stored, **shown}
        # A radio that stands for blank is not the same as none chosen: what is blank and was not sent stays unsent.
        self.data = {name: text for name, text in stored.items() if text or name in sent}
        self.changed: set[str] = set()
        self.clashes: list[tuple[str, ...]] = []
        for names in asked:
            was, now, new = (said(names, texts) for texts in (self.shown, stored, sent))
            if names[0] not in sent or new in (was, now):  # what was not sent at all says nothing: it is no blank
                continue
            choice = sent.get(f"{CHOOSE}{names[0]}")
            if choice == THERE:
                continue
            self.changed.add(names[0])
            self.data |= {name: sent.get(name, "") for name in names}
            if choice == BOTH:
                self.data[names[0]] = f"{stored[names[0]]}\n\n{new[0]}"
            if was != now:
                self.clashes.append(names)

    def shown_next(self, refused: Iterable[str]) -> str:
        """What the page, shown again, is to carry: what is stored, so that a second Save keeps what is typed.

        A clash that was not told, for its field was ``refused`` for another reason, stays one.
        """
        untold = {name for names in self.clashes if not {*names}.isdisjoint(refused) for name in names}
        return as_json({**self.stored, **{name: self.shown[name] for name in untold}})


def said(names: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    """What the fields say, as far as it counts, however a browser wrote the ends of lines."""
    first, *more = (texts.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip() for name in names)
    place = COUNTS.get(first, len(more))
    return (first, more[place]) if place < len(more) else (first,)


def fill_unsent(form) -> None:
    """What a page does not send at all stays as it is: such a field counts as sent with what is stored (``initial``).

    A page that is cut short, or kept from before a field was added, then wipes nothing. (Of boxes to tick, none ticked
    sends nothing either: where that is to be told apart, a blank field of their name stands before them.)
    """
    if not form.is_bound:
        return
    unsent = [name for name in form.fields if form.add_prefix(name) not in form.data]
    data = form.data.copy()
    for name in unsent:
        value = form.get_initial_for_field(form.fields[name], name)
        if isinstance(value, list):
            data.setlist(form.add_prefix(name), value)
        else:
            data[form.add_prefix(name)] = text_of(form.fields[name], value)
    form.data = data


def shown_text(field) -> str:
    """What is stored, as its field shows it."""
    return text_of(field, field.initial)


def shown_of(form) -> str:
    """What a form shows as it is opened, for its page to keep: a draft is what differs from that."""
    return as_json(
        {name: text_of(field, form.get_initial_for_field(field, name)) for name, field in form.fields.items()}
    )


def text_of(field, value) -> str:
    """A value as its field shows it."""
    value = field.prepare_value(value)
    if isinstance(value, bool):
        return ON if value else ""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def saved_elsewhere(there: str, here: str) -> str:
    """The sentence for what was changed on a page and, while that was open, elsewhere too; blank means cleared."""
    saved = f"saved elsewhere as {there}" if there else "cleared elsewhere"
    return f"While this page was open, this was {saved}. Save again to {f'keep {here}' if here else 'clear it'}."


def as_json(texts: Texts) -> str:
    """The texts for a hidden field."""
    return json.dumps(texts, ensure_ascii=False)


def read_shown(text: str) -> dict[str, str]:
    """What the page says that it showed; nothing where that cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}
