"""Questionnaires that were filled in, and the monthly look at what may be getting in the way."""

from django.conf import settings
from django.db import models

from journal.models.base import Owned


class QuestionnaireResponse(Owned):
    """One questionnaire on one day. ``slug`` is a key of ``catalogue.questionnaires``.

    ``answers`` is a list as long as the questionnaire, each 0-3, or None where it was left blank. The total is never
    stored: it is worked out from the answers, and there is none unless all are there. ``difficulty`` (0-3) is not
    scored.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="questionnaires")
    slug = models.SlugField(max_length=20)
    date = models.DateField()
    answers = models.JSONField()
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug", "date"]
        constraints = [models.UniqueConstraint(fields=["owner", "slug", "date"], name="one_questionnaire_a_day")]

    def __str__(self):
        return f"{self.slug} on {self.date}"


class MonthlyLook(Owned):
    """A look at what may be getting in the way, one a month. ``month`` is its first day.

    ``thoughts`` are the person's own words by the area of ``catalogue.obstacles``; never blank.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="monthly_looks")
    month = models.DateField()
    thoughts = models.JSONField(default=dict, blank=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["owner", "month"], name="one_look_a_month")]

    def __str__(self):
        return f"Look at {self.month:%B %Y}"
