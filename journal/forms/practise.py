"""Forms of a guided practice: its own timing, the parts that are left out, and what is recorded afterwards."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.catalogue import guides
from journal.forms.coping import PracticeForm
from journal.forms.fields import DayField, MinutesField, NumberText
from journal.reading import quoted
from journal.taper.words import day_words

WRONG_CLOCK = dt.timedelta(minutes=5)
"""So far ahead of the journal's clock a device may be without a word."""


class SecondsField(NumberText):
    """The seconds of one phase, 0.5 to 20, to 0.1; blank for the skill's own. ``or_none``: 0 leaves the phase out."""

    what = "a number of seconds"
    example = "4 or 5.5"
    places = 1

    def __init__(self, *, or_none=False, **kwargs):
        self.or_none = or_none
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        """The seconds as a Decimal, or None for a blank."""
        seconds = super().to_python(value)
        if seconds is None or (self.or_none and seconds == 0):
            return seconds
        if not guides.SHORTEST_MS <= seconds * 1000 <= guides.LONGEST_MS:
            also = ", or 0 to leave it out" if self.or_none else ""
            raise ValidationError(f"{quoted(value)} does not work here. Write 0.5 to 20 seconds{also}.")
        return seconds


class TimingForm(forms.Form):
    """A timing of one's own for paced breathing, as it stands in the address. A blank is the skill's own."""

    use_required_attribute = False

    def __init__(self, guide: guides.Breath, data):
        self.guide = guide
        super().__init__(data, auto_id="own_%s")  # the form of the practice has minutes, too
        own = guide.timing
        for kind, label in ((guides.IN, "In"), (guides.HOLD, "Hold"), (guides.OUT, "Out"), (guides.REST, "Hold after")):
            optional = kind in (guides.HOLD, guides.REST)
            field = SecondsField(label=label, or_none=optional)
            field.widget.attrs |= {"placeholder": f"{own.seconds_of(kind):g}", "class": "input"}
            self.fields[kind] = field
        self.fields["minutes"] = MinutesField(label="Minutes", most=guides.MOST_MINUTES)
        self.fields["minutes"].widget.attrs["class"] = "input"
        self.fields["holds"] = forms.CharField(required=False)

    @property
    def asked(self) -> list:
        """The fields to be typed in, for the template."""
        return [self[name] for name in (*guides.WORDS, "minutes") if name in self.fields]

    def timing(self) -> guides.Timing:
        """What was asked for; the skill's own where that cannot be."""
        own = self.guide.timing
        if not self.is_valid():
            return own
        said = self.cleaned_data
        phases = [p if said[p.kind] is None else guides.Phase(p.kind, int(said[p.kind] * 1000)) for p in own.phases]
        timing = guides.Timing(tuple(phases), own.rounds)
        if said["holds"] == "no":
            timing = timing.without_holds()
        if said["minutes"]:
            timing = guides.Timing(timing.phases, guides.rounds_in(said["minutes"], timing.round_ms))
        return timing


class PractiseForm(PracticeForm):
    """What is recorded of a guided practice. A blank day is the moment in which it ended (``ended``), or was saved
    (``pressed``): milliseconds by the device, for a form that may have waited there. Day and time are then those of the
    person's own zone.
    """

    use_required_attribute = False
    date = DayField(label="Day", required=False)

    def __init__(self, *args, kept=False, **kwargs):
        if kept:  # a page that a device keeps is for any day
            kwargs["initial"] = {}
        super().__init__(*args, **kwargs)

    def clean(self):
        """The day and time, by the device's clock where nothing else is said."""
        cleaned = super().clean()
        if "date" in cleaned and cleaned["date"] is None:
            at = self._moment()
            if at is None:
                self.add_error("date", "Choose the day.")
            elif at > timezone.localtime() + WRONG_CLOCK:
                on = day_words(at.date(), timezone.localdate())
                self.add_error(
                    "date", f"By this device’s clock it was {on}, {at:%H:%M}: still to come. Choose the day."
                )
            else:
                at = min(at, timezone.localtime())
                cleaned["date"] = at.date()
                if "time" in cleaned and cleaned["time"] is None:
                    cleaned["time"] = at.time().replace(second=0, microsecond=0)
                self.refuse_to_come(cleaned)
        return cleaned

    def fields_of_practice(self) -> dict:
        """What was said, by the names of ``Practice``."""
        names = ("before", "after", "date", "time", "minutes", "situation", "note")
        return {name: self.cleaned_data[name] for name in names}

    def _moment(self) -> dt.datetime | None:
        """When it was, by the device, in the person's zone; None where it does not say so or says no such thing.

        A practice that is corrected has its day: the moment of the correction says nothing of it.
        """
        if self.practice:
            return None
        for name in ("ended", "pressed"):
            text = self.data.get(name, "")
            if re.fullmatch(r"\d{12,14}", text, re.ASCII):
                return dt.datetime.fromtimestamp(int(text) / 1000, timezone.get_current_timezone())
        return None


def parts_left_out(guide: guides.Sequence, data) -> tuple[guides.Part, ...]:
    """The parts that stay when those named in ``data`` (``leave=neck``) are left out. Unknown names change nothing."""
    left = set(data.getlist("leave"))
    return tuple(part for part in guide.parts if part.slug not in left)
