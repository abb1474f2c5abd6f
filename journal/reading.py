"""What people type, read: numbers and days. Used by forms, addresses and files alike."""

import calendar
import datetime as dt
import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from journal.models.base import plain

SHOWN = 30
"""So much of what was typed is quoted back: enough to know it, not enough to fill the page."""


def quoted(text: str) -> str:
    """What was typed, for a sentence about it."""
    text = plain(str(text)).strip()
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def decimal_from(text: str) -> Decimal:
    """A number as people type it: 37.5, 37,5, "1 000", with a true minus. Raises ValueError for anything else.

    Not ``Decimal(text)`` alone: that takes "NaN", "1e9", "1_0" and digits of every script.
    """
    text = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?", text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def two_readings(text: str, most: Decimal) -> tuple[str, str] | None:
    """What "1,200" can mean, as "1200" and "1.2"; None where there is one reading only, or only one up to ``most``.

    Three figures after a comma may be thousands or thousandths, a factor of a thousand apart. A point is taken for
    what it is here, a decimal point, unless the figures end in 0, which nobody writes behind one: "1.200".
    """
    found = re.fullmatch(r"\s*([1-9][0-9]*)([.,])([0-9]{3})\s*", text, re.ASCII)
    if not found or (found[2] == "." and found[3][-1] != "0"):
        return None
    if Decimal(found[1] + found[3]) > most:
        return None
    return found[1] + found[3], plain_number(Decimal(f"{found[1]}.{found[3]}"))


def plain_number(value: Decimal) -> str:
    """A Decimal as a person would type it: no trailing zeros, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_from(text: str) -> dt.date:
    """A day as typed. Raises ValidationError with a sentence that says what is wrong with it."""
    found = re.fullmatch(r"\s*(\d{1,4})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{1,4})\s*", text, re.ASCII)
    if not found:
        raise ValidationError(f"{quoted(text)} is not a date. Write it like 2026-11-22.")
    first, sign, second, third = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[1]) == 4:
        year, month, day = first, second, third
    elif sign == "/" and first <= 12 and second <= 12 and first != second:
        raise ValidationError(f"{quoted(text)} can mean two days. Write it like 2026-11-22.")
    elif sign == "/" and second > 12:
        year, month, day = third, first, second
    else:
        year, month, day = third, second, first
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise ValidationError(f"{quoted(text)} is not a date. Write it like 2026-11-22.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValidationError(f"{calendar.month_name[month]} {year} has {days} days.")
    return dt.date(year, month, day)
