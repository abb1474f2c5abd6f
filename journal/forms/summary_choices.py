"""The form beside the preview of a summary: how long it is, and what is on it."""

from collections.abc import Sequence

from django import forms

from journal.catalogue.summary import Length, sections_for
from journal.models import Medication
from journal.summary.choices import Choices

LENGTHS = (
    (Length.BRIEF, "One page"),
    (Length.FULL, "Two pages"),
    (Length.WHOLE, "As long as it takes"),
)
LENGTH_LABELS = {length.value: label for length, label in LENGTHS}
MORE_THAN_TWO = "It may be more than two pages."
CHANGED = "What can be on it has changed since this page was opened. Look through it, and show it again."


class SummaryChoicesForm(forms.Form):
    """Length, sections and medications, each as it stands in ``choices``. What is ticked is on the page.

    ``medications`` can be empty: then nothing is asked about them and what was chosen stays.
    """

    use_required_attribute = False

    length = forms.ChoiceField(
        label="Length",
        widget=forms.RadioSelect,
        choices=[(length.value, label) for length, label in LENGTHS],
        error_messages={
            "required": "Choose how long it is.",
            "invalid_choice": "The length can be one page, two pages, or as long as it takes.",
        },
    )
    sections = forms.MultipleChoiceField(
        label="Sections",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": CHANGED},
    )
    medications = forms.MultipleChoiceField(
        label="Medications",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": CHANGED},
    )

    def __init__(self, choices: Choices, medications: Sequence[Medication], data=None):
        super().__init__(data)
        self.choices = choices
        self.asked_about = [str(medication.pk) for medication in medications]
        self.names = {str(medication.pk): medication.name for medication in medications}
        sections = sections_for(choices.reader)
        self.fields["sections"].choices = [(section.key, section.label) for section in sections]
        self.fields["medications"].choices = list(self.names.items())
        self.initial = {
            "length": choices.length.value,
            "sections": [section.key for section in sections if choices.has(section.key)],
            "medications": [pk for pk in self.names if int(pk) not in choices.medications_off],
        }

    def lengths(self) -> list[dict]:
        """Each length: value, label, a line about it, whether it is chosen."""
        chosen = self["length"].value()
        return [
            {
                "value": length.value,
                "label": label,
                "line": MORE_THAN_TWO if length == Length.WHOLE else "",
                "chosen": chosen == length,
            }
            for length, label in LENGTHS
        ]

    def rows(self, name: str) -> list[dict]:
        """The boxes of ``sections`` or ``medications``: value, label, whether it is ticked."""
        ticked = {str(value) for value in self[name].value() or ()}
        return [{"value": value, "label": label, "on": value in ticked} for value, label in self.fields[name].choices]

    @property
    def section_rows(self) -> list[dict]:
        """The boxes of the sections."""
        return self.rows("sections")

    @property
    def medication_rows(self) -> list[dict]:
        """The boxes of the medications; none where nothing is asked about them."""
        return self.rows("medications")

    def chosen(self) -> dict:
        """What ``queries.summary_choices.save_choices`` takes, of a valid form. What was not asked about stays."""
        on = self.cleaned_data
        off = {key for key, _ in self.fields["sections"].choices} - set(on["sections"])
        medications = {int(pk) for pk in self.asked_about} - {int(pk) for pk in on["medications"]}
        asked = {"medications_off": medications} if self.asked_about else {}
        return {"length": Length(on["length"]), "sections_off": off, **asked}
