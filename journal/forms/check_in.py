"""One form for a check-in: its time, and whatever the person wants to say of now."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.fields import ClockField, LineField, ScoreField, is_to_come
from journal.forms.gone import gone
from journal.forms.merge import Merge, as_json, saved_elsewhere, shown_text
from journal.queries.check_ins import MOOD, Asked, CheckInOfDay, Ratable, Said
from journal.queries.symptoms import field_of, key_in

NOTE_FITS = 500


class CheckInForm(forms.Form):
    """What is ``asked`` on a day. Asks the database nothing: it has been loaded.

    ``stored`` is the check-in that is corrected; the page carries what it showed of it, so that what was corrected
    elsewhere meanwhile is not taken back without a word. A blank time means the moment in which Save was pressed
    (``pressed``, milliseconds by the device, for a form that waited there), or else now, where the day is today.
    """

    use_required_attribute = False

    def __init__(self, asked: Asked, data=None, stored: CheckInOfDay | None = None):
        super().__init__(data)
        self.asked, self.stored = asked, stored
        self.is_today = asked.day == timezone.localdate()
        values = {one.symptom: one.value for one in stored.values} if stored else {}
        self.fields["time"] = ClockField(
            label="Time",
            required=False,
            initial=stored.time if stored else None,
            help_text="" if stored or not self.is_today else "Blank is now.",
        )
        self.fields["time"].widget.attrs["class"] = "input"
        if asked.mood_name or None in values or (data or {}).get(MOOD):  # what was rated is never hidden
            self._add_score(MOOD, asked.mood_name or "Mood", values.get(None))
        for one in asked.symptoms:
            self._add_score(name_of(one), one.symptom.name, values.get(one.symptom.pk))
        self.fields["note"] = LineField(
            label="A line, if you like",
            fits=NOTE_FITS,
            blank="",
            required=False,
            initial=stored.note if stored else "",
            # The space tells a style sheet an empty field from a full one.
            widget=forms.Textarea(attrs={"class": "input", "rows": 2, "placeholder": " ", "autocomplete": "off"}),
        )
        self.fields["raise"] = forms.BooleanField(
            label="Raise this at my next appointment",
            required=False,
            initial=bool(stored and stored.is_raised),
            widget=forms.CheckboxInput(attrs={"class": "check"}),
        )
        self.shown_first = {name: shown_text(field) for name, field in self.fields.items()}
        self.merge = None
        self._refused: set[str] = set()
        if data is not None:
            self.pressed = data.get("pressed", "")
            self.gone = gone(self.fields, data)
            if stored:
                self.merge = Merge([(name,) for name in self.fields], self.shown_first, data)
                self.data = self.merge.data

    @property
    def shown(self) -> str:
        """What the page shows of the check-in that is corrected, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.shown_first)

    @property
    def mood(self):
        """The mood, for the template."""
        return self[MOOD]

    @property
    def rows(self) -> list[tuple]:
        """Each thing to rate, for the template: its field, and what is known of the symptom (None for the mood).

        The one that was asked for stands first.
        """
        rows = [(self[name_of(one)], one) for one in self.asked.symptoms]
        if MOOD in self.fields:
            rows.insert(0, (self[MOOD], None))
        return sorted(rows, key=lambda row: (row[1].symptom.pk if row[1] else None) != self.asked.first)

    @property
    def raised(self):
        """The check box below the note, for the template."""
        return self["raise"]

    def _add_score(self, name, label, stored) -> None:
        self.fields[name] = ScoreField(label=label, stored=stored, initial=stored)

    def clean_time(self) -> dt.time:
        """When it was: now, where nothing else is said on the day itself."""
        time = self.cleaned_data["time"]
        now = timezone.localtime()
        if time is None:
            at = self._pressed_at(now) or (now if self.is_today else None)
            if at and not self.stored:
                return at.time().replace(second=0, microsecond=0)
            raise ValidationError("Write the time, like 14:20.")
        if self.is_today and not (self.stored and time == self.stored.time) and is_to_come(self.asked.day, time, now):
            raise ValidationError(
                f"{time:%H:%M} is still to come. It is {now:%H:%M} now. Yesterday’s page takes check-ins, too."
            )
        return time

    def _pressed_at(self, now: dt.datetime) -> dt.datetime | None:
        """When Save was pressed on the device, where that was on this day and is not to come."""
        if not re.fullmatch(r"\d{12,14}", self.pressed, re.ASCII):
            return None
        at = dt.datetime.fromtimestamp(int(self.pressed) / 1000, now.tzinfo)
        return at if at.date() == self.asked.day and at <= now else None

    def clean(self):
        """Something is to be said, and nothing that was rated goes without a word."""
        if self.gone:
            raise ValidationError(self.gone)
        self._refused = set(self.errors)
        for names in self.merge.clashes if self.merge else ():
            if self._refused.isdisjoint(names):
                self.add_error(names[0], saved_elsewhere(self.shown_first[names[0]], self.data[names[0]]))
        if self.errors:
            return self.cleaned_data
        if self.said().is_empty:
            raise ValidationError("Nothing is rated or written yet. Choose a number, or write a line.")
        if self.cleaned_data["raise"] and not self.cleaned_data["note"]:
            self.add_error("note", "Write the line that you want to raise.")
        return self.cleaned_data

    def said(self) -> Said:
        """What the person says."""
        data = self.cleaned_data
        return Said(
            time=data["time"],
            mood=data.get(MOOD),
            readings={one.symptom.pk: data[name_of(one)] for one in self.asked.symptoms},
            note=data["note"],
            is_raised=data["raise"],
        )


def name_of(one: Ratable) -> str:
    """What the field of a symptom is called."""
    return field_of(one.symptom.pk)


def keys_in(data) -> set[int]:
    """The keys of the symptoms that were rated in what was sent: put away meanwhile, they count all the same."""
    return {key for name in data if (key := key_in(name)) is not None and data[name]}
