"""The rating row, and what stands beside a value on a day's page. A builtin of the template engine."""

from decimal import Decimal
from fractions import Fraction

from django import template

from journal.analysis import numbers
from journal.catalogue.scales import BANDS, NOT_RATED, band_of, words_for
from journal.reading import plain_number

register = template.Library()

NBSP = "\u00a0"


@register.inclusion_tag("parts/_rating.html")
def rating_row(
    name,
    label,
    value=None,
    better="down",
    previous=None,
    error="",
    carried=False,
    id="",
    hint="",
    previous_name="yesterday",
    carry=None,
    words_of="",
):
    """One rating: a group of twelve radios (blank, 0 to 10), drawn as six targets and "Exactly".

    ``better`` is "up" where 10 is best, blank where neither end is. A stored value between the whole numbers gets a
    radio of its own, so that saving the form unchanged changes nothing. ``previous`` is shown as "yesterday 4"
    (``previous_name`` has another word for it); ``carried`` marks ``value`` as filled in from there and not looked at
    yet. ``carry`` is what "same as yesterday" fills in, as text. ``words_of`` is the measure whose words the row has,
    where that is not its name.
    """
    value = _number(value)
    words = words_for(words_of or name, better)
    wanted = [None, *range(11)]
    own = value if value is not None else _number(carry)
    if own is not None and own not in wanted:
        wanted.append(own)
    options = [_option(number, words, number == value) for number in wanted]
    return {
        "name": name,
        "id": id or f"id_{name}",
        "label": label,
        "better": better or "up",
        "carry": carry,
        "options": options,
        "bands": [_target(band, words[band.index], options) for band in BANDS],
        "exact": [[o for o in options if o["band"] == band.index] for band in BANDS if band.low != band.high],
        "not_rated": NOT_RATED,
        "previous": previous,
        "previous_name": previous_name,
        "error": error,
        "carried": carried and value is not None,
        "hint": hint,
    }


@register.simple_tag
def carry_text(form, name) -> str:
    """What "same as yesterday" fills into the field called ``name``; blank for nothing."""
    return form.carry.get(name, "")


@register.simple_tag
def is_carried(form, name) -> bool:
    """Whether what the field called ``name`` shows is filled in from the day before."""
    return form.is_carried(name)


@register.simple_tag(takes_context=True)
def timed_words(context, symptom, own) -> str:
    """What the day's check-ins say of a symptom (its key; None: the mood), and whether that counts: "4.3, the mean of 3
    check-ins, counts for the day until you rate it."."""
    value, n = context.get("timed", {}).get(symptom, (None, 0))
    if not n:
        return ""
    if own is not None:
        said = (
            f"The mean of {n} check-ins is {numbers.rating_text(value)}"
            if n > 1
            else f"One check-in says {_as_given(value)}"
        )
        return f"Your own rating counts. {said}."
    text = (
        f"{numbers.rating_text(value)}, the mean of {n} check-ins"
        if n > 1
        else f"{_as_given(value)}, from one check-in"
    )
    return f"{text}, counts for the day until you rate it."


def _as_given(value: Fraction) -> str:
    return plain_number(Decimal(value.numerator) / value.denominator)


@register.filter
def amount(value, unit="") -> str:
    """The value of a measure with its unit: 72.4 kg."""
    return f"{plain_number(Decimal(str(value)))}{NBSP}{unit}".strip() if value is not None else numbers.NOTHING


def _number(value) -> Decimal | None:
    """The rating in ``value``, which may be what was typed; nonsense is none (the error beside it says so)."""
    try:
        number = None if value in (None, "") else Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number is not None and number.is_finite() and 0 <= number <= 10 else None


def _option(number, words, checked) -> dict:
    if number is None:
        return {"key": "blank", "value": "", "name": NOT_RATED, "word": "", "text": "", "band": "", "checked": checked}
    text, place = plain_number(Decimal(number)), band_of(number).index
    key = text if float(text).is_integer() else "own"
    return {
        "key": key,
        "value": text,
        "name": f"{text} {words[place].lower()}",
        "word": words[place],
        "text": text,
        "band": place,
        "checked": checked,
    }


def _target(band, word, options) -> dict:
    return {
        "index": band.index,
        "face": band.face,
        "pick": band.pick,
        "word": word,
        "options": [option for option in options if option["band"] == band.index],
    }
