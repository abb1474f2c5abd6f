"""Small activities: what is planned, what became of it, and what it brought, week by week."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.db import transaction
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncWeek

from journal.catalogue.written import ACTIVITY
from journal.models import Activity, Deleted, Practice
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries.coping import skill_for

State = Activity.State
DID = (State.DONE, State.PARTLY)
"""What counts as practising: a part counts."""


@dataclass(frozen=True)
class Mean:
    """The mean of the ``n`` ratings that there are; never made for none."""

    mean: Fraction
    n: int


@dataclass(frozen=True)
class Week:
    """Activities of the week that begins on ``monday``, latest first, and the means of the whole week's ratings."""

    monday: dt.date
    activities: tuple[Activity, ...]
    mastery: Mean | None
    pleasure: Mean | None

    @property
    def sunday(self) -> dt.date:
        """Its last day."""
        return self.monday + dt.timedelta(6)


def planned(owner, today: dt.date):
    """What is planned for today or later, or for no day yet; the nearest first."""
    open_ones = Activity.objects.of(owner).filter(state=State.PLANNED).exclude(day__lt=today)
    return open_ones.order_by(F("day").asc(nulls_last=True), "pk")


def not_said(owner, today: dt.date):
    """What was planned for a day before ``today``, and of which nothing was said yet; latest first."""
    return Activity.objects.of(owner).filter(state=State.PLANNED, day__lt=today).order_by("-day", "-pk")


def past(owner):
    """What was done, or not, latest first."""
    return Activity.objects.of(owner).exclude(state=State.PLANNED).order_by(F("day").desc(nulls_last=True), "-pk")


def by_week(owner, activities) -> list[Week]:
    """These activities (of ``past``, in its order) in their weeks; one query for the means, of whole weeks."""
    found = [(monday, tuple(those)) for monday, those in groupby(activities, key=lambda one: _monday(one.day))]
    if not found:
        return []
    means = _means(owner, found[-1][0], found[0][0] + dt.timedelta(6))
    return [Week(monday, those, *means.get(monday, (None, None))) for monday, those in found]


def _means(owner, first: dt.date, last: dt.date) -> dict[dt.date, tuple[Mean | None, Mean | None]]:
    """By Monday, the means of mastery and pleasure over everything of the week that was rated."""
    rows = past(owner).filter(day__range=(first, last)).order_by().values_list(TruncWeek("day"))
    rows = rows.annotate(Sum("mastery"), Count("mastery"), Sum("pleasure"), Count("pleasure"))
    return {
        monday: (_mean(*mastery), _mean(*pleasure))
        for monday, *figures in rows
        for mastery, pleasure in [(figures[:2], figures[2:])]
    }


def _mean(total, n: int) -> Mean | None:
    return Mean(Fraction(total) / n, n) if n else None


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(day.weekday())


def activity_of(practice: Practice) -> Activity | None:
    """The activity of which this practice came."""
    return Activity.objects.of(practice.skill.owner).filter(practice=practice).first()


# --- writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_activity(owner, fields: dict) -> tuple[Activity, bool]:
    """Plan one: (activity, whether it is new). The same for the same day stands there once while it is planned."""
    # Two requests of one person wait for each other here, so that a double press finds the first one's row.
    one_at_a_time(owner)
    there = Activity.objects.of(owner).filter(state=State.PLANNED, **fields).first()
    return (there, False) if there else (Activity.objects.create(owner=owner, **fields), True)


@transaction.atomic
def save_activity(activity: Activity, fields: dict, before, after) -> tuple[bool, Deleted | None]:
    """Save what was said of it; done, or done in part, it is a practice too, with distress ``before`` and ``after``.

    A practice is logged once, and follows the activity from then on. Not done any more, the practice goes. (Whether it
    is saved: not where it was deleted meanwhile; the row that can put the practice back.)
    """
    owner = activity.owner
    one_at_a_time(owner)
    rows = Activity.objects.of(owner).filter(pk=activity.pk)
    now = rows.select_related("practice").first()
    if now is None:
        return False, None
    practice, did_before, does = now.practice, now.state in DID, fields["state"] in DID
    rows.update(**fields)
    told = {"date": fields["day"], "before": before, "after": after, "said": {"activity": fields["text"]}}
    if does and practice:
        Practice.objects.of(owner).filter(pk=practice.pk).update(**told)
    elif does and (not did_before or before is not None or after is not None):
        # One whose practice the person deleted gets no other, unless they rate it again.
        rows.update(practice=Practice.objects.create(skill=skill_for(owner, ACTIVITY), **told))
    elif practice and did_before:
        # Deleted while it is linked, so that its undo links it again: done once more is then the same practice.
        return True, delete_with_undo(owner, practice, f"Practice of “{fields['text']}”")
    return True, None


def delete_activity(owner, activity: Activity) -> Deleted | None:
    """Delete it with the practice that came of it; the row that puts both back."""
    also = [activity.practice] if activity.practice else []
    return delete_with_undo(owner, activity, f"Activity “{activity.text}”", also=also)
