"""The planner's forms: what is common to the alternatives, and one alternative. No number is filled in but the dose."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django import forms

from journal.catalogue.conditions import CONDITIONS
from journal.catalogue.curves import curves_of
from journal.forms.fields import DayField, LineField, MgField, NumberText, PlainText
from journal.forms.steps import mg_input
from journal.models import TaperPlan
from journal.models.base import plain
from journal.plan_text import MOST_LETTERS, bands_in, curve_in, in_days, numbers_in
from journal.queries.plans import Known
from journal.reading import plain_number, quoted
from journal.taper.layout import Circumstances, LaidOut, Rounding, lay_out
from journal.taper.plan_words import METHODS
from journal.taper.products import product_words
from journal.taper.schedule import Hold, Method, PlanError, Request

LETTERS = ("A", "B")
STEP_FIELDS = {
    Method.EQUAL_MG: "step_mg",
    Method.PERCENT_ORIGINAL: "step_percent",
    Method.PERCENT_CURRENT: "step_percent",
    Method.EQUAL_OCCUPANCY: "step_points",
}
HOLDS = (("hold_on", "hold_days"), ("hold2_on", "hold2_days"))
FIELDS = {"band": "bands", "hold": "hold_on", "step": "method"}
"""Where a ``PlanError`` is shown, where that is not the field of its own name."""


def unit_input(unit: str, mode: str = "decimal") -> forms.TextInput:
    """A text field with a unit inside."""
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "data-unit": unit})


def without_unit(value, widget: forms.TextInput):
    """What was typed without the unit that stands in the field anyway: "10 %" is as good as "10"."""
    unit = widget.attrs["data-unit"]
    return re.sub(rf"(?<=[\d\s]){re.escape(unit)}\.?\s*$", "", value, flags=re.I) if isinstance(value, str) else value


class Count(NumberText):
    """A whole number, or blank."""

    what = "a whole number"
    example = "14"
    places = 0

    def __init__(self, unit: str, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(widget=unit_input(unit, "numeric"), **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = in_days(value) if self.widget.attrs["data-unit"] == "days" else without_unit(value, self.widget)
        number = super().to_python(value)
        return None if number is None else int(number)

    def too_fine(self, text) -> str:
        return f"{quoted(text)} is not a whole number."


class Amount(NumberText):
    """A number with a unit, or blank."""

    def __init__(self, unit: str, **kwargs):
        super().__init__(required=False, widget=unit_input(unit), **kwargs)

    def to_python(self, value):
        return super().to_python(without_unit(value, self.widget))


class StepField(MgField):
    """How much comes off, in mg; 0 and less are explained with the rest of the plan."""

    thing = "step"
    below_nought = "A step is more than 0."


class BasisForm(forms.Form):
    """What both alternatives begin with: the dose now, what it is made from, what calls for specialist advice."""

    from_mg = MgField(
        label="From", widget=mg_input(), error_messages={"required": "Write the dose you take now, in mg."}
    )
    products = forms.MultipleChoiceField(
        label="Made from",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these is not among what you have any more."},
    )
    rounding = forms.ChoiceField(
        label="Rounded to what you can make",
        required=False,
        choices=[
            (Rounding.NEAREST.value, "To the nearest"),
            (Rounding.DOWN.value, "Down"),
            (Rounding.NONE.value, "Not rounded"),
        ],
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    times = forms.TypedChoiceField(
        label="Times a day",
        required=False,
        coerce=int,
        empty_value=1,
        choices=[(1, "Once"), (2, "Twice"), (3, "Three times"), (4, "Four times")],
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    conditions = forms.MultipleChoiceField(
        label="What your prescriber would want to know",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(condition.key, condition.label) for condition in CONDITIONS.values()],
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def __init__(self, *args, known: Known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["products"].choices = [(key, product_words(product)) for key, product in known.products]
        if not known.products:
            del self.fields["products"], self.fields["rounding"]

    def circumstances(self) -> Circumstances:
        """What a plan is laid out with; of a form that was found valid."""
        cleaned, known = self.cleaned_data, self.known
        products = tuple(product for key, product in known.products if key in cleaned.get("products", ()))
        rounding = Rounding(cleaned.get("rounding") or Rounding.NEAREST) if products else Rounding.NONE
        return Circumstances(
            drug_class=known.drug_class,
            products=products,
            rounding=rounding,
            times=cleaned.get("times") or 1,
            whens=known.whens,
            since=known.since,
            history=known.history,
            spell=known.spell,
        )


class AlternativeForm(forms.Form):
    """One alternative. It lays itself out: ``laid`` is the plan once the form is valid, None while it is left blank."""

    method = forms.ChoiceField(
        label="Method",
        required=False,
        choices=[("", "Choose a way"), *[(method.value, words) for method, words in METHODS.items()]],
        error_messages={"invalid_choice": "Choose a way from the list."},
    )
    step_mg = StepField(label="Each step", required=False, widget=mg_input())
    step_percent = Amount("%", label="Each step")
    step_points = Amount("points", label="Each step")
    steps = Count("steps", label="Or how many")
    bands = LineField(
        label="Bands",
        required=False,
        fits=500,
        blank="",
        help_text="The dose, a colon, and how much a step is above it: 20:2, 10:1, 0:0.5",
    )
    doses = PlainText(
        label="Doses",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One after another: 15, 10, 5, 0. With a decimal comma, one to a line.",
    )
    curve = forms.ChoiceField(
        label="Occupancy by", required=False, error_messages={"invalid_choice": "Choose a curve from the list."}
    )
    every = Count("days", label="Every")
    start = DayField(label="First step on", required=False, future=True)
    to_mg = MgField(label="To", required=False, widget=mg_input())
    last = MgField(
        label="Last dose before 0",
        required=False,
        widget=mg_input(),
        help_text="When the next dose would be this or less, this one is taken, and then 0.",
    )
    hold_on = DayField(label="A hold from", required=False, future=True)
    hold_days = Count("days", label="For")
    hold2_on = DayField(label="Another from", required=False, future=True)
    hold2_days = Count("days", label="For")

    def __init__(self, *args, basis: BasisForm, **kwargs):
        super().__init__(*args, **kwargs)
        self.basis = basis
        self.laid: LaidOut | None = None
        curves = curves_of(basis.known.drug)
        self.fields["curve"].choices = [
            *([("", "Choose a curve")] if len(curves) != 1 else []),
            *[(curve.key, curve.label) for curve in curves],
        ]
        if not curves:
            del self.fields["curve"]
            method = self.fields["method"]
            method.choices = [choice for choice in method.choices if choice[0] != Method.EQUAL_OCCUPANCY]

    @property
    def letter(self) -> str:
        """A or B."""
        return self.prefix.upper()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed that makes a plan: the alternative is not asked for."""
        return not set(self.typed()) - {"to_mg", "curve"}

    def typed(self) -> dict[str, str]:
        """What was typed, as it was, by field: what a kept plan can be laid out from again."""
        sent = {name: plain(str(self.data.get(self.add_prefix(name), ""))) for name in self.fields}
        return {name: text[:MOST_LETTERS].strip() for name, text in sent.items() if text.strip()}

    def discussed_rules(self) -> tuple[str, ...]:
        """The pace notes that were ticked."""
        return tuple(self.data.getlist(self.add_prefix("discussed"))) if hasattr(self.data, "getlist") else ()

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.is_blank:
            return cleaned
        if not cleaned.get("method"):
            self.add_error("method", "Choose a way for this plan, or leave all of it blank.")
        elif self.basis.is_valid():
            try:
                self.laid = self._lay_out(Method(cleaned["method"]))
            except PlanError as error:
                self._show(error, Method(cleaned["method"]))
        return cleaned

    def _lay_out(self, method: Method) -> LaidOut | None:
        cleaned, given = self.cleaned_data, self.basis.circumstances()
        curve = curve_in(self.basis.known.drug, cleaned.get("curve", ""), method)
        holds = self._holds()
        if self.errors:
            return None
        request = Request(
            from_mg=self.basis.cleaned_data["from_mg"],
            method=method,
            to_mg=self._target(method),
            step=cleaned.get(STEP_FIELDS.get(method, "")),
            steps=cleaned["steps"] if method.takes_step else None,
            curve=curve,
            bands=bands_in(cleaned["bands"]) if method is Method.BANDED else (),
            doses=numbers_in("doses", cleaned["doses"]) if method is Method.LIST else (),
            last=cleaned["last"] if method.is_percent and not cleaned["to_mg"] else None,
            start=cleaned["start"],
            every=cleaned["every"],
            holds=holds,
        )
        if request.start is None:
            raise PlanError("start", "Say on which day the first step is.")
        return lay_out(request, replace(given, curve=curve))

    def _target(self, method: Method) -> Decimal:
        if method is Method.LIST:
            doses = numbers_in("doses", self.cleaned_data["doses"])
            return doses[-1] if doses else Decimal(0)
        return self.cleaned_data["to_mg"] or Decimal(0)

    def _holds(self) -> tuple[Hold, ...]:
        holds = []
        for day, days in HOLDS:
            pair = self.cleaned_data[day], self.cleaned_data[days]
            if pair.count(None) == 1:
                self.add_error(day, "A hold needs the day on which it begins, and how many days it lasts.")
            elif None not in pair:
                holds.append(Hold(*pair))
        return tuple(holds)

    def _show(self, error: PlanError, method: Method) -> None:
        """The sentence beside the field that it names, in this form or in the one of what is common."""
        if error.field in ("from", "products"):
            basis = "from_mg" if error.field == "from" else "products"
            self.basis.add_error(basis if basis in self.basis.fields else None, str(error))
            return
        places = {**FIELDS, "step": STEP_FIELDS.get(method, "method"), "to": "to_mg"}
        place = places.get(error.field, error.field)
        self.add_error(place if place in self.fields else None, str(error))


SHARED = ("rounding", "times")
"""What a kept plan has of the basis form, besides its own fields and the keys of its products."""


def products_kept(plan: TaperPlan, known: Known) -> list[str]:
    """The keys of the products that a kept plan is made from; all that there are where it does not say, or where none
    of them is there any more.
    """
    there = [key for key, _ in known.products]
    kept = plan.settings.get("products", there)
    return [key for key in there if key in kept] or (there if kept else [])


def planned_again(plan: TaperPlan, known: Known, mg: Decimal, start: dt.date, to_come: Sequence[Decimal]):
    """The plan's own method and numbers from ``mg`` on, the first step on ``start``; an AlternativeForm.

    A number of steps becomes the number of those ``to_come``, and an own list their doses. Holds are not repeated.
    """
    dropped = {"products", *(name for pair in HOLDS for name in pair)}
    kept = {name: text for name, text in plan.settings.items() if name not in dropped}
    if kept.get("steps"):
        kept["steps"] = str(max(1, len(to_come)))
    if plan.method == Method.LIST:
        kept["doses"] = "; ".join(plain_number(dose) for dose in to_come)
    kept["start"] = start.isoformat()
    shared = {name: plan.settings[name] for name in SHARED if plan.settings.get(name)}
    basis = BasisForm({"from_mg": plain_number(mg), "products": products_kept(plan, known), **shared}, known=known)
    return AlternativeForm({f"a-{name}": text for name, text in kept.items()}, prefix="a", basis=basis)


def first_error(form: AlternativeForm) -> str:
    """The first sentence that says why a plan could not be laid out."""
    errors = [*form.basis.errors.values(), *form.errors.values()]
    return next((str(error) for several in errors for error in several), "")
