"""The six parts of a safety plan: the order is that of Stanley and Brown, every word here is ours.

Their printed form is protected and nothing of it is used: only which six things such a plan holds, and in what order.
"""

from dataclasses import dataclass

SOURCE = "stanley_brown_2012"
"""Where the six parts come from."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``field`` is its column in the record, ``title`` its heading, ``hint`` what can stand in it, and
    ``example`` a line or two as somebody might write them."""

    field: str
    title: str
    hint: str
    example: str


PARTS: tuple[Part, ...] = (
    Part(
        "warning_signs",
        "How I notice that it is getting bad",
        "What comes first: a thought, a feeling in the body, something you do or stop doing.",
        "I stop answering messages. I lie awake and count what went wrong.",
    ),
    Part(
        "own_ways",
        "What I do first, by myself",
        "Small things that carry you through ten minutes. They need nobody and no preparation.",
        "Cold water on my face. Twice round the block. One album to the end.",
    ),
    Part(
        "distraction",
        "Where I can go, and good company",
        "Places with life in them, and people who are good to be with. You do not have to say how bad it is.",
        "The library. Tea at Mo’s. The dog field in the evening.",
    ),
    Part(
        "people",
        "Whom I tell that it is bad",
        "People who may know. What you say to them, if that makes it easier.",
        "Sam, at any hour. I say: it is one of those nights, can you stay on the phone?",
    ),
    Part(
        "professionals",
        "Doctors, therapists and services",
        "Names, numbers, and when they are there. The lines of your country are shown beside it.",
        "Dr Okafor’s practice, from 8 in the morning. Out of hours: NHS 111.",
    ),
    Part(
        "surroundings",
        "What makes my home safer",
        "What can be out of reach, and who can look after it for you.",
        "Sam keeps the spare tablets. I have one week’s supply here.",
    ),
)
