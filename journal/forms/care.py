"""Forms of Care: a question to raise, an appointment, and what is said after it."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.forms.fields import ClockField, DayField, LineField, NoteField, is_to_come
from journal.forms.merge import ON, Clash, Merge, as_json, fill_unsent, saved_elsewhere, text_of
from journal.models import Appointment, Question
from journal.queries.appointments import ASKED_FOR, After
from journal.queries.care import QUESTION_LENGTH
from journal.reading import quoted
from journal.taper.words import day_words

ANSWER_FITS = 1000
YEARS_AHEAD = 5
"""So far ahead an appointment can be."""
KINDS = [
    (Question.Kind.QUESTION.value, "Question"),
    (Question.Kind.SIDE_EFFECT.value, "Side effect"),
    (Question.Kind.REQUEST.value, "Request"),
    (Question.Kind.TOPIC.value, "Topic"),
]
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
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"invalid_choice": "Choose one of these four."},
        help_text="A topic is something to talk about. Your summary for a therapist has a list of them.",
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
        fill_unsent(self)

    def clean_kind(self) -> str:
        """What it is: a question, where nothing else is said."""
        return self.cleaned_data["kind"] or Question.Kind.QUESTION.value


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
        self.took_place = bool(appointment and appointment.held)
        if appointment:
            kwargs["initial"] = {name: getattr(appointment, name) for name in ASKED_FOR}
        super().__init__(*args, **kwargs)
        if appointment:
            fill_unsent(self)

    def clean(self):
        """One that took place is not moved to where it is still to come."""
        data, now = self.cleaned_data, timezone.localtime()
        day, time = data.get("date"), data.get("time")
        if self.took_place and day:
            if day > now.date():
                self.add_error("date", "You noted that it took place. Choose today or a day before.")
            elif time and is_to_come(day, time, now):
                self.add_error("time", f"You noted that it took place. It is {now:%H:%M} now.")
        return data


class AfterForm(forms.Form):
    """After the visit: whether it took place, what was said and agreed, what was asked, and the next one.

    ``questions`` are those that can be ticked: open ones, and those that were asked here; ``asked_there`` is how many
    were asked here in all, which can be more. What was not on the page that is sent stays as it is.

    The page carries what it showed (``shown``): what is sent as it was shown leaves alone what is stored by now, and
    what was changed here and elsewhere is refused once, with both beside each other.
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

    SAID = ("held", "notes", "agreed", "plan")

    def __init__(self, data=None, *, appointment: Appointment, questions, plans, asked_there: int = 0):
        self.appointment, self.questions = appointment, list(questions)
        self.asked_elsewhere = asked_there - sum(one.asked_on is not None for one in self.questions)
        super().__init__(data)
        self.initial = {
            "held": {True: "yes", False: "no"}.get(appointment.held),
            "notes": appointment.notes,
            "agreed": appointment.agreed,
            "plan": appointment.plan_id,
        }
        self.fields["plan"].choices = [("", "None"), *((plan.pk, _plan_words(plan)) for plan in plans)]
        self.is_to_come = appointment.date > timezone.localdate()
        if self.is_to_come:
            self._ask_what_can_be_said_before()
        for question in self.questions:
            tick, line = _names(question)
            is_asked = question.asked_on is not None
            self.fields[tick] = forms.BooleanField(label=question.text, required=False, initial=is_asked)
            self.fields[line] = answer_field(question)
        asked = [name for question in self.questions for name in _names(question)]
        self.stored = {
            name: text_of(self.fields[name], self.get_initial_for_field(self.fields[name], name))
            for name in (*self.SAID, *asked)
            if name in self.fields
        }
        self.merge = None
        self._refused: set[str] = set()
        self._told: list[str] = []
        if data is not None:
            sent = dict(data.items())
            for question in self.questions:
                tick, line = _names(question)
                if line in sent or tick in sent:  # a box that is not ticked sends nothing; its line does
                    sent[tick] = ON if sent.get(tick) else ""
            self.merge = Merge([(name,) for name in self.stored], self.stored, sent)
            self.data = {**sent, **self.merge.data}

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
        return [(one, *(self[name] for name in _names(one))) for one in self.questions]

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.stored)

    @property
    def clashes(self) -> list[Clash]:
        """What was saved elsewhere while this page was open, and is another here: both whole."""
        is_note = {"notes", "agreed"}
        return [Clash(name, self.fields[name].label, *self._both(name), is_note=name in is_note) for name in self._told]

    def _both(self, name: str) -> tuple[str, str]:
        """What is stored and what was sent, in words."""
        words = {str(key): label for key, label in getattr(self.fields[name], "choices", ())}
        there, here = (texts.get(name, "").strip() for texts in (self.stored, self.data))
        return words.get(there, there), words.get(here, here)

    def clean(self):
        """Of what was changed here and elsewhere, neither is written over without a word. What took place cannot be to
        come later today, what did not has no questions asked; the next one comes after it."""
        self._refused = set(self.errors)  # too long, for one: that is told first
        self._told = [name for (name,) in self.merge.clashes if name not in self._refused]
        for name in self._told:
            self.add_error(name, saved_elsewhere(*(text and quoted(text) for text in self._both(name))))
        data, day, time, now = self.cleaned_data, self.appointment.date, self.appointment.time, timezone.localtime()
        if data.get("held") and time and is_to_come(day, time, now):
            self.add_error(
                "held",
                f"{time:%H:%M} is still to come. It is {now:%H:%M} now. If it was earlier, change its time first.",
            )
        if data.get("held") is False and self.asked_elsewhere + sum(map(self._is_asked, self.questions)) > 0:
            self.add_error(
                "held", "Questions are marked as asked here. Take these marks away, or say that it took place."
            )
        if data.get("next_time") and not data.get("next_date") and "next_date" not in self.errors:
            self.add_error("next_date", "Choose the day of the next one, too.")
        if data.get("next_date") and data["next_date"] < day:
            self.add_error("next_date", f"The next one comes after this one, on {day_words(day, dt.date.min)}.")
        return data

    def _is_asked(self, question: Question) -> bool:
        tick, line = _names(question)
        return bool(self.cleaned_data.get(tick) or self.cleaned_data.get(line))

    def said(self) -> After:
        """What the person changed."""
        data, changed = self.cleaned_data, self.merge.changed
        asked = {
            question.pk: data[_names(question)[1]] if self._is_asked(question) else None
            for question in self.questions
            if not changed.isdisjoint(_names(question))
        }
        return After(
            changed={name: data[name] for name in self.SAID if name in changed},
            asked=asked,
            next_date=data["next_date"],
            next_time=data["next_time"],
        )


def _names(question: Question) -> tuple[str, str]:
    """The fields of a question: its tick, and the line of its answer."""
    return f"asked-{question.pk}", f"answer-{question.pk}"


def _plan_words(plan) -> str:
    return f"{plan.medication.name}: {plan.name}, {plan.get_status_display().lower()}"
