"""The private calendar: what it holds, its address, and making, changing and ending that."""

import datetime as dt
import secrets

from django.core.signing import BadSignature, Signer
from django.db import transaction

from journal.analysis.numbers import mg_text
from journal.exchange.calendar_out import CalendarData, PlannedDay, Reminder, Visit
from journal.models import Appointment, CalendarFeed, PlannedStep
from journal.models.profile import one_at_a_time, profile_of
from journal.queries.doses import steps_in
from journal.queries.plans import agreed_steps, steps_to_come

DAYS_KEPT = 90
"""So long ago a step day may be and still stand in the calendar."""

_signer = Signer(salt="calendar-feed", sep=".")


def calendar_data(feed: CalendarFeed, today: dt.date) -> CalendarData:
    """What the feed holds on ``today``: step days of its owner's agreed plans, appointments where the person turned
    them on, and the reminder. At most three queries.

    Names leave the record only where the person turned them on: else the data has none to give away.
    """
    reminder, zone = None, profile_of(feed.owner).time_zone
    if feed.remind_at is not None:
        reminder = Reminder(feed.pk, feed.remind_at, zone, feed.created)
    days = tuple(_day(step, feed.with_names) for step in planned_steps(feed.owner, today))
    visits = shown_visits(feed.owner, today) if feed.with_appointments else ()
    return CalendarData(days, reminder, tuple(_visit(one, zone, feed.with_names) for one in visits))


def shown_visits(owner, today: dt.date):
    """The person's appointments that are to come or were within the last 90 days, the earliest first, without those
    that did not take place. One query."""
    found = Appointment.objects.of(owner).filter(date__gte=today - dt.timedelta(DAYS_KEPT)).exclude(held=False)
    return found.defer("notes", "agreed").order_by("date", "time", "pk")


def _visit(appointment: Appointment, zone: str, with_names: bool) -> Visit:
    named = {"who": appointment.who, "place": appointment.place} if with_names else {}
    return Visit(appointment.pk, appointment.date, appointment.time, zone, appointment.updated, **named)


def planned_steps(owner, today: dt.date) -> list[PlannedStep]:
    """The steps of the person's agreed plans that are to come or were within the last 90 days, the earliest first.

    Of days to come only steps below the dose that is taken now, as on Today. Two queries.
    """
    taken = {medication.pk: steps[-1].mg for medication, steps in steps_in(owner, dt.date.min, today).items()}
    found = []
    for of_one in agreed_steps(owner):
        to_come = steps_to_come(of_one, taken.get(of_one[0].plan.medication_id))
        found += [step for step in of_one if step in to_come or step.starts_on <= today]
    first = today - dt.timedelta(DAYS_KEPT)
    return sorted((step for step in found if step.starts_on >= first), key=lambda step: (step.starts_on, step.pk))


def _day(step: PlannedStep, with_names: bool) -> PlannedDay:
    named = {"medication": step.plan.medication.name, "dose": f"{mg_text(step.dose)} mg"} if with_names else {}
    return PlannedDay(step.pk, step.starts_on, step.held_days > 0, step.plan.created, **named)


# --- the address --------------------------------------------------------------------------------------------------


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the feed's address: its nonce, signed. Fits a path as it is."""
    return _signer.sign(feed.nonce)


def nonce_of(token: str) -> str | None:
    """The nonce in a token that this site signed; None for any other. Compares in constant time."""
    try:
        return _signer.unsign(token)
    except BadSignature:
        return None


def feed_for(owner) -> CalendarFeed | None:
    """The person's feed, if they have one."""
    return CalendarFeed.objects.of(owner).select_related("owner__profile").first()


# --- writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_feed(owner) -> CalendarFeed:
    """The person's feed, made where there is none: a button pressed twice, or on a stale page, ends no address."""
    one_at_a_time(owner)
    return feed_for(owner) or CalendarFeed.objects.create(owner=owner, nonce=_new_nonce())


def set_options(
    feed: CalendarFeed, remind_at: dt.time | None, with_names: bool, with_appointments: bool = False
) -> bool:
    """Save the options and nothing else; False when the feed has gone meanwhile."""
    options = {"remind_at": remind_at, "with_names": with_names, "with_appointments": with_appointments}
    return bool(CalendarFeed.objects.of(feed.owner).filter(pk=feed.pk).update(**options))


def new_address(owner) -> bool:
    """Give the person's feed another address, which ends the one before; False where there is no feed."""
    return bool(CalendarFeed.objects.of(owner).update(nonce=_new_nonce()))


def end_feed(owner) -> None:
    """End the address for good. Nothing else goes with it."""
    CalendarFeed.objects.of(owner).delete()


def _new_nonce() -> str:
    return secrets.token_urlsafe(16)
