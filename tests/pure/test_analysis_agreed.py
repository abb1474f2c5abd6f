"""What is said of an agreed plan."""

from datetime import date

import pytest

from journal.analysis.agreed import CHANGES, Agreed, agreed_words
from journal.charts.theme import day_text
from journal.models import TaperPlan

FIRST = date(2026, 11, 1)


def words(agreed):
    return agreed_words(agreed, lambda day, year: day_text(day, year=year))


@pytest.mark.parametrize(
    ("agreed", "said"),
    [
        (Agreed(FIRST), "agreed on 1 Nov 2026"),
        (Agreed(FIRST, "Dr Okafor"), "agreed with Dr Okafor on 1 Nov 2026"),
        (Agreed(FIRST, "", [("hold", date(2026, 11, 22))]), "agreed on 1 Nov 2026, held on 22 Nov"),
        (
            Agreed(FIRST, "", [("back", date(2027, 1, 3)), ("replan", date(2027, 2, 4)), ("move", date(2028, 2, 4))]),
            "agreed on 1 Nov 2026, back up on 3 Jan 2027, planned again on 4 Feb, moved on 4 Feb 2028",
        ),
        (
            Agreed(FIRST, "", [("hold", date(2026, 11, n)) for n in range(2, 8)]),
            "agreed on 1 Nov 2026, changed 6 times, last held on 7 Nov",
        ),
    ],
)
def test_it_works(agreed, said):
    assert words(agreed) == said


def test_every_change_has_its_words():
    assert set(CHANGES) == set(TaperPlan.Change.values)
