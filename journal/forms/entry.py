"""One form for a day. Nothing in it is required; what is left blank stays blank."""

import re
from datetime import time
from decimal import Decimal

from django import forms

from journal.analysis.numbers import hours_text
from journal.forms.fields import ClockField, HoursField, MgField, NoteField, ScoreField
from journal.forms.gone import gone
from journal.forms.merge import Merge, as_json, said
from journal.models import DailyEntry, DoseTaken
from journal.queries.entries import Day, Dose, DoseOfDay, Record
from journal.reading import SHOWN, quoted
from journal.taper.taken import counted_mg

Status = DoseTaken.Status
SCORE_LABELS = {"mood": "Mood", "energy": "Energy", "sleep_quality": "How well", "function": "What you could do"}


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
        at = taken.time if taken and taken.status == Status.LATE else None
        form.fields[self.name("time")] = ClockField(label="Taken at", required=False, initial=at)
        form.fields[self.name("mg")] = MgField(
            label="How much you took", required=False, initial=self._other_mg(), help_text=self._unit()
        )
        for part in ("time", "mg"):
            form.fields[self.name(part)].widget.attrs["class"] = "input"

    def name(self, part: str) -> str:
        """The field's name: "dose-12-status"."""
        return f"{self.prefix}-{part}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the three, the choice first."""
        return self.name("status"), self.name("time"), self.name("mg")

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
        elif status in (Status.PLANNED, Status.LATE) and self._planned()[0] is None:
            self.form.add_error(
                self.name("status"),
                "Nothing was planned for this day. Choose “Other amount” and write how many mg you took.",
            )

    def value(self) -> Dose | None:
        """What was said, with the mg really swallowed; None for "not recorded"."""
        data = self.form.cleaned_data
        status = data[self.name("status")]
        if not status:
            return None
        if status == Status.MISSED:
            return Dose(status, Decimal(0), None)
        if status == Status.OTHER:
            return self._other(data[self.name("mg")])
        mg, taken_mg = self._planned()
        return Dose(status, mg, data[self.name("time")] if status == Status.LATE else None, taken_mg)

    def in_words(self, texts) -> str:
        """The dose in ``texts`` as it is called on the page: "Other amount, 5 mg"."""
        status, *more = said(self.names, texts)
        unit = f"\u00a0{self._unit() or 'mg'}" if status == Status.OTHER else ""
        return f"“{', '.join([Status(status).label if status else 'Not recorded', *filter(None, more)])}{unit}”"

    def _planned(self) -> tuple[Decimal | None, Decimal | None]:
        """What was planned, in mg of tablets and as it is swallowed: as it was recorded, even where the step was
        corrected later; else the plan for the day."""
        taken, plan = self.of_day.taken, self.of_day.plan
        if taken and taken.status in (Status.PLANNED, Status.LATE):
            return taken.mg, taken.taken_mg
        return self.of_day.due or None, plan.taken_mg_today if plan else None

    # An other amount is told as the step has it, in mg of drops for one; a recorded one as it was recorded.

    def _other_mg(self) -> Decimal | None:
        """The other amount that was recorded, as it was told."""
        taken = self.of_day.taken
        if not taken or taken.status != Status.OTHER:
            return None
        return taken.mg if taken.taken_mg is None else taken.taken_mg

    def _unit(self) -> str:
        """What the mg of an other amount are of, where there are two kinds: "mg of drops"; else blank."""
        how, plan = self.of_day.taken_as, self.of_day.plan
        if how is None:
            return "mg of tablets" if plan and plan.taken_as else ""
        return f"mg of {how.name}" if how.name else "mg as you swallow them"

    def _other(self, told: Decimal) -> Dose:
        """Another amount, told in the unit of ``_unit``. Told as before, it is what was recorded."""
        taken, how = self.of_day.taken, self.of_day.taken_as
        if told == self._other_mg():
            return Dose(Status.OTHER, taken.mg, None, taken.taken_mg)
        mg = told if how is None else counted_mg(told, how.factor)
        return Dose(Status.OTHER, mg, None, None if mg == told else told)


class EntryForm(forms.Form):
    """Everything that can be recorded for ``day``. Asks the database nothing: it has been loaded.

    The page carries what it showed (``shown``). What is sent as it was shown leaves alone what is stored by now.
    """

    use_required_attribute = False

    def __init__(self, day: Day, data=None):
        super().__init__(data)
        self.day = day
        for name in DailyEntry.SCORES:
            self._add_score(name, SCORE_LABELS[name], getattr(day.entry, name))
        self.fields["sleep_hours"] = SleepField(label="Hours slept", initial=day.entry.sleep_hours)
        for found in day.symptoms:
            self._add_score(f"symptom-{found.symptom.pk}", found.symptom.name, found.severity)
        self.fields["notes"] = NoteField(
            label="Notes",
            initial=day.entry.notes,
            help_text="Only you see these, unless you choose to print them.",
            widget=forms.Textarea(attrs={"class": "input", "rows": 4, "aria-labelledby": "notes"}),
        )
        plain = [(name,) for name in self.fields]
        self.doses = [DoseFields(self, dose) for dose in day.doses]
        self.stored = {name: self._stored(name) for name in self.fields}
        self.merge = None
        self._refused: set[str] = set()
        self._told: list[tuple[str, ...]] = []
        self.gone = gone(self.fields, data) if data is not None else []
        if data is not None:
            self.merge = Merge([*plain, *(dose.names for dose in self.doses)], self.stored, data)
            self.data = self.merge.data

    @property
    def symptoms(self):
        """Each symptom's field beside what is known of it, for the template."""
        return [(self[f"symptom-{found.symptom.pk}"], found) for found in self.day.symptoms]

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.stored)

    @property
    def other_note(self) -> str:
        """The whole note that was saved elsewhere while this page was open, where the sentence has its beginning."""
        notes = self.day.entry.notes
        return notes if ("notes",) in self._told and len(notes) > SHOWN else ""

    def _add_score(self, name, label, stored):
        self.fields[name] = ScoreField(label=label, stored=stored, initial=stored)

    def _stored(self, name) -> str:
        """What is stored, as its field shows it."""
        value = self.fields[name].prepare_value(self.fields[name].initial)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return "" if value is None else str(value)

    def clean(self):
        """What concerns more than one field: the doses, and what was saved elsewhere meanwhile."""
        for dose in self.doses:
            dose.clean()
        for sentence in self.gone:
            self.add_error(None, sentence)
        self._refused = set(self.errors)  # for a reason of their own; what was saved elsewhere is told after that
        self._told = [names for names in self.merge.clashes if self._refused.isdisjoint(names)]
        for names in self._told:
            self.add_error(names[0], self._saved_elsewhere(names))
        return self.cleaned_data

    def _saved_elsewhere(self, names) -> str:
        there, here = (self._in_words(names, texts) for texts in (self.stored, self.data))
        saved = f"saved elsewhere as {there}" if there else "cleared elsewhere"
        return f"While this page was open, this was {saved}. Save again to {f'keep {here}' if here else 'clear it'}."

    def _in_words(self, names, texts) -> str:
        for dose in self.doses:
            if dose.names == names:
                return dose.in_words(texts)
        text = texts[names[0]].strip()
        return quoted(text) if names == ("notes",) and text else text

    def record(self) -> Record:
        """What the person changed."""
        data = {name: value for name, value in self.cleaned_data.items() if name in self.merge.changed}
        return Record(
            fields={name: data[name] for name in ("sleep_hours", "notes", *DailyEntry.SCORES) if name in data},
            ratings={
                found.symptom.pk: data[name]
                for found in self.day.symptoms
                if (name := f"symptom-{found.symptom.pk}") in data
            },
            doses={dose.of_day.medication.pk: dose.value() for dose in self.doses if dose.name("status") in data},
        )
