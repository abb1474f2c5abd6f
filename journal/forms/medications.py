"""The form of a medication: what it is, what for, since when, from whom, and what came before."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.catalogue.drugs import DRUGS, DrugClass, find
from journal.forms.fields import DayField, LineField
from journal.models import Medication
from journal.taper.words import day_words

HISTORY_FITS = 500
FROM_NAME = [("", "Find it from the name")]


def names_offered() -> list[tuple[str, str]]:
    """(what can be typed, what it is) for the name's list: generic names, and brand names with their generic one."""
    offered = [(name, drug.name) for drug in DRUGS.values() for name in (drug.name, *drug.aliases)]
    return sorted(offered, key=lambda pair: pair[0].casefold())


class MedicationForm(forms.Form):
    """A medication. Only the name is needed.

    ``others`` are the person's other medications by name in small letters; ``first_step`` is the day of this one's
    first dose step, if there is one.
    """

    name = LineField(
        label="Name",
        fits=100,
        blank="A medication needs a name.",
        help_text="As it stands on the box. A brand name is fine.",
        widget=forms.TextInput(attrs={"list": "drug-names", "autocomplete": "off", "autocapitalize": "words"}),
    )
    drug_class = forms.ChoiceField(
        label="Kind of medicine",
        required=False,
        choices=FROM_NAME + DrugClass.choices(),
        help_text="It decides which symptoms are suggested, and which guidelines speak about a plan.",
        error_messages={"invalid_choice": "Choose a kind from the list, or “Not sure”."},
    )
    reason = LineField(label="What it is for", required=False, fits=200, blank="")
    since = DayField(label="Taken since", required=False, help_text="A rough date is fine.")
    prescriber = LineField(label="Prescriber", required=False, fits=100, blank="")
    history = LineField(
        label="What came before",
        required=False,
        fits=HISTORY_FITS,
        blank="",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Highest dose, earlier attempts to stop. It is printed on the summary.",
    )

    def __init__(
        self,
        *args,
        others: dict[str, Medication] | None = None,
        medication: Medication | None = None,
        first_step: dt.date | None = None,
        **kwargs,
    ):
        self.others = others or {}
        self.medication = medication
        self.first_step = first_step
        self.same: Medication | None = None
        if medication:
            kwargs["initial"] = {name: getattr(medication, name) for name in self.base_fields}
            # A kind that follows from the name goes on following it when the name is corrected.
            drug = find(medication.name)
            if drug and drug.drug_class == medication.drug_class:
                kwargs["initial"]["drug_class"] = ""
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """The name, which tells this medication from the others."""
        name = self.cleaned_data["name"]
        self.same = self.others.get(name.casefold())
        return name

    def clean_since(self) -> dt.date | None:
        """The day, not after the first dose step."""
        since = self.cleaned_data["since"]
        if since and self.first_step and since > self.first_step:
            day = day_words(self.first_step, timezone.localdate())
            raise ValidationError(f"Your first dose here is from {day}. “Taken since” is that day or one before it.")
        return since

    def clean(self):
        cleaned = super().clean()
        if self.same and not self.is_repeat:
            self.add_error(
                "name",
                f"“{self.same.name}” is on your list already. Add what tells them apart, like “drops” or “morning”.",
            )
        return cleaned

    @property
    def is_repeat(self) -> bool:
        """Whether this very medication is on the list: the button was pressed twice."""
        kept = self.same
        if kept is None or self.medication:
            return False
        fields = ("reason", "since", "prescriber", "history")
        return all(self.cleaned_data.get(name) == getattr(kept, name) for name in fields)
