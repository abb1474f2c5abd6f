"""Days that would hold nothing any more, were one thing deleted with all its values."""

from django.db.models import Q

from journal.models import CheckIn, DailyEntry, LifeEvent, Measure, Measurement, Rating, Symptom


def held_alone(thing: Symptom | Measure) -> list[DailyEntry]:
    """The entries that hold nothing but a value of ``thing``: without it they would be entries of nothing."""
    owner = thing.owner
    its_own = Q(symptom=thing) if isinstance(thing, Symptom) else Q(measure=thing)
    values = Rating if isinstance(thing, Symptom) else Measurement
    blank = {name: "" if name == "notes" else None for name in DailyEntry.HOLDS}
    entries = DailyEntry.objects.of(owner).filter(
        pk__in=values.objects.of(owner).filter(its_own).values("entry"), **blank
    )
    for model in (Rating, Measurement, CheckIn, LifeEvent):
        others = model.objects.of(owner)
        if model is values:
            others = others.exclude(its_own)
        entries = entries.exclude(pk__in=others.values("entry"))
    return list(entries)
