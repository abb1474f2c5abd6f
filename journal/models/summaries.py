"""Summaries that were handed over: what was chosen, what they said, and the links under which they can be read."""

from django.conf import settings
from django.db import models

from journal.models.base import Owned


class SummaryChoice(Owned):
    """What the person chose for one reader the last time. ``reader`` and ``length`` as ``catalogue.summary`` has them.

    Only what is switched off of sections and medications is kept, so that a new one is on; of what is private only
    what is switched on (keys of ``queries.private_items``), so that a new one is off.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="summary_choices")
    reader = models.SlugField(max_length=10)
    length = models.SlugField(max_length=10)
    sections_off = models.JSONField(default=list, blank=True)
    medications_off = models.JSONField(default=list, blank=True)
    private = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["owner", "reader"]
        constraints = [models.UniqueConstraint(fields=["owner", "reader"], name="one_choice_a_reader")]

    def __str__(self):
        return f"Choice for the {self.reader}"


class MadeSummary(Owned):
    """A summary as it was made: ``page`` is its words and drawings, packed (``summary.kept``), and never changes.

    ``for_whom``: the heading's own words. ``included``: lines that say what was on it and what was not. ``ways``: how
    it was handed over ("pdf", "print", "text", "link"), each once. ``digest`` knows the same page made twice.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="summaries")
    made_at = models.DateTimeField(auto_now_add=True)
    reader = models.SlugField(max_length=10)
    length = models.SlugField(max_length=10)
    first = models.DateField()
    last = models.DateField()
    for_whom = models.CharField(max_length=300)
    included = models.JSONField(default=list, blank=True)
    ways = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    page = models.TextField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "made summaries"
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="one_summary_a_page")]

    def __str__(self):
        return f"{self.for_whom}, {self.first} to {self.last}"


class SharedLink(Owned):
    """A link under which anybody who has it can read one made summary until ``ends_at``, or until it is revoked.

    The address is made from ``nonce`` and the site's secret key, so that the owner can see it again; what is looked up
    is ``token_hash``, so that the database alone gives no address away. ``passphrase`` is a password hash, blank
    without one. ``wrong_tries``: how often a wrong one was given.
    """

    owner_path = "summary__owner"
    summary = models.ForeignKey(MadeSummary, models.CASCADE, related_name="links")
    nonce = models.CharField(max_length=43, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    passphrase = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self):
        return f"Link to {self.summary}"


class LinkOpening(Owned):
    """One time that a shared link was opened: ``what`` is "page" or "pdf". Nothing of who opened it is kept."""

    owner_path = "link__summary__owner"
    link = models.ForeignKey(SharedLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)
    what = models.SlugField(max_length=10, default="page")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.link} at {self.at}"
