"""The demo person's own help: a safety plan in modest words, and two people.

Their numbers are from the ranges that Ofcom keeps free for drama: they reach nobody.
"""

from journal.demo.person import DemoPerson
from journal.models import SafetyPlan, SupportPerson

WORDS = {
    "warning_signs": "I stop answering messages.\nI am awake at four and go over everything again.",
    "own_ways": "Cold water on my face.\nRound the block, twice if need be.\nThe long breaths from Coping.",
    "distraction": "The library until it closes.\nTea at Jo’s, no need to talk about it.",
    "people": "Sam, at any hour. I say: it is one of those nights, stay on the phone with me.",
    "professionals": "{prescriber}, in surgery hours.\nOut of hours: NHS 111.",
    "surroundings": "Sam keeps the spare tablets. I have one week’s supply here.",
}


def write_safety(owner, person: DemoPerson) -> None:
    """Write the safety plan and the people of ``person`` for ``owner``, who has none."""
    prescriber = person.medications[0].prescriber
    SafetyPlan.objects.create(owner=owner, **{part: text.format(prescriber=prescriber) for part, text in WORDS.items()})
    sam = SupportPerson(
        name="Sam", role="brother", helps_with="Listens at night, and comes over.", phone="07700 900123"
    )
    doctor = SupportPerson(
        name=prescriber,
        role="prescriber",
        helps_with="Doses, and whatever cannot wait for the next appointment.",
        phone="020 7946 0958",
        takes_texts=False,
    )
    for position, row in enumerate((sam, doctor), start=1):
        row.owner, row.knows, row.position = owner, True, position
    SupportPerson.objects.bulk_create((sam, doctor))
