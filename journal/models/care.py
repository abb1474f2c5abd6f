"""Care: appointments with their agenda, and homework from therapy."""

from django.conf import settings
from django.db import models

from journal.models.base import NOTE_LENGTH, Owned
from journal.models.coping import Practice
from journal.models.entries import CheckIn, DailyEntry, LifeEvent
from journal.models.plans import TaperPlan


class Appointment(Owned):
    """A visit, to come or past: with whom, when, what was said and what was agreed.

    ``held`` is None until the person says whether it took place. ``plan`` is the taper plan that came of it.
    ``updated`` is when anything of it was last changed: by that a calendar program knows that it has moved.
    """

    class Kind(models.TextChoices):
        PRESCRIBER = "prescriber", "Prescriber"
        THERAPIST = "therapist", "Therapist"
        OTHER = "other", "Somebody else"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    kind = models.CharField("with", max_length=10, choices=Kind)
    name = models.CharField("name", max_length=100, blank=True)
    date = models.DateField("day")
    time = models.TimeField(null=True, blank=True)
    place = models.CharField("place, phone or link", max_length=200, blank=True)
    held = models.BooleanField("took place", null=True, blank=True)
    notes = models.TextField("what was said", max_length=NOTE_LENGTH, blank=True)
    agreed = models.TextField("what was agreed", max_length=NOTE_LENGTH, blank=True)
    plan = models.ForeignKey(TaperPlan, models.SET_NULL, null=True, blank=True, related_name="appointments")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["date", "time", "pk"]

    def __str__(self):
        return f"{self.name or self.get_kind_display()} on {self.date}"

    @property
    def who(self) -> str:
        """Whom it is with: "Dr Okafor, prescriber", "Prescriber" without a name, "Maria" who is neither of the two."""
        if not self.name or self.kind == self.Kind.OTHER:
            return self.name or self.get_kind_display()
        return f"{self.name}, {self.get_kind_display().lower()}"


class Question(Owned):
    """Something to raise at an appointment: a question, a side effect, a request, a topic.

    ``asked_on`` is blank while open. ``entry``, ``check_in``, ``practice`` or ``event`` is the one whose words were
    flagged "raise this", where it came from there. ``whom`` is whom it is for, blank for anybody. ``appointment`` is
    where it was asked, ``answer`` what was said to it.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        SIDE_EFFECT = "side-effect", "A side effect"
        REQUEST = "request", "A request"
        TOPIC = "topic", "Something to talk about"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=500)
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.QUESTION)
    whom = models.CharField("for", max_length=10, choices=Appointment.Kind, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    asked_on = models.DateField(null=True, blank=True)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, blank=True, related_name="questions")
    answer = models.TextField(max_length=NOTE_LENGTH, blank=True)
    entry = models.ForeignKey(DailyEntry, models.SET_NULL, null=True, blank=True, related_name="questions")
    check_in = models.ForeignKey(CheckIn, models.SET_NULL, null=True, blank=True, related_name="questions")
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="questions")
    event = models.ForeignKey(LifeEvent, models.SET_NULL, null=True, blank=True, related_name="questions")

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self):
        return self.text


class Homework(Owned):
    """A task from therapy: what, why, when. How it went is said once, and can be said anew; blank is not said yet."""

    class Result(models.TextChoices):
        DONE = "done", "Done"
        PARTLY = "partly", "Done in part"
        TOO_MUCH = "too-much", "Too much"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="homework")
    text = models.CharField("task", max_length=300)
    why = models.CharField("why", max_length=500, blank=True)
    when = models.CharField("when", max_length=200, blank=True)
    by = models.DateField("look back on", null=True, blank=True)
    given = models.ForeignKey(Appointment, models.SET_NULL, null=True, blank=True, related_name="homework")
    result = models.CharField(max_length=8, choices=Result, blank=True)
    said_on = models.DateField(null=True, blank=True)
    note = models.TextField("how it went", max_length=NOTE_LENGTH, blank=True)
    put_away = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created", "pk"]
        verbose_name_plural = "homework"

    def __str__(self):
        return self.text


class HomeworkStep(Owned):
    """A small step of a task, or, under ``parent``, a still smaller one: "make it smaller" splits a step."""

    owner_path = "homework__owner"
    homework = models.ForeignKey(Homework, models.CASCADE, related_name="steps")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="steps")
    text = models.CharField("step", max_length=300)
    when = models.CharField("when", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=8, choices=Homework.Result, blank=True)
    said_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
