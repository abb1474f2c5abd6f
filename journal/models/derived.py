"""What the check-ins of a day make of it: derived rows, which nobody writes and nobody loses."""

from collections.abc import Collection

from django.db.models import Count, Sum

from journal.analysis.numbers import exact_sum, round_half_up
from journal.catalogue.symptoms import PRIVATE
from journal.models.entries import CheckIn, DailyEntry, Rating, Reading


def refresh_days(owner, entries: Collection[int]) -> None:
    """Bring what the check-ins say about these days (keys of entries) up to date: six queries, however many days.

    To be called, in the same transaction, after every change to check-ins or readings, and where a day's own rating
    went. A rating of the day's own always stays as it is. What is private has no mean, of a day neither.
    (When the entry was changed by the person is no news here.)
    """
    if not entries:
        return
    derived = Rating.objects.of(owner).filter(entry__in=entries, origin=Rating.Origin.CHECK_INS)
    derived.delete()
    readings = (
        Reading.objects.of(owner).filter(check_in__entry__in=entries).exclude(symptom__builtin=PRIVATE).order_by()
    )
    sums = readings.values_list("check_in__entry", "symptom").annotate(Sum("severity"), Count("pk"))
    Rating.objects.bulk_create(
        [
            Rating(
                entry_id=entry,
                symptom_id=symptom,
                severity=round_half_up(exact_sum(total) / n, 1),
                origin=Rating.Origin.CHECK_INS,
                total=exact_sum(total),
                readings=n,
            )
            for entry, symptom, total, n in sums
        ],
        batch_size=1000,
        ignore_conflicts=True,  # what the day itself was rated is there already
    )
    moods = CheckIn.objects.of(owner).filter(entry__in=entries, mood__isnull=False).order_by()
    by_entry = {entry: (total, n) for entry, total, n in moods.values_list("entry").annotate(Sum("mood"), Count("pk"))}
    changed = []
    for entry in DailyEntry.objects.of(owner).filter(pk__in=entries).only("pk", "timed_mood", "timed_moods"):
        total, n = by_entry.get(entry.pk, (None, 0))
        total = None if total is None else exact_sum(total)
        if (entry.timed_mood, entry.timed_moods) != (total, n):
            entry.timed_mood, entry.timed_moods = total, n
            changed.append(entry)
    DailyEntry.objects.bulk_update(changed, ["timed_mood", "timed_moods"], batch_size=500)
