"""What the overview chart draws: dose over mood and the symptoms that rose most, or those that were asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.analysis.doses import changes, first_reduction
from journal.analysis.levels import LEAST_TO_RANK, before_span, now_span
from journal.analysis.series import Span
from journal.charts.model import DoseChange, OtherMedication, OverviewData, Strip
from journal.models import DoseStep, Medication
from journal.queries.doses import steps_in
from journal.queries.entries import entry_days
from journal.queries.measures import MOOD, Measure, daily_values, means, symptom_measures
from journal.queries.period import Period

DRAWN = 3
"""So many symptoms are drawn when none is asked for."""
MOST_DRAWN = 8
"""So many strips still fit under one dose line."""

Steps = Mapping[Medication, Sequence[DoseStep]]


@dataclass(frozen=True)
class Overview:
    """The drawing's data, with what a page needs around it.

    ``symptoms`` are all that could be drawn, ``chosen`` those that are, and ``rule`` the sentence that says by what
    rule (blank when they were asked for).
    """

    data: OverviewData
    symptoms: tuple[Measure, ...]
    chosen: tuple[Measure, ...]
    rule: str
    medications: tuple[Medication, ...]
    medication: Medication | None


class UnknownName(ValueError):
    """The address names a symptom or medication that is not this person's; the text is for the person."""


def overview(owner, period: Period, symptoms: Sequence[str] | None = None, medication: int | None = None) -> Overview:
    """The overview for ``period`` in a fixed number of queries.

    ``symptoms`` are slugs in the order to draw; None lets the rule choose. ``medication`` is a key; None takes the
    one whose dose changed last. Raises UnknownName.
    """
    steps = steps_in(owner, period.first, period.last)
    main = choose_medication(steps, medication)
    drawn_steps = dose_changes(steps[main]) if main else ()
    measures = symptom_measures(owner)
    if symptoms is None:
        chosen, rule = rose_most(owner, period, drawn_steps, measures)
    else:
        chosen, rule = named(measures, symptoms), ""
    values = daily_values(owner, period.first, period.last, (MOOD, *chosen))
    data = OverviewData(
        first=period.first,
        last=period.last,
        medication=main.name if main else "",
        steps=drawn_steps,
        strips=tuple(Strip(m.key, m.name, values[m.key], m.better) for m in (MOOD, *chosen)),
        entry_days=frozenset(entry_days(owner, period.first, period.last)),
        other_medications=tuple(
            OtherMedication(other.name, dose_changes(list_of)) for other, list_of in steps.items() if other != main
        ),
    )
    return Overview(data, tuple(measures), tuple(chosen), rule, tuple(steps), main)


def choose_medication(steps: Steps, key: int | None) -> Medication | None:
    """The medication with this key, else the one whose dose changed last, else None. Raises UnknownName."""
    if key is not None:
        for medication in steps:
            if medication.pk == key:
                return medication
        raise UnknownName("That medication is not in this period.")
    return max(steps, key=lambda medication: changes(dose_changes(steps[medication]))[-1].day, default=None)


def dose_changes(steps: Sequence[DoseStep]) -> tuple[DoseChange, ...]:
    """Dose steps as the charts take them."""
    return tuple(DoseChange(step.starts_on, step.mg, step.kind) for step in steps)


def named(measures: Sequence[Measure], slugs: Sequence[str]) -> list[Measure]:
    """The measures with these slugs, in that order, each once. Raises UnknownName."""
    by_key = {measure.key: measure for measure in measures}
    wanted = [slug for slug in dict.fromkeys(slugs) if slug]
    if len(wanted) > MOST_DRAWN:
        raise UnknownName(f"At most {MOST_DRAWN} symptoms fit under one dose line. You asked for {len(wanted)}.")
    for slug in wanted:
        if slug not in by_key:
            raise UnknownName(f"“{slug[:60]}” is not among what you keep an eye on.")
    return [by_key[slug] for slug in wanted]


ROSE = "those that rose most, last 28 days against the days before the first reduction"
RATED = "those rated highest"


def rose_most(
    owner, period: Period, steps: Sequence[DoseChange], measures: Sequence[Measure]
) -> tuple[list[Measure], str]:
    """The symptoms that deserve a strip, and the sentence that says why these.

    First those that can be compared (at least 14 days rated before the first reduction of the period and in its
    last 28 days), by how much they rose, ties by name; then the others that were rated, by their mean.
    """
    whole = Span(period.first, period.last)
    reduction = first_reduction(steps, period.first, period.last)
    before = before_span(reduction, period.first)
    recent = now_span(period.last, reduction, period.first)
    found = means(owner, [whole, before or whole, recent], measures)

    def compared(measure: Measure) -> bool:
        _, earlier, latest = found[measure.key]
        return bool(before and earlier and latest) and min(earlier.n, latest.n) >= LEAST_TO_RANK

    def rank(measure: Measure):
        all_days, earlier, latest = found[measure.key]
        if compared(measure):
            return (0, earlier.value - latest.value, measure.name)
        return (1, -all_days.value, measure.name)

    chosen = sorted((measure for measure in measures if found[measure.key][0]), key=rank)[:DRAWN]
    reasons = dict.fromkeys(ROSE if compared(measure) else RATED for measure in chosen)
    return chosen, f"Chosen by rule: {', then '.join(reasons)}." if chosen else ""
