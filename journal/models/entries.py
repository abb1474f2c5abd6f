"""A day: what was felt, slept, taken and written."""

from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from journal.models.base import MOST_MG, NOTE_LENGTH, Owned, between, mg_field, score_field
from journal.models.medications import Medication


class Symptom(Owned):
    """Something that the person rates.

    A row for each person also for built-in ones (``builtin`` is the catalogue's slug), so that each can be renamed,
    reordered and put away without touching anybody else's and so that every row has an owner.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="symptoms")

    class Kind(models.TextChoices):
        NEW = "new", "New since a dose change"
        KNOWN = "known", "Known before"
        SIDE_EFFECT = "side_effect", "Side effect of taking it"

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=110, allow_unicode=True)
    builtin = models.SlugField(max_length=60, blank=True)
    kind = models.CharField("since when", max_length=11, choices=Kind, blank=True)
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
    """What was recorded for one date in the person's own zone. Everything is optional; blank is missing, never 0.

    ``mood`` is the day's own rating. ``timed_mood`` is the sum of the moods of its check-ins and ``timed_moods`` their
    number, kept up by ``queries.check_ins``: without an own rating, their mean is the day's mood.
    ``bed_time`` and ``wake_time`` are the person's clock in the night that ended on ``date``.
    ``carried`` names what was filled in from the day before and saved untouched, parted and edged by spaces.
    ``created`` and ``updated`` are when the person wrote it; what comes from elsewhere counts as written on its day.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entries")
    date = models.DateField()
    mood = score_field(null=True, blank=True)
    energy = score_field(null=True, blank=True)
    sleep_hours = models.DecimalField("hours slept", max_digits=4, decimal_places=2, null=True, blank=True)
    bed_time = models.TimeField("went to bed", null=True, blank=True)
    wake_time = models.TimeField("woke up", null=True, blank=True)
    sleep_quality = score_field("how well", null=True, blank=True)
    function = score_field(null=True, blank=True)
    notes = models.TextField(max_length=NOTE_LENGTH, blank=True)
    carried = models.CharField(max_length=200, blank=True)
    timed_mood = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    timed_moods = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)

    SCORES = ("mood", "energy", "sleep_quality", "function")
    HOLDS = ("mood", "energy", "sleep_hours", "bed_time", "wake_time", "sleep_quality", "function", "notes")
    """What an entry holds itself; ratings, measurements, check-ins, events and doses taken are rows of their own."""

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

    @property
    def day_mood(self) -> Decimal | Fraction | None:
        """The mood of the day: its own rating, else the exact mean of its check-ins, else None."""
        if self.mood is not None or not self.timed_moods:
            return self.mood
        return Fraction(self.timed_mood) / self.timed_moods

    @property
    def carried_names(self) -> set[str]:
        """The names of the fields that were filled in from the day before and saved untouched."""
        return set(self.carried.split())


class Rating(Owned):
    """Severity of one symptom on one day: 0 none, 1-3 mild, 4-6 moderate, 7-9 severe, 10 unbearable.

    The day's value, whatever it comes from: what was rated for the day (``readings`` 0, ``total`` None), or else the
    mean of its check-ins, exactly ``total / readings``, of which ``severity`` is the nearest tenth. The latter rows are
    kept up by ``queries.check_ins`` and by nobody else.
    """

    class Origin(models.TextChoices):
        OWN = "own", "Rated for the day"
        CARRIED = "carried", "Carried from the day before"
        CHECK_INS = "check_ins", "Mean of the check-ins"

    owner_path = "entry__owner"
    entry = models.ForeignKey(DailyEntry, models.CASCADE, related_name="ratings")
    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="ratings")
    severity = score_field()
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.OWN)
    total = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    readings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["entry", "symptom"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "symptom"], name="one_rating_a_day"),
            between("severity", 0, 10),
            models.CheckConstraint(
                condition=models.Q(origin="check_ins", readings__gte=1, total__isnull=False)
                | (~models.Q(origin="check_ins") & models.Q(readings=0, total__isnull=True)),
                name="rating_says_where_it_comes_from",
            ),
        ]

    def __str__(self):
        return f"{self.symptom} {self.severity}"

    @property
    def value(self) -> Decimal | Fraction:
        """The day's value, exactly: a Decimal of tenths, or the mean of the check-ins as a Fraction."""
        return Fraction(self.total) / self.readings if self.readings else self.severity


class CheckIn(Owned):
    """How it was at one time of a day; several a day. ``time`` is the person's own clock."""

    owner_path = "entry__owner"
    entry = models.ForeignKey(DailyEntry, models.CASCADE, related_name="check_ins")
    time = models.TimeField()
    mood = score_field(null=True, blank=True)
    note = models.CharField("a line, if you like", max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["entry", "time", "pk"]
        verbose_name = "check-in"
        verbose_name_plural = "check-ins"
        constraints = [between("mood", 0, 10)]

    def __str__(self):
        return f"{self.entry} {self.time:%H:%M}"


class Reading(Owned):
    """Severity of one symptom in one check-in, on the scale of ``Rating``."""

    owner_path = "check_in__entry__owner"
    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="readings")
    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="readings")
    severity = score_field()

    class Meta:
        ordering = ["check_in", "symptom"]
        constraints = [
            models.UniqueConstraint(fields=["check_in", "symptom"], name="one_reading_a_check_in"),
            between("severity", 0, 10),
        ]

    def __str__(self):
        return f"{self.symptom} {self.severity}"


class LifeEvent(Owned):
    """Something that happened on a day; ``kind`` is a key of ``catalogue.events``, each once a day."""

    owner_path = "entry__owner"
    entry = models.ForeignKey(DailyEntry, models.CASCADE, related_name="events")
    kind = models.SlugField(max_length=30)
    text = models.CharField("a line, if you like", max_length=200, blank=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "kind"], name="one_event_of_a_kind_a_day")]

    def __str__(self):
        return f"{self.kind} {self.text}".strip()


class ForgottenDay(Owned):
    """A day of which the person said that they do not remember it. It stays missing; nobody asks again."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forgotten_days")
    date = models.DateField()

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["owner", "date"], name="one_forgotten_day_a_date")]

    def __str__(self):
        return f"{self.owner} {self.date}"


class Receipt(Owned):
    """A form that was saved: the number that its sender gave it, and a digest of what it said.

    Kept in the transaction that saves it, so that the same form arriving again is known, whatever became of the answer.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="receipts")
    uid = models.UUIDField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "uid", "digest"], name="one_receipt_a_form")]

    def __str__(self):
        return f"{self.owner} {self.uid}"


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
