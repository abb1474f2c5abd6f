"""What a day can hold besides symptoms: the built-in measures as the person wants them, and measures of their own."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from journal.models.base import Owned
from journal.models.entries import DailyEntry

FURTHEST = Decimal(1_000_000)
"""So far from 0 a value of a measure can lie."""


def amount_field(**options):
    """A value of a measure, to 0.001."""
    return models.DecimalField(max_digits=10, decimal_places=3, **options)


class Measure(Owned):
    """A measure as this person has it: their own, or a built-in one (``builtin`` is the catalogue's slug).

    A built-in one that was never changed nor used has no row: then it is as ``catalogue.measures`` has it.
    ``low`` and ``high`` are the ends of its range, each may be open. ``better`` is where better lies: "up", "down", or
    blank for neither.
    """

    class Kind(models.TextChoices):
        RATING = "rating", "A rating from 0 to 10"
        AMOUNT = "amount", "A number with a unit"
        CHOICE = "choice", "A choice"
        SLEEP = "sleep", "Sleep"

    class Better(models.TextChoices):
        UP = "up", "Higher is better"
        DOWN = "down", "Lower is better"
        NEITHER = "", "Neither"

    class State(models.TextChoices):
        ON = "on", "On the daily page"
        OFF = "off", "Off"
        ARCHIVED = "archived", "Archived"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="measures")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=70, allow_unicode=True)
    builtin = models.SlugField(max_length=30, blank=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.RATING)
    unit = models.CharField(max_length=20, blank=True)
    low = amount_field(null=True, blank=True)
    high = amount_field(null=True, blank=True)
    better = models.CharField("which way is better", max_length=4, choices=Better, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.ON)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="one_measure_a_name"),
            models.UniqueConstraint(fields=["owner", "slug"], name="one_measure_a_slug"),
        ]

    def __str__(self):
        return self.name


class Measurement(Owned):
    """The value of one measure on one day, within the measure's range when it was written.

    ``carried``: filled in from the day before and saved untouched.
    """

    owner_path = "entry__owner"
    entry = models.ForeignKey(DailyEntry, models.CASCADE, related_name="measurements")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="measurements")
    value = amount_field()
    carried = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "measure"]
        constraints = [models.UniqueConstraint(fields=["entry", "measure"], name="one_measurement_a_day")]

    def __str__(self):
        return f"{self.measure} {self.value}"
