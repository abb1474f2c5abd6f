"""Forms for a small activity: plan it, and say how it was."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.fields import DayField, LineField, NoteField, ScoreField
from journal.forms.merge import fill_unsent
from journal.models import Activity
from journal.queries.activities import DID, plan_activity, save_activity
from journal.reading import quoted

TEXT_FITS = 200
DETAILS_FIT = 300
AHEAD = dt.timedelta(366)


class PlannedDayField(DayField):
    """A day that has been, or is at most a year ahead."""

    def __init__(self, **kwargs):
        super().__init__(future=True, required=False, **kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day and day > timezone.localdate() + AHEAD:
            raise ValidationError(f"{quoted(str(value))} is more than a year ahead. Choose a nearer day.")
        return day


class ActivityForm(forms.Form):
    """A small activity to plan."""

    text = LineField(
        label="What",
        fits=TEXT_FITS,
        blank="Write what it is first.",
        help_text="Something small that you enjoy, or that matters to you.",
    )
    details = LineField(label="When, where, with whom, if you like", required=False, fits=DETAILS_FIT, blank="")
    day = PlannedDayField(label="Day, if you like")

    def __init__(self, *args, owner, **kwargs):
        self.owner = owner
        super().__init__(*args, **kwargs)

    def save(self) -> tuple[Activity, bool]:
        """(the activity, whether it is new)."""
        return plan_activity(self.owner, self.cleaned_data)


class ActivityDoneForm(ActivityForm):
    """One activity as a whole: what was planned, and how it was."""

    state = forms.ChoiceField(
        label="How it was",
        choices=Activity.State,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={
            "required": "Choose one: planned, done, done in part, or not done.",
            "invalid_choice": "Choose one: planned, done, done in part, or not done.",
        },
    )
    before = ScoreField(label="Before")
    after = ScoreField(label="After")
    mastery = ScoreField(label="Mastery (how much you managed)")
    pleasure = ScoreField(label="Pleasure (how much you enjoyed it)")
    note = NoteField(label="Note, if you like")

    SCORES = ("mastery", "pleasure", "before", "after")

    def __init__(self, *args, activity: Activity, **kwargs):
        self.activity = activity
        own = {
            name: getattr(activity, name) for name in ("text", "details", "day", "state", "mastery", "pleasure", "note")
        }
        practice = activity.practice
        figures = {"before": practice.before, "after": practice.after} if practice else {}
        super().__init__(*args, owner=activity.owner, initial=own | figures, **kwargs)
        for name in self.SCORES:  # an imported 6.3 may stay as it is
            self.fields[name].may_stay(self.initial.get(name))
        fill_unsent(self)

    def clean(self):
        """What does not go together is asked about; done without a day was done today."""
        found = super().clean()
        state, today = found.get("state"), timezone.localdate()
        rated = [name for name in self.SCORES if found.get(name) is not None]
        if state in DID and "day" not in self.errors:
            if found.get("day") is None:
                found["day"] = today
            elif found["day"] > today:
                self.add_error("day", "That day is still to come. Choose the day on which it was done.")
        if state == Activity.State.LEFT and found.get("day") is None and "day" not in self.errors:
            found["day"] = today
        if state in (Activity.State.PLANNED, Activity.State.LEFT) and rated:
            # At the first of them: what was said of how it was may be the one that is meant.
            chosen = Activity.State(state).label
            self.add_error(
                rated[0],
                f"Ratings go with what was done, or done in part, and “{chosen}” is chosen above. Leave them blank, or "
                "choose another.",
            )
        return found

    def save(self):
        """Save it, and its practice, as ``save_activity``."""
        fields = {name: value for name, value in self.cleaned_data.items() if name not in ("before", "after")}
        return save_activity(self.activity, fields, self.cleaned_data["before"], self.cleaned_data["after"])
