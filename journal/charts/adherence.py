"""Planned and taken: what was done on which day, and how the two lines compare. Counts, words and table; no drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from journal.analysis.doses import changes
from journal.analysis.numbers import NOTHING, mg_text
from journal.analysis.series import Span
from journal.analysis.titles import days_text

from .doseline import dose_row
from .head import Head, dose_head
from .measure import clean
from .model import Dose, PlannedData
from .theme import day_text

KINDS = ("taken on time", "late", "other amount", "missed", "not recorded")
MANY = 12  # doses; a longer row is told by its ends


@dataclass(frozen=True)
class Done:
    """The days up to today by what was done, each in order. Their counts add up to `total`."""

    kinds: Mapping[str, tuple[date, ...]]

    @property
    def total(self) -> int:
        return sum(len(days) for days in self.kinds.values())

    @property
    def any_recorded(self) -> bool:
        return any(days for kind, days in self.kinds.items() if kind != "not recorded")

    def count(self, kind: str) -> int:
        return len(self.kinds[kind])

    @property
    def days(self) -> list[date]:
        """All of them, in order."""
        return sorted(day for days in self.kinds.values() for day in days)


def sorted_doses(data: PlannedData) -> Done:
    """Each day on which a dose was due or is recorded, in one kind. Not recorded is neither taken nor missed."""
    names = dict(zip(("planned", "late", "other", "missed"), KINDS, strict=False))
    kinds: dict[str, list[date]] = {kind: [] for kind in KINDS}
    shown = Span(data.first, data.until)
    for day, dose in data.doses.items():
        if day in shown:
            kinds[names[dose.status]].append(day)
    kinds["not recorded"] = [d for d in data.due_days if d in shown and d not in data.doses and d < data.today]
    return Done({kind: tuple(sorted(days)) for kind, days in kinds.items()})


# -- the two lines ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Stretch:
    """Days on which neither line changes; None where one has not begun."""

    first: date
    last: date
    planned: Decimal | None
    taken: Decimal | None

    @property
    def side(self) -> int:
        """1 where more was taken than planned, -1 where less, else 0."""
        if self.planned is None or self.taken is None:
            return 0
        return (self.taken > self.planned) - (self.taken < self.planned)


def stretches(data: PlannedData, last: date) -> list[Stretch]:
    """From the first day to `last`, cut wherever one of the two lines changes. Taken is None after today."""
    if last < data.first:
        return []
    planned: dict[date, Decimal | None] = {}
    for steps, end in data.planned_runs():
        planned |= {c.day: c.mg for c in changes(steps, last)}
        if steps and end < last:
            planned[end + timedelta(1)] = None
    taken: dict[date, Decimal | None] = {c.day: c.mg for c in changes(data.taken, min(last, data.until))}
    after = date.fromordinal(min(data.until.toordinal() + 1, date.max.toordinal()))
    if data.until < last:
        taken[after] = None
    days = sorted({*planned, *taken, data.first})
    found, now_planned, now_taken = [], None, None
    for day, following in pairwise([*days, None]):
        now_planned, now_taken = planned.get(day, now_planned), taken.get(day, now_taken)
        end = last if following is None else date.fromordinal(following.toordinal() - 1)
        if end >= data.first:
            found.append(Stretch(max(day, data.first), end, now_planned, now_taken))
    return found


def title(data: PlannedData, done: Done) -> str:
    """What is seen, in two parts without a verdict: the line, then the doses.

    The line. The dose taken is compared with the dose planned on the last day of which anything can be known.
    No plan by then: "no plan since" the day on which that began. Higher: "higher than planned since" that day.
    Lower: "lower sooner than planned" when the plan comes down to that dose later, else "lower than planned
    since". The same: "as planned so far" when it was so on every day shown; "lower sooner" or "lower later than
    planned" when one line came down to the other.
    The doses: how many of those due or recorded were missed; of none missed, how many days have no record.
    """
    return f"{_line_words(data, done)}; {_dose_words(done)}"


def _line_words(data: PlannedData, done: Done) -> str:
    found = stretches(data, data.until)
    if not found:
        return "Planned: all of these days are still to come"
    now = found[-1]
    if now.taken is None:
        return "No dose taken in these days"
    if now.planned is None:
        ended = any(stretch.planned is not None for stretch in found)
        return f"No plan{_since(found, data)}" if ended else "No plan for these days"
    differing = [stretch for stretch in found if stretch.side]
    if not differing:
        as_said = done.any_recorded and not (done.count("missed") or done.count("other amount"))
        return f"{'Taken' if as_said else 'Dose'} as planned so far"
    since = _since(found, data)
    if now.side > 0:
        return f"Taken: higher than planned{since}"
    if now.side < 0:
        reached = any(c.day > data.until and c.mg <= now.taken for c in changes(data.planned))
        return "Taken: lower sooner than planned" if reached else f"Taken: lower than planned{since}"
    sides, before = {stretch.side for stretch in differing}, differing[-1]
    if sides == {-1} and before.planned > now.planned:
        return "Taken: lower sooner than planned"
    if sides == {1} and before.taken > now.taken:
        return f"Taken: lower later than planned, at the planned dose{since}"
    return f"Taken: at the planned dose{since}, not on all days before"


def _since(found: list[Stretch], data: PlannedData) -> str:
    """' since 3 Nov': where the last run on one side, or without a plan, began; empty for the first day shown."""
    now, start = found[-1], found[-1].first
    for stretch in reversed(found):
        if (stretch.side, stretch.planned is None) != (now.side, now.planned is None):
            break
        start = stretch.first
    return "" if start == data.first else f" since {day_text(start, year=start.year != data.today.year)}"


def _dose_words(done: Done) -> str:
    if not done.any_recorded:
        return "no doses recorded"
    missed, unknown = done.count("missed"), done.count("not recorded")
    if missed:
        return f"{missed:,} of {done.total:,} doses missed" if done.total > 1 else "1 dose missed"
    words = "no dose recorded as missed"
    return f"{words}, {days_text(unknown)} not recorded" if unknown else words


def note(data: PlannedData, is_long: bool) -> str:
    """What the lines are, and how far the plan goes where less is drawn; over 400 days also what a bar is."""
    name = clean(data.medication)
    sentences = [f"{name}."] if name else []
    sentences += [f"Dashed: {clean(data.plan) or 'the plan'}.", "Firm: what was taken."]
    if data.planned and data.planned[-1].day > data.last:
        sentences.append(f"The plan goes on to {day_text(data.planned[-1].day, year=True)}.")
    if is_long:
        sentences.append("Bars: days taken on time. Marks that would lie on one another are drawn once.")
    return " ".join(sentences)


def description(data: PlannedData, done: Done) -> str:
    """The text alternative: both rows of doses, and every count."""
    name = clean(data.medication) or "Dose"
    first, last = day_text(data.first, year=True), day_text(data.last, year=True)
    planned, taken = (_row(steps, Span(data.first, end)) for steps, end in _both(data))
    counts = ", ".join(f"{kind} {done.count(kind) or 'none'}" for kind in KINDS)
    recorded = f"Of {done.total:,} doses: {counts}." if done.any_recorded else "No doses recorded."
    return f"{name}, {first} to {last}. Planned: {planned}. Taken: {taken}. {recorded}"


def _both(data: PlannedData):
    return (data.planned, data.last), (data.taken, data.until)


def _row(steps, period: Span) -> str:
    doses = dose_row(steps, period).removesuffix(" mg").split(" → ")
    if doses == [""]:
        return "none"
    return f"{' → '.join(doses if len(doses) <= MANY else [doses[0], '…', doses[-1]])} mg"


# -- table ------------------------------------------------------------------------------------
def planned_table(data: PlannedData) -> tuple[tuple[str, ...], list[tuple]]:
    """(headers, rows): a row from each day on which one of the lines changes, with the days of each kind until the
    next; the last row has the sums. After today only the plan is known: the rest is None.
    """
    headers = (Head("from", "day"), dose_head("planned"), dose_head("taken"), *(Head(kind, "count") for kind in KINDS))
    done = sorted_doses(data)
    rows: list[tuple] = []
    for stretch in stretches(data, data.last):
        span = Span(stretch.first, stretch.last)
        counts = tuple(sum(day in span for day in done.kinds[kind]) for kind in KINDS)
        known = stretch.first <= data.until and done.any_recorded
        rows.append((stretch.first, stretch.planned, stretch.taken, *(counts if known else (None,) * len(KINDS))))
    if done.any_recorded:
        rows.append(("all", None, None, *(done.count(kind) for kind in KINDS)))
    return headers, rows


def count_texts(done: Done) -> dict[str, list[str]]:
    """What stands at the right of each row, the fullest wording first; a dash where there is nothing."""
    texts = {kind: [f"{done.count(kind):,}" if done.count(kind) else NOTHING] for kind in KINDS}
    on_time, total = done.count(KINDS[0]), done.total
    texts[KINDS[0]] = [f"{on_time:,} of {days_text(total)}", f"{on_time:,} of {total:,}", f"{on_time:,}"]
    return texts


def other_text(dose: Dose) -> str:
    """The amount beside a diamond; empty where it was not said."""
    return "" if dose.mg is None else f"{mg_text(dose.mg)} mg"
