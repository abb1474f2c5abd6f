"""The drug history as a few lines for the signature of a peer forum: drugs, doses and dates, and nothing else.

No name, no prescriber, no reason, no words of the person: what a drug is called comes from the catalogue where that
knows it.
"""

from itertools import groupby

from journal.analysis.numbers import mg_text
from journal.catalogue.drugs import DRUGS
from journal.summary.model import DoseLine, Summary, TakenMedication
from journal.summary.words import NB, start

MOST_STEPS = 20
"""Of more steps the first, those that went up and the latest stand."""
LATEST = 12
UP = {"increase", "reinstatement"}


def signature(summary: Summary) -> str:
    """A line for each medication: "Venlafaxine (since 2004). 2012: 13 Aug 150 mg, 25 Sep 105, …, 19 Nov 0."."""
    return "\n".join(_line(one) for one in summary.medications if one.lines)


def _line(medication: TakenMedication) -> str:
    known = DRUGS.get(medication.drug)
    name = start(known.name if known else medication.name)
    since = f" (since {medication.since.year})" if medication.since else ""
    lines, left = _few(medication.lines)
    years = []
    for year, of_year in groupby(lines, key=lambda line: line.row.starts_on.year):
        steps = ", ".join(_step(line) for line in of_year)
        years.append(f"{year}: {steps}")
    more = f" ({left} more steps not shown)" if left else ""
    return f"{name}{since}, mg a day. {'; '.join(years)}{more}.".replace(NB, " ")


def _step(line: DoseLine) -> str:
    kind = {"hold": " held", "reinstatement": " back up", "increase": " up"}.get(line.row.kind, "")
    day = line.row.starts_on
    return f"{day.day} {day:%b} {mg_text(line.row.mg)}{kind}"


def _few(lines: tuple[DoseLine, ...]) -> tuple[list[DoseLine], int]:
    if len(lines) <= MOST_STEPS:
        return list(lines), 0
    middle = lines[1:-LATEST]
    ups = [line for line in middle if line.row.kind in UP][-(MOST_STEPS - 1 - LATEST) :]
    return [lines[0], *ups, *lines[-LATEST:]], len(middle) - len(ups)
