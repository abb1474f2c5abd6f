"""The first of the first steps: what is taken, and how much of it now."""

from django import forms
from django.utils import timezone

from journal.forms.fields import DayField, MgField
from journal.forms.medications import MedicationForm
from journal.queries.first_run import Start


class StartForm(forms.Form):
    """A medication and its present dose. With nothing typed the step is passed over."""

    name = MedicationForm.base_fields["name"]
    drug_class = MedicationForm.base_fields["drug_class"]
    mg = MgField(
        label="Dose a day now",
        required=False,
        help_text="All that you take of it in 24 hours.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-unit": "mg"}),
    )
    starts_on = DayField(
        label="Since when at this dose", required=False, help_text="A rough date is fine. Blank means from today on."
    )
    field_order = ("name", "mg", "starts_on", "drug_class")

    def __init__(self, *args, start: Start, **kwargs):
        if start.medication:
            kwargs["initial"] = {"name": start.medication.name, "drug_class": start.medication.drug_class}
        if start.step:
            kwargs["initial"] |= {"mg": start.step.mg, "starts_on": start.step.starts_on}
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return all(self.cleaned_data.get(name) in (None, "") for name in ("name", "mg", "starts_on"))

    def clean(self):
        """A name and a dose belong together; a day alone says nothing."""
        data = super().clean()
        if self.errors or self.is_empty:
            return data
        if not data.get("name"):
            self.add_error("name", "Which medication is it? Write its name, or empty the other fields.")
        if data.get("mg") is None:
            self.add_error("mg", "Write the dose in mg, like 37.5. If you do not know it, skip this for now.")
        data["starts_on"] = data.get("starts_on") or timezone.localdate()
        return data
