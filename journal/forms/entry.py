"""One form for a day. Nothing in it is required; what is left blank stays blank."""

import re
from decimal import Decimal

from django import forms

from journal.analysis.numbers import hours_text
from journal.forms.fields import ClockField, HoursField, MgField, NoteField, ScoreField
from journal.models import DailyEntry, DoseTaken
from journal.queries.entries import Day, Dose, DoseOfDay, Record

Status = DoseTaken.Status
SCORE_LABELS = {"mood": "Mood", "energy": "Energy", "sleep_quality": "How well", "function": "What you could do"}


class SleepField(HoursField):
    """Hours slept, shown as "5 h 30". ``stored`` may be finer than minutes; sent back unchanged, it stays as it is."""

    def __init__(self, *, stored: Decimal | None, **kwargs):
        self.stored = stored
        super().__init__(required=False, help_text="Like 7 h 30, 7:30 or 7.5", **kwargs)
        self.widget.attrs |= {"class": "input", "inputmode": "text"}  # a phone's number keys have no colon

    def to_python(self, value):
        """The hours, or None for a blank."""
        text = re.sub(r"\s+", " ", str(value or "")).strip()
        unchanged = self.stored is not None and text == hours_text(self.stored)
        return self.stored if unchanged else super().to_python(text)

    def prepare_value(self, value):
        """What stands in the field."""
        return hours_text(value) if isinstance(value, Decimal) else value


class DoseFields:
    """The three fields of one medication's dose: what happened, when if it was late, how much if it was another."""

    def __init__(self, form, of_day: DoseOfDay):
        self.form, self.of_day = form, of_day
        self.prefix = f"dose-{of_day.medication.pk}"
        taken = of_day.taken
        form.fields[self.name("status")] = forms.ChoiceField(
            label=f"{of_day.medication.name}, dose",
            choices=[*Status.choices, ("", "Not recorded")],
            required=False,
            initial=taken.status if taken else None,
            error_messages={"invalid_choice": "Choose one of these: as planned, missed, late, other amount."},
        )
        time = taken.time if taken and taken.status == Status.LATE else None
        form.fields[self.name("time")] = ClockField(label="Taken at", required=False, initial=time)
        mg = taken.mg if taken and taken.status == Status.OTHER else None
        form.fields[self.name("mg")] = MgField(label="How much you took", required=False, initial=mg)
        for part in ("time", "mg"):
            form.fields[self.name(part)].widget.attrs["class"] = "input"

    def name(self, part: str) -> str:
        """The field's name: "dose-12-status"."""
        return f"{self.prefix}-{part}"

    @property
    def status(self):
        """The choice, for the template."""
        return self.form[self.name("status")]

    @property
    def time(self):
        """When it was taken, for the template."""
        return self.form[self.name("time")]

    @property
    def mg(self):
        """How much was taken, for the template."""
        return self.form[self.name("mg")]

    def clean(self) -> None:
        """Only the field that goes with the choice counts: a slip in a hidden one is no error."""
        status = self.form.cleaned_data.get(self.name("status"), "")
        for part, of in (("time", Status.LATE), ("mg", Status.OTHER)):
            if status != of:
                self.form.errors.pop(self.name(part), None)
        if self.name("mg") in self.form.errors:
            return
        if status == Status.OTHER and self.form.cleaned_data[self.name("mg")] is None:
            self.form.add_error(self.name("mg"), "Write how many mg you took.")
        elif status in (Status.PLANNED, Status.LATE) and self._planned_mg() is None:
            self.form.add_error(
                self.name("status"),
                "Nothing was planned for this day. Choose “Other amount” and write how many mg you took.",
            )

    def value(self) -> Dose | None:
        """What was said, with the mg really swallowed; None for "not recorded"."""
        data, taken = self.form.cleaned_data, self.of_day.taken
        status = data[self.name("status")]
        if not status:
            return None
        if status == Status.MISSED:
            mg = taken.mg if taken and taken.status == Status.MISSED else Decimal(0)
        elif status == Status.OTHER:
            mg = data[self.name("mg")]
        else:
            mg = self._planned_mg()
        return Dose(status, mg, self._time(status, data.get(self.name("time"))))

    def _time(self, status, typed):
        """The time as it is stored where the field, which shows no seconds, was left alone or not offered."""
        stored = self.of_day.taken.time if self.of_day.taken and self.of_day.taken.status == status else None
        if status != Status.LATE or self.name("time") not in self.form.data:
            return stored
        return stored if stored and typed == stored.replace(second=0, microsecond=0) else typed

    def _planned_mg(self) -> Decimal | None:
        """What was planned: as it was recorded, even where the step was corrected later; else the plan for the day."""
        taken = self.of_day.taken
        if taken and taken.status in (Status.PLANNED, Status.LATE):
            return taken.mg
        return self.of_day.due or None


class EntryForm(forms.Form):
    """Everything that can be recorded for ``day``. Asks the database nothing: it has been loaded."""

    use_required_attribute = False

    def __init__(self, day: Day, data=None):
        super().__init__(data)
        self.day = day
        for name in DailyEntry.SCORES:
            self._add_score(name, SCORE_LABELS[name], getattr(day.entry, name))
        self.fields["sleep_hours"] = SleepField(
            label="Hours slept", stored=day.entry.sleep_hours, initial=day.entry.sleep_hours
        )
        for found in day.symptoms:
            self._add_score(f"symptom-{found.symptom.pk}", found.symptom.name, found.severity)
        self.fields["notes"] = NoteField(
            label="Notes",
            initial=day.entry.notes,
            help_text="Only you see these, unless you choose to print them.",
            widget=forms.Textarea(attrs={"class": "input", "rows": 4, "aria-labelledby": "notes"}),
        )
        self.doses = [DoseFields(self, dose) for dose in day.doses]

    @property
    def symptoms(self):
        """Each symptom's field beside what is known of it, for the template."""
        return [(self[f"symptom-{found.symptom.pk}"], found) for found in self.day.symptoms]

    def _add_score(self, name, label, stored):
        self.fields[name] = ScoreField(label=label, stored=stored, initial=stored)

    def clean(self):
        """What concerns more than one field: the doses."""
        for dose in self.doses:
            dose.clean()
        return self.cleaned_data

    def record(self) -> Record:
        """What was sent. A field that was not sent at all says nothing: it is no blank."""
        data = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if data.get("notes") == self.fields["notes"].to_python(self.day.entry.notes):
            data["notes"] = (
                self.day.entry.notes
            )  # an imported note may begin with a space; looking at it changes nothing
        return Record(
            fields={name: data[name] for name in ("sleep_hours", "notes", *DailyEntry.SCORES) if name in data},
            ratings={
                found.symptom.pk: data[name]
                for found in self.day.symptoms
                if (name := f"symptom-{found.symptom.pk}") in data
            },
            doses={dose.of_day.medication.pk: dose.value() for dose in self.doses if dose.name("status") in data},
        )
