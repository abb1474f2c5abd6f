"""The app's configuration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal: everything that TaperTrack is for."""

    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"
