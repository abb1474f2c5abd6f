"""Forms for how a person uses the journal."""

import datetime as dt

from django import forms

from journal.catalogue import crisis, zones
from journal.forms.fields import DayField, LineField
from journal.models import Profile

FIRST_BORN = dt.date(1900, 1, 1)


def segments(choices, **options) -> forms.ChoiceField:
    """A few choices side by side."""
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect(attrs={"data-look": "segments"}),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
        **options,
    )


class PlaceForm(forms.ModelForm):
    """Time zone, country and clock, which first run asks for."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="It decides when a day begins. Days that are written already stay where they are.",
        error_messages={
            "required": "Choose a time zone.",
            "invalid_choice": "That is not a time zone. Choose one from the list.",
        },
    )
    country = forms.ChoiceField(
        label="Country",
        required=False,
        choices=crisis.choices,
        help_text="For emergency numbers and crisis lines under Help now.",
        error_messages={"invalid_choice": "Choose a country from the list, or “Another country”."},
    )
    clock = segments(Profile.Clock.choices, label="Clock")

    class Meta:
        model = Profile
        fields = ("time_zone", "country", "clock")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = list(zones.names())
        if self.instance.time_zone not in names:
            names.insert(0, self.instance.time_zone)
        self.fields["time_zone"].choices = [(name, zones.label(name)) for name in names]


class PreferencesForm(PlaceForm):
    """Everything that can be set."""

    name = LineField(
        label="Name on the summary",
        required=False,
        fits=100,
        blank="",
        help_text="As your prescriber knows you. It is only printed.",
    )
    born = DayField(
        label="Date of birth on the summary",
        required=False,
        earliest=FIRST_BORN,
        help_text="So that a surgery files it with the right person. It is only printed.",
    )
    theme = segments(Profile.Theme.choices, label="Light or dark", required=False)
    paper = segments(Profile.Paper.choices, label="Paper")

    charts_private = forms.BooleanField(
        label="Show ratings of suicidal thoughts in my charts and tables",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        help_text="Off: they are in no chart, table or mean. On: Trends draws and counts them like any other symptom. "
        "The summary is not changed by this.",
    )

    suggest_questionnaires = forms.BooleanField(
        label="Suggest a questionnaire every two weeks",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        help_text="One quiet line on Today, two weeks after you filled in the PHQ-9 or GAD-7 last.",
    )

    class Meta(PlaceForm.Meta):
        fields = (
            "name",
            "born",
            "time_zone",
            "country",
            "clock",
            "theme",
            "paper",
            "charts_private",
            "suggest_questionnaires",
        )

    field_order = Meta.fields
