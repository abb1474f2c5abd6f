"""The form of a measure: what else a day's page asks for, and in what it is told."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from journal.forms.fields import LineField, NumberText
from journal.models import Measure
from journal.models.measures import FURTHEST
from journal.queries.tracked import TrackedMeasure, save_measure
from journal.reading import plain_number, quoted, two_readings

NAME_FITS = 60
UNIT_FITS = 20
OF_A_NUMBER = ("unit", "low", "high")
"""Fields that a rating does not have."""
OF_OWN = ("kind", *OF_A_NUMBER, "better")
"""What cannot be changed of a built-in one."""

KINDS = {Measure.Kind.RATING: "A rating from 0 to 10", Measure.Kind.AMOUNT: "A number, in its own unit"}
BETTER = {Measure.Better.NEITHER: "Neither", Measure.Better.UP: "Higher", Measure.Better.DOWN: "Lower"}


class EndField(NumberText):
    """An end of a range: a number from −1,000,000 to 1,000,000, or blank. "1,200" is asked about, never guessed."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        readings = two_readings(value, FURTHEST) if isinstance(value, str) else None
        if readings:
            raise ValidationError(f"{quoted(value)} can mean two numbers. Write {readings[0]} or {readings[1]}.")
        number = super().to_python(value)
        if number is not None and abs(number) > FURTHEST:
            raise ValidationError(f"{quoted(value)} is too far out. From −1,000,000 to 1,000,000 can be kept.")
        return number


def choice(label, choices, **options) -> forms.ChoiceField:
    """A few chips."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices.items()),
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
        **options,
    )


class MeasureForm(forms.Form):
    """A measure of the person's own, or a built-in one, of which only the name can be changed.

    ``measure`` is the one to change; ``days`` says on how many days it has a value.
    """

    name = LineField(label="Name", fits=NAME_FITS, blank="A measure needs a name.")
    kind = choice("How you write it down", KINDS, initial=Measure.Kind.RATING)
    unit = LineField(label="Unit", required=False, fits=UNIT_FITS, blank="", help_text="kg, say, or beats a minute.")
    low = EndField(label="Lowest value, if there is one")
    high = EndField(
        label="Highest value, if there is one", help_text="A number outside is not taken, which catches a slip."
    )
    better = choice("Which way is better", BETTER, required=False)

    def __init__(self, *args, owner, measure: TrackedMeasure | None = None, days: int = 0, **kwargs):
        self.owner, self.measure = owner, measure
        if measure:
            kwargs["initial"] = {name: getattr(measure, name) for name in ("name", *OF_OWN)}
        super().__init__(*args, **kwargs)
        for name in self._fixed:
            del self.fields[name]
        if days and "unit" in self.fields:
            self.fields[
                "unit"
            ].help_text = "What you wrote down keeps its numbers: 70 stays 70, whatever the unit is called."

    @property
    def _fixed(self) -> tuple[str, ...]:
        """What is settled for a measure that is there."""
        if self.measure is None:
            return ()
        if self.measure.builtin:
            return OF_OWN
        return ("kind", *(OF_A_NUMBER if self.measure.kind == Measure.Kind.RATING else ()))

    def clean(self):
        data = super().clean()
        if data.get("kind") == Measure.Kind.RATING:
            for name in OF_A_NUMBER:
                if data.get(name) not in (None, ""):
                    self.add_error(name, "A rating goes from 0 to 10 and has no unit. Leave this blank.")
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low >= high:
            self.add_error("high", f"{plain_number(high)} is not above the lowest value, {plain_number(low)}.")
        return data

    def save(self) -> Measure | None:
        """The measure as saved; None, with the reason beside the field, where something of theirs stands against it."""
        fields = dict(self.cleaned_data)
        if fields.get("kind") == Measure.Kind.RATING:
            fields |= {"low": Decimal(0), "high": Decimal(10)}
        try:
            return save_measure(self.owner, fields, self.measure)
        except ValidationError as error:
            self.add_error(None, error)
            return None
