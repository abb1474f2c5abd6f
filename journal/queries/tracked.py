"""The measures of a person: the built-in ones as they have them, and their own. The one place that makes their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, Q

from journal.catalogue import measures as catalogue
from journal.models import DailyEntry, Measure, Measurement
from journal.models.profile import one_at_a_time
from journal.queries.order import last_position, moved, number
from journal.queries.slugs import free_slug
from journal.reading import plain_number

MOST_ON = 30
"""So many stand on a day's page, besides the symptoms."""
SLUG_FITS = 60
"""The column holds 70, and a number may follow."""
NOT_A_SLUG = {"new"}
"""Words that are addresses already."""


@dataclass(frozen=True)
class TrackedMeasure:
    """One measure as this person has it. ``row`` is None for a built-in one that they never changed nor used.

    ``builtin`` is the catalogue's, None for one of their own. ``position`` orders them; ``low`` and ``high`` are the
    ends of the range, None where it is open.
    """

    slug: str
    name: str
    kind: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    better: str
    position: int
    state: str
    builtin: catalogue.Measure | None
    row: Measure | None

    @property
    def is_on(self) -> bool:
        """Whether it is asked for on the daily page."""
        return self.state == Measure.State.ON

    @property
    def is_archived(self) -> bool:
        """Whether it was laid aside for good; what it holds stays."""
        return self.state == Measure.State.ARCHIVED

    @property
    def about(self) -> str:
        """What is written down of it, in a few words: 0 to 10; in cups; in kg, 40 to 120; in hours."""
        if self.words:
            return ", ".join([self.words[0], *(word.lower() for word in self.words[1:])])
        if self.kind == Measure.Kind.RATING:
            return "0 to 10"
        # The range of a built-in one only keeps out slips; that of an own one was chosen.
        told = f"in {self.unit}" if self.unit else "a number", "" if self.builtin else self.range_words
        return ", ".join(part for part in told if part)

    @property
    def range_words(self) -> str:
        """40 to 120; from 40; up to 120; or blank."""
        low, high = (None if end is None else plain_number(end).replace("-", "−") for end in (self.low, self.high))
        if low is None:
            return f"up to {high}" if high is not None else ""
        return f"from {low}" if high is None else f"{low} to {high}"

    @property
    def column(self) -> str:
        """The field of the daily entry that holds it; blank where its values are measurements."""
        return self.builtin.column if self.builtin else ""

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return self.column or f"measure-{self.slug}"

    @property
    def words(self) -> tuple[str, ...]:
        """What is chosen from, by value; empty for all but a choice."""
        return self.builtin.words if self.builtin else ()

    @property
    def hint(self) -> str:
        """What it means, where the name does not say it."""
        return self.builtin.hint if self.builtin else ""


def measures_of(owner) -> list[TrackedMeasure]:
    """All measures of the person in their order, switched off and archived ones too. One query."""
    rows = list(Measure.objects.of(owner))
    by_builtin = {row.builtin: row for row in rows if row.builtin}
    found = [
        _tracked(by_builtin.get(builtin.slug), builtin, place)
        for place, builtin in enumerate(catalogue.MEASURES.values(), start=1)
    ]
    found += [_tracked(row, None, row.position) for row in rows if not row.builtin]
    return sorted(found, key=lambda one: (one.position, one.builtin is None, one.row.pk if one.row else 0))


def measures_on(owner) -> list[TrackedMeasure]:
    """Those that are asked for on the daily page, in their order. One query."""
    return [measure for measure in measures_of(owner) if measure.is_on]


def measure_of(owner, slug: str) -> TrackedMeasure | None:
    """Their measure with this slug; None where they have none. One query."""
    return next((measure for measure in measures_of(owner) if measure.slug == slug), None)


def _tracked(row: Measure | None, builtin: catalogue.Measure | None, position: int) -> TrackedMeasure:
    one = row or builtin
    return TrackedMeasure(
        slug=one.slug,
        name=one.name,
        kind=one.kind,
        unit=one.unit,
        low=one.low,
        high=one.high,
        better=one.better,
        position=row.position if row else position,
        state=row.state if row else Measure.State.ON if builtin.on else Measure.State.OFF,
        builtin=builtin,
        row=row,
    )


@transaction.atomic
def rows_for(owner, measures: Iterable[TrackedMeasure]) -> dict[str, Measure]:
    """The rows of these measures by slug, made for built-in ones that have none yet. No query when all have one."""
    measures = list(measures)
    found = {measure.slug: measure.row for measure in measures if measure.row}
    missing = [measure for measure in measures if measure.row is None]
    if not missing:
        return found
    one_at_a_time(owner)
    there = {row.builtin: row for row in Measure.objects.of(owner).exclude(builtin="")}
    for measure in missing:
        found[measure.slug] = there.get(measure.slug) or Measure.objects.create(
            owner=owner,
            name=_free_name(owner, measure.name),
            slug=measure.slug,
            builtin=measure.slug,
            kind=measure.kind,
            unit=measure.unit,
            low=measure.low,
            high=measure.high,
            better=measure.better,
            position=measure.position,
            state=measure.state,
        )
    return found


@transaction.atomic
def add_measure(owner, name: str, **fields) -> Measure:
    """A measure of the person's own, last in their order and on the daily page. ``fields`` as in ``Measure``.

    The name has to be free (``name_is_free``): the caller has told the person otherwise.
    """
    one_at_a_time(owner)
    there = measures_of(owner)
    return Measure.objects.create(
        owner=owner,
        name=name,
        slug=free_slug(name, {measure.slug for measure in there} | NOT_A_SLUG, "measure", SLUG_FITS),
        position=last_position(there),
        **fields,
    )


def name_is_free(owner, name: str, but: str = "") -> bool:
    """Whether no measure of theirs but the one with the slug ``but`` has this name, whatever its case."""
    key = " ".join(name.split()).casefold()
    return all(measure.name.casefold() != key or measure.slug == but for measure in measures_of(owner))


def _free_name(owner, name: str) -> str:
    """``name``, or with a number behind it where they called something else so."""
    taken = {row.name.casefold() for row in Measure.objects.of(owner)}
    number, free = 2, name
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    return free


# -- changes by the person ----------------------------------------------------------------------------------------
# Each raises Measure.DoesNotExist for one that was deleted since the page was asked for.


@transaction.atomic
def set_state(owner, measure: TrackedMeasure, state: str) -> None:
    """Ask for it on a day's page, or not, or archive it. Raises ValidationError with a sentence for one too many."""
    one_at_a_time(owner)
    if state == Measure.State.ON:
        _check_room(owner, but=measure.slug)
    row = _row(owner, measure)
    row.state = state
    row.save(update_fields=["state"])


@transaction.atomic
def move(owner, measure: TrackedMeasure, places: int) -> None:
    """Move one of those that are on up (-1) or down (+1); at the end of the list nothing happens.

    What is off comes after them in the order, so that what is turned on later is found at the end.
    """
    one_at_a_time(owner)
    _row(owner, measure)
    there = measures_of(owner)
    rows = rows_for(owner, there)
    order = moved([rows[one.slug] for one in there if one.is_on], rows[measure.slug], places)
    if order:
        number([*order, *(rows[one.slug] for one in there if not one.is_on)])


@transaction.atomic
def save_measure(owner, fields: dict, measure: TrackedMeasure | None = None) -> Measure:
    """Add a measure of the person's own, or change ``measure``; ``fields`` as in ``Measure``, those that change.

    The same one added again is the same measure (a button pressed twice). Raises ValidationError with a sentence for
    each field that cannot be so.
    """
    one_at_a_time(owner)
    if measure is None and (same := _same(owner, fields)):
        return same
    if not name_is_free(owner, fields["name"], but=measure.slug if measure else ""):
        raise ValidationError({"name": f"“{fields['name']}” is on your list already. Use another name."})
    if measure is None:
        _check_room(owner)
        return add_measure(owner, **fields)
    row = _row(owner, measure)
    wrong = _outside(owner, row, fields)
    if wrong:
        raise ValidationError(wrong)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    return row


def _row(owner, measure: TrackedMeasure) -> Measure:
    """Its row as it is now, made for a built-in one that has none."""
    now = measure_of(owner, measure.slug)
    if now is None:
        raise Measure.DoesNotExist
    return rows_for(owner, [now])[now.slug]


def _same(owner, fields) -> Measure | None:
    """An own one that is on and just like that."""
    return Measure.objects.of(owner).filter(builtin="", state=Measure.State.ON, **fields).first()


def _check_room(owner, but: str = "") -> None:
    on = sum(measure.is_on and measure.slug != but for measure in measures_of(owner))
    if on >= MOST_ON:
        raise ValidationError(f"{MOST_ON} fit on a day’s page, and so many are on. Turn one off first.")


def _outside(owner, row: Measure, fields) -> dict[str, str]:
    """Why the range in ``fields`` cannot be, by field: what was written down stays as it is, and has to fit in."""
    low, high = fields.get("low"), fields.get("high")
    below, above = (Q(value__lt=low) if low is not None else None), (Q(value__gt=high) if high is not None else None)
    found = Measurement.objects.of(owner).filter(measure=row)
    ends = {
        "low": (below, Min("value"), "below", low, "lowest"),
        "high": (above, Max("value"), "above", high, "highest"),
    }
    wrong = {}
    for name, (outside, extreme, side, end, which) in ends.items():
        if outside is None:
            continue
        counted = found.filter(outside).aggregate(days=Count("pk"), extreme=extreme)
        if counted["days"]:
            days = "1 day has a value" if counted["days"] == 1 else f"{counted['days']:,} days have a value"
            most = plain_number(counted["extreme"])
            wrong[name] = f"{days} {side} {plain_number(end)}, the {which} is {most}. What you wrote down has to fit."
    return wrong


# -- how much there is --------------------------------------------------------------------------------------------


def days_held(owner, measures: Iterable[TrackedMeasure]) -> dict[str, int]:
    """On how many days each of these has a value, by slug. Two queries, however many days and measures."""
    measures = list(measures)
    columns = [measure.column for measure in measures if measure.column]
    days = DailyEntry.objects.of(owner).aggregate(**{column: Count(column) for column in columns}) if columns else {}
    counted = Measurement.objects.of(owner).order_by().values_list("measure__slug").annotate(Count("pk"))
    found = dict(counted.values_list("measure__slug", "pk__count"))
    return {one.slug: days[one.column] if one.column else found.get(one.slug, 0) for one in measures}
