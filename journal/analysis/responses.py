"""What followed a dose change: the step response of one daily series. No Django.

docs/analysis.md states each rule in words. Days count from 0, the day of the change. Everything is exact: the series is
held in whole numbers (``scaled``), and what is compared is cross-multiplied, never divided.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from .doses import Change
from .levels import Mean
from .scaled import LEAST_OF_REACH, REACH, Scaled
from .series import Series, Span

WEEK = 7  # the baseline is the mean of the 7 days before the change
LEAST_BEFORE = 3  # of which so many have a value
LONGEST = 28  # days of a window at most: 0 to 27
RISE = Fraction(1)  # so much worse than the baseline is a rise
WORSE_DAYS = 2  # of the days of that m3, so many are themselves worse than the baseline
NEAR = Fraction(1, 2)  # less than this worse is back
IN_A_ROW = 3  # days
RAISED = Fraction(1, 2)  # a week before that is so much worse than before the taper is marked


class State(StrEnum):
    """How a rise went on. ``UNKNOWN``: too little was rated to say whether there was one."""

    UNKNOWN = ""
    NO_RISE = "no rise"
    RETURNED = "returned"
    CUT = "cut"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Response:
    """What followed one change. Days are numbers from the day of the change; means are exact.

    ``window`` is what was looked at: from the day of the change to the day before the next one (``cut``, where that
    came within 28 days), at most 28 days, and never past the last day of the record. ``others`` are the days in it on
    which the dose of another medication changed. ``baseline_n`` of the 7 days before have a value; with fewer than
    three ``baseline`` is None. ``m3`` has the 3-day means by day. ``n`` days of the window were rated, the last of them
    on day ``seen``. ``excess`` is the mean of value minus baseline, positive for worse. ``raised``: the week before was
    itself 0.5 or more worse than before the taper; None where that is not known.
    """

    change: Change
    window: Span
    baseline: Fraction | None
    baseline_n: int
    n: int
    seen: int | None
    cut: date | None = None
    others: tuple[date, ...] = ()
    m3: dict[int, Fraction] = field(default_factory=dict)
    onset: int | None = None
    peak_day: int | None = None
    peak: Fraction | None = None
    return_day: int | None = None
    state: State = State.UNKNOWN
    excess: Fraction | None = None
    raised: bool | None = None

    @property
    def rose(self) -> bool:
        """Whether the rule found a rise."""
        return self.onset is not None

    @property
    def is_known(self) -> bool:
        """Whether enough was rated to say whether there was one."""
        return self.state != State.UNKNOWN


def responses(
    values: Series,
    changes: Sequence[Change],
    last: date,
    better: str = "down",
    *,
    before: Mean | None = None,
    others: Collection[date] = (),
    first: date = date.min,
    scaled: Scaled | None = None,
) -> list[Response]:
    """What followed each change of one medication from ``first`` to ``last``, in their order.

    ``changes``: all of that medication, the first one being its start, before which no dose is known: it is not
    compared, but it ends nothing either. ``last``: the last day that can have been seen. ``better`` "up": 10 is best.
    ``before``: the mean before the taper. ``others``: days on which another medication's dose changed.
    """
    scaled = scaled or Scaled(values)
    found = []
    for place, change in enumerate(changes):
        if change.before is None or not first <= change.day <= last:
            continue
        following = changes[place + 1].day if place + 1 < len(changes) else None
        found.append(response(scaled, change, following, last, better, before=before, others=others))
    return found


def response(
    scaled: Scaled,
    change: Change,
    following: date | None,
    last: date,
    better: str = "down",
    *,
    before: Mean | None = None,
    others: Collection[date] = (),
) -> Response:
    """What followed one ``change``; ``following`` is the day of that medication's next one."""
    sign = -1 if better == "up" else 1
    whole = change.day + timedelta(LONGEST - 1)
    cut = following if following is not None and following <= whole else None
    end = min(whole, last, following - timedelta(1) if following else date.max)
    start = change.day.toordinal()
    rise = Rise(scaled, start, end.toordinal(), sign)
    rated = [day for day in range(start, end.toordinal() + 1) if day in scaled.values]
    inside = Span(change.day, end)
    base = scaled.mean(rise.base, rise.base_n) if rise.is_based else None
    total, n = scaled.total(start, end.toordinal())
    return Response(
        change=change,
        window=inside,
        baseline=base,
        baseline_n=rise.base_n,
        n=n,
        seen=rated[-1] - start if rated else None,
        cut=cut if cut is not None and cut <= last else None,
        others=tuple(sorted(day for day in set(others) if day in inside)),
        m3={day - start: scaled.mean(*found) for day, found in rise.m3.items()},
        onset=_from(start, rise.onset),
        peak_day=_from(start, rise.peak),
        peak=scaled.mean(*rise.m3[rise.peak]) if rise.peak is not None else None,
        return_day=_from(start, rise.back),
        state=_state(rise, cut is not None and cut <= last),
        excess=sign * (scaled.mean(total, n) - base) if base is not None and n else None,
        raised=sign * (base - before.value) >= RAISED if base is not None and before else None,
    )


class Rise:
    """The rule itself, on the days (ordinals) from ``first`` to ``last``, against the 7 days before ``first``.

    ``sign`` is 1 where higher is worse. ``m3`` holds (sum, count) by day. ``onset``, ``peak`` and ``back`` are days, or
    None.
    """

    def __init__(self, scaled: Scaled, first: int, last: int, sign: int) -> None:
        self._scaled, self._sign = scaled, sign
        self.base, self.base_n = scaled.total(first - WEEK, first - 1)
        self.m3: dict[int, tuple[int, int]] = {}
        for day in range(max(first, scaled.first), min(last, scaled.last + REACH - 1) + 1):
            total, n = scaled.total(max(first, day - REACH + 1), day)
            if n >= LEAST_OF_REACH:
                self.m3[day] = total, n
        rises = (day for day in self.m3 if self._is_rise(day, first))
        self.onset = next(rises, None) if self.is_based else None

    @cached_property
    def peak(self) -> int | None:
        """The worst m3, and of equals the first: max keeps the one that it met first."""
        if self.onset is None:
            return None
        # Sums of two and of three values, over a common divisor.
        sixths = {day: self._sign * total * (6 // n) for day, (total, n) in self.m3.items()}
        return max(sixths, key=sixths.__getitem__)

    @cached_property
    def back(self) -> int | None:
        """The day of the return: after the peak and the onset."""
        if self.onset is None:
            return None
        after = max(self.peak, self.onset)
        return next((day for day in self.m3 if day > after and self._is_back_from(day)), None)

    @property
    def is_based(self) -> bool:
        """Whether there is a baseline to compare with."""
        return self.base_n >= LEAST_BEFORE

    @property
    def is_known(self) -> bool:
        """Whether enough was rated to say whether there was a rise."""
        return self.is_based and bool(self.m3)

    def _worse(self, day: int) -> tuple[int, int]:
        """How much worse than the baseline m3 is, as (numerator, denominator) in points."""
        total, n = self.m3[day]
        return self._sign * (total * self.base_n - self.base * n), n * self.base_n * self._scaled.scale

    def _is_rise(self, day: int, first: int) -> bool:
        over, under = self._worse(day)
        if over * RISE.denominator < RISE.numerator * under:
            return False
        values = self._scaled.values
        days = range(max(first, day - REACH + 1), day + 1)
        worse = sum(self._sign * (values[one] * self.base_n - self.base) > 0 for one in days if one in values)
        return worse >= WORSE_DAYS

    def _is_back_from(self, day: int) -> bool:
        days = range(day, day + IN_A_ROW)
        return all(one in self.m3 and self._is_near(one) for one in days)

    def _is_near(self, day: int) -> bool:
        over, under = self._worse(day)
        return over * NEAR.denominator < NEAR.numerator * under


def _state(rise: Rise, was_cut: bool) -> State:
    if not rise.is_known:
        return State.UNKNOWN
    if rise.onset is None:
        return State.NO_RISE
    if rise.back is not None:
        return State.RETURNED
    return State.CUT if was_cut else State.NOT_YET


def _from(start: int, day: int | None) -> int | None:
    return None if day is None else day - start
