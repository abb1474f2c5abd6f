"""One form for a day. Nothing in it is required; what is left blank stays blank."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.analysis.numbers import hours_text
from journal.analysis.sleep import LONGEST, hours_in_bed
from journal.catalogue import symptoms as catalogue
from journal.catalogue.events import EVENTS, ORDINARY, URGENT
from journal.forms.entry_dose import DoseFields
from journal.forms.entry_fields import AddedSymptom, EventFields, MeasureField, SleepField, added_numbers
from journal.forms.fields import ClockField, NoteField, ScoreField
from journal.forms.gone import gone
from journal.forms.merge import Clash, Merge, as_json, saved_elsewhere, shown_text, text_of
from journal.models import DailyEntry, Measure
from journal.queries.entries import Day, MeasureOfDay, SymptomOfDay
from journal.queries.save_day import Record
from journal.queries.symptoms import field_of, name_key
from journal.reading import SHOWN, plain_number, quoted

Kind = Measure.Kind


class EntryForm(forms.Form):
    """Everything that can be recorded for ``day``. Asks the database nothing: it has been loaded.

    The page carries what it showed (``shown``). What is sent as it was shown leaves alone what is stored by now.
    """

    use_required_attribute = False

    def __init__(self, day: Day, data=None):
        super().__init__(data)
        self.day = day
        for one in day.measures:
            self._add_measure(one)
        for found in day.symptoms:
            self.fields[_symptom(found)] = ScoreField(
                label=found.symptom.name, stored=found.severity, initial=found.severity, also=found.carry
            )
        self.fields["notes"] = NoteField(
            label="Notes",
            initial=day.entry.notes,
            help_text="Only you see these, unless you choose to print them.",
            widget=forms.Textarea(attrs={"class": "input", "rows": 4, "aria-labelledby": "notes"}),
        )
        self.fields["raise"] = forms.BooleanField(
            label="Raise this at my next appointment", required=False, initial=bool(day.question)
        )
        plain = [(name,) for name in self.fields]
        self.events = [EventFields(self, event) for event in EVENTS.values()]
        plain += [(event.raise_name,) for event in self.events]
        self.doses = [DoseFields(self, dose) for dose in day.doses]
        self.stored = {name: shown_text(field) for name, field in self.fields.items()}
        self.added = [AddedSymptom(self, number) for number in added_numbers(data or ())]
        self.merge = None
        self.carried = self._stored_as_carried()
        self._refused: set[str] = set()
        self._told: list[tuple[str, ...]] = []
        self.gone = gone(self.fields, data) if data is not None else []
        if data is not None:
            groups = [*(event.names for event in self.events), *(dose.names for dose in self.doses)]
            self.merge = Merge([*plain, *groups], self.stored, data, self._as_kept)
            self.carried = set(data.get("carried", "").split())
            self.sent, self.data = (
                data,
                self.merge.data | {name: data.get(name, "") for added in self.added for name in added.names},
            )

    def _add_measure(self, one: MeasureOfDay) -> None:
        tracked, name = one.tracked, one.tracked.field
        if tracked.kind == Kind.RATING:
            self.fields[name] = ScoreField(label=tracked.name, stored=one.value, initial=one.value, also=one.carry)
        elif tracked.kind == Kind.CHOICE:
            self.fields[name] = forms.TypedChoiceField(
                label=tracked.name,
                required=False,
                choices=[*((str(value), word) for value, word in enumerate(tracked.words)), ("", "Not recorded")],
                coerce=Decimal,
                empty_value=None,
                initial="" if one.value is None else plain_number(one.value),
                error_messages={"invalid_choice": "Choose one of these."},
            )
        elif tracked.kind == Kind.SLEEP:
            self.fields[name] = SleepField(label=tracked.name, initial=one.value)
            for part, label in (("bed_time", "Went to bed"), ("wake_time", "Woke up")):
                self.fields[part] = ClockField(label=label, required=False, initial=getattr(self.day.entry, part))
                self.fields[part].widget.attrs["class"] = "input"
        else:
            self.fields[name] = MeasureField(tracked, stored=one.value)

    # -- for the template -------------------------------------------------------------------------------------

    @property
    def symptoms(self):
        """Each symptom's field beside what is known of it."""
        return [(self[_symptom(found)], found) for found in self.day.symptoms]

    @property
    def ratings(self):
        """The field of each measure that is rated, how well one slept apart, beside what is known of it."""
        return self._measures(lambda one: one.tracked.kind == Kind.RATING and one.tracked.slug != "sleep_quality")

    @property
    def sleep(self):
        """Hours slept and how well: none, one or both, in the person's order."""
        return self._measures(lambda one: one.tracked.slug in ("sleep", "sleep_quality"))

    @property
    def night(self):
        """When to bed, when up."""
        return [self["bed_time"], self["wake_time"]]

    @property
    def raised(self) -> bool:
        """Whether the note is to be raised, as the page shows it."""
        return bool(self["raise"].value())

    @property
    def has_urgent(self) -> bool:
        """Whether one of the urgent events is ticked."""
        return any(event.happened.value() for event in self.urgent)

    @property
    def amounts(self):
        """Numbers with a unit and choices."""
        return self._measures(lambda one: one.tracked.kind in (Kind.AMOUNT, Kind.CHOICE))

    def _measures(self, wanted):
        return [(self[one.tracked.field], one) for one in self.day.measures if wanted(one)]

    @property
    def ordinary(self):
        """What can happen in a life."""
        return [event for event in self.events if event.event in ORDINARY]

    @property
    def urgent(self):
        """What wants help at once."""
        return [event for event in self.events if event.event in URGENT]

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.stored)

    @property
    def carried_text(self) -> str:
        """The names of what is filled in from the day before, for the page to send back."""
        return " ".join(sorted(self.carried))

    @property
    def other_note(self) -> str:
        """The whole note that was saved elsewhere while this page was open, where the sentence has its beginning."""
        notes = self.day.entry.notes
        return notes if ("notes",) in self._told and len(notes) > SHOWN else ""

    @property
    def clashes(self) -> list[Clash]:
        """What was saved elsewhere while this page was open, and is another here."""
        return [
            Clash(
                names[0],
                self._called(names[0]),
                *(self._in_words(names, texts) for texts in (self.stored, self.data)),
                is_note=names == ("notes",),
            )
            for names in self._told
        ]

    def is_carried(self, name: str) -> bool:
        """Whether what the field shows is filled in from the day before."""
        return name in self.carried

    def _stored_as_carried(self) -> set[str]:
        found = {one.tracked.field for one in self.day.measures if one.is_carried}
        return found | {_symptom(one) for one in self.day.symptoms if one.is_carried}

    # -- same as yesterday ------------------------------------------------------------------------------------

    @property
    def carry(self) -> dict[str, str]:
        """What "same as yesterday" fills in, as its field shows it; nothing of doses, red flags and notes."""
        values = {_symptom(found): found.carry for found in self.day.symptoms}
        values |= {one.tracked.field: one.carry for one in self.day.measures}
        return {
            name: str(self.fields[name].prepare_value(value))
            if not isinstance(self.fields[name], forms.ChoiceField)
            else plain_number(value)
            for name, value in values.items()
            if value is not None
        }

    @property
    def can_carry(self) -> bool:
        """Whether anything is left to fill in from the day before."""
        shown = self.data if self.is_bound else self.stored
        return any(not shown.get(name, "").strip() for name in self.carry)

    def fill_like_yesterday(self) -> int:
        """Fill what is still blank in what was sent; how many fields that were."""
        filled = {name: text for name, text in self.carry.items() if not self.data.get(name, "").strip()}
        self.data |= filled
        self.merge.changed |= set(filled)
        self.carried |= set(filled)
        return len(filled)

    # -- checking ---------------------------------------------------------------------------------------------

    def clean(self):
        """What concerns more than one field: the night, the doses, and what was saved elsewhere meanwhile."""
        for each in (*self.doses, *self.added):
            each.clean()
        self._clean_night()
        self._clean_added()
        if self.cleaned_data.get("raise") and self.cleaned_data.get("notes") == "":
            self.add_error("notes", "Write the note that is to be raised, or take the tick away.")
        for sentence in self.gone:
            self.add_error(None, sentence)
        self._refused = set(self.errors)  # for a reason of their own; what was saved elsewhere is told after that
        self._told = [names for names in self.merge.clashes if self._refused.isdisjoint(names)]
        for names in self._told:
            self.add_error(names[0], self._saved_elsewhere(names))
        return self.cleaned_data

    def _clean_night(self) -> None:
        """Bed and wake times make the hours, as long as nobody wrote others."""
        data = self.cleaned_data
        bed, wake = data.get("bed_time"), data.get("wake_time")
        if not (bed and wake) or "sleep_hours" not in data or not self.merge.changed & NIGHT:
            return
        zone, hours = timezone.get_current_timezone(), data["sleep_hours"]
        in_bed = hours_in_bed(bed, wake, self.day.date, zone)
        if bed == wake:
            self.add_error("wake_time", "These two times are the same. Write when you woke up.")
        elif in_bed <= 0:
            self.add_error(
                "wake_time",
                f"On this day no time goes by from {bed:%H:%M} to {wake:%H:%M}: the clocks go forward. "
                "Write when you woke up.",
            )
        elif hours is None or ("sleep_hours" not in self.merge.changed and hours == self._hours_by_times(zone)):
            if in_bed > LONGEST:
                self.add_error(
                    "wake_time",
                    f"From {bed:%H:%M} to {wake:%H:%M} are {hours_text(in_bed)}. Are the two the wrong way round? "
                    "If it was so long, write the hours slept as well.",
                )
            data["sleep_hours"] = in_bed
            self.merge.changed.add("sleep_hours")
        elif hours > in_bed:
            self.add_error(
                "sleep_hours",
                f"{hours_text(hours)} is longer than the time in bed: from {bed:%H:%M} to {wake:%H:%M} "
                f"are {hours_text(in_bed)}.",
            )

    def _hours_by_times(self, zone) -> Decimal | None:
        """The hours that the stored times make: where they are the stored hours, nobody wrote these."""
        entry = self.day.entry
        if not (entry.bed_time and entry.wake_time):
            return None
        return hours_in_bed(entry.bed_time, entry.wake_time, self.day.date, zone)

    def _clean_added(self) -> None:
        """No symptom twice with two ratings, by whatever name it goes."""
        rows = {name_key(found.symptom.name): found for found in self.day.symptoms}
        builtins = {found.symptom.builtin: found for found in self.day.symptoms if found.symptom.builtin}
        seen: set = set()
        for added in self.added:
            name = self.cleaned_data.get(added.name("name"))
            if not name:
                continue
            # As the journal finds it by name: their own first, then the catalogue's with its aliases.
            builtin = catalogue.find(name)
            row = rows.get(name_key(name)) or (builtins.get(builtin.slug) if builtin else None)
            key = _symptom(row) if row else builtin.slug if builtin else name_key(name)
            if key in seen or (row and self.cleaned_data.get(key) is not None):
                self.add_error(added.name("name"), f"{quoted(name)} is rated on this page already.")
            seen.add(key)

    def _as_kept(self, name: str, text: str) -> str:
        """``text`` as the field would show it, were it stored: "7 h 30" for "7.5"."""
        field = self.fields.get(name)
        if field is None or not text.strip() or isinstance(field, forms.BooleanField | forms.ChoiceField):
            return text
        try:
            return text_of(field, field.to_python(text))
        except ValidationError:
            return text

    def _saved_elsewhere(self, names) -> str:
        return saved_elsewhere(*(self._in_words(names, texts) for texts in (self.stored, self.data)))

    def _called(self, name: str) -> str:
        return next((dose.of_day.medication.name for dose in self.doses if name in dose.names), self.fields[name].label)

    def _in_words(self, names, texts) -> str:
        for group in (*self.doses, *self.events):
            if group.names == names:
                return group.in_words(texts)
        text = texts[names[0]].strip()
        field = self.fields[names[0]]
        if isinstance(field, forms.BooleanField):
            return "ticked" if text else ""
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(text, "")) if text else ""
        return quoted(text) if names == ("notes",) and text else text

    # -- what was said ----------------------------------------------------------------------------------------

    def record(self) -> Record:
        """What the person changed."""
        changed = self.merge.changed
        data = {name: value for name, value in self.cleaned_data.items() if name in changed}
        carry = self.carry
        return Record(
            fields={name: data[name] for name in DailyEntry.HOLDS if name in data},
            ratings={found.symptom.pk: data[name] for found in self.day.symptoms if (name := _symptom(found)) in data},
            doses={dose.of_day.medication.pk: dose.value() for dose in self.doses if dose.name("status") in data},
            measurements={
                one.tracked.slug: data[one.tracked.field]
                for one in self.day.measures
                if not one.tracked.column and one.tracked.field in data
            },
            events={event.event.slug: event.value() for event in self.events if event.names[0] in changed},
            added=tuple(filter(None, (added.value() for added in self.added))),
            # Only what is as it was the day before was carried from there, whatever the page says.
            carried=frozenset(
                name for name in self.carried & set(data) if name in carry and self.data[name] == carry[name]
            ),
            raised=data.get("raise"),
            raised_events={
                event.event.slug: data[event.raise_name] for event in self.events if event.raise_name in data
            },
        )


NIGHT = {"bed_time", "wake_time", "sleep_hours"}


def _symptom(found: SymptomOfDay) -> str:
    """The name of a symptom's field."""
    return field_of(found.symptom.pk)


def asked_names(data) -> list[str]:
    """The names of the fields in what was sent that somebody filled in."""
    return [name for name in data if data.get(name, "").strip()]
