"""Schedules: from a dose, a method and its numbers to doses and dates. Exact from step to step; nothing is rounded.

The person and their prescriber choose the method and every number; there is no default rate anywhere. Each refusal is
a ``PlanError`` that names the field and says in one sentence what is wrong with it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from journal.analysis.numbers import mg_text
from journal.catalogue.curves import Curve
from journal.taper.history import MOST_MG, SMALLEST
from journal.taper.occupancy import dose_for, occupancy
from journal.taper.words import mg_words

MOST_STEPS = 1_000
"""No plan runs for ever: more changes than this are refused."""
LONGEST_INTERVAL = 366
LONGEST_HOLD = 3_660
EARLIEST, LATEST = dt.date(1920, 1, 1), dt.date(2199, 12, 31)
_PRECISE = Context(prec=60)


class Method(StrEnum):
    """How one dose follows from another."""

    EQUAL_MG = "equal-mg"
    PERCENT_ORIGINAL = "percent-original"
    PERCENT_CURRENT = "percent-current"
    EQUAL_OCCUPANCY = "equal-occupancy"
    BANDED = "banded"
    LIST = "list"

    @property
    def is_percent(self) -> bool:
        """Whether the step is a share of a dose; then a way to 0 needs a last dose before it."""
        return self in (Method.PERCENT_ORIGINAL, Method.PERCENT_CURRENT)

    @property
    def takes_step(self) -> bool:
        """Whether it goes by the size or the number of its steps."""
        return self not in (Method.BANDED, Method.LIST)


class PlanError(ValueError):
    """These numbers make no plan. ``field`` is the name of the one to look at; the text is a sentence for people."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Hold:
    """Staying at the dose for ``days`` days from ``date`` on: every change of that day or later comes so much later."""

    date: dt.date
    days: int


@dataclass(frozen=True)
class Request:
    """What was asked for. Doses in mg a day (of tablets).

    ``step`` is in mg (equal-mg), in % (the two % methods) or in points of occupancy; ``steps`` is a number of changes;
    one of the two. ``bands``: (above this dose, so much a step), the highest first, the last above 0. ``doses``: the
    person's own list. ``last``: the last dose before 0, for the % methods. ``start``: the day of the first change, and
    ``every`` the days from one to the next; both None leaves the plan without dates.
    """

    from_mg: Decimal
    method: Method
    to_mg: Decimal = Decimal(0)
    step: Decimal | None = None
    steps: int | None = None
    curve: Curve | None = None
    bands: tuple[tuple[Decimal, Decimal], ...] = ()
    doses: tuple[Decimal, ...] = ()
    last: Decimal | None = None
    start: dt.date | None = None
    every: int | None = None
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class Planned:
    """One dose of the schedule, exact. The first is the present one, without a date. ``held_days``: a hold before."""

    mg: Fraction
    date: dt.date | None = None
    held_days: int = 0


def schedule(request: Request) -> tuple[Planned, ...]:
    """The present dose and every change after it. Never rises, ends exactly at the target. Raises PlanError."""
    check(request)
    doses = exact_doses(request)
    dated = _dates(request, len(doses) - 1)
    return (Planned(doses[0]), *(Planned(mg, date, held) for mg, (date, held) in zip(doses[1:], dated, strict=True)))


def exact_doses(request: Request) -> list[Fraction]:
    """The doses alone, the present one first. Raises PlanError for more than 1,000 changes."""
    makers = {
        Method.EQUAL_MG: _equal_mg,
        Method.PERCENT_ORIGINAL: _percent_original,
        Method.PERCENT_CURRENT: _percent_current,
        Method.EQUAL_OCCUPANCY: _equal_occupancy,
        Method.BANDED: _banded,
        Method.LIST: _list,
    }
    doses = [Fraction(request.from_mg)]
    for mg in makers[request.method](request):
        doses.append(mg)
        if len(doses) > MOST_STEPS + 1:
            field = {Method.BANDED: "band", Method.LIST: "doses"}.get(request.method, "step")
            raise PlanError(field, f"This makes more than {MOST_STEPS:,} steps. Larger steps make a plan.")
    return doses


# -- what is asked for ------------------------------------------------------------------------------------------------


def check(request: Request) -> None:
    """Raises PlanError for numbers that make no sense, before anything is worked out."""
    _check_doses(request)
    if request.method.takes_step:
        _check_step(request)
    elif request.step is not None or request.steps is not None:
        field = "step" if request.step is not None else "steps"
        raise PlanError(field, "This method has its own steps. Leave this blank.")
    if request.method is Method.EQUAL_OCCUPANCY and request.curve is None:
        raise PlanError("curve", "Equal occupancy steps need a curve, and none is known for this medication.")
    _check_last(request)
    if request.method is Method.BANDED:
        _check_bands(request.bands)
    elif request.bands:
        raise PlanError("band", "Bands go with the method of bands. Leave this blank.")
    if request.method is Method.LIST:
        _check_list(request)
    elif request.doses:
        raise PlanError("doses", "A list of doses goes with the method of a list. Leave this blank.")
    _check_dates(request)


def _check_doses(request: Request) -> None:
    for field, mg in (("from", request.from_mg), ("to", request.to_mg)):
        if mg < 0:
            raise PlanError(field, "A dose cannot be below 0 mg.")
        if mg > MOST_MG:
            raise PlanError(field, f"{mg_text(mg)} mg is more than {mg_text(MOST_MG)} mg. Is the unit mg?")
        if mg != round(mg, 3):
            raise PlanError(field, "Doses go to 0.001 mg, and this is finer.")
    if request.from_mg == 0:
        raise PlanError("from", "From 0 mg there is no way down.")
    if request.method is not Method.LIST and request.to_mg >= request.from_mg:  # a list is looked at dose by dose
        how = "the same as" if request.to_mg == request.from_mg else "above"
        target, present = mg_words(request.to_mg), mg_words(request.from_mg)
        raise PlanError("to", f"The target of {target} is {how} the present {present}.")


def _check_step(request: Request) -> None:
    step, steps = request.step, request.steps
    if step is None and steps is None:
        raise PlanError("step", "Say how large each step is, or how many steps there are.")
    if step is not None and steps is not None:
        raise PlanError("steps", "Say how large each step is, or how many there are, not both.")
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        raise PlanError("steps", f"The number of steps goes from 1 to {MOST_STEPS:,}. {steps:,} is outside that.")
    if step is None:
        return
    if step <= 0:
        raise PlanError("step", "A step is more than 0.")
    if step != round(step, 6):
        raise PlanError("step", "A step has at most six decimals.")
    if request.method.is_percent and step >= 100:
        raise PlanError("step", f"A step is less than 100 %. {mg_text(step)} % leaves nothing to take.")
    if request.method is Method.EQUAL_MG and step > request.from_mg - request.to_mg:
        way = request.from_mg - request.to_mg
        raise PlanError("step", f"A step of {mg_words(step)} is more than the whole way of {mg_words(way)}.")
    if request.method is Method.EQUAL_OCCUPANCY and request.curve and step >= request.curve.emax:
        most = request.curve.emax
        raise PlanError("step", f"A step of {mg_text(step)} points is at or above this curve’s maximum of {most} %.")


def _check_last(request: Request) -> None:
    to_zero = request.method.is_percent and request.to_mg == 0
    last = request.last
    if last is None:
        if to_zero:
            raise PlanError("last", "A way to 0 by percent needs it: say which dose is the last one before 0.")
        return
    if not to_zero:
        raise PlanError("last", "A last dose before 0 goes with a percent method that ends at 0. Leave this blank.")
    if last < SMALLEST:
        raise PlanError("last", "The last dose before 0 is at least 0.001 mg.")
    if last >= request.from_mg:
        raise PlanError("last", f"The last dose before 0 is below the present {mg_words(request.from_mg)}.")
    if last != round(last, 3):
        raise PlanError("last", "Doses go to 0.001 mg, and this is finer.")
    if request.steps == 1:
        raise PlanError("steps", "With a last dose before 0 there are at least 2 steps.")


def _check_bands(bands: Sequence[tuple[Decimal, Decimal]]) -> None:
    if not bands:
        raise PlanError("band", "Say how much a step is above which dose, like 20:2, 10:1, 0:0.5.")
    if len(bands) > 50:
        raise PlanError("band", "At most 50 bands fit.")
    above = [edge for edge, _ in bands]
    if any(later >= earlier for earlier, later in pairwise(above)):
        raise PlanError("band", "The bands go from the highest dose to the lowest, each once.")
    if above[-1] != 0:
        raise PlanError("band", f"The last band begins at {mg_words(above[-1])}. A list of bands ends at 0.")
    if any(step <= 0 for _, step in bands):
        raise PlanError("band", "A step is more than 0 mg in every band.")


def _check_list(request: Request) -> None:
    doses = request.doses
    if not doses:
        raise PlanError("doses", "Write the doses, one after another, like 15, 10, 5, 0.")
    if any(mg < 0 for mg in doses):
        raise PlanError("doses", "A dose cannot be below 0 mg.")
    if any(mg != round(mg, 3) for mg in doses):
        raise PlanError("doses", "Doses go to 0.001 mg, and one of these is finer.")
    whole = (request.from_mg, *doses)
    for before, after in pairwise(whole):
        if after > before:
            high, low = mg_words(after), mg_words(before)
            raise PlanError("doses", f"{high} comes after {low}. A plan here goes down or stays.")
    if all(mg == request.from_mg for mg in doses):
        raise PlanError("doses", "No dose in this list is below the present one.")
    if request.to_mg and request.to_mg != doses[-1]:
        raise PlanError("to", f"The list ends at {mg_words(doses[-1])}, and the target is {mg_words(request.to_mg)}.")


def _check_dates(request: Request) -> None:
    if request.every is not None and not 1 <= request.every <= LONGEST_INTERVAL:
        raise PlanError("every", f"The days from step to step go from 1 to {LONGEST_INTERVAL}.")
    if request.start is not None and not EARLIEST <= request.start <= LATEST:
        raise PlanError("start", f"Days from {EARLIEST.year} to {LATEST.year} can be planned.")
    if request.every is not None and request.start is None:
        raise PlanError("start", "Say on which day the first step is.")
    if request.holds and request.start is None:
        raise PlanError("hold", "A hold needs the day of the first step, too.")
    for hold in request.holds:
        if not 1 <= hold.days <= LONGEST_HOLD:
            raise PlanError("hold", f"A hold lasts from 1 to {LONGEST_HOLD:,} days.")
        if hold.date <= request.start:
            raise PlanError("hold", "A hold begins after the first step. To begin later, move the first step.")


# -- the methods ------------------------------------------------------------------------------------------------------


def _equal_mg(request: Request) -> Iterator[Fraction]:
    start, target = Fraction(request.from_mg), Fraction(request.to_mg)
    if request.steps:
        yield from _evenly(start, target, request.steps)
    else:
        yield from _down(start, target, lambda _, number: start - number * Fraction(request.step))


def _percent_original(request: Request) -> Iterator[Fraction]:
    start, floor, steps = _to_floor(request)
    if steps:
        yield from _evenly(start, floor, steps)
    else:
        share = Fraction(request.step) / 100
        yield from _down(start, floor, lambda _, number: start * (1 - number * share))
    if request.to_mg == 0:
        yield Fraction(0)


def _percent_current(request: Request) -> Iterator[Fraction]:
    start, floor, steps = _to_floor(request)
    if steps:
        ratio = _PRECISE.divide(Decimal(floor.numerator) / floor.denominator, request.from_mg)
        for number in range(1, steps):
            power = _PRECISE.divide(_PRECISE.multiply(Decimal(number), _PRECISE.ln(ratio)), Decimal(steps))
            yield Fraction(_PRECISE.multiply(request.from_mg, _PRECISE.exp(power)))
        yield floor
    else:
        kept = 1 - Fraction(request.step) / 100
        yield from _down(start, floor, lambda before, _: before * kept)
    if request.to_mg == 0:
        yield Fraction(0)


def _to_floor(request: Request) -> tuple[Fraction, Fraction, int | None]:
    """The present dose, the lowest dose that the % itself leads to, and in how many steps, if that was said."""
    to_zero = request.to_mg == 0
    steps = request.steps - 1 if request.steps and to_zero else request.steps
    return Fraction(request.from_mg), Fraction(request.last if to_zero else request.to_mg), steps


def _equal_occupancy(request: Request) -> Iterator[Fraction]:
    curve, target = request.curve, Fraction(request.to_mg)
    high, low = occupancy(request.from_mg, curve), occupancy(target, curve)
    if request.steps:
        for number in range(1, request.steps):
            yield dose_for(high - (high - low) * number / request.steps, curve)
        yield target
    else:
        points = Fraction(request.step)
        yield from _down(
            Fraction(request.from_mg), target, lambda _, number: dose_for(max(low, high - number * points), curve)
        )


def _banded(request: Request) -> Iterator[Fraction]:
    def following(before: Fraction, _: int) -> Fraction:
        return before - Fraction(next(step for above, step in request.bands if before > above))

    yield from _down(Fraction(request.from_mg), Fraction(request.to_mg), following)


def _list(request: Request) -> Iterator[Fraction]:
    doses = list(request.doses)
    if doses[0] == request.from_mg and len(doses) > 1:
        doses = doses[1:]  # the list begins with the dose that is taken now
    yield from map(Fraction, doses)


def _down(start: Fraction, floor: Fraction, following) -> Iterator[Fraction]:
    """Doses by ``following(dose before, number)``; one that would be at or below ``floor`` is ``floor``, the end."""
    mg, number = start, 0
    while mg > floor:
        number += 1
        mg = max(floor, following(mg, number))
        yield mg


def _evenly(start: Fraction, floor: Fraction, steps: int) -> Iterator[Fraction]:
    return (start - (start - floor) * number / steps for number in range(1, steps + 1))


# -- dates ------------------------------------------------------------------------------------------------------------


def _dates(request: Request, count: int) -> list[tuple[dt.date | None, int]]:
    """(date, days of a hold before it) of each change."""
    if request.start is None:
        return [(None, 0)] * count
    if request.every is None and count > 1:
        raise PlanError("every", "Say how many days there are from one step to the next.")
    last = request.start.toordinal() + (request.every or 0) * (count - 1) + sum(hold.days for hold in request.holds)
    if last > LATEST.toordinal():
        raise PlanError("every", f"The last step would come after {LATEST.year}.")
    days = [request.start + dt.timedelta((request.every or 0) * number) for number in range(count)]
    held = [0] * count
    for hold in sorted(request.holds, key=lambda hold: hold.date):
        place = next((number for number, day in enumerate(days) if day >= hold.date), None)
        if place is None:
            raise PlanError("hold", "This hold begins after the last step, when nothing is to come any more.")
        days[place:] = [day + dt.timedelta(hold.days) for day in days[place:]]
        held[place] += hold.days
    return list(zip(days, held, strict=True))
