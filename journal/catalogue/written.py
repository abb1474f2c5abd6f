"""Skills that are practised in writing: what is asked in which order.

The wording is ours; the sequence is the source's. A part is known by its slug for good: what was written is kept in
``Practice.said`` under it.
"""

from dataclasses import dataclass

from journal.catalogue.skills import SKILLS
from journal.catalogue.sources import SOURCES, Source

ACTIVITY = "small-activity"
"""The skill whose practice is a small activity: planned, done and rated on pages of its own."""

OWN_ITEMS_FIT = 20
"""So many lines of a person's own a checklist takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to write. ``rows`` is how many lines its field shows; all of it may stay blank."""

    slug: str
    label: str
    hint: str = ""
    rows: int = 3


@dataclass(frozen=True, slots=True)
class Sorted:
    """Short lines, each with a question that is answered by one of ``answers``; ``shown`` of ``most`` are open.

    The lines are kept as ``{slug}-1``, their answers as ``{slug}-1-answer``, in words.
    """

    slug: str
    label: str
    question: str
    answers: tuple[str, ...]
    most: int
    shown: int

    def slugs(self) -> tuple[tuple[str, str], ...]:
        """(of the line, of its answer) in order."""
        return tuple((f"{self.slug}-{n}", f"{self.slug}-{n}-answer") for n in range(1, self.most + 1))


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to tick. What was ticked is kept under ``slug``, a line each; ``items`` are the built-in ones, in the words
    of something done. ``to_come`` is what cannot be done yet while they are ticked.
    """

    slug: str
    label: str
    items: tuple[str, ...]
    to_come: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """How one skill is practised in writing. ``timer`` is in minutes; 0 for none."""

    skill: str
    intro: str
    parts: tuple[Part, ...]
    lines: Sorted | None = None
    checklist: Checklist | None = None
    timer: int = 0
    asks_help: bool = False
    """Whether its caution is about thoughts that Help now is for: the page then leads there."""

    @property
    def source(self) -> Source:
        """Where its sequence is from: the source of the skill."""
        return SOURCES[SKILLS[self.skill].source]

    def labels(self) -> dict[str, str]:
        """What each thing that can be kept is called, by its slug, in the order of the page."""
        found: dict[str, str] = {}
        if self.lines:
            for number, (line, answer) in enumerate(self.lines.slugs(), 1):
                found[line] = f"{self.lines.label} {number}"
                found[answer] = self.lines.question
        if self.checklist:
            found[self.checklist.slug] = self.checklist.label
        return found | {part.slug: part.label for part in self.parts}


_ALL = (
    Written(
        skill="thought-record",
        intro="One thought, looked at from more than one side. Leave out what does not fit.",
        parts=(
            Part("happened", "What happened", "Where you were, with whom, what was said or done."),
            Part("felt", "What you felt", "In your mood and in your body.", 2),
            Part("thought", "The thought that hurts most", "In the words in which it came.", 2),
            Part("for", "What speaks for it", "Facts only."),
            Part("against", "What speaks against it", "Facts again. What would a kind friend say?"),
            Part("both", "A thought that takes both into account", "It need not be a cheerful one."),
        ),
        asks_help=True,
    ),
    Written(
        skill="worry-time",
        intro="A quarter of an hour for the worries that came up today. When it is over, they can wait for tomorrow.",
        lines=Sorted(
            "worry",
            "Worry",
            "Can I do something about it?",
            ("Yes, now", "Yes, later", "No"),
            most=8,
            shown=3,
        ),
        parts=(
            Part("plan", "Where you can do something: what, and when", "One small thing is enough."),
            Part(
                "lift", "Something that lifts your mood, for right after", "A song, a call, a walk round the block.", 2
            ),
        ),
        timer=15,
    ),
    Written(
        skill="worry-tree",
        intro="One worry, sorted: something to do, or something to let go for now.",
        parts=(
            Part("worry", "What you are worried about", rows=2),
            Part(
                "can", "Is there anything that you can do about it?", "If there is nothing, say so and leave it here."
            ),
            Part("now", "What you can do now", rows=2),
            Part("later", "What you can do later, and when", rows=2),
            Part("turn", "What you turn to next", rows=2),
        ),
    ),
    Written(
        skill="problem-solving",
        intro="One problem, made small enough to act on.",
        parts=(
            Part("problem", "The problem, in one sentence", "One that you have some control over.", 2),
            Part("ideas", "Every idea, odd ones too", "A line for each. They are not judged yet.", 5),
            Part("chosen", "The idea that seems to help most", rows=2),
            Part("plan", "The plan", "What you need, who can help, and when."),
            Part(
                "back", "Looking back", "On the day or later: what worked, what did not. You can come back to it here."
            ),
        ),
    ),
    Written(
        skill="wind-down",
        intro="Tick what fits this evening. Any part of it counts.",
        checklist=Checklist(
            "done",
            "Done this evening",
            (
                "No caffeine since midday.",
                "No alcohol, nicotine, heavy meal or exercise in the last two hours.",
                "What is on your mind is written down for tomorrow.",
                "Screens and work stay out of bed.",
            ),
            "Still to come: go to bed when you are sleepy, and turn off the light. Get up at the same time tomorrow, "
            "however the night was.",
        ),
        parts=(Part("mind", "On my mind, for tomorrow", "Written down it can wait until then."),),
    ),
)

WRITTEN: dict[str, Written] = {written.skill: written for written in _ALL}

ACTIVITY_LABELS: dict[str, str] = {"activity": "What"}
"""The same for a practice that came of an activity."""


def said_words(slug: str, said: dict) -> list[tuple[str, str]]:
    """(label, text) of what was written in a practice of the skill ``slug``, in the order of its page.

    What is kept under a name that the skill does not have (any more) comes last, under that name.
    """
    labels = WRITTEN[slug].labels() if slug in WRITTEN else ACTIVITY_LABELS
    known = [(label, said[part]) for part, label in labels.items() if said.get(part)]
    return known + [(part, text) for part, text in said.items() if part not in labels and text]
