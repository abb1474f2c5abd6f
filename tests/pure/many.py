"""Made-up records of many symptoms, for the tests of the multiples and of the heat map."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from journal.analysis.changed import Levels, by_change
from journal.analysis.columns import STEPS, Piece, column_days
from journal.analysis.doses import turning_points
from journal.analysis.levels import Mean, compared, mean_of
from journal.analysis.series import LONG_PERIOD, Span
from journal.charts.model import OtherMedication
from journal.charts.rated import RatedData, RatedSymptom

from .charting import day, noise, real_taper, steps


def mean(value, n: int = 28, days: int = 28) -> Mean:
    return Mean(Fraction(str(value)), n, days)


def levels(name: str, before=None, now=None, *, n: int = 28, whole=1) -> Levels:
    """A measure with ``n`` values on each side."""
    of = {which: None if value is None else mean(value, n) for which, value in (("before", before), ("now", now))}
    return Levels(name.lower(), name, of["before"], of["now"], None if whole is None else mean(whole))


def many(
    days: int = 120, names=("Nausea", "Brain zaps", "Worry"), *, taper=None, values=None, entry_days=None, **more
) -> RatedData:
    """Symptoms over ``days``, 20 -> 15 -> 10 mg, unless told otherwise. ``values``: a series for each name."""
    if taper is None:
        taper = steps((-30, 20), (days // 3, 15), (2 * days // 3, 10))
    if values is None:
        values = [noise(days, 1 + number % 4, number + 1, 0.05) for number in range(len(names))]
    series = {f"s{n:02}": (name, value) for n, (name, value) in enumerate(zip(names, values, strict=True))}
    if entry_days is None:
        entry_days = frozenset(d for _, value in series.values() for d, v in value.items() if v is not None)
    others = more.pop("others", ())
    medications = (OtherMedication("Sertraline", taper), *others)
    return of_series(day(0), day(days - 1), medications, series, entry_days, **more)


def of_series(first: date, last: date, medications, series, entry_days, block: int = 0, **more) -> RatedData:
    """What the query makes of these series, worked out without a database."""
    period = Span(first, last)
    reduction, latest = turning_points((one.steps for one in medications), first, last)
    stretches = compared(reduction, (), first, first, last)

    def pair(values) -> tuple:
        return stretches.pair([mean_of(values, span) for span in stretches.spans])

    found = [Levels(key, name, *pair(values), mean_of(values, period)) for key, (name, values) in series.items()]
    block = block or (column_days(period.days, 700, 2.5, STEPS[1:]) if period.days > LONG_PERIOD else 1)
    anchor = latest or last + timedelta(1)
    symptoms = tuple(
        RatedSymptom(one, blocks=blocks_in(series[one.key][1], period, anchor, block))
        if block > 1
        else RatedSymptom(one, series[one.key][1])
        for one in by_change(found)
    )
    highest = max((v for _, values in series.values() for v in values.values() if v is not None), default=Decimal(0))
    return RatedData(
        first, last, tuple(medications), symptoms, entry_days, stretches, highest=highest, block=block, **more
    )


def blocks_in(values, period: Span, anchor: date, days: int = 7) -> tuple[Piece, ...]:
    """The blocks of ``days`` of a series, one beginning at ``anchor``, slowly."""
    found: dict[date, list] = {}
    for when, value in values.items():
        if value is not None and when in period:
            found.setdefault(when - timedelta((when - anchor).days % days), []).append(Fraction(value))
    return tuple(
        Piece(
            max(start, period.first), min(start + timedelta(days - 1), period.last), sum(week, Fraction(0)), len(week),
            Decimal(min(week).numerator) / min(week).denominator, Decimal(max(week).numerator) / max(week).denominator,
        )
        for start, week in sorted(found.items())
    )  # fmt: skip


def real_many() -> RatedData:
    """The real taper with its 13 symptoms; skips where it is not beside the repository."""
    names = (
        "anxiety", "low mood", "irritability", "restlessness", "agitation", "worry", "fatigue", "sleepiness", "pain",
        "dizziness", "dry mouth", "nausea", "headache",
    )  # fmt: skip
    taper = real_taper(*names)
    series = {strip.key: (strip.name, strip.values) for strip in taper.strips[1:]}
    return of_series(taper.first, taper.last, (OtherMedication("Venlafaxine", taper.steps),), series, taper.entry_days)
