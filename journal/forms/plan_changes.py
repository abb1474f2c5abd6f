"""The short forms of a plan's life: agreed with whom and when, a step confirmed, so many days."""

from django import forms

from journal.forms.fields import DayField, LineField
from journal.forms.plans import Count


class AgreeForm(forms.Form):
    """With whom the plan was agreed, and when."""

    agreed_with = LineField(
        label="With whom",
        fits=100,
        blank="Write with whom you agreed on it, like Dr Okafor.",
    )
    agreed_on = DayField(label="On", error_messages={"required": "Write the day on which you agreed."})


class ConfirmForm(forms.Form):
    """From which day on the planned dose is taken; whether the later steps move along."""

    starts_on = DayField(label="Taken from", error_messages={"required": "Write the first day at this dose."})
    move_rest = forms.BooleanField(
        label="Move the later steps along, by as many days as this one is early or late", required=False
    )


class DaysForm(forms.Form):
    """So many days, by a button or typed."""

    days = Count(
        "days",
        label="Another number of days",
        required=True,
        error_messages={"required": "Write a number of days, or press one of the buttons."},
    )

    def __init__(self, *args, least: int, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def clean_days(self) -> int:
        """A number that makes sense here."""
        days = self.cleaned_data["days"]
        if not self.least <= days <= self.most or days == 0:
            least = f"{self.least:,}".replace("-", "−")
            raise forms.ValidationError(
                f"Write a number of days from {least} to {self.most:,}{', and not 0' if self.least < 0 else ''}."
            )
        return days
