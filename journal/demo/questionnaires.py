"""The PHQ-9 and the GAD-7 as the demo person filled them in, and one look at what may be getting in the way.

Each answer goes by what was rated in the two weeks before. Question 9 is answered "not at all": the demo is no
emergency.
"""

import datetime as dt

from journal.catalogue.questionnaires import ANSWERS, EVERY_DAYS, SAFETY_ITEM
from journal.demo.person import DemoPerson
from journal.models import MonthlyLook, QuestionnaireResponse

APART = (14, 21, 14, 28)
"""Days from one to the next, again and again: now and then it is forgotten for a while."""
LEAST_RATED = 4
"""From so many rated days in the two weeks on they can be answered."""
A_STEP = 2.4
"""So many points of a symptom's mean count one answer more."""

# By the symptom that a question goes by: how much more or less is answered than it says.
PHQ = (
    ("low-mood", 0.3), ("low-mood", 0.0), ("insomnia", 0.0), ("fatigue", 0.2), ("nausea", -0.2), ("low-mood", -0.6),
    ("fatigue", -0.5), ("irritability", -0.9),
)  # fmt: skip
GAD = (
    ("anxiety", 0.3), ("anxiety", 0.0), ("anxiety", 0.1), ("insomnia", -0.1), ("irritability", -0.5),
    ("irritability", 0.1), ("anxiety", -0.6),
)  # fmt: skip
SKIPPED = {3: 7}
"""In the fourth PHQ-9 the eighth question was left blank."""

LOOK_FROM = 45
"""From so many days on there is a look at a month."""
THOUGHTS = {
    "sleep": "The short nights come before the worst days, most of the time.",
    "support": "Sam knows. I have not told anybody at work.",
}


def write_questionnaires(owner, person: DemoPerson) -> None:
    """Both questionnaires every two to four weeks, and one look at the month before the last."""
    QuestionnaireResponse.objects.bulk_create(
        QuestionnaireResponse(owner=owner, slug=slug, date=day, answers=answers, difficulty=max(0, max(answered) - 1))
        for slug, day, answers in filled_in(person)
        if (answered := [answer for answer in answers if answer is not None])
    )
    if len(person.days) >= LOOK_FROM:
        month = (person.last_day.replace(day=1) - dt.timedelta(1)).replace(day=1)
        MonthlyLook.objects.create(owner=owner, month=month, thoughts=THOUGHTS)


def filled_in(person: DemoPerson) -> list[tuple[str, dt.date, list[int | None]]]:
    """(questionnaire, day, answers) of each, in order of the days."""
    ratings = {day.date: day.ratings for day in person.days if day.ratings}
    found = []
    day, number = person.first_day + dt.timedelta(EVERY_DAYS - 1), 0
    while day <= person.last_day:
        weeks = [ratings[one] for n in range(EVERY_DAYS) if (one := day - dt.timedelta(n)) in ratings]
        if len(weeks) >= LEAST_RATED:
            phq = [*(_answer(weeks, *asked) for asked in PHQ), 0]
            if number in SKIPPED:
                phq[SKIPPED[number]] = None
            found += [(SAFETY_ITEM[0], day, phq), ("gad-7", day, [_answer(weeks, *asked) for asked in GAD])]
        day, number = day + dt.timedelta(APART[number % len(APART)]), number + 1
    return found


def _answer(weeks: list[dict[str, int]], symptom: str, more: float) -> int:
    rated = [ratings[symptom] for ratings in weeks if symptom in ratings]
    mean = sum(rated) / len(rated) if rated else 0
    return min(len(ANSWERS) - 1, max(0, round(mean / A_STEP + more)))
