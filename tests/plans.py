"""A medication with a plan, and what is done with it, by the functions that the pages use."""

import datetime as dt
from decimal import Decimal

from journal.models import TaperPlan
from journal.queries.medications import steps_of
from journal.queries.plan_changes import Settings, agree, propose, replace_by, set_aside
from journal.queries.plan_living import back_up, confirm, hold, move
from journal.queries.planned import planned_of
from journal.taper.layout import Circumstances, lay_out
from journal.taper.schedule import Method, Request
from tests.conftest import make_medication, make_step


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


FIRST, AGREED_ON, TODAY = on(10, 1), on(9, 20), on(10, 20)


class Life:
    """One medication and what is done with its plan: 20 mg since January; by default 15, 10, 5 and 0 mg every 14 days
    from 1 October, agreed on 20 September."""

    def __init__(self, owner):
        self.owner, self.medication = owner, make_medication(owner, "Sertraline", drug="sertraline")
        make_step(self.medication, on(1, 1), 20, "start")

    @property
    def plan(self) -> TaperPlan:
        return TaperPlan.objects.of(self.owner).get(status="agreed")

    @property
    def steps(self):
        return steps_of(self.owner, self.medication)

    def laid(self, start, from_mg=20, doses=(15, 10, 5, 0), every=14):
        doses = tuple(map(Decimal, doses))
        return lay_out(Request(Decimal(from_mg), Method.LIST, doses=doses, start=start, every=every), Circumstances())

    def proposed(self, start=FIRST, today=AGREED_ON, name="Ours", **laid) -> TaperPlan:
        return propose(self.medication, self.laid(start, **laid), Settings(name, {}), today)

    def agreed(self, agreed_on=AGREED_ON, today=None, **proposed) -> "Life":
        today = today or agreed_on
        agree(self.proposed(today=today, **proposed), "Dr Okafor", agreed_on, today)
        return self

    def confirmed(self, mg, day, today=None, move_rest=False):
        step = next(step for step in self.plan.steps.all() if step.dose == mg)
        confirm(step, self.steps, day, move_rest, today or day)
        return self

    def held(self, days, today):
        hold(self.plan, self.steps, days, today)
        return self

    def moved(self, days, today):
        move(self.plan, self.steps, days, today)
        return self

    def back_up(self, mg, today):
        to = next(step for step in self.steps if step.mg == mg)
        back_up(self.plan, self.steps, to, today)
        return self

    def replanned(self, today, **laid):
        replace_by(self.plan, self.laid(**laid), Settings("Again", {}), today)
        return self

    def set_aside(self, today):
        set_aside(self.plan, today)
        return self

    def planned(self, today=TODAY, **period):
        return planned_of(self.owner, self.medication, today, **period)
