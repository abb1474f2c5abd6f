"""What people type, read: numbers and days. Used by forms, addresses and files alike."""

import calendar
import datetime as dt
import re
import unicodedata
from decimal import Decimal

from django.core.exceptions import ValidationError

from journal.models.base import plain

PHONE_LENGTH = 40
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


FEWEST_DIGITS, MOST_DIGITS = 3, 20
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_PHONE = re.compile(r"(?P<number>\+?[0-9() .-]+?)(?: ?(?:ext\.?|extension|x) ?(?P<extension>[0-9]{1,8}))?", re.I)


def phone_from(text: str) -> str:
    """A telephone number as it is kept: digits with + ( ) - . and spaces, and an extension ("ext 12").

    Digits of other scripts become ours, for a telephone dials no others. Marks that nobody sees are dropped: copied
    from a list of contacts, a number often brings some. Raises ValidationError with a sentence for anything else.
    """
    kept = (letter for letter in unicodedata.normalize("NFKC", plain(text)) if unicodedata.category(letter) != "Cf")
    digits = "".join(str(unicodedata.digit(letter, letter)) for letter in kept)
    phone = " ".join(digits.translate(_DASHES).split())
    found = _PHONE.fullmatch(phone)
    if not found:
        raise ValidationError(
            f"{quoted(text)} is not a phone number. Write digits, with + ( ) - . or spaces, like 020 7946 0958. "
            "An extension follows it: ext 12."
        )
    number = sum(letter.isdigit() for letter in found["number"])
    if not FEWEST_DIGITS <= number <= MOST_DIGITS:
        raise ValidationError(
            f"{quoted(text)} has {number} {'digit' if number == 1 else 'digits'}. "
            f"A phone number has {FEWEST_DIGITS} to {MOST_DIGITS}."
        )
    if len(phone) > PHONE_LENGTH:
        raise ValidationError(f"This has {len(phone)} characters. {PHONE_LENGTH} fit.")
    return phone


def number_to_dial(phone: str) -> str:
    """What a telephone is given of a kept number: digits, with a + in front where it has one; no extension.

    The 0 of "+44 (0)20 7946 0958" is for those who dial it without the +, and goes. Blank: nothing to dial.
    """
    found = _PHONE.fullmatch(phone.strip())
    if not found:
        return ""
    number = found["number"]
    abroad = number.startswith("+")
    if abroad:
        number = re.sub(r"\( ?0 ?\)", "", number)
    return ("+" if abroad else "") + re.sub(r"[^0-9]", "", number)
