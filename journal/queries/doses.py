"""Doses: the steps of a medication, what is due on a day, and what was recorded of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import prefetch_related_objects

from journal.models import DoseStep, DoseTaken, Medication, Product
from journal.queries.products import products_by_medication
from journal.taper.history import Part, Pattern, mg_on, parts_on
from journal.taper.products import ProductError
from journal.taper.taken import TakenAs, amount_of, amount_words, swallowed_mg, taken_as
from journal.taper.taking import MadeUp, made_up, taking_lines
from journal.taper.words import day_parts_text, parts_text


@dataclass(frozen=True)
class DoseDue:
    """One medication on one day. ``mg_today`` is 0 on an off-day of a pattern and after a stop: nothing to take then.

    ``since`` is the day on which the dose became ``mg_a_day``, and ``day_number`` counts from it as day 0; a hold does
    not start it again. ``previous_mg`` is what was taken before that, up to and including ``previous_until``.

    All mg are of tablets. ``products`` are what there is of the medication, by which it is known how these are
    swallowed; they are at hand where somebody asked for them, and where it is not mg for mg.
    """

    medication: Medication
    step: DoseStep
    mg_a_day: Decimal
    mg_today: Decimal
    parts_today: tuple[Part, ...]
    taken: DoseTaken | None
    since: dt.date
    day_number: int
    previous_mg: Decimal | None
    previous_until: dt.date | None
    products: tuple[Product, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether there is something to take on this day."""
        return self.mg_today > 0

    @property
    def is_off_day(self) -> bool:
        """Whether the pattern leaves out this day: nothing to take, though the medication is taken."""
        return self.mg_today == 0 < self.mg_a_day

    @property
    def how(self) -> str:
        """When to take what, where that says more than the amount: "in the morning"."""
        return day_parts_text(self.parts_today, amount_of(self.taken_as))

    @property
    def pattern(self) -> str:
        """How the dose is taken in parts and over several days; blank for a plain one."""
        return parts_text(pattern_of(self.step), amount_of(self.taken_as))

    @property
    def taken_as(self) -> TakenAs | None:
        """How the dose is swallowed where that is not mg for mg of tablets, else None."""
        return step_taken_as(self.step, self.products)

    @property
    def swallowed(self) -> str:
        """What is swallowed a day, where that is not mg for mg: "8 mg of drops"; else blank."""
        return self.taken_as.swallowed(self.step.taken_mg) if self.taken_as else ""

    @property
    def taken_mg_today(self) -> Decimal | None:
        """Mg that are swallowed on this day; None where these are mg of tablets."""
        how = self.taken_as
        if how is None or not self.mg_today:
            return None
        if not self.parts_today:
            return self.step.taken_mg
        if not how.name and self.mg_today == self.step.mg:
            return self.step.taken_mg
        return sum((swallowed_mg(part.mg, how.factor) for part in self.parts_today), Decimal(0))

    def made_up(self) -> MadeUp:
        """How the dose of this day is made of what there is; of nothing where ``products`` are not at hand.

        Raises ProductError where products and dose do not fit together.
        """
        in_use = [product.plain() for product in self.products if product.in_use]
        return made_up(self.mg_today, self.parts_today, self.taken_as, in_use)

    @property
    def what_to_take(self) -> list[str]:
        """The same in words, a line for each time of day; nothing where there is nothing to take or to say."""
        try:
            return taking_lines(self.made_up())
        except ProductError as error:
            return [str(error)]

    @property
    def amount_today(self) -> str:
        """The dose of this day: "10 mg (8 mg of drops)"."""
        return amount_words(self.mg_today, self.taken_mg_today, self.taken_as)


@dataclass(frozen=True)
class DoseCoverage:
    """Days of a period on which a dose was due, and what was recorded on them.

    A day without a record is not a missed dose. ``not_due``: days on which something was taken though nothing was due.
    """

    due_days: frozenset[dt.date]
    recorded: int
    missed: tuple[dt.date, ...]
    late: int
    other: int
    not_due: tuple[dt.date, ...]

    @property
    def due(self) -> int:
        """Days on which a dose was due."""
        return len(self.due_days)

    @property
    def without_record(self) -> int:
        """Days with a dose due and nothing written about it."""
        return self.due - self.recorded


def pattern_of(step: DoseStep) -> Pattern:
    """The step with its parts as plain numbers. Prefetch ``parts``, or this asks the database."""
    parts = tuple(Part(part.day, part.when, part.mg) for part in step.parts.all())
    return Pattern(step.starts_on, step.mg, step.cycle_days, parts)


def steps_in(owner, first: dt.date, last: dt.date) -> dict[Medication, list[DoseStep]]:
    """The steps of each medication from ``first`` to ``last``, with the one in force on ``first``. One query."""
    found: dict[Medication, list[DoseStep]] = {}
    steps = DoseStep.objects.of(owner).filter(starts_on__lte=last).select_related("medication")
    for step in steps.order_by("medication__created", "medication__pk", "starts_on"):
        found.setdefault(step.medication, []).append(step)
    return {medication: from_day(of_one, first) for medication, of_one in found.items()}


def from_day(steps: list[DoseStep], first: dt.date) -> list[DoseStep]:
    """Those of one medication's ``steps`` (earliest first) that matter from ``first`` on: the one in force then, and
    the later ones."""
    until = sum(step.starts_on <= first for step in steps)
    return steps[max(0, until - 1) :]


def step_taken_as(step: DoseStep, products: Iterable[Product]) -> TakenAs | None:
    """How a step's dose is swallowed, judged by what there is of the medication; None for mg of tablets."""
    return taken_as(step.mg, step.taken_mg, (product.plain() for product in products))


def due_on(
    owner,
    day: dt.date,
    taken: dict[int, DoseTaken] | None = None,
    products: Mapping[int, Sequence[Product]] | None = None,
) -> list[DoseDue]:
    """Every medication with a step in force on ``day``, in their order. Three queries, two where there is none.

    ``taken`` spares one of them: the doses of the day by the key of their medication, where they are at hand. One
    more where a dose is not swallowed mg for mg, which ``products``, by the key of their medication, spare.
    """
    return doses_due(owner, steps_in(owner, dt.date.min, day), day, taken, products)


def doses_due(
    owner,
    by_medication: Mapping[Medication, list[DoseStep]],
    day: dt.date,
    taken: dict[int, DoseTaken] | None = None,
    products: Mapping[int, Sequence[Product]] | None = None,
) -> list[DoseDue]:
    """The same where the steps up to ``day`` are at hand, all of each medication: one query less."""
    in_force = [steps[-1] for steps in by_medication.values()]
    prefetch_related_objects(in_force, "parts")
    if taken is None:
        taken = {dose.medication_id: dose for dose in DoseTaken.objects.of(owner).filter(date=day)}
    if products is None:
        other = any(one.taken_mg is not None for one in (*in_force, *taken.values()))
        products = products_by_medication(owner) if other else {}
    return [
        dose_due(steps, day, taken.get(medication.pk), products.get(medication.pk, ()))
        for medication, steps in by_medication.items()
    ]


def dose_due(
    steps: list[DoseStep], day: dt.date, taken: DoseTaken | None = None, products: Sequence[Product] = ()
) -> DoseDue:
    """What one medication's steps up to ``day`` (one at least, the earliest first) mean on that day."""
    step = steps[-1]
    since = step.starts_on
    previous = None
    for earlier in reversed(steps[:-1]):
        if earlier.mg != step.mg:
            previous = earlier
            break
        since = earlier.starts_on
    pattern = pattern_of(step)
    return DoseDue(
        medication=step.medication,
        step=step,
        mg_a_day=step.mg,
        mg_today=mg_on(pattern, day),
        parts_today=parts_on(pattern, day),
        taken=taken,
        since=since,
        day_number=(day - since).days,
        previous_mg=previous.mg if previous else None,
        previous_until=since - dt.timedelta(1) if previous else None,
        products=tuple(products),
    )


def coverage_of(steps: list[DoseStep], doses: list[DoseTaken], first: dt.date, last: dt.date) -> DoseCoverage:
    """How far the doses due from ``first`` to ``last`` were recorded, from one medication's steps (earliest first,
    parts prefetched) and its doses of the period.

    Nothing is due before the first step, at 0 mg and on the off-days of a pattern.
    """
    due = days_due([pattern_of(step) for step in steps], first, last)
    recorded = {dose.date: dose for dose in doses}
    status = [dose.status for day, dose in recorded.items() if day in due]
    return DoseCoverage(
        due_days=frozenset(due),
        recorded=len(status),
        missed=tuple(d for d, dose in recorded.items() if d in due and dose.status == DoseTaken.Status.MISSED),
        late=status.count(DoseTaken.Status.LATE),
        other=status.count(DoseTaken.Status.OTHER),
        not_due=tuple(d for d, dose in recorded.items() if d not in due and dose.mg > 0),
    )


def days_due(patterns: list[Pattern], first: dt.date, last: dt.date) -> set[dt.date]:
    """The days from ``first`` to ``last`` on which one of these (one medication's, earliest first) has a dose due."""
    found = set()
    for position, pattern in enumerate(patterns):
        end = patterns[position + 1].starts_on - dt.timedelta(1) if position + 1 < len(patterns) else last
        begin = max(first, pattern.starts_on)
        for number in range((min(end, last) - begin).days + 1):
            day = begin + dt.timedelta(number)
            if mg_on(pattern, day) > 0:
                found.add(day)
    return found
