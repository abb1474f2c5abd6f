"""A day: what was felt, slept, taken and written."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from journal.models.base import MOST_MG, NOTE_LENGTH, Owned, between, mg_field, score_field
from journal.models.medications import Medication


class Symptom(Owned):
    """Something that the person rates.

    A row for each person also for built-in ones (``builtin`` is the catalogue's slug), so that each can be renamed,
    reordered and put away without touching anybody else's and so that every row has an owner.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="symptoms")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=110, allow_unicode=True)
    builtin = models.SlugField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    tracked = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="one_symptom_a_name"),
            models.UniqueConstraint(fields=["owner", "slug"], name="one_symptom_a_slug"),
        ]

    def __str__(self):
        return self.name


class DailyEntry(Owned):
    """What was recorded for one date in the person's own zone. Everything is optional; blank is missing, never 0."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entries")
    date = models.DateField()
    mood = score_field(null=True, blank=True)
    energy = score_field(null=True, blank=True)
    sleep_hours = models.DecimalField("hours slept", max_digits=4, decimal_places=2, null=True, blank=True)
    sleep_quality = score_field("how well", null=True, blank=True)
    function = score_field(null=True, blank=True)
    notes = models.TextField(max_length=NOTE_LENGTH, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    SCORES = ("mood", "energy", "sleep_quality", "function")
    HOLDS = ("mood", "energy", "sleep_hours", "sleep_quality", "function", "notes")
    """What an entry holds itself; its ratings and the doses taken are rows of their own."""

    class Meta:
        ordering = ["date"]
        verbose_name_plural = "daily entries"
        constraints = [
            models.UniqueConstraint(fields=["owner", "date"], name="one_entry_a_day"),
            between("mood", 0, 10),
            between("energy", 0, 10),
            between("sleep_quality", 0, 10),
            between("function", 0, 10),
            between("sleep_hours", 0, 24),
        ]

    def __str__(self):
        return f"{self.owner} {self.date}"


class Rating(Owned):
    """Severity of one symptom on one day: 0 none, 1-3 mild, 4-6 moderate, 7-9 severe, 10 unbearable."""

    owner_path = "entry__owner"
    entry = models.ForeignKey(DailyEntry, models.CASCADE, related_name="ratings")
    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="ratings")
    severity = score_field()

    class Meta:
        ordering = ["entry", "symptom"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "symptom"], name="one_rating_a_day"),
            between("severity", 0, 10),
        ]

    def __str__(self):
        return f"{self.symptom} {self.severity}"


class DoseTaken(Owned):
    """What was really swallowed of one medication on one day. No row: not recorded, which is not "missed".

    ``mg`` and ``taken_mg`` as in ``DoseStep``.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "As planned"
        MISSED = "missed", "Missed"
        LATE = "late", "Late"
        OTHER = "other", "Other amount"

    owner_path = "medication__owner"
    medication = models.ForeignKey(Medication, models.CASCADE, related_name="doses_taken")
    date = models.DateField()
    status = models.CharField(max_length=7, choices=Status)
    mg = mg_field()
    taken_mg = mg_field(null=True, blank=True)
    time = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["medication", "date"]
        verbose_name_plural = "doses taken"
        constraints = [
            models.UniqueConstraint(fields=["medication", "date"], name="one_dose_taken_a_day"),
            between("mg", Decimal(0), MOST_MG),
        ]

    def __str__(self):
        return f"{self.medication} {self.date} {self.status}"
