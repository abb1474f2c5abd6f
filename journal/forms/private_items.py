"""Form for what is private on the summary: which of the things that a page showed are on."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError

from journal.queries.private_items import MOST


class PrivateForm(forms.Form):
    """``shown`` and ``on`` are the keys that the page sent, several under each name; ``now`` is what is on before.

    Keys of nobody and of others are no error: they are simply not kept.
    """

    def __init__(self, data, now: Collection[str]):
        super().__init__(data)
        self.shown = set(data.getlist("shown"))
        self.on = set(data.getlist("on")) & self.shown
        self.now = frozenset(now)

    def clean(self):
        """Raises ValidationError with a sentence for a page that did not arrive whole, and for too many."""
        if not self.shown:
            raise ValidationError("The page did not arrive whole, so nothing was changed. Please choose again.")
        after = len((self.now - self.shown) | self.on)
        if after > MOST and self.on - self.now:
            raise ValidationError(
                f"At most {MOST} private items can be on for one reader. With these it would be {after:,}. "
                "Take some off first."
            )
        return super().clean()
