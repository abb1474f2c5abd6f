"""How one person uses the journal: zone, country, clock, look, and the way back in."""

import contextlib
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from journal.models.base import Owned


def check_time_zone(name: str) -> None:
    """Raises ValidationError when ``name`` is not an IANA zone ("../etc/passwd" is a ValueError, hence both)."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError("That is not a time zone. Choose one from the list.") from error


class Profile(Owned):
    """One row a person. ``recovery_code`` is a password hash; blank when there is no code.

    ``conditions`` are keys of ``catalogue.conditions``, told by the person alone. ``charts_private``: whether
    the symptom that is otherwise in no chart or table is in those of trends.
    """

    class Clock(models.TextChoices):
        H24 = "24", "24 hours, 14:20"
        H12 = "12", "12 hours, 2:20 p.m."

    class Theme(models.TextChoices):
        SYSTEM = "", "As the device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "us-letter", "Letter"

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    name = models.CharField(
        "name on the summary", max_length=100, blank=True, help_text="As your prescriber knows you. Only printed."
    )
    born = models.DateField(
        "date of birth on the summary",
        null=True,
        blank=True,
        help_text="So that a surgery files it with the right person. Only printed.",
    )
    time_zone = models.CharField(max_length=64, default="UTC", validators=[check_time_zone])
    country = models.CharField(max_length=2, blank=True, help_text="For emergency numbers and crisis lines.")
    clock = models.CharField(max_length=2, choices=Clock, default=Clock.H24)
    theme = models.CharField("light or dark", max_length=5, choices=Theme, blank=True, default=Theme.SYSTEM)
    paper = models.CharField(max_length=9, choices=Paper, default=Paper.A4)
    conditions = models.JSONField("what to ask specialist advice about", default=list, blank=True)
    charts_private = models.BooleanField("show ratings of suicidal thoughts in my charts and tables", default=False)
    suggest_questionnaires = models.BooleanField("suggest a questionnaire every two weeks", default=True)
    first_run_done = models.BooleanField(default=False)
    recovery_code = models.CharField(max_length=200, blank=True, editable=False)

    def __str__(self):
        return f"Profile of {self.owner}"


def profile_of(user) -> Profile:
    """The person's profile; made on first need for accounts that came by another door (createsuperuser)."""
    try:
        return user.profile
    except Profile.DoesNotExist:
        return Profile.objects.get_or_create(owner=user)[0]


def one_at_a_time(owner) -> None:
    """Inside a transaction: hold the person's profile row, so that two of their requests write one after the other.

    (SQLite has one writer at a time anyway; this is for PostgreSQL.)
    """
    list(Profile.objects.of(owner).select_for_update().values_list("pk"))


def zone_of(profile):
    """A context in which "today" is the person's own; a zone that this machine does not know leaves UTC."""
    try:
        return timezone.override(zoneinfo.ZoneInfo(profile.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # "../etc/passwd" is a ValueError
        return contextlib.nullcontext()
