"""The forms of a shared link: what the owner chooses, and the passphrase that a reader types."""

import datetime as dt
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from journal.forms.fields import DayField, LineField
from journal.queries.links import MOST_DAYS, USUAL_DAYS
from journal.taper.words import day_words

FEWEST_LETTERS, MOST_LETTERS = 8, 200
WEEKS = (1, 2, 4)
"""Ends of a link that are chosen with one tap, in weeks from today."""
TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class LinkForm(forms.Form):
    """Until when a link can be opened, and with which passphrase. ``today`` is the person's own."""

    last = DayField(label="Last day", future=True, error_messages={"required": "Choose the last day of the link."})
    passphrase = LineField(
        label="Passphrase, if you want one",
        required=False,
        fits=MOST_LETTERS,
        blank="",
        widget=forms.TextInput(attrs=TYPED),
        help_text=f"At least {FEWEST_LETTERS} letters. Tell it to the reader by another way than the link. "
        "It is not shown again.",
    )

    uid = forms.CharField(required=False, widget=forms.HiddenInput)  # sent twice, it is one link

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.latest = today, today + dt.timedelta(MOST_DAYS)
        field = self.fields["last"]
        field.initial = today + dt.timedelta(USUAL_DAYS)
        field.help_text = f"It can be opened up to the end of this day. At most {MOST_DAYS} days from today."
        field.widget.attrs |= {"min": today.isoformat(), "max": self.latest.isoformat()}

    def clean_last(self):
        last = self.cleaned_data["last"]
        if last < self.today:
            raise ValidationError("That day has been. Choose today or a day to come.")
        if last > self.latest:
            raise ValidationError(
                f"That is more than {MOST_DAYS} days from today. "
                f"The last day can be {day_words(self.latest)} or one before."
            )
        return last

    def clean_passphrase(self):
        passphrase = self.cleaned_data["passphrase"]
        if not passphrase and self.data.get(self.add_prefix("passphrase")):
            # Never a link without one for somebody who meant to protect it.
            raise ValidationError(
                f"Nothing that can be seen was typed. Type at least {FEWEST_LETTERS} letters, or empty this field for "
                "no passphrase."
            )
        if passphrase and _letters(passphrase) < FEWEST_LETTERS:
            raise ValidationError(f"A passphrase has at least {FEWEST_LETTERS} letters. Leave it blank for none.")
        return passphrase


class PassphraseForm(forms.Form):
    """The passphrase, typed by whoever has the link."""

    passphrase = LineField(
        label="Passphrase",
        fits=MOST_LETTERS,
        blank="Type the passphrase.",
        widget=forms.TextInput(attrs=TYPED),
        help_text="Capitals and spaces count.",
    )


def _letters(text: str) -> int:
    """How many letters can be seen: what has no width is none."""
    return sum(unicodedata.category(letter)[0] not in "CM" for letter in text)
