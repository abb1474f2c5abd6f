"""The measures of a person: the built-in ones as they have them, and their own. The one place that makes their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from journal.catalogue import measures as catalogue
from journal.models import Measure
from journal.models.profile import one_at_a_time
from journal.queries.slugs import free_slug

LAST_POSITION = 32_000  # the column ends a little later


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


def _tracked(row: Measure | None, builtin: catalogue.Measure | None, position: int) -> TrackedMeasure:
    if row is None:
        return TrackedMeasure(
            slug=builtin.slug,
            name=builtin.name,
            kind=builtin.kind,
            unit=builtin.unit,
            low=builtin.low,
            high=builtin.high,
            better=builtin.better,
            position=position,
            state=Measure.State.ON if builtin.on else Measure.State.OFF,
            builtin=builtin,
            row=None,
        )
    return TrackedMeasure(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        unit=row.unit,
        low=row.low,
        high=row.high,
        better=row.better,
        position=row.position,
        state=row.state,
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
        slug=free_slug(name, {measure.slug for measure in there}, "measure"),
        position=min(max(measure.position for measure in there) + 1, LAST_POSITION),
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
