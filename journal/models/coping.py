"""Coping skills, their practice, and the small activities that are planned."""

from django.conf import settings
from django.db import models

from journal.models.base import NOTE_LENGTH, Owned, between, score_field

MOST_MINUTES = 600
"""The longest practice that can be recorded."""


class Skill(Owned):
    """A coping skill of this person: their own, or a built-in one (``builtin`` is the catalogue's slug) once used.

    ``steps`` is how an own skill goes; of a built-in one the catalogue knows. ``reach_for`` is when to reach for it.
    """

    class Standing(models.TextChoices):
        """What the person says of it; blank while nothing was said."""

        WORKS = "works", "Works for me"
        LEARNING = "learning", "Learning"
        NOT_FOR_ME = "not", "Not for me"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skills")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=110, allow_unicode=True)
    builtin = models.SlugField(max_length=60, blank=True)
    steps = models.TextField("how it goes", max_length=NOTE_LENGTH, blank=True)
    standing = models.CharField("how it stands", max_length=8, choices=Standing, blank=True)
    reach_for = models.CharField("when to reach for it", max_length=300, blank=True)
    notes = models.TextField("own notes", max_length=NOTE_LENGTH, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "slug"], name="one_skill_a_slug")]

    def __str__(self):
        return self.name


class Practice(Owned):
    """Doing a skill once, with distress 0-10 before and after; either may be missing.

    ``situation`` is a key of ``catalogue.situations``; ``minutes`` how long it took, blank when nobody said.
    ``said`` holds what was written in a guided practice that asks for words (a thought record), by the name of the
    part that ``catalogue.guides`` gives it: text, never blank.
    """

    owner_path = "skill__owner"
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="practices")
    date = models.DateField("day")
    time = models.TimeField(null=True, blank=True)
    before = score_field("distress before", null=True, blank=True)
    after = score_field("distress after", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    situation = models.SlugField(max_length=30, blank=True)
    said = models.JSONField(default=dict, blank=True)
    note = models.TextField("note, if you like", max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [between("before", 0, 10), between("after", 0, 10), between("minutes", 1, MOST_MINUTES)]

    def __str__(self):
        return f"{self.skill} on {self.date}"


class Activity(Owned):
    """A small activity of behavioural activation: planned for a day, then done or not, and rated.

    ``mastery`` and ``pleasure`` are 0-10, missing until they are rated. ``practice`` is the practice that was logged
    when it was done.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DONE = "done", "Done"
        PARTLY = "partly", "Done in part"
        LEFT = "left", "Not done"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activities")
    text = models.CharField("what", max_length=200)
    details = models.CharField("when, where, with whom", max_length=300, blank=True)
    day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    mastery = score_field("mastery", null=True, blank=True)
    pleasure = score_field("pleasure", null=True, blank=True)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    practice = models.OneToOneField(Practice, models.SET_NULL, null=True, blank=True, related_name="activity")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name_plural = "activities"
        constraints = [between("mastery", 0, 10), between("pleasure", 0, 10)]

    def __str__(self):
        return self.text
