"""A plan laid out: schedule, occupancy, what to take and pace notes in one table, for page and command line alike."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from journal.analysis.numbers import mg_text, round_half_up, signed_percent_text
from journal.catalogue.curves import Curve
from journal.catalogue.drugs import DrugClass
from journal.catalogue.products import Product
from journal.taper.history import SMALLEST, share
from journal.taper.occupancy import occupancy
from journal.taper.pace import STORED, Dose, Doses, Finding, Note, Rule, Spell, notes
from journal.taper.preparation import (
    Preparation,
    Way,
    nearest,
    prepare,
    prepare_parts,
    rounded_down,
    take_words,
)
from journal.taper.products import ProductError
from journal.taper.schedule import MOST_MG, PlanError, Planned, Request, schedule
from journal.taper.words import mg_words

NB = "\u00a0"
TIMES_OF_DAY = {
    2: ("morning", "night"),
    3: ("morning", "midday", "night"),
    4: ("morning", "midday", "evening", "night"),
}


class Rounding(StrEnum):
    """What is made of a dose that the products cannot make exactly."""

    NEAREST = "nearest"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True)
class Made:
    """What the products make of one dose.

    ``way`` is how it will be taken, None where the dose is not rounded and cannot be made; ``parts`` are the amounts of
    each time of day (``whens``), the whole of it where there is one.
    """

    preparation: Preparation
    way: Way | None
    parts: tuple[Way, ...]
    whens: tuple[str, ...] = ()

    @property
    def mg(self) -> Fraction | None:
        return self.way.mg if self.way else None

    @property
    def is_nothing(self) -> bool:
        """Whether the nearest to a dose is no dose at all: it cannot be made."""
        return bool(self.way and not self.way.portions and self.preparation.dose)

    @property
    def error_percent(self) -> Fraction | None:
        """How far what is made lies from the dose, in per cent of it; None where it cannot be made, or of 0 mg."""
        dose = Fraction(self.preparation.dose)
        return (self.way.mg - dose) * 100 / dose if self.way and dose and not self.is_nothing else None

    def words(self) -> str:
        """What to take, with its error: "1 tablet of 20 mg"; or that it cannot be made, with the nearest two."""
        if self.way is None or self.is_nothing:
            low, high = self.preparation.below, self.preparation.above
            near = [mg_text(way.mg) if way else "0" for way in (low, high) if way or high]
            return f"cannot be made with what you have; nearest {' or '.join(near)}{NB}mg"
        if len(self.parts) > 1:
            times = zip(self.whens, self.parts, strict=True)
            take = "; ".join(f"{when or 'once'}: {take_words(way)}" for when, way in times)
        else:
            take = take_words(self.way)
        made = mg_words(self.way.mg)
        if made == mg_words(self.preparation.dose):
            return take
        error = signed_percent_text(self.error_percent)
        off = f"less than 0.1{NB}% off" if abs(self.error_percent) < Fraction(1, 20) else f"{error}{NB}%"
        return f"{take}; makes {made} ({off})"


@dataclass(frozen=True)
class Row:
    """One line of the table. Doses are exact; ``stored`` is the dose to 0.001 mg. None is "cannot be said"."""

    number: int
    date: dt.date | None
    mg: Fraction
    change_mg: Fraction | None
    change_percent: Fraction | None
    percent_of_previous: Fraction | None
    percent_of_start: Fraction
    occupancy: Fraction | None
    made: Made | None
    held_days: int
    findings: tuple[tuple[Rule, Finding], ...]

    @property
    def stored(self) -> Decimal:
        return stored(self.mg)

    @property
    def dose(self) -> Fraction:
        """What will really be taken: what is made, else what is planned; of the present dose, that dose itself."""
        return self.mg if not self.number or self.made is None or self.made.mg is None else self.made.mg

    @property
    def take(self) -> str:
        """What to take, in words; "" where no product is known."""
        return self.made.words() if self.made else ""


@dataclass(frozen=True)
class LaidOut:
    """The whole plan. ``rows``: the present dose first. ``curve`` is None where no occupancy is shown."""

    request: Request
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    curve: Curve | None

    @property
    def steps(self) -> int:
        """How many changes there are."""
        return len(self.rows) - 1

    @property
    def days(self) -> int | None:
        """Days from the first change to the last; None without dates."""
        first, last = self.rows[1].date, self.rows[-1].date
        return (last - first).days if first and last else None

    @property
    def last_date(self) -> dt.date | None:
        """The day of the last change."""
        return self.rows[-1].date

    @property
    def largest_error_percent(self) -> Fraction | None:
        """The largest error of what is made of a step, in per cent of its dose; None where nothing is made."""
        errors = [
            abs(row.made.error_percent) for row in self.rows[1:] if row.made and row.made.error_percent is not None
        ]
        return max(errors, default=None)

    @property
    def unmade(self) -> int:
        """How many steps above 0 mg cannot be made with what there is; 0 where no product is known."""
        return sum(row.made is not None and bool(row.mg) and row.made.error_percent is None for row in self.rows[1:])


@dataclass(frozen=True)
class Circumstances:
    """What a plan is laid out with, besides what was asked for.

    ``times``: how often a day the dose is taken; ``whens``: at which times it is taken now, which stay where there are
    as many. ``history``: what was taken before the present dose, which was begun on ``since``. ``spell``: one rated
    worse that is going on.
    """

    drug_class: DrugClass = DrugClass.NOT_SURE
    products: tuple[Product, ...] = ()
    rounding: Rounding = Rounding.NONE
    curve: Curve | None = None
    times: int = 1
    whens: tuple[str, ...] = ()
    since: dt.date | None = None
    history: tuple[Dose, ...] = ()
    spell: Spell | None = None

    @property
    def times_of_day(self) -> tuple[str, ...]:
        """When each part is taken; () for the whole of it at any time."""
        return self.whens if len(self.whens) == self.times else TIMES_OF_DAY.get(self.times, ())


def lay_out(request: Request, circumstances: Circumstances) -> LaidOut:
    """The table of this plan. Raises PlanError, which names the field, for numbers that make none."""
    if circumstances.rounding is not Rounding.NONE and not circumstances.products:
        raise PlanError("products", "Rounding needs products: say what you have, like tablet 20 scored.")
    planned = schedule(request)
    try:
        made = [_made(one.mg, circumstances) for one in planned]
    except ProductError as error:
        raise PlanError("products", str(error)) from error
    if any(one.mg and one.mg > MOST_MG for one in made if one):
        raise PlanError("products", f"The nearest that these make is more than {mg_text(MOST_MG)}{NB}mg.")
    found = notes(circumstances.drug_class, _judged(planned, made, circumstances))
    by_number: dict[int, list[tuple[Rule, Finding]]] = {}
    for note in found:
        for finding in note.findings:
            by_number.setdefault(finding.number, []).append((note.rule, finding))
    curve = circumstances.curve or request.curve
    return LaidOut(
        request=request,
        rows=tuple(
            _row(number, planned, made[number], curve, by_number.get(number, ())) for number in range(len(planned))
        ),
        notes=found,
        curve=curve,
    )


def _made(mg: Fraction, given: Circumstances) -> Made | None:
    if not given.products:
        return None
    # What makes the dose to 0.001 mg, as it is kept, makes it: a third of 20 mg is 6.667 mg.
    near = nearest(mg, given.products)
    is_made = near.portions and abs(near.mg - mg) <= STORED
    preparation = prepare(near.mg if is_made else mg, given.products)
    if preparation.exact:
        way = preparation.ways[0]
    elif given.rounding is Rounding.NONE:
        way = None
    else:
        way = near if given.rounding is Rounding.NEAREST else rounded_down(mg, given.products)
    parts = (way,) if way else ()
    if way and given.times > 1 and way.portions:
        parts = prepare_parts(way.mg, given.times, given.products)
    return Made(preparation, way, parts, given.times_of_day if parts else ())


def _judged(planned: Sequence[Planned], made: Sequence[Made | None], given: Circumstances) -> Doses:
    doses = [
        Dose(one.mg if way is None or way.mg is None else way.mg, one.date, one.mg)
        for one, way in zip(planned, made, strict=True)
    ]
    present = Dose(Fraction(planned[0].mg), given.since, planned[0].mg)  # what is taken now is no plan: as it is
    return Doses([present, *doses[1:]], given.history, given.spell)


def _row(number: int, planned: Sequence[Planned], made: Made | None, curve: Curve | None, findings) -> Row:
    one, start = planned[number], planned[0].mg
    previous = planned[number - 1].mg if number else None
    return Row(
        number=number,
        date=one.date,
        mg=one.mg,
        change_mg=None if previous is None else one.mg - previous,
        change_percent=None if previous is None else share(one.mg - previous, previous),
        percent_of_previous=share(one.mg, previous),
        percent_of_start=share(one.mg, start),
        occupancy=occupancy(one.mg, curve) if curve else None,
        made=made,
        held_days=one.held_days,
        findings=tuple(findings),
    )


def stored(mg: Fraction) -> Decimal:
    """A dose as it is kept: to 0.001 mg, halves up."""
    return round_half_up(mg, 3).quantize(SMALLEST, rounding=ROUND_HALF_UP)
