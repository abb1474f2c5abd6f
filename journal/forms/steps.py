"""The form of a dose step: how much a day, from when, what kind of step; and, if need be, in which parts."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from journal.forms.fields import DayField, MgField, NoteField
from journal.models import DosePart, DoseStep, Product
from journal.models.base import MOST_MG
from journal.queries.medications import kind_problem
from journal.taper.history import SMALLEST, Part, kind_for, mean_mg
from journal.taper.products import plural, product_words
from journal.taper.taken import counted_mg, swallowed_mg, taken_as
from journal.taper.words import day_words, mg_words

TABLETS, AS_NOW = "", "as-now"
"""What the mg are of: tablets, or just what is kept of this step, where nothing that there is explains it."""

EVERY_DAY, IN_TURN = "daily", "turns"
PATTERNS = {EVERY_DAY: 1, "second": 2, "third": 3, IN_TURN: 2}
PATTERN_CHOICES = [
    (EVERY_DAY, "Every day"),
    ("second", "Every other day"),
    ("third", "Every third day"),
    (IN_TURN, "Two amounts in turn"),
]
TIMES = [
    ("", "No set time"),
    *[(when.value, when.label) for when in DosePart.When if when.value],
]


def amount_name(day: int, when: str) -> str:
    """The name of the field for one amount: "day1_morning", "day2_any"."""
    return f"day{day}_{when or 'any'}"


def mg_input():
    """A text field with its unit inside."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-unit": "mg"})


class AmountField(MgField):
    """One part of a dose; blank is none."""

    def __init__(self, label):
        super().__init__(label=label, required=False, widget=mg_input())


class StepForm(forms.Form):
    """A dose step of a medication. ``steps`` are all of its steps, the earliest first; ``step`` the one to correct.

    ``products``: what there is of the medication. Where one of them does not count mg for mg, the mg may be its own:
    they are typed and shown so, and kept as mg of tablets with what is swallowed beside it.
    """

    mg = MgField(
        label="Dose a day",
        required=False,
        widget=mg_input(),
        help_text="What you take in 24 hours. 0 when you take none.",
    )
    product = forms.ChoiceField(
        label="These mg are of",
        required=False,
        widget=forms.RadioSelect,
        help_text="Percentages, charts and curves go by mg of tablets. What you take is kept beside it.",
        error_messages={"invalid_choice": "Choose from the list what these mg are of."},
    )
    starts_on = DayField(
        label="From", help_text="The first day at this dose.", error_messages={"required": "Choose the first day."}
    )
    kind = forms.ChoiceField(
        label="What kind of step",
        required=False,
        choices=[("", "Find it from the dose"), *DoseStep.Kind.choices],
        error_messages={"invalid_choice": "Choose a kind from the list."},
    )
    note = NoteField(label="Note, if you like")
    pattern = forms.ChoiceField(
        label="On which days",
        required=False,
        choices=PATTERN_CHOICES,
        error_messages={"invalid_choice": "Choose the days from the list."},
    )
    day1_any, day1_morning, day1_midday, day1_evening, day1_night = [AmountField(label) for _, label in TIMES]
    day2_any, day2_morning, day2_midday, day2_evening, day2_night = [AmountField(label) for _, label in TIMES]

    def __init__(
        self, *args, steps: list[DoseStep], step: DoseStep | None = None, products: Sequence[Product] = (), **kwargs
    ):
        self.step = step
        self.products = [product for product in products if product.factor != 1]
        self.chosen: Product | None = None
        self.typed: dict[str, Decimal | None] = {}
        self.others = [other for other in steps if step is None or other.pk != step.pk]
        self.clash: DoseStep | None = None
        self.parts: tuple[Part, ...] = ()
        if step:
            kwargs["initial"] = _initial(step, self.products)
        else:
            kwargs["initial"] = {"starts_on": timezone.localdate(), "pattern": EVERY_DAY, "product": TABLETS}
        super().__init__(*args, **kwargs)
        self._offer_products()

    def _offer_products(self):
        """What the mg may be of: tablets, what there is now, and what this step is of. No choice, no question."""
        now = self.initial["product"]
        choices = [
            (str(product.pk), capfirst(product_words(product.plain())))
            for product in self.products
            if product.in_use or str(product.pk) == now
        ]
        if now == AS_NOW:
            choices.append((AS_NOW, f"As it is: {mg_words(self.step.taken_mg)} swallowed, counted as this much"))
        if choices:
            self.fields["product"].choices = [(TABLETS, "Tablets, or what counts mg for mg"), *choices]
        else:
            del self.fields["product"]

    # --- for the page ---------------------------------------------------------------------------------------------

    def amounts(self, day: int):
        """The fields of the amounts of one day of the pattern."""
        return [self[amount_name(day, when)] for when, _ in TIMES]

    @property
    def first_day(self):
        """Amounts of the first day of the pattern: of every day, where it is daily."""
        return self.amounts(1)

    @property
    def second_day(self):
        """Amounts of the second day, for two amounts in turn."""
        return self.amounts(2)

    @property
    def second_day_filled(self) -> bool:
        """Whether anything is written, or wrong, for the second day."""
        return any(field.errors or field.value() not in (None, "") for field in self.second_day)

    @property
    def in_parts(self) -> bool:
        """Whether anything is written, or wrong, under "In parts": then the page shows it."""
        fields = [self["pattern"], *self.first_day, *self.second_day]
        return any(field.errors or field.value() not in (None, "", EVERY_DAY) for field in fields)

    # --- what was sent --------------------------------------------------------------------------------------------

    def clean_pattern(self) -> str:
        """Left out altogether, it is every day."""
        return self.cleaned_data["pattern"] or EVERY_DAY

    def clean_starts_on(self):
        """The day, on which no other step of this medication begins."""
        day = self.cleaned_data["starts_on"]
        self.clash = next((other for other in self.others if other.starts_on == day), None)
        return day

    def clean(self):
        cleaned = super().clean()
        if not self._wrong_below():
            self._gather_parts()
        if "mg" in cleaned and not self._wrong_below():
            self._agree_on_mg()
        self.typed = {name: cleaned.get(name) for name in ("mg", *AMOUNTS)}
        if cleaned.get("mg") is not None and not {"mg", "product"} & set(self.errors) and not self._wrong_below():
            self._count_as_tablets()
        if self.clash and not self.is_repeat:
            there = f"{mg_words(self.clash.mg)} from {day_words(self.clash.starts_on, timezone.localdate())}"
            self.add_error("starts_on", f"There is a step on that day already: {there}. A day has one step.")
        if cleaned.get("mg") is not None and cleaned.get("starts_on") and "kind" in cleaned:
            self._agree_on_kind()
        return cleaned

    def _wrong_below(self) -> bool:
        return any(name == "pattern" or name.startswith(("day1", "day2")) for name in self.errors)

    def _gather_parts(self):
        pattern = self.cleaned_data["pattern"]
        self.parts = tuple(
            Part(day, when, mg)
            for day in (1, 2)
            for when, _ in TIMES
            if (mg := self.cleaned_data[amount_name(day, when)])  # 0 is no part
        )
        days = {part.day for part in self.parts}
        if 2 in days and pattern != IN_TURN:
            self.add_error("pattern", "There is an amount for a second day. “Two amounts in turn” goes with that.")
        elif pattern == IN_TURN and days != {1, 2}:
            blank = 1 if 1 not in days else 2
            self.add_error(amount_name(blank, ""), "Two amounts in turn need an amount for each of the two days.")
        elif pattern != EVERY_DAY and not days:
            self.add_error(
                amount_name(1, ""), "Write how much you take on a day with a dose. The dose a day is the average."
            )
        self.cleaned_data["cycle_days"] = PATTERNS[pattern]

    def _agree_on_mg(self):
        """Mg a day: as written, or the mean of the parts; both, when they say the same."""
        written = self.cleaned_data["mg"]
        if not self.parts:
            if written is None:
                self.add_error("mg", "Write the dose in mg, like 37.5. 0 is fine too.")
            return
        mean = mean_mg(self.parts, self.cleaned_data["cycle_days"])
        total = "The amounts below make"
        if mean < SMALLEST:
            self.add_error("mg", f"{total} less than 0.001\u00a0mg a day, the smallest that is kept here.")
        elif mean > MOST_MG:
            self.add_error("mg", f"{total} {mg_words(mean)} a day, which is more than 10,000\u00a0mg. Is the unit mg?")
        elif written is not None and written != mean:
            self.add_error(
                "mg",
                f"{total} {mg_words(mean)} a day on average, and here it is {mg_words(written)}. "
                "Change one of them, or leave this blank.",
            )
        self.cleaned_data["mg"] = mean

    def _count_as_tablets(self):
        """Mg of tablets for what was typed, and beside it what is swallowed, where the two differ."""
        chosen = self.cleaned_data.get("product", TABLETS)
        if chosen == AS_NOW:
            self._keep_as_now()
            return
        self.chosen = next((product for product in self.products if str(product.pk) == chosen), None)
        if self.chosen is None:
            return
        factor, typed = self.chosen.factor, self.cleaned_data["mg"]
        self.parts = tuple(replace(part, mg=counted_mg(part.mg, factor)) for part in self.parts)
        days = self.cleaned_data["cycle_days"]
        mg = mean_mg(self.parts, days) if self.parts else counted_mg(typed, factor)
        amounts = [mg, *(part.mg for part in self.parts)]
        if typed and min(amounts) < SMALLEST:
            self.add_error("mg", "This counts as less than 0.001\u00a0mg of tablets, the smallest that is kept here.")
        elif max(amounts) > MOST_MG:
            of = f"{mg_words(max(amounts))} of tablets"
            self.add_error("mg", f"This counts as {of}, which is more than 10,000\u00a0mg. Is the unit mg?")
        else:
            self.cleaned_data |= {"mg": mg, "taken_mg": typed if typed != mg else None}

    def _keep_as_now(self):
        kept = _initial(self.step, self.products)
        if all(self.typed[name] == kept[name] for name in self.typed):
            self.cleaned_data["taken_mg"] = self.step.taken_mg
        else:
            self.add_error("product", "The dose is another one now. Choose what its mg are of.")

    def _agree_on_kind(self):
        cleaned = self.cleaned_data
        earlier = [other.mg for other in self.others if other.starts_on < cleaned["starts_on"]]
        previous = earlier[-1] if earlier else None
        if not cleaned["kind"]:
            cleaned["kind"] = kind_for(previous, cleaned["mg"], max(earlier, default=None))
        elif problem := kind_problem(cleaned["kind"], previous, cleaned["mg"]):
            raise ValidationError({"kind": problem})

    # --- what to keep ---------------------------------------------------------------------------------------------

    @property
    def is_repeat(self) -> bool:
        """Whether a new step is there already, just as it was sent: the button was pressed twice."""
        if self.clash is None or self.step is not None:
            return False
        kept = _initial(self.clash, self.products)
        sent = {name: self.cleaned_data.get(name, "") for name in kept} | self.typed
        return all(sent[name] == kept[name] or (name == "kind" and not sent[name]) for name in kept)

    def to_save(self) -> dict:
        """The step's own columns."""
        fields = {name: self.cleaned_data[name] for name in ("starts_on", "mg", "kind", "cycle_days", "note")}
        return fields | {"taken_mg": self.cleaned_data.get("taken_mg")}

    @property
    def counted_words(self) -> str:
        """What was typed, and what it counts as: "8 mg of drops, counted as 10 mg of tablets"; blank for tablets."""
        taken = self.cleaned_data.get("taken_mg")
        if self.chosen is None or taken is None:
            return ""
        of = plural(self.chosen.plain().form)
        return f"{mg_words(taken)} of {of}, counted as {mg_words(self.cleaned_data['mg'])} of tablets"


AMOUNTS = [amount_name(day, when) for day in (1, 2) for when, _ in TIMES]


def _initial(step: DoseStep, products: Sequence[Product]) -> dict:
    """The form's values for a step, as they were typed; its ``parts`` are at hand. ``products``: with a factor."""
    parts = list(step.parts.all())
    product = _product_of(step, products)
    factor = product.factor if product else Decimal(1)
    if step.cycle_days == 2 and any(part.day == 2 for part in parts):
        pattern = IN_TURN
    else:
        pattern = next((name for name, days in PATTERNS.items() if days == step.cycle_days), EVERY_DAY)
    amounts: dict[str, Decimal | None] = dict.fromkeys(AMOUNTS)
    amounts |= {amount_name(part.day, part.when): swallowed_mg(part.mg, factor) for part in parts}
    kept = TABLETS if step.taken_mg is None else AS_NOW
    return {
        "mg": step.taken_mg if product else step.mg,
        "product": str(product.pk) if product else kept,
        "starts_on": step.starts_on,
        "kind": step.kind,
        "note": step.note,
        "pattern": pattern,
        **amounts,
    }


def _product_of(step: DoseStep, products: Sequence[Product]) -> Product | None:
    """The product that a step's dose is told in; None for tablets, and where nothing that there is explains it."""
    explain = (one for one in products if (how := taken_as(step.mg, step.taken_mg, [one.plain()])) and how.name)
    return next(explain, None)
