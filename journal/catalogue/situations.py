"""What a skill is reached for: where a practice can say what it was about, so that "what helps" can be told by it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """A kind of moment. ``name`` is as a form offers it, ``in_words`` as it stands in a sentence ("with anxiety")."""

    slug: str
    name: str
    in_words: str


_ALL = (
    Situation("anxiety", "Anxiety or panic", "with anxiety or panic"),
    Situation("restlessness", "Restlessness", "with restlessness"),
    Situation("low-mood", "Low mood", "with low mood"),
    Situation("anger", "Anger or irritability", "with anger or irritability"),
    Situation("body", "Something in the body", "with something in the body"),
    Situation("thoughts", "Thoughts going round", "with thoughts going round"),
    Situation("sleepless", "Not asleep", "when not asleep"),
    Situation("before-something", "Before something hard", "before something hard"),
    Situation("no-reason", "Just practising", "just practising"),
    Situation("other", "Something else", "with something else"),
)

SITUATIONS: dict[str, Situation] = {situation.slug: situation for situation in _ALL}


def choices() -> list[tuple[str, str]]:
    """(slug, name) pairs for a form."""
    return [(situation.slug, situation.name) for situation in SITUATIONS.values()]


def name_of(slug: str) -> str:
    """What a practice was about, as the form offers it. One that left the catalogue is called by its key."""
    return SITUATIONS[slug].name if slug in SITUATIONS else slug
