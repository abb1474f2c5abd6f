"""Forms for practising a skill, and for an own skill."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.fields import ClockField, DayField, LineField, NoteField, ScoreField
from journal.models import Practice, Skill
from journal.queries.coping import save_own_skill

NAME_FITS = 100


class PracticeForm(forms.Form):
    """Doing a skill once. Nothing but the day is asked for; a blank figure stays blank."""

    before = ScoreField(label="Before")
    after = ScoreField(label="After")
    date = DayField(label="Day", error_messages={"required": "Choose the day."})
    time = ClockField(label="Time, if you like", required=False)
    note = NoteField(label="Note, if you like")

    def __init__(self, *args, practice: Practice | None = None, **kwargs):
        self.practice = practice
        if practice:
            kwargs["initial"] = {name: getattr(practice, name) for name in self.base_fields}
        else:
            kwargs.setdefault("initial", {"date": timezone.localdate()})
        super().__init__(*args, **kwargs)
        if practice:
            # An imported 6.3 may stay as it is; only what is typed anew is whole.
            for name in ("before", "after"):
                self.fields[name].may_stay(getattr(practice, name))

    def save(self) -> Practice:
        """Correct the practice that the form was made for."""
        for name, value in self.cleaned_data.items():
            setattr(self.practice, name, value)
        self.practice.save()
        return self.practice


class SkillForm(forms.Form):
    """An own skill: what to call it and how it goes."""

    name = LineField(label="Name", fits=NAME_FITS, blank="A skill needs a name.")
    steps = NoteField(label="How it goes", widget=forms.Textarea(attrs={"rows": 6}), help_text="A line for each step.")

    def __init__(self, *args, owner, skill: Skill | None = None, **kwargs):
        self.owner, self.skill = owner, skill
        if skill:
            kwargs["initial"] = {"name": skill.name, "steps": skill.steps}
        super().__init__(*args, **kwargs)

    def save(self) -> Skill | None:
        """The skill as saved; None, with the reason beside the name, when the list has this name already."""
        try:
            return save_own_skill(self.owner, self.cleaned_data["name"], self.cleaned_data["steps"], self.skill)
        except ValidationError as error:
            self.add_error("name", error)
            return None
