"""A prescriber's Summary made by hand: doses with what followed them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from journal.analysis.doses import Change
from journal.analysis.levels import Level as DaysWorse
from journal.analysis.rates import Rate, Rates
from journal.analysis.responses import Response, State
from journal.analysis.series import Span
from journal.catalogue.summary import Length, Reader
from journal.charts.data import Score
from journal.queries.doses import DoseCoverage
from journal.queries.measures import DailyMeasure
from journal.queries.responses import Followed
from journal.summary.choices import Choices
from journal.summary.model import Descent, DoseLine, Level, Measured, Scored, Summary, TakenMedication
from journal.taper.history import history, kind_for
from tests.summary.made import LAST, made, mean, venlafaxine

START = dt.date(2012, 8, 13)
NAMES = ("Restlessness", "Agitation", "Irritability")


@dataclass
class Step:
    starts_on: dt.date
    mg: Decimal
    kind: str
    taken_mg: Decimal | None = None


def steps(*doses: str, every: int = 7, first: dt.date = START) -> list[Step]:
    """A step every so many days; the kind is the one that fits the numbers."""
    found: list[Step] = []
    for place, mg in enumerate(map(Decimal, doses)):
        before = [one.mg for one in found]
        kind = kind_for(before[-1] if before else None, mg, max(before, default=None))
        found.append(Step(first + dt.timedelta(every * place), mg, kind))
    return found


def response(
    mg: tuple[str, str] = ("37", "25"),
    state: State = State.NO_RISE,
    *,
    day: dt.date = dt.date(2012, 10, 22),
    baseline: str | None = "1.1",
    peak: str = "2.7",
    peak_day: int = 5,
    back: int | None = None,
    seen: int = 6,
    days: int = 7,
    raised: bool = False,
    others: tuple[dt.date, ...] = (),
) -> Response:
    rose = state in (State.RETURNED, State.CUT, State.NOT_YET)
    return Response(
        change=Change(day, Decimal(mg[0]), Decimal(mg[1])),
        window=Span(day, day + dt.timedelta(days - 1)),
        baseline=None if baseline is None else Fraction(baseline),
        baseline_n=7,
        n=days,
        seen=seen,
        onset=2 if rose else None,
        peak_day=peak_day if rose else None,
        peak=Fraction(peak) if rose else None,
        return_day=back,
        state=state,
        excess=None if baseline is None else Fraction("0.3"),
        raised=raised,
        others=others,
    )


def followed(found: Response, new=()) -> Followed:
    return Followed(found, 0, 0, 7, tuple(new))


States = dict[int, State]


def lines(doses: list[Step], *states: States, **fields) -> tuple[DoseLine, ...]:
    """A line for each; each change is followed by no rise, but for the ``states`` by place: of all three measures, or
    of each of them."""
    of_each = states if len(states) > 1 else (*states, {})[:1] * 3
    found = []
    for place, row in enumerate(history(doses, LAST)):
        changed = row.previous_mg is not None and row.previous_mg != row.mg
        after = [followed(_response(row, one.get(place, State.NO_RISE))) for one in of_each] if changed else ()
        found.append(DoseLine(row, "", 0, 1, followed=tuple(after), **fields))
    return tuple(found)


def _response(row, state: State) -> Response:
    back = 4 if state == State.RETURNED else None
    return response((str(row.previous_mg), str(row.mg)), state, day=row.starts_on, back=back)


def taken(doses: list[Step], *states: States, **changes) -> TakenMedication:
    top = max(one.mg for one in doses)
    down = [one for one in doses if one.mg < top]
    ups = sum(one.kind in ("increase", "reinstatement") for one in doses)
    found = {
        "lines": lines(doses, *states),
        "mg": doses[-1].mg,
        "mg_since": doses[-1].starts_on,
        "descent": Descent(top, len(down) - ups, ups, down[0].starts_on, down[-1].starts_on) if down else None,
        "coverage": DoseCoverage(frozenset({START}), 1, (), 0, 0, ()),
    }
    return venlafaxine(**found | changes)


def measured(name: str, before: str | None = "1.0", recent: str | None = "2.2", **changes) -> Measured:
    """One of the symptoms that rose most: 4 rises in 9 changes, 5 in 21 stretches of a week without one."""
    fields = {
        "measure": DailyMeasure(name.lower(), name, "down"),
        "before": mean(before, 43, 43) if before else None,
        "recent": mean(recent) if recent else None,
        "rates": Rates((Rate(7, 4, 9, 5, 21),), 0, 0),
        "days_worse": DaysWorse(63, 140, dt.date(2012, 11, 19)),
        "ranked": True,
    }
    return Measured(**fields | changes)


def scored(
    values: dict[str, str], name: str = "Depression score", low: str | None = "1", high: str | None = "5", **changes
):
    """A score by "2012-08-13"; ``before`` and ``now`` of the score itself are given in ``changes`` too."""
    by_day = {dt.date.fromisoformat(day): Decimal(value) for day, value in values.items()}
    ends = [Decimal(end) if end else None for end in (low, high)]
    means = {key: changes.pop(f"mean_{key}", None) for key in ("before", "now")}
    score = Score(name.lower(), name, *ends, "down", by_day, **means)
    fields = {"is_questionnaire": False, "before": None, "during": None, "above_from": None, "above": 0, "band": ""}
    return Scored(score, **fields | changes)


def prescribed(length: Length = Length.BRIEF, off: tuple[str, ...] = (), **changes) -> Summary:
    """The summary for a prescriber: 150 mg, then nine reductions a week apart, and three symptoms that rose."""
    doses = steps("150", "105", "73", "51", "37", "25", "18", "12", "9", "0")
    chosen = Choices(Reader.PRESCRIBER, length, sections_off=frozenset(off))
    fields = {"choices": chosen, "medications": (taken(doses),), "measures": tuple(measured(name) for name in NAMES)}
    fields |= changes
    return made(**{"shifts": shifts_of(fields["measures"])} | fields)


def shifts_of(measures) -> tuple[Level, ...]:
    """The same measures as symptoms with their change, the largest first."""
    found = []
    for one in measures:
        pair = one.before, one.recent
        change = pair[1].value - pair[0].value if all(pair) and min(mean.n for mean in pair) >= 7 else None
        found.append(Level(one.measure.key, one.measure.name, "", "down", pair, change))
    return tuple(sorted(found, key=lambda one: (one.change is None, -abs(one.change or 0))))
