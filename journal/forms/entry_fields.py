"""The fields of a day's page that are its own: sleep, amounts, and symptoms in a hurry."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from journal.analysis.numbers import hours_text, mg_text
from journal.catalogue.events import Event
from journal.forms.fields import HoursField, LineField, NumberText, ScoreField
from journal.forms.merge import said
from journal.forms.symptoms import MOST
from journal.models import Symptom
from journal.models.measures import FURTHEST
from journal.queries.save_day import NewSymptom
from journal.queries.symptoms import NAME_LENGTH, clean_name
from journal.queries.tracked import TrackedMeasure
from journal.reading import plain_number, quoted, two_readings


class SleepField(HoursField):
    """Hours slept, shown as "5 h 30"."""

    def __init__(self, **kwargs):
        super().__init__(required=False, help_text="Like 7 h 30, 7:30 or 7.5", **kwargs)
        self.widget.attrs |= {"class": "input", "inputmode": "text"}  # a phone's number keys have no colon

    def to_python(self, value):
        """The hours, or None for a blank."""
        return super().to_python(re.sub(r"\s+", " ", str(value or "")).strip())

    def prepare_value(self, value):
        """What stands in the field."""
        return hours_text(value) if isinstance(value, Decimal) else value


class MeasureField(NumberText):
    """The value of a measure with a unit, within its range, to 0.001; a blank is None."""

    def __init__(self, tracked: TrackedMeasure, stored: Decimal | None = None, **kwargs):
        self.tracked, self.stored = tracked, stored
        kwargs.setdefault("initial", stored)
        super().__init__(required=False, label=tracked.name, help_text=tracked.hint, **kwargs)
        self.widget.attrs |= {"class": "input", "data-unit": tracked.unit}

    def to_python(self, value):
        """The Decimal, or None. Raises ValidationError with the range in its sentence."""
        if isinstance(value, str):
            value = self._without_unit(value.strip())
            if self.stored is not None and value == plain_number(self.stored):
                return self.stored  # the range may have been changed since
            readings = two_readings(value, FURTHEST)
            if readings:
                raise ValidationError(f"{quoted(value)} can mean two numbers. Write {readings[0]} or {readings[1]}.")
        number = super().to_python(value)
        if number is None:
            return None
        low = -FURTHEST if self.tracked.low is None else self.tracked.low
        high = FURTHEST if self.tracked.high is None else self.tracked.high
        if not low <= number <= high:
            raise ValidationError(f"{quoted(str(value))} is outside {mg_text(low)} to {mg_text(high)}.")
        return number

    def _without_unit(self, text: str) -> str:
        """ "72.4 kg" is as good as "72.4"; but a unit such as "0" is no unit to take off a number."""
        unit = self.tracked.unit
        if unit[:1].isalpha() and text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].rstrip()
        return text


class AddedSymptom:
    """The three fields of a symptom in a hurry: what it is, since when, and how bad. The name makes it count."""

    def __init__(self, form, number: int | str):
        self.form, self.number = form, number
        form.fields[self.name("name")] = LineField(
            label="Added symptom",
            required=False,
            fits=NAME_LENGTH,
            blank="",
            widget=forms.TextInput(attrs={"class": "input"}),
        )
        form.fields[self.name("kind")] = forms.ChoiceField(
            label="Since when?",
            choices=Symptom.Kind.choices,
            required=False,
            error_messages={"invalid_choice": "Choose one of these three, or none of them."},
        )
        form.fields[self.name("severity")] = ScoreField(label="How bad is it?")

    def name(self, part: str) -> str:
        """The field's name: "add-0-severity"."""
        return f"add-{self.number}-{part}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the three."""
        return self.name("name"), self.name("kind"), self.name("severity")

    @property
    def title(self):
        """What it is, for the template."""
        return self.form[self.name("name")]

    @property
    def kind(self):
        """Since when, for the template."""
        return self.form[self.name("kind")]

    @property
    def severity(self):
        """How bad, for the template."""
        return self.form[self.name("severity")]

    @property
    def is_open(self) -> bool:
        """Whether anything stands in it."""
        return any(self.form.data.get(name) for name in self.names)

    def clean(self) -> None:
        """A rating needs to be of something, and a name has to be one."""
        data = self.form.cleaned_data
        name = data.get(self.name("name"))
        if name:
            try:
                data[self.name("name")] = clean_name(name)
            except ValidationError as error:
                self.form.add_error(self.name("name"), error)
        elif self.name("name") in data and (data.get(self.name("kind")) or data.get(self.name("severity")) is not None):
            self.form.add_error(self.name("name"), "Write what it is.")

    def value(self) -> NewSymptom | None:
        """What was said; None without a name."""
        name, kind, severity = (self.form.cleaned_data[name] for name in self.names)
        return NewSymptom(name, kind, severity) if name else None


MOST_ADDED = 12
"""So many symptoms can be added at once; more would be a list, which has a page of its own."""
assert MOST_ADDED <= MOST


def added_numbers(data) -> list[int]:
    """The numbers of the blocks that were sent, in order; 0 where there is none."""
    found = {
        int(hit[1]) for name in data if (hit := re.fullmatch(r"add-(\d{1,2})-(?:name|kind|severity)", name, re.ASCII))
    }
    return sorted(found)[:MOST_ADDED] or [0]


EVENT_TEXT_LENGTH = 200


class EventFields:
    """One event: whether it happened, a line about it, and whether it is raised at the next appointment."""

    def __init__(self, form, event: Event):
        self.form, self.event = form, event
        there = form.day.events.get(event.slug)
        happened, text = self.names = f"event-{event.slug}", f"event-{event.slug}-text"
        self.raise_name = f"event-{event.slug}-raise"
        form.fields[happened] = forms.BooleanField(label=event.name, required=False, initial=bool(there))
        form.fields[text] = LineField(
            label=f"{event.name}, a line if you like",
            required=False,
            fits=EVENT_TEXT_LENGTH,
            blank="",
            initial=there.text if there else "",
            widget=forms.TextInput(attrs={"class": "input"}),
        )
        form.fields[self.raise_name] = forms.BooleanField(
            label=f"{event.name}: raise this at my next appointment",
            required=False,
            initial=event.slug in form.day.raised,
        )

    @property
    def happened(self):
        """The box, for the template."""
        return self.form[self.names[0]]

    @property
    def text(self):
        """The line, for the template."""
        return self.form[self.names[1]]

    @property
    def raised(self):
        """The box that makes it a question, for the template."""
        return self.form[self.raise_name]

    def in_words(self, texts) -> str:
        """The event in ``texts``: "ticked", "ticked, “with fever”", or nothing."""
        happened, *text = said(self.names, texts)
        return ", ".join(["ticked", *(quoted(line) for line in text if line)]) if happened else ""

    def value(self) -> str | None:
        """Its line of text where it happened, which may be blank; else None."""
        happened, text = (self.form.cleaned_data[name] for name in self.names)
        return text if happened else None
