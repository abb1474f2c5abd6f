"""Forms for practising a skill, and for an own skill."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.catalogue import situations
from journal.forms.fields import ClockField, DayField, LineField, MinutesField, NoteField, ScoreField, is_to_come
from journal.forms.merge import fill_unsent
from journal.models import Practice, Skill
from journal.models.coping import MOST_MINUTES
from journal.queries.coping import Shown, change_practice, save_own_skill, save_own_words

NAME_FITS = 100
REACH_FOR_FITS = 300


class PracticeForm(forms.Form):
    """Doing a skill once. Nothing but the day is asked for; a blank figure stays blank.

    ``after`` may stand without ``before``: what was not noted at the time is not made up later. Such a practice counts
    as practised and is in no change.
    """

    before = ScoreField(label="Before")
    after = ScoreField(label="After")
    situation = forms.ChoiceField(
        label="What was it about?",
        required=False,
        choices=[("", "Not said"), *situations.choices()],
        error_messages={"invalid_choice": "That is not in this list. Choose one of these, or “Not said”."},
    )
    minutes = MinutesField(label="How long, if you like", most=MOST_MINUTES)
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
            # And so may something it was about that has left the catalogue since.
            if practice.situation not in dict(self.fields["situation"].choices):
                self.fields["situation"].choices += [(practice.situation, situations.name_of(practice.situation))]
            fill_unsent(self)

    def clean(self):
        """A practice has been: nobody has practised later today."""
        cleaned = super().clean()
        self.refuse_to_come(cleaned)
        return cleaned

    def refuse_to_come(self, cleaned: dict) -> None:
        """A time that is still to come is wrong. The one that is stored may stay."""
        day, time, now = cleaned.get("date"), cleaned.get("time"), timezone.localtime()
        stored = (self.practice.date, self.practice.time) if self.practice else None
        if day and time and (day, time) != stored and is_to_come(day, time, now):
            self.add_error("time", f"{time:%H:%M} is still to come. It is {now:%H:%M} now.")

    def record(self) -> dict:
        """The columns of the practice."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    def save(self) -> bool:
        """Correct the practice that the form was made for; False where it was deleted meanwhile."""
        return change_practice(self.practice, self.record())


class SkillForm(forms.Form):
    """A skill in the person's own words. ``shown`` is the one to change; None is a new one of their own.

    Of a built-in one the name and the steps are the catalogue's. Only a new one is asked how it stands: later that is
    one tap on its page.
    """

    name = LineField(label="Name", fits=NAME_FITS, blank="A skill needs a name.")
    standing = forms.ChoiceField(
        label="Something that helped you before?",
        required=False,
        choices=[
            (Skill.Standing.WORKS, "It helped me before"),
            (Skill.Standing.LEARNING, "Something to learn"),
            ("", "I cannot say yet"),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"invalid_choice": "Choose one of these."},
    )
    steps = NoteField(label="How it goes", widget=forms.Textarea(attrs={"rows": 6}), help_text="A line for each step.")
    reach_for = LineField(
        label="When to reach for it",
        fits=REACH_FOR_FITS,
        blank="",
        required=False,
        help_text="Like: before a hard talk, or when I cannot sit still.",
    )
    notes = NoteField(label="Your own notes", help_text="What to remember, what makes it easier.")

    def __init__(self, *args, owner, shown: Shown | None = None, **kwargs):
        self.owner, self.shown = owner, shown
        row = shown.row if shown else None
        if row:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if shown:
            del self.fields["standing"]
        if shown and shown.builtin:
            del self.fields["name"], self.fields["steps"]
        if row:
            fill_unsent(self)

    def save(self) -> str | None:
        """The slug of what was saved; None, with the reason beside the name, when the list has this name already."""
        if self.shown and self.shown.builtin:
            save_own_words(self.owner, self.shown.slug, **self.cleaned_data)
            return self.shown.slug
        try:
            return save_own_skill(self.owner, skill=self.shown.row if self.shown else None, **self.cleaned_data).slug
        except ValidationError as error:
            self.add_error("name", error)
            return None
