"""What every model of the record shares: it belongs to one person."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from journal.taper.history import MOST_MG

EARLIEST_DAY = dt.date(1920, 1, 1)
NOTE_LENGTH = 20_000


class OwnedQuerySet(models.QuerySet):
    """Rows of one person. ``owner_path`` says how a row reaches its owner."""

    def of(self, owner):
        """The rows that belong to ``owner``. There is no other door: views and queries begin here.

        Raises TypeError for anything but a signed-in person, so that a slip can never mean "everybody's".
        """
        if owner is None or not getattr(owner, "is_authenticated", False):
            raise TypeError("of() needs a person")
        return self.filter(**{self.model.owner_path: owner})


class Owned(models.Model):
    """A row that one person owns; ``owner_path`` is the look-up from the row to that person."""

    owner_path = "owner"
    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


def mg_field(**options):
    """An amount in milligrams: 0 to 10,000, to 0.001."""
    return models.DecimalField(
        max_digits=8,
        decimal_places=3,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST_MG)],
        **options,
    )


def score_field(*args, **options):
    """A rating from 0 to 10. Whole in forms, stored to 0.1 so that imports lose nothing; blank is missing."""
    return models.DecimalField(
        *args,
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(10))],
        **options,
    )


def between(field, low, high):
    """The database's own check that ``field`` lies in low..high; a blank passes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__gte": low, f"{field}__lte": high}) | models.Q(**{f"{field}__isnull": True}),
        name=f"%(class)s_{field}_range",
    )


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The categories Cc and Cs but for line ends and tabs."""


def plain(text: str) -> str:
    """``text`` without control characters (line ends and tabs stay), as NFC.

    They cannot be typed, some of them cannot be stored (NUL), drawn or printed.
    """
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))


def check_no_control(text: str) -> None:
    """A form validator: one plain sentence for what ``plain`` would drop."""
    if plain(text.replace("\r", "")) != unicodedata.normalize("NFC", text.replace("\r", "")):
        raise ValidationError("There is a character in this text that cannot be kept. Please type it again.")
