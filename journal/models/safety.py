"""Safety: the plan for a crisis, the people who can help, and which red flags were raised."""

from django.conf import settings
from django.db import models

from journal.models.base import NOTE_LENGTH, Owned, score_field
from journal.models.medications import Medication


class SafetyPlan(Owned):
    """The six parts of a safety plan after Stanley and Brown, in the person's own words."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="safety_plan")
    warning_signs = models.TextField(max_length=NOTE_LENGTH, blank=True)
    own_ways = models.TextField(max_length=NOTE_LENGTH, blank=True)
    distraction = models.TextField(max_length=NOTE_LENGTH, blank=True)
    people = models.TextField(max_length=NOTE_LENGTH, blank=True)
    professionals = models.TextField(max_length=NOTE_LENGTH, blank=True)
    surroundings = models.TextField(max_length=NOTE_LENGTH, blank=True)
    updated = models.DateTimeField(auto_now=True)

    PARTS = ("warning_signs", "own_ways", "distraction", "people", "professionals", "surroundings")

    def __str__(self):
        return f"Safety plan of {self.owner}"


class SupportPerson(Owned):
    """Somebody who can help: who they are to the person, with what they can help, how to reach them.

    ``knows`` is whether they know about the taper; None when nobody said.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="support_people")
    name = models.CharField(max_length=100)
    role = models.CharField("who they are to you", max_length=100, blank=True)
    helps_with = models.CharField("what they can help with", max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    takes_texts = models.BooleanField("can be texted", default=True)
    in_crisis = models.BooleanField("shown where help is shown", default=True)
    knows = models.BooleanField("knows about the taper", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "support people"

    def __str__(self):
        return self.name


class FlagRaised(Owned):
    """A red flag that was raised and its panel shown: kept for the person, sent to nobody.

    ``rule`` is a key of ``catalogue.flag_rules``, ``date`` the day that it is about, ``reading`` the height of what was
    noticed where it has one. ``medication`` is the one whose doses were missed or that was stopped. The panel comes
    again on the same day only for a higher reading than the highest that stands here for the rule and that day.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags_raised")
    rule = models.SlugField(max_length=40)
    date = models.DateField()
    reading = score_field(null=True, blank=True)
    medication = models.ForeignKey(Medication, models.CASCADE, null=True, blank=True, related_name="flags_raised")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "flags raised"

    def __str__(self):
        return f"{self.rule} on {self.date}"
