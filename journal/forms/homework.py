"""Forms for homework from therapy: a task, its steps, and how it went."""

from typing import Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.activities import PlannedDayField
from journal.forms.fields import DayField, LineField, NoteField
from journal.forms.merge import fill_unsent
from journal.models import Homework
from journal.models.base import plain
from journal.queries import homework as queries
from journal.reading import quoted
from journal.taper.words import day_words

TASK_FITS = 300
WHY_FITS = 500
WHEN_FITS = 200
STEP_FITS = 300


class StepsField(NoteField):
    """Small steps, a line each; cleaned to a list of lines."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > queries.MOST_STEPS:
            raise ValidationError(f"These are {len(lines):,} lines. A task holds {queries.MOST_STEPS} steps.")
        for line in lines:
            if len(line) > STEP_FITS:
                raise ValidationError(f"The line {quoted(line)} has {len(line):,} characters. {STEP_FITS} fit.")
        return lines


class VisitField(forms.ModelChoiceField):
    """One of the person's appointments."""

    def to_python(self, value):
        # Without control characters: Django's own sentence for a NUL helps nobody.
        return super().to_python(plain(value) if isinstance(value, str) else value)

    def label_from_instance(self, visit) -> str:
        """As the list names it: "Sam Roe, 3 November 2026"."""
        return f"{visit.name or visit.get_kind_display()}, {day_words(visit.date)}"


class TaskForm(forms.Form):
    """A task: what, why, when, and the day to look back on it."""

    text = LineField(
        label="Task",
        fits=TASK_FITS,
        blank="Write the task first.",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As you and your therapist put it.",
    )
    why = LineField(
        label="Why, if you like",
        required=False,
        fits=WHY_FITS,
        blank="",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What it is to help with.",
    )
    when = LineField(
        label="When, if you like", required=False, fits=WHEN_FITS, blank="", help_text="Like: after breakfast."
    )
    by = PlannedDayField(label="Look back on it on, if you like")
    given = VisitField(
        label="Set at, if you like",
        queryset=None,
        required=False,
        empty_label="Not said",
        error_messages={"invalid_choice": "That appointment is not in your list. Choose another, or “Not said”."},
    )
    steps = StepsField(label="Small steps, if you like", help_text="A line for each. You can add them later, too.")

    def __init__(self, *args, owner, task: Homework | None = None, **kwargs):
        self.owner, self.task = owner, task
        if task:
            kwargs["initial"] = {name: getattr(task, name) for name in ("text", "why", "when", "by", "given")}
        super().__init__(*args, **kwargs)
        self.fields["given"].queryset = visits = queries.appointments_to_choose(
            owner, timezone.localdate(), task and task.given
        )
        if not visits.exists():  # nothing to choose from is nothing to ask
            self.fields["given"].widget = forms.HiddenInput()
        if task:
            del self.fields["steps"]
            fill_unsent(self)

    def save(self) -> tuple[Homework, bool] | Literal[False]:
        """(the task, whether it is new); False, with the reason beside the steps, where they are too many, or where it
        was deleted meanwhile."""
        fields = dict(self.cleaned_data)
        if self.task is None:
            try:
                return queries.set_task(self.owner, fields, fields.pop("steps"))
            except ValidationError as error:  # the same task is there, with steps of its own
                self.add_error("steps", error)
                return False
        return (self.task, False) if queries.change(self.owner, self.task, **fields) else False


class StepsForm(forms.Form):
    """Steps to add to a task, or a step to be split into smaller ones."""

    lines = StepsField(
        label="Small steps", required=True, error_messages={"required": "Write a step first, a line for each."}
    )

    def save(self, task, parent) -> int | Literal[False]:
        """How many are new; False, with the reason beside the field, where they cannot be added."""
        try:
            return queries.add_steps(task, parent, self.cleaned_data["lines"])
        except ValidationError as error:
            self.add_error("lines", error)
            return False


class StepForm(forms.Form):
    """The words of one step."""

    text = LineField(label="Step", fits=STEP_FITS, blank="A step needs words.")
    when = LineField(label="When, if you like", required=False, fits=WHEN_FITS, blank="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fill_unsent(self)


class HowItWentForm(forms.Form):
    """How a task went, in the person's own words."""

    note = NoteField(label="How it went, in your own words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fill_unsent(self)


class SaidBeforeForm(forms.Form):
    """How a task or a step went before it was said anew: what an address says of it."""

    result = forms.ChoiceField(choices=Homework.Result, required=False)
    on = DayField(required=False)

    def clean(self):
        """An answer has a day, and a day an answer."""
        if bool(self.cleaned_data.get("result")) != bool(self.cleaned_data.get("on")):
            raise ValidationError("An answer has a day.")
        return self.cleaned_data
