"""Forms of Care: a question to raise, an appointment, and what is said after it."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.fields import ClockField, DayField, LineField, NoteField
from journal.models import Appointment, Question
from journal.queries.appointments import ASKED_FOR, After
from journal.queries.care import QUESTION_LENGTH
from journal.taper.words import day_words

ANSWER_FITS = 1000
YEARS_AHEAD = 5
"""So far ahead an appointment can be."""
KINDS = [(Question.Kind.QUESTION.value, "Question"), ("side-effect", "Side effect"), ("request", "Request")]
WHOM = [("", "Anybody"), *Appointment.Kind.choices]


class QuestionForm(forms.Form):
    """Something to raise: its words, what it is and whom it is for. An asked one has a line for the answer."""

    text = LineField(
        label="Something to raise",
        fits=QUESTION_LENGTH,
        blank="Write the question first.",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Up to {QUESTION_LENGTH} characters.",
    )
    kind = forms.ChoiceField(
        label="It is a",
        choices=KINDS,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "segments"}),
        error_messages={"invalid_choice": "Choose one of these three."},
    )
    whom = forms.ChoiceField(
        label="For",
        choices=WHOM,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"invalid_choice": "Choose whom it is for from these, or anybody."},
    )

    def __init__(self, *args, question: Question | None = None, whom: str = "", **kwargs):
        self.question = question
        kwargs["initial"] = {"kind": Question.Kind.QUESTION.value, "whom": whom}
        if question:
            kwargs["initial"] = {name: getattr(question, name) for name in ("text", "kind", "whom", "answer")}
        super().__init__(*args, **kwargs)
        if question and question.asked_on:
            self.fields["answer"] = answer_field(question, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self):
        """What was not asked for stays as it is."""
        data = self.cleaned_data
        for name in ("kind", "whom"):
            if name in data and self.add_prefix(name) not in self.data:
                data[name] = self.initial[name]
        data["kind"] = data.get("kind") or Question.Kind.QUESTION.value
        return data

    def change(self, question: Question) -> None:
        """Write what the form says into ``question``."""
        for name, value in self.cleaned_data.items():
            setattr(question, name, value)
        question.save(update_fields=list(self.cleaned_data))


def answer_field(question: Question, **kwargs) -> LineField:
    """A line for what was said to a question."""
    label = f"What was said to “{question.text}”"
    return LineField(label=label, fits=ANSWER_FITS, blank="", required=False, initial=question.answer, **kwargs)


class ComingDay(DayField):
    """A day to come, at most 5 years ahead, or past."""

    def __init__(self, **kwargs):
        super().__init__(future=True, **kwargs)

    def to_python(self, value):
        """The date, or None for a blank. Raises ValidationError with a sentence."""
        day, today = super().to_python(value), timezone.localdate()
        if day and (day.year, day.month, day.day) > (today.year + YEARS_AHEAD, today.month, today.day):
            raise ValidationError(f"{day.year} is too far ahead. Days up to {YEARS_AHEAD} years from now can be kept.")
        return day


class AppointmentForm(forms.Form):
    """An appointment, to come or past. Only with whom and the day are asked for."""

    kind = forms.ChoiceField(
        label="With",
        choices=Appointment.Kind.choices,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={
            "required": "Choose whom it is with.",
            "invalid_choice": "Choose a prescriber, a therapist or somebody else.",
        },
    )
    name = LineField(
        label="Name, if you like",
        fits=100,
        blank="",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    date = ComingDay(label="Day", error_messages={"required": "Choose the day."})
    time = ClockField(label="Time, if you know it", required=False)
    place = LineField(
        label="Place, phone or link, if you like",
        fits=200,
        blank="",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, appointment: Appointment | None = None, **kwargs):
        if appointment:
            kwargs["initial"] = {name: getattr(appointment, name) for name in ASKED_FOR}
        super().__init__(*args, **kwargs)


class AfterForm(forms.Form):
    """After the visit: whether it took place, what was said and agreed, what was asked, and the next one.

    ``questions`` are those that can be ticked: open ones, and those that were asked here. A question that was not on
    the page that is sent stays as it is.
    """

    held = forms.TypedChoiceField(
        label="Did it take place?",
        choices=[("yes", "It took place"), ("no", "It did not")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(attrs={"data-look": "segments"}),
        error_messages={"required": "Choose whether it took place.", "invalid_choice": "Choose one of these two."},
    )
    notes = NoteField(label="What was said")
    agreed = NoteField(label="What was agreed")
    plan = forms.TypedChoiceField(
        label="A taper plan that came of it",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose one of your own plans from the list, or none."},
    )
    next_date = ComingDay(label="Day of the next one", required=False)
    next_time = ClockField(label="Its time", required=False)

    def __init__(self, *args, appointment: Appointment, questions, plans, **kwargs):
        self.appointment, self.questions = appointment, list(questions)
        kwargs["initial"] = {
            "held": {True: "yes", False: "no"}.get(appointment.held),
            **{name: getattr(appointment, name) for name in ("notes", "agreed")},
            "plan": appointment.plan_id,
        }
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [("", "None"), *((plan.pk, _plan_words(plan)) for plan in plans)]
        self.is_to_come = appointment.date > timezone.localdate()
        if self.is_to_come:
            self._ask_what_can_be_said_before()
        for question in self.questions:
            is_asked = question.asked_on is not None
            self.fields[f"asked-{question.pk}"] = forms.BooleanField(
                label=question.text, required=False, initial=is_asked
            )
            self.fields[f"answer-{question.pk}"] = answer_field(question)

    def _ask_what_can_be_said_before(self) -> None:
        """That it took place is no choice, and what is of the visit itself is not asked: nobody writes in vain.

        What stands there all the same, or was sent (the day was changed meanwhile), stays on the page.
        """
        held = self.fields["held"]
        held.label, held.choices = "Will it take place?", [("no", "It will not take place")]
        held.widget.attrs["data-look"] = "chips"
        held.error_messages["required"] = "Choose this, or go back: nothing else can be said before the visit."
        held.error_messages["invalid_choice"] = (
            f"{day_words(self.appointment.date, timezone.localdate())} is still to come. "
            "If it was earlier, change its day first."
        )
        for name in ("agreed", "plan"):
            if not self.initial[name] and not self.data.get(name):
                del self.fields[name]
        self.questions = [
            question
            for question in self.questions
            if question.asked_on or self.data.get(f"asked-{question.pk}") or self.data.get(f"answer-{question.pk}")
        ]

    @property
    def rows(self):
        """Each question with its tick and its line, for the template."""
        return [(one, self[f"asked-{one.pk}"], self[f"answer-{one.pk}"]) for one in self.questions]

    def clean(self):
        """What did not take place has no questions asked; the next one comes after it."""
        data, day = self.cleaned_data, self.appointment.date
        if data.get("held") is False and any(answer is not None for answer in self._asked().values()):
            self.add_error(
                "held", "Questions are marked as asked here. Take these marks away, or say that it took place."
            )
        if data.get("next_time") and not data.get("next_date") and "next_date" not in self.errors:
            self.add_error("next_date", "Choose the day of the next one, too.")
        if data.get("next_date") and data["next_date"] < day:
            self.add_error("next_date", f"The next one comes after this one, on {day_words(day, dt.date.min)}.")
        return data

    def _asked(self) -> dict[int, str | None]:
        """By the key of each question that was on the page: its answer; None where it was not asked."""
        data = self.cleaned_data
        found = {}
        for question in self.questions:
            tick, line = f"asked-{question.pk}", f"answer-{question.pk}"
            if tick in self.data or line in self.data:
                answer = data.get(line, "")
                found[question.pk] = answer if data.get(tick) or answer else None
        return found

    def said(self) -> After:
        """What the person said."""
        names = ("held", "notes", "agreed", "plan", "next_date", "next_time")
        said = {name: self.cleaned_data[name] if name in self.fields else self.initial[name] for name in names}
        return After(**said, asked=self._asked())


def _plan_words(plan) -> str:
    return f"{plan.medication.name}: {plan.name}, {plan.get_status_display().lower()}"
