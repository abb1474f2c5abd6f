"""Medications and what was taken of them from which day on."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from journal.models.base import MOST_MG, NOTE_LENGTH, Owned, between, mg_field


class Medication(Owned):
    """A drug that the person takes, as theirs. ``drug`` is the catalogue's slug, blank for one typed by hand.

    ``history``: highest dose, earlier attempts to stop and the like, in the person's words; it is printed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="medications")
    name = models.CharField(max_length=100)
    drug = models.SlugField(max_length=60, blank=True)
    drug_class = models.CharField("kind of medicine", max_length=30, blank=True)
    reason = models.CharField("what it is for", max_length=200, blank=True)
    since = models.DateField("taken since", null=True, blank=True)
    prescriber = models.CharField(max_length=100, blank=True)
    history = models.CharField("what came before", max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self):
        return self.name


class DoseStep(Owned):
    """From ``starts_on`` on, this many mg a day were really taken. ``mg`` is the mean a day.

    Parts and patterns stand in ``DosePart``: none for a plain dose once a day. ``cycle_days`` is the length of the
    pattern: 1 every day, 2 every other day or two amounts in turn.

    ``mg`` is always in mg of tablets: percentages, charts and curves go by it. Where a product counts otherwise
    (citalopram drops) ``taken_mg`` holds the mg that are really swallowed; None where both are the same.
    """

    class Kind(models.TextChoices):
        START = "start", "Start"
        REDUCTION = "reduction", "Reduction"
        HOLD = "hold", "Hold"
        INCREASE = "increase", "Increase"
        REINSTATEMENT = "reinstatement", "Back up"
        SWITCH = "switch", "Switch"
        STOP = "stop", "Stop"

    owner_path = "medication__owner"
    medication = models.ForeignKey(Medication, models.CASCADE, related_name="steps")
    starts_on = models.DateField("from")
    mg = mg_field(verbose_name="dose a day")
    kind = models.CharField("what kind of step", max_length=15, choices=Kind)
    cycle_days = models.PositiveSmallIntegerField(default=1)
    taken_mg = mg_field(null=True, blank=True)
    note = models.TextField("note, if you like", max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["medication", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["medication", "starts_on"], name="one_step_a_day"),
            between("mg", Decimal(0), MOST_MG),
        ]

    def __str__(self):
        return f"{self.medication} {self.mg} mg from {self.starts_on}"


class DosePart(Owned):
    """One amount at one time of day, on day ``day`` (1..cycle_days) of the step's pattern."""

    class When(models.TextChoices):
        MORNING = "morning", "Morning"
        MIDDAY = "midday", "Midday"
        EVENING = "evening", "Evening"
        NIGHT = "night", "Night"
        ANY = "", "Any time"

    owner_path = "step__medication__owner"
    step = models.ForeignKey(DoseStep, models.CASCADE, related_name="parts")
    day = models.PositiveSmallIntegerField(default=1)
    when = models.CharField(max_length=7, choices=When, blank=True)
    mg = mg_field()

    class Meta:
        ordering = ["step", "day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "day", "when"], name="one_part_a_time_of_day"),
            between("mg", Decimal(0), MOST_MG),
        ]

    def __str__(self):
        return f"{self.mg} mg {self.when}".strip()
