"""The form of the private calendar: the reminder's hour, appointments, and whether titles carry names."""

from django import forms

from journal.exchange.calendar_out import REMINDER_TITLE, STEP_TITLE, VISIT_TITLE
from journal.forms.fields import ClockField


class CalendarForm(forms.Form):
    """What the calendar at the private address shows. ``zone`` is the person's time zone, for the hint."""

    remind_at = ClockField(label="Daily reminder", required=False)
    with_appointments = forms.BooleanField(
        label="Put my appointments in, too",
        required=False,
        help_text=f"Those of Care, each with its day and time. The title says only “{VISIT_TITLE}”, and no place "
        "stands there, unless names are turned on below.",
    )
    with_names = forms.BooleanField(
        label="Put names into titles: the medication with its dose, and whom I see",
        required=False,
        help_text="Of an appointment, whom it is with and where. Then whoever sees the calendar reads what you take, "
        "how much, and whom you see: on a lock screen or a shared phone, in a family or company calendar, and at the "
        f"company that runs it. Left off, a title says only “{STEP_TITLE}”.",
    )

    def __init__(self, *args, zone: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remind_at"].help_text = (
            f"Every day at this time in {zone}, also after the clocks change. Blank for none. "
            f"Its title is “{REMINDER_TITLE}”."
        )
