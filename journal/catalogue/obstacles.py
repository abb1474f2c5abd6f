"""What may be getting in the way when therapy seems not to help: areas to look at once a month. No Django.

The list, its words and its questions are ours and claim nothing: none of them says what it is that gets in the way.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """One area, and a question to think about. It can be put to the therapist as it is."""

    key: str
    name: str
    question: str
    source: str = "own"


_ALL = (
    Area(
        "homework",
        "Homework and practice",
        "Is what we agree on for between sessions the right size for me?",
    ),
    Area(
        "substances",
        "Alcohol and other substances",
        "Could what I drink or take be changing how I feel between sessions?",
    ),
    Area(
        "stress",
        "Stress",
        "Is there more going on in my life at the moment than we have room for?",
    ),
    Area(
        "sleep",
        "Sleep",
        "How much of how I feel comes after a short or broken night?",
    ),
    Area(
        "health",
        "Physical health",
        "Is there an illness, pain or another medicine that we have not talked about?",
    ),
    Area(
        "expectations",
        "Expectations",
        "What did I hope would be different by now, and does my therapist know that?",
    ),
    Area(
        "support",
        "Support",
        "Who around me knows what I am doing, and who could?",
    ),
    Area(
        "fit",
        "Fit with the therapist",
        "Is there something about how we work together that I have not said?",
    ),
)

AREAS: dict[str, Area] = {area.key: area for area in _ALL}
