"""The form of a product: what a medication comes as, how strong it is, and how it may be divided or measured."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from journal.catalogue import products as catalogue
from journal.forms.fields import LineField, MgField, NumberText
from journal.models import Product
from journal.models.base import plain
from journal.queries.products import same_product
from journal.reading import plain_number, quoted, two_readings
from journal.taper.products import product_words

Form = Product.Form
GOES_WITH = {
    "divides": (Form.TABLET,),
    "in_ml": (Form.LIQUID, Form.DROPS),
    "mark_ml": (Form.LIQUID,),
    "drops_per_ml": (Form.DROPS,),
    "factor": (Form.DROPS,),
}
"""Fields that only some forms have."""

MISPLACED = {
    "in_ml": "Only a liquid and drops are measured in ml. Leave this blank.",
    "mark_ml": "The syringe’s finest mark goes with a liquid only. Leave this blank.",
    "drops_per_ml": "“Drops in 1\u00a0ml” goes with drops only. Leave this blank.",
    "factor": "The factor goes with drops only. Leave this blank.",
}
BLANK = {"in_ml": Decimal(1), "mark_ml": None, "drops_per_ml": None, "factor": Decimal(1)}
PREFILLED = ("form", "mg", "divides", "in_ml", "mark_ml", "drops_per_ml", "factor")
LONGEST = 30


class StrengthField(MgField):
    """A strength in mg: above 0, up to 10,000."""

    thing = "strength"

    def to_python(self, value):
        mg = super().to_python(value)
        if mg == 0:
            raise ValidationError("The strength cannot be 0\u00a0mg. Write it as it stands on the label, like 20.")
        return mg

    def too_much(self, text) -> str:
        return f"A strength can be 10,000\u00a0mg at most, and here it is {quoted(text)}. Is the unit mg?"


class AmountField(NumberText):
    """A number above 0, or from 0 where ``zero`` is allowed, up to ``most``; ``called`` begins its sentences."""

    def __init__(self, *args, called: str, most: Decimal, example: str, unit="", places=3, zero=False, **kwargs):
        self.called, self.most, self.example, self.places, self.zero = called, most, example, places, zero
        self.in_unit = f"\u00a0{unit}" if unit else ""
        attrs = {"inputmode": "decimal", "autocomplete": "off"} | ({"data-unit": unit} if unit else {})
        super().__init__(*args, required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        readings = two_readings(value, self.most) if isinstance(value, str) else None
        if readings:
            raise ValidationError(f"{quoted(value)} can mean two numbers. Write {readings[0]} or {readings[1]}.")
        number = super().to_python(value)
        if number is None:
            return None
        if number < 0 or (number == 0 and not self.zero):
            least = "below 0" if self.zero else "0 or below"
            raise ValidationError(f"{self.called} cannot be {least}. Write it like {self.example}.")
        if number > self.most:
            most = f"{self.most:,f}{self.in_unit}"
            raise ValidationError(f"{self.called} can be {most} at most, and here it is {quoted(value)}.")
        return number

    def too_fine(self, text) -> str:
        if self.places:
            return super().too_fine(text)
        return f"{self.called} is a whole number, like {self.example}, and here it is {quoted(text)}."


class ProductForm(forms.Form):
    """A product of a medication. ``others`` are the medication's other products, ``product`` the one to correct."""

    form = forms.ChoiceField(
        label="What it comes as",
        choices=Form.choices,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={
            "required": "Choose what it comes as.",
            "invalid_choice": "Choose what it comes as from the list.",
        },
    )
    mg = StrengthField(
        label="Strength",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-unit": "mg"}),
        help_text="In one tablet, capsule or bead; of a liquid or drops, in as many ml as you write below it.",
        error_messages={"required": "Write the strength in mg, as it stands on the label, like 20."},
    )
    in_ml = AmountField(
        label="In how many ml",
        called="“In how many ml”",
        most=Decimal(1000),
        example="5",
        unit="ml",
        places=2,
        help_text="“10 mg/5 ml” on a label is 5. “40 mg/ml” is 1, and so is a blank for drops.",
    )
    mark_ml = AmountField(
        label="Finest mark of the syringe",
        called="The syringe’s finest mark",
        most=Decimal(10),
        example="0.1",
        unit="ml",
        help_text="The step from one line to the next. Blank if you do not know it yet.",
    )
    drops_per_ml = AmountField(
        label="Drops in 1 ml",
        called="“Drops in 1\u00a0ml”",
        most=Decimal(100),
        example="20",
        unit="drops",
        places=0,
        help_text="It stands in the leaflet.",
    )
    factor = AmountField(
        label="Factor, if it counts otherwise",
        called="The factor",
        most=Decimal(10),
        example="0.8",
        help_text="Citalopram drops: 8 mg of drops count as 10 mg of tablets, a factor of 0.8 (NHS Specialist Pharmacy "
        "Service). Blank where 1 mg counts as 1 mg.",
    )
    divides = forms.ChoiceField(
        label="May it be divided?",
        required=False,
        choices=Product.Divides.choices,
        widget=forms.RadioSelect,
        help_text="Only a scored tablet may be halved. Your pharmacist knows whether yours may.",
        error_messages={"invalid_choice": "Choose how it may be divided from the list."},
    )
    name = LineField(label="Maker or brand, if you like", required=False, fits=100, blank="")
    stock = AmountField(
        label="How many you have now",
        called="“How many you have now”",
        most=Decimal(1_000_000),
        example="56",
        places=2,
        zero=True,
        help_text="Tablets, capsules or beads; of a liquid or drops, ml. Count before the dose of the day. Blank if "
        "you have not counted.",
    )

    def __init__(self, *args, others=(), product: Product | None = None, prefill=None, **kwargs):
        self.others = list(others)
        self.product = product
        self.same: Product | None = None
        kwargs["initial"] = _initial(product) if product else {"divides": Product.Divides.WHOLE, **_read(prefill or {})}
        super().__init__(*args, **kwargs)

    def clean_drops_per_ml(self) -> int | None:
        """As it is counted: "20.0" is 20."""
        drops = self.cleaned_data["drops_per_ml"]
        return None if drops is None else int(drops)

    def clean_divides(self) -> str:
        """Left out altogether, it stays whole."""
        return self.cleaned_data["divides"] or Product.Divides.WHOLE

    def clean(self):
        cleaned = super().clean()
        form = cleaned.get("form")
        if form:
            self._keep_to(Form(form))
        if not self.errors:
            self.same = same_product(self.others, cleaned)
            if self.same and not self.is_repeat and not self.takes_out:
                words = capfirst(product_words(self.same.plain()))
                self.add_error(
                    "mg",
                    f"“{words}” is on your list already. Correct how many you have there, "
                    "or add a maker or brand that tells the two apart.",
                )
        return cleaned

    def _keep_to(self, form: Form):
        """A field that ``form`` does not have stays blank: nothing is dropped, and nothing counted, without a word."""
        cleaned = self.cleaned_data
        if form not in GOES_WITH["divides"] and cleaned.get("divides", "whole") != Product.Divides.WHOLE:
            self.add_error(
                "divides", f"Only a scored tablet may be halved. {_A[form]} stays whole: choose “Whole only”."
            )
        for name, sentence in MISPLACED.items():
            if name in cleaned and cleaned[name] is not None and form not in GOES_WITH[name]:
                self.add_error(name, sentence)
        if form is Form.LIQUID and "in_ml" in cleaned and cleaned["in_ml"] is None:
            self.add_error("in_ml", "Write in how many ml the strength is, like 5 for “10\u00a0mg/5\u00a0ml”.")
        if form is Form.DROPS and "drops_per_ml" in cleaned and cleaned["drops_per_ml"] is None:
            self.add_error("drops_per_ml", "Write how many drops make 1\u00a0ml, like 20.")
        for name, value in BLANK.items():
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = value

    def plain(self) -> catalogue.Product | None:
        """What was sent, as far as a warning goes by it; None where its form or its strength cannot be read."""
        data = getattr(self, "cleaned_data", {})
        if not data.get("form") or not data.get("mg"):
            return None
        return catalogue.Product(catalogue.Form(data["form"]), data["mg"], in_ml=data.get("in_ml") or Decimal(1))

    @property
    def is_repeat(self) -> bool:
        """Whether this very product is on the list: the button was pressed twice."""
        if self.same is None or self.product is not None or not self.same.in_use:
            return False
        return self.cleaned_data["stock"] in (None, self.same.stock)

    @property
    def takes_out(self) -> bool:
        """Whether this very product was put away: adding it takes it out again."""
        return self.same is not None and self.product is None and not self.same.in_use


_A = {Form.CAPSULE: "A capsule", Form.LIQUID: "A liquid", Form.DROPS: "Drops", Form.BEADS: "A bead"}


def _initial(product: Product) -> dict:
    """The form's values for a product; what its form does not have, and what counts as usual, is blank."""
    values = {name: getattr(product, name) for name in ProductForm.base_fields}
    for name, forms_with in GOES_WITH.items():
        if name in BLANK and (product.form not in forms_with or (name == "factor" and values[name] == 1)):
            values[name] = None
    return values


def _read(address) -> dict:
    """What an address fills in. Whatever does not belong there is shown like anything typed, and refused like it."""
    return {name: plain(address[name])[:LONGEST] for name in PREFILLED if address.get(name)}


def prefill(product) -> dict[str, str]:
    """The query with which the form's page fills in ``product`` (a catalogue.products.Product)."""
    values = {"form": product.form.value, "mg": plain_number(product.mg)}
    for name in ("divides", "in_ml", "mark_ml", "drops_per_ml", "factor"):
        value = getattr(product, name)
        if product.form.value not in GOES_WITH[name] or value is None or (name == "factor" and value == 1):
            continue
        values[name] = plain_number(value) if isinstance(value, Decimal) else str(value)
    return values
