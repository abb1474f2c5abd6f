"""Coping skills, their practice, and the questions to raise at the next appointment."""

from django.conf import settings
from django.db import models

from journal.models.base import NOTE_LENGTH, Owned, between, score_field
from journal.models.entries import CheckIn, DailyEntry


class Skill(Owned):
    """A coping skill of this person: their own, or a built-in one (``builtin`` is the catalogue's slug) once used."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skills")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=110, allow_unicode=True)
    builtin = models.SlugField(max_length=60, blank=True)
    steps = models.TextField("how it goes", max_length=NOTE_LENGTH, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "slug"], name="one_skill_a_slug")]

    def __str__(self):
        return self.name


class Practice(Owned):
    """Doing a skill once, with distress 0-10 before and after; either may be missing."""

    owner_path = "skill__owner"
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="practices")
    date = models.DateField("day")
    time = models.TimeField(null=True, blank=True)
    before = score_field("distress before", null=True, blank=True)
    after = score_field("distress after", null=True, blank=True)
    note = models.TextField("note, if you like", max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [between("before", 0, 10), between("after", 0, 10)]

    def __str__(self):
        return f"{self.skill} on {self.date}"


class Question(Owned):
    """Something to raise at the next appointment. ``asked_on`` is blank while it is open.

    ``entry`` or ``check_in`` is the one whose note was flagged "raise this", where it came from there.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=500)
    created = models.DateTimeField(auto_now_add=True)
    asked_on = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(DailyEntry, models.SET_NULL, null=True, blank=True, related_name="questions")
    check_in = models.ForeignKey(CheckIn, models.SET_NULL, null=True, blank=True, related_name="questions")

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self):
        return self.text
