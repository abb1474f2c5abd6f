"""Days that would hold nothing any more, were something of theirs deleted: an entry of nothing is no entry."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from journal.models import CheckIn, DailyEntry, LifeEvent, Measure, Measurement, Rating, Symptom


def empty_without(
    owner,
    entries: QuerySet,
    *,
    check_ins: Collection[int] = (),
    symptoms: Iterable[Symptom] = (),
    measures: Iterable[Measure] = (),
) -> list[DailyEntry]:
    """Those of ``entries`` that hold nothing but these check-ins (by key), and values of these symptoms and measures.

    What the check-ins make of a day counts as theirs.
    """
    bare = entries.filter(**{name: "" if name == "notes" else None for name in DailyEntry.HOLDS})
    rated = Rating.objects.of(owner).exclude(origin=Rating.Origin.CHECK_INS)
    others = (
        rated.exclude(symptom__in=symptoms),
        Measurement.objects.of(owner).exclude(measure__in=measures),
        CheckIn.objects.of(owner).exclude(pk__in=check_ins),
        LifeEvent.objects.of(owner),
    )
    for rows in others:
        bare = bare.exclude(pk__in=rows.values("entry"))
    return list(bare.distinct())
