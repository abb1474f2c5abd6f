"""A plan's numbers as people type them, on the command line and in the planner: doses, bands, holds, curves.

Raises ``PlanError`` with the field's name and a sentence that quotes what was typed.
"""

import datetime as dt
import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from journal.catalogue.curves import Curve, curve_named, curves_of
from journal.reading import day_from, decimal_from, quoted, two_readings
from journal.taper.history import MOST_MG
from journal.taper.schedule import Hold, Method, PlanError

MOST_LETTERS = 5_000


def number_in(field: str, text: str) -> Decimal:
    """One number, a unit behind it or not: "37.5", "37,5 mg", "10 %". "1,200" is asked about, never guessed."""
    plain = re.sub(r"(?:mg|%)\.?\s*$", "", text, flags=re.I)
    readings = two_readings(plain, MOST_MG)
    if readings:
        raise PlanError(field, f"{quoted(text)} can mean two numbers. Write {readings[0]} or {readings[1]}.")
    try:
        return decimal_from(plain)
    except ValueError as error:
        raise PlanError(field, f"{quoted(text)} is not a number. Write it like 37.5.") from error


def whole_in(field: str, text: str) -> int:
    """One whole number; of days also in weeks: "28", "28 days", "4 weeks"."""
    number = number_in(field, in_days(text))
    if number != int(number):
        raise PlanError(field, f"{quoted(text)} is not a whole number.")
    return int(number)


def in_days(text: str) -> str:
    """ "4 weeks" as "28", "14 days" as "14"; anything else as it is."""
    weeks = re.fullmatch(r"\s*([0-9]{1,4})\s*w(?:ee)?ks?\.?\s*", text, re.I)
    return str(7 * int(weeks[1])) if weeks else re.sub(r"(?<=[\d\s])days?\.?\s*$", "", text, flags=re.I)


def numbers_in(field: str, text: str) -> tuple[Decimal, ...]:
    """Several: "15, 10, 5, 0", or one to a line. With ";" or lines between them a comma is a decimal comma."""
    return tuple(number_in(field, part) for part in _parts(field, text))


def bands_in(text: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """ "20:2, 10:1, 0:0.5": steps of 2 mg above 20 mg, of 1 mg above 10 mg, of 0.5 mg above 0."""
    bands = []
    for part in _parts("band", text):
        above, colon, step = part.partition(":")
        if not colon:
            raise PlanError("band", f"{quoted(part)} is not a band. Write it like 20:2, steps of 2 mg above 20 mg.")
        bands.append((number_in("band", above), number_in("band", step)))
    return tuple(bands)


def day_in(field: str, text: str) -> dt.date:
    """A day."""
    try:
        return day_from(text)
    except ValidationError as error:
        raise PlanError(field, error.messages[0]) from error


def hold_in(text: str) -> Hold:
    """ "2027-02-01:14": 14 days from 1 February on."""
    day, colon, days = text.rpartition(":")
    if not colon:
        raise PlanError("hold", f"{quoted(text)} is not a hold. Write it like 2027-02-01:14, 14 days from that day on.")
    return Hold(day_in("hold", day), whole_in("hold", days))


def curve_in(drug: str, key: str, method: Method) -> Curve | None:
    """The drug's curve of that name; without a name the only one that there is. None where there is no telling."""
    known = curves_of(drug)
    if not key:
        if len(known) > 1 and method is Method.EQUAL_OCCUPANCY:
            raise PlanError("curve", f"There is more than one curve. Say which: {_keys(known)}.")
        return known[0] if len(known) == 1 else None
    curve = curve_named(drug, key)
    if curve is None:
        there = f"There is {_keys(known)}." if known else "None is known for this medication."
        raise PlanError("curve", f"{quoted(key)} is not a curve of this medication. {there}")
    return curve


def _keys(curves) -> str:
    return ", ".join(curve.key for curve in curves)


def _parts(field: str, text: str) -> list[str]:
    """The items of a list. A comma parts them, unless something stronger does: ";", a line's end, or spaces alone."""
    if len(text) > MOST_LETTERS:
        raise PlanError(field, "This is longer than any plan. At most 1,000 steps fit.")
    text = text.strip()
    if re.search(r"(^|[,;])\s*[,;]", text):
        raise PlanError(field, "Something is missing between two commas. Write every one of them.")
    if re.search(r"[;\n]", text):
        parts = re.split(r"[;\n]|,\s+", text)
    elif re.search(r",\s", text) or not re.search(r"\s", text):
        parts = text.split(",")
    else:
        parts = text.split()
    return [part for part in (part.strip() for part in parts) if part]
