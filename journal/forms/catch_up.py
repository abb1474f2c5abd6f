"""Several days on one page: a short form for each, every field of which may stay blank."""

import datetime as dt
import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from journal.forms.entry_fields import SleepField
from journal.forms.fields import NoteField, ScoreField
from journal.models import DoseTaken
from journal.queries.catch_up_days import Asked, Said
from journal.queries.doses import DoseDue
from journal.queries.symptoms import field_of, key_in
from journal.reading import day_from
from journal.taper.words import weekday_words

MOST_DAYS = 14
"""So many days fit on the page, and into one saving."""
FIELD = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)", re.ASCII)
FORGOTTEN, LEAVE = "forgotten", "leave"
STATUSES = [(DoseTaken.Status.PLANNED.value, "As planned"), (DoseTaken.Status.MISSED.value, "Missed")]


@dataclass(frozen=True)
class Row:
    """One rating row: its field, what it is called, which words it has, where better lies."""

    field: forms.BoundField
    name: str
    words: str
    better: str


class DayForm(forms.Form):
    """One day. Its fields are called "2026-11-21-mood" and so on."""

    use_required_attribute = False

    def __init__(self, day: dt.date, asked: Asked, data=None):
        super().__init__(data, prefix=day.isoformat())
        self.day = day
        self.asked = asked
        self.due: tuple[DoseDue, ...] = asked.doses.get(day, ())
        self.has_clash = False
        short = weekday_words(day)
        self.fields[FORGOTTEN] = forms.BooleanField(label=f"I don’t remember, {short}", required=False)
        self.fields[LEAVE] = forms.BooleanField(label=f"Leave out, {short}", required=False)
        for measure in asked.measures:
            field = SleepField if measure.kind == "sleep" else ScoreField
            self.fields[measure.column] = field(label=f"{measure.name}, {short}")
        for symptom in asked.symptoms:
            self.fields[field_of(symptom.pk)] = ScoreField(label=f"{symptom.name}, {short}")
        for dose in self.due:
            self.fields[f"dose-{dose.medication.pk}"] = forms.ChoiceField(
                label=f"{dose.medication.name}, {short}",
                choices=[*STATUSES, ("", "Not recorded")],
                required=False,
                error_messages={
                    "invalid_choice": "Choose one of these: as planned, missed. The day’s page has the rest."
                },
            )
        self.fields["notes"] = NoteField(
            label=f"Notes, {short}", widget=forms.Textarea(attrs={"class": "input catch-note", "rows": 2})
        )
        if "sleep_hours" in self.fields:
            self.fields["sleep_hours"].widget.attrs["autocomplete"] = "off"

    # -- for the template

    @property
    def forgotten(self):
        """The box "I don't remember"."""
        return self[FORGOTTEN]

    @property
    def leave(self):
        """The box "Leave out what I wrote here"."""
        return self[LEAVE]

    @property
    def ratings(self) -> list[Row]:
        """The rating rows, in their order."""
        rows = [
            Row(self[measure.column], measure.name, measure.column, "up")
            for measure in self.asked.measures
            if measure.kind == "rating"
        ]
        return rows + [Row(self[field_of(one.pk)], one.name, "", "down") for one in self.asked.symptoms]

    @property
    def sleep(self):
        """The field of the hours slept with its name; None where the person does not track them."""
        names = [measure.name for measure in self.asked.measures if measure.kind == "sleep"]
        return (self["sleep_hours"], names[0]) if names else None

    @property
    def doses(self):
        """Each dose that was due, with its field."""
        return [(self[f"dose-{dose.medication.pk}"], dose) for dose in self.due]

    # -- what was sent

    @property
    def typed(self) -> set[str]:
        """The names, without the day, of all that was filled in."""
        start = f"{self.prefix}-"
        names = (name for name in self.data if name.startswith(start) and str(self.data.get(name) or "").strip())
        return {name.removeprefix(start) for name in names}

    @property
    def is_open(self) -> bool:
        """Whether the page shows the day's fields at once: there is something in them, or something to say."""
        return self.is_bound and bool(self.typed - {FORGOTTEN} or self.errors)

    @property
    def is_left_out(self) -> bool:
        """Whether the person decided to drop what they wrote about the day."""
        return bool(self.cleaned_data.get(LEAVE))

    def clean(self):
        """Nothing that was filled in goes without a word, and a day is remembered or not."""
        gone = self.typed - set(self.fields)
        if gone:
            self.add_error(
                None,
                f"{weekday_words(self.day)}: something you filled in is no longer asked for, because your symptoms or "
                "doses were changed elsewhere. It is left out here. Look at the day, then save again.",
            )
        if self.typed - {FORGOTTEN, LEAVE} and self.cleaned_data.get(FORGOTTEN) and not self.cleaned_data.get(LEAVE):
            self.add_error(
                FORGOTTEN,
                f"{weekday_words(self.day)} has “I don’t remember” and something written, too. Keep one of the two.",
            )
        return self.cleaned_data

    def add_clash(self) -> None:
        """The day has a record by now: say so, and keep what was typed."""
        self.has_clash = True
        if self.cleaned_data.get(FORGOTTEN):
            self.add_error(
                None, f"{weekday_words(self.day)} has an entry by now, so it is not marked as not remembered."
            )
        else:
            self.add_error(
                None, f"{weekday_words(self.day)} has an entry by now; what you wrote here was not saved over it."
            )

    @property
    def is_forgotten(self) -> bool:
        """Whether the person says that they do not remember the day."""
        return bool(self.cleaned_data.get(FORGOTTEN)) and not self.is_left_out

    def said(self) -> Said | None:
        """What was said about the day; None where nothing was."""
        if self.is_left_out:
            return None
        data = {name: self.cleaned_data[name] for name in self.typed if name not in (FORGOTTEN, LEAVE)}
        data = {name: value for name, value in data.items() if value not in (None, "")}
        if not data:
            return None
        return Said(
            fields={name: value for name, value in data.items() if not name.startswith(("symptom-", "dose-"))},
            ratings={_key(name): value for name, value in data.items() if name.startswith("symptom-")},
            doses={_key(name): value for name, value in data.items() if name.startswith("dose-")},
        )


class CatchUpForm:
    """The forms of all days on the page, the latest first. The error summary walks it as it walks a formset."""

    management_form = None

    def __init__(self, days, asked: Asked, data=None):
        self.is_bound = data is not None
        self.days = [DayForm(day, asked, data) for day in days]

    def __iter__(self):
        return iter(self.days)

    def is_valid(self) -> bool:
        """Whether each day is."""
        return all([day.is_valid() for day in self.days])


def days_filled(data) -> list[dt.date]:
    """The days about which ``data`` says anything, the latest first.

    Raises ValidationError with a sentence for what the page never sends.
    """
    found = set()
    for name in data:
        named = FIELD.fullmatch(name)
        if named and str(data.get(name) or "").strip():
            found.add(named[1])
    if len(found) > MOST_DAYS:
        raise ValidationError(f"At most {MOST_DAYS} days can be filled at once.")
    return sorted((day_from(text) for text in found), reverse=True)


def symptoms_filled(data) -> set[int]:
    """The keys of the symptoms that ``data`` rates."""
    names = (FIELD.fullmatch(name) for name in data)
    keys = (key_in(found[2]) for found in names if found)
    return {key for key in keys if key is not None}


def _key(name: str) -> int:
    return int(name.rpartition("-")[2])
