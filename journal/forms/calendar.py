"""The form of the private calendar: the reminder's hour, and whether titles carry names."""

from django import forms

from journal.exchange.calendar_out import REMINDER_TITLE, STEP_TITLE
from journal.forms.fields import ClockField


class CalendarForm(forms.Form):
    """What the calendar at the private address shows. ``zone`` is the person's time zone, for the hint."""

    remind_at = ClockField(label="Daily reminder", required=False)
    with_names = forms.BooleanField(
        label="Put the medication and its dose into titles",
        required=False,
        help_text="Then whoever sees the calendar reads what you take and how much: on a lock screen or a shared "
        "phone, in a family or company calendar, and at the company that runs it. Left off, a title says only "
        f"“{STEP_TITLE}”.",
    )

    def __init__(self, *args, zone: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remind_at"].help_text = (
            f"Every day at this time in {zone}, also after the clocks change. Blank for none. "
            f"Its title is “{REMINDER_TITLE}”."
        )
