"""How numbers are rounded and written. Screens, charts, paper and exports all ask here.

Everything is exact until it is written: `Decimal`, `Fraction` or `int` in, and halves go up
from the exact value (2.65 -> 2.7). Words follow the chart guide's section 7: ratings always with
one decimal, doses as on a box (no trailing zero), a true minus.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

MINUS = "\u2212"  # true minus, for screens and paper; files use "-"
NOTHING = "\u2013"  # what stands where there is no value
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

Number = Decimal | Fraction | int


def exact(value: Decimal | Fraction | int | float) -> Decimal | Fraction:
    """The number as it was written: a float 0.1 is a tenth, not the binary number beside it."""
    if isinstance(value, Decimal | Fraction):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    return Decimal(value)


def round_half_up(value: Number | float, places: int = 0) -> Decimal:
    """`value` to `places` decimals from the exact value, halves up: 2.65 -> 2.7.

    The size is what is rounded, so that "12.3 % less" and "\u221212.3 %" agree: -12.25 -> -12.3.
    """
    value = exact(value)
    if isinstance(value, Fraction):
        above, below = abs(value.numerator), value.denominator
        size = Decimal((2 * above * 10**places + below) // (2 * below)).scaleb(-places)
        return -size if value < 0 and size else size
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded or abs(rounded)  # never -0


def exact_sum(total: Number | float, places: int = 1) -> Decimal:
    """What a database added up of values with so many decimals, exact again: SQLite adds binary numbers."""
    return round(Decimal(str(total)), places)


def rating_text(value: Number | float | None) -> str:
    """A rating or a mean of ratings, 0-10: '2.0'. None is written as an en dash."""
    return NOTHING if value is None else _rating_text(value)


@lru_cache(maxsize=1024, typed=True)  # a table of ten years has ten thousand of them, of a hundred values
def _rating_text(value: Number | float) -> str:
    return _with_minus(f"{round_half_up(value, 1):f}")


def mg_text(mg: Number | float | None) -> str:
    """A dose in mg as on a box: '0.037', '12.5', '1,800'; at most three decimals."""
    if mg is None:
        return NOTHING
    text = f"{round_half_up(mg, 3):,f}"
    return _with_minus(text.rstrip("0").rstrip(".") if "." in text else text)


def count_text(count: int) -> str:
    """How many, in words up to twelve: 'no', 'nine', '40', '1,800'."""
    return COUNTS[count] if count < len(COUNTS) else f"{count:,}"


def span_text(low: Number, high: Number) -> str:
    """From one number to another: '1 to 2', or '1' where they are the same; at most three decimals."""
    return mg_text(low) if low == high else f"{mg_text(low)} to {mg_text(high)}"


def percent_text(value: Number | float | None) -> str:
    """A percentage, whole: 70 % of the previous dose is '70'."""
    return NOTHING if value is None else _with_minus(f"{round_half_up(value, 0):f}")


def signed_percent_text(value: Number | float | None) -> str:
    """A change in per cent with one decimal and its sign: '\u221230.0', '+12.5', '0.0'."""
    return _signed(value)


def signed_rating_text(value: Number | float | None) -> str:
    """A change in points with one decimal and its sign: '+1.2', '\u22120.1', '0.0'."""
    return _signed(value)


def hours_text(hours: Number | None) -> str:
    """Hours as people say them, to the minute: 5.5 is '5 h 30', 8 is '8 h'."""
    if hours is None:
        return NOTHING
    minutes = int(round_half_up(hours * 60))
    return f"{minutes // 60} h {minutes % 60:02}" if minutes % 60 else f"{minutes // 60} h"


def _signed(value: Number | float | None) -> str:
    if value is None:
        return NOTHING
    rounded = round_half_up(value, 1)
    return f"+{rounded:f}" if rounded > 0 else _with_minus(f"{rounded:f}")


def _with_minus(text: str) -> str:
    return text.replace("-", MINUS)
