"""The dose of one medication on a day's page."""

from decimal import Decimal

from django import forms

from journal.forms.fields import ClockField, MgField
from journal.forms.merge import said
from journal.models import DoseTaken
from journal.queries.entries import DoseOfDay
from journal.queries.save_day import Dose
from journal.taper.taken import counted_mg

Status = DoseTaken.Status
TIMED = (Status.PLANNED, Status.LATE)
"""When it was taken may be known of these. (Of one taken as planned it is, where that was said with one tap.)"""


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
        at = taken.time if taken and taken.status in TIMED else None
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
        for part, of in (("time", TIMED), ("mg", (Status.OTHER,))):
            if status not in of:
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
        return Dose(status, mg, data[self.name("time")], taken_mg)

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
