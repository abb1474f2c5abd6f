"""Fields that several forms share. Their sentences name what was typed and what would work."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.models.base import EARLIEST_DAY, MOST_MG, NOTE_LENGTH, plain
from journal.reading import day_from, decimal_from, plain_number, quoted, two_readings


class PlainText(forms.CharField):
    """Text without control characters; they are dropped, for nobody typed them on purpose. NUL included."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django's own validator refuses a NUL with a sentence that helps nobody; ours is gone before it looks.
        self.default_validators = []

    def to_python(self, value):
        return super().to_python(plain(str(value).replace("\r\n", "\n").replace("\r", "\n")) if value else value)


class NoteField(PlainText):
    """A note of up to 20,000 characters. A longer one is refused and stays in the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and len(value) > NOTE_LENGTH:
            raise ValidationError(
                f"This note has {len(value):,} characters. {NOTE_LENGTH:,} fit. It is still here: you can shorten it."
            )


class LineField(PlainText):
    """A line of text of at most ``fits`` characters. What is too long is refused and stays in the form.

    (Django's max_length would let the browser cut off what is pasted, without a word.)
    """

    def __init__(self, *, fits, blank, **kwargs):
        self.fits = fits
        kwargs.setdefault("error_messages", {"required": blank})
        super().__init__(**kwargs)

    def to_python(self, value):
        text = " ".join(super().to_python(value).split())
        # Joiners and other letters that nobody sees are no name.
        return text if any(unicodedata.category(letter)[0] in "LNPS" for letter in text) else ""

    def validate(self, value):
        super().validate(value)
        if len(value) > self.fits:
            raise ValidationError(f"This has {len(value):,} characters. {self.fits} fit.")


class NumberText(forms.CharField):
    """A number typed as text: a comma is as good as a point, and a slip is never silently dropped.

    (A browser hands over an empty string for what it cannot read in ``type=number``: the person's "37.5 tablet"
    would be gone.)
    """

    places = 3
    example = "37.5 or 37,5"
    what = "a number"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """The Decimal, or None for a blank."""
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = decimal_from(text)
        except (ValueError, InvalidOperation) as error:
            raise ValidationError(f"{quoted(text)} is not {self.what}. Write it like {self.example}.") from error
        if -number.as_tuple().exponent > self.places and number != round(number, self.places):
            raise ValidationError(self.too_fine(text))
        return number

    def too_fine(self, text) -> str:
        """The sentence for more decimals than are kept."""
        return f"{quoted(text)} has more decimals than are kept here. At most {self.places} fit."

    def prepare_value(self, value):
        return plain_number(value) if isinstance(value, Decimal) else value


class MgField(NumberText):
    """A dose in mg: 0 to 10,000, to 0.001. "37.5 mg" is as good as "37.5"; "1,200" is asked about, never guessed.

    ``thing`` is what its sentences call it.
    """

    thing = "dose"

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"(?<=[\d\s])mg\.?\s*$", "", value, flags=re.I)
            readings = two_readings(value, MOST_MG)
            if readings:
                raise ValidationError(
                    f"{quoted(value)} can mean two {self.thing}s. Write {readings[0]} or {readings[1]}."
                )
        try:
            mg = super().to_python(value)
        except ValidationError as error:
            if "is not" in error.message:
                raise ValidationError(
                    f"{quoted(value)} is not a number. Write the {self.thing} in mg, like 37.5 or 37,5."
                ) from error
            raise
        if mg is None:
            return None
        if mg < 0:
            raise ValidationError(self.below_nought)
        if mg > MOST_MG:
            raise ValidationError(self.too_much(value))
        return mg

    def too_fine(self, text) -> str:
        return f"{quoted(text)} is finer than 0.001 mg, the smallest that is kept here."

    @property
    def below_nought(self) -> str:
        """The sentence for less than 0 mg."""
        return f"A {self.thing} cannot be below 0 mg."

    def too_much(self, text) -> str:
        """The sentence for more than 10,000 mg."""
        return f"{quoted(text)} is more than 10,000 mg. Is the unit mg?"


class ScoreField(NumberText):
    """0 to 10, whole, or blank. ``stored`` is a finer value from an import, which may stay as it is; ``also`` another
    one that may be chosen, that of the day before."""

    what = "a whole number from 0 to 10"
    example = "5"
    places = 0

    def __init__(self, *args, stored: Decimal | None = None, also: Decimal | None = None, **kwargs):
        self.fine: dict[str, Decimal] = {}
        for value in (also, stored):
            self.may_stay(value)
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)

    def may_stay(self, value: Decimal | None) -> None:
        """A value that is taken although it is none of the whole ones."""
        if value is not None:
            self.fine[plain_number(value)] = value

    def to_python(self, value):
        text = str(value or "").strip()
        if text in self.fine:
            return self.fine[text]
        try:
            score = super().to_python(value)
        except ValidationError as error:
            raise ValidationError(f"{quoted(text)} is not a whole number from 0 to 10.") from error
        if score is not None and not 0 <= score <= 10:
            raise ValidationError(f"{quoted(text)} is outside 0 to 10.")
        return score


class DayField(forms.Field):
    """A day that has been: 1920 to today, as the browser's date field sends it (2026-11-22) or typed 22.11.2026.

    "22/11/2026" is taken too when it can mean one day only; "3/4/2026" asks instead of guessing. ``earliest``: the
    first day that is taken.
    """

    widget = forms.DateInput

    def __init__(self, *args, future=False, earliest=EARLIEST_DAY, **kwargs):
        self.future = future
        self.earliest = earliest
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """The date, or None for a blank. Raises ValidationError with a sentence."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        day = day_from(str(value))
        if day < self.earliest:
            raise ValidationError(f"{day.year} is too long ago. Days from {self.earliest.year} on can be kept.")
        if not self.future and day > timezone.localdate():
            raise ValidationError("That day is still to come. Choose today or a day before.")
        return day

    def bound_data(self, data, initial):
        return plain(str(data)) if data else data


class HoursField(NumberText):
    """Hours slept: 0 to 24, as 5.5, 5,5, "5:30", "5 h 30" or "5h"."""

    what = "a number of hours"
    example = "7.5 or 7:30"
    places = 2

    def to_python(self, value):
        text = str(value or "").strip()
        clock = re.fullmatch(r"(\d{1,2})\s*(?:h|:|hours?)\s*(?:(\d{1,2})\s*(?:m|min|minutes)?)?", text, re.ASCII | re.I)
        if clock and int(clock[2] or 0) < 60:
            hours = Decimal(int(clock[1])) + (Decimal(int(clock[2] or 0)) / 60).quantize(Decimal("0.01"))
        else:
            hours = super().to_python(value)
        if hours is not None and hours < 0:
            raise ValidationError(f"{quoted(text)} is below 0. Hours go from 0 to 24.")
        if hours is not None and hours > 24:
            raise ValidationError(f"{quoted(text)} is more than a day has. Hours go from 0 to 24.")
        return hours


class MinutesField(NumberText):
    """How many minutes something took: whole, 1 to ``most``, or blank; "10 min" is as good as "10"."""

    what = "a number of minutes"
    example = "10"
    places = 0

    def __init__(self, *args, most: int, **kwargs):
        self.most = most
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-unit": "min"})
        )
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """The minutes as an int, or None for a blank. Raises ValidationError with a sentence."""
        if isinstance(value, str):
            value = re.sub(r"(?<=[0-9])\s*min(?:ute)?s?\.?\s*$", "", value, flags=re.I)
        minutes = super().to_python(value)
        if minutes is None:
            return None
        if not 1 <= minutes <= self.most:
            raise ValidationError(
                f"{quoted(plain_number(minutes))} is outside 1 to {self.most} minutes. It can be left blank."
            )
        return int(minutes)

    def too_fine(self, text) -> str:
        return f"{quoted(text)} is not whole. Write whole minutes, like {self.example}."


class ClockField(forms.Field):
    """A time of day: 14:20, 14.20, 2:20 pm."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """The time, or None for a blank. Raises ValidationError with a sentence."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        text = str(value).strip()
        found = len(text) <= 30 and re.fullmatch(
            r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:(a|p)\.?m\.?)?", text, re.ASCII | re.I
        )
        if found:
            hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half == "p" else 0)
            if hour < 24 and minute < 60 and (found[2] or half):
                return dt.time(hour, minute)
        raise ValidationError(f"{quoted(value)} is not a time. Write it like 14:20.")

    def bound_data(self, data, initial):
        return plain(str(data)) if data else data


def is_to_come(day: dt.date, time: dt.time, now: dt.datetime) -> bool:
    """Whether this time of the person's clock is after ``now``, whichever it is of two in the night of a clock change.

    (Two times of one zone compare by what the clock shows; hence the seconds.)
    """
    at = dt.datetime.combine(day, time, tzinfo=now.tzinfo)
    return min(at.timestamp(), at.replace(fold=1).timestamp()) > now.timestamp()
