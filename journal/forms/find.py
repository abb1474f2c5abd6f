"""To find a day: by its date, by words in its notes, by a symptom or an event."""

from django import forms

from journal.catalogue.events import ORDINARY, URGENT
from journal.forms.fields import DayField, LineField
from journal.queries.search import Query

MOST_LETTERS = 100
NAMES = ("q", "symptom", "event")


class JumpForm(forms.Form):
    """One day's page."""

    use_required_attribute = False
    on = DayField(
        label="Go to a day",
        error_messages={"required": "Choose a day, or write it like 2026-11-22."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input", "autocomplete": "off"}),
    )

    def __init__(self, data=None, today=None):
        super().__init__(data)
        if today:
            self.fields["on"].widget.attrs["max"] = today.isoformat()

    def keep_typed(self) -> None:
        """Show what was typed as it is: a browser's date field leaves out what is no date."""
        self.fields["on"].widget.input_type = "text"


class SearchForm(forms.Form):
    """Words, a symptom, an event: each of them narrows what is found."""

    use_required_attribute = False

    def __init__(self, symptoms, data=None):
        super().__init__(data)
        self.by_slug = {symptom.slug: symptom for symptom in symptoms}
        self.fields["q"] = LineField(
            fits=MOST_LETTERS,
            blank="",
            required=False,
            label="Words in your notes",
            widget=forms.TextInput(attrs={"type": "search", "class": "input", "autocomplete": "off"}),
        )
        self.fields["symptom"] = self._choice(
            "Symptom",
            [("", "Any symptom, or none"), *((slug, one.name) for slug, one in self.by_slug.items())],
            "There is no such symptom in your journal. Choose one from the list.",
        )
        self.fields["event"] = self._choice(
            "Event",
            [("", "Any event, or none"), *((event.slug, event.name) for event in (*ORDINARY, *URGENT))],
            "There is no such event. Choose one from the list.",
        )

    def _choice(self, label, choices, wrong):
        return forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            error_messages={"invalid_choice": wrong},
            widget=forms.Select(attrs={"class": "input"}),
        )

    def clean_q(self):
        """The words; refused where nothing is left of what was typed."""
        text = self.cleaned_data["q"]
        if not text and self.data.get("q", "").strip():
            raise forms.ValidationError("There is no letter in this that can be looked for.")
        return text

    def query(self) -> Query:
        """What is looked for, once the form is valid."""
        data = self.cleaned_data
        return Query(data["q"], self.by_slug.get(data["symptom"]), data["event"])
