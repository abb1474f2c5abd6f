"""The app's configuration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class JournalConfig(AppConfig):
    """The journal: everything that TaperTrack is for."""

    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Each new connection to the database learns what a search needs; migrations keep the triggers of the version.

        No signal has a hand in the record.
        """
        from journal.models import triggers
        from journal.queries.text_search import register

        triggers.connect()
        connection_created.connect(register, dispatch_uid="journal.text_search")
