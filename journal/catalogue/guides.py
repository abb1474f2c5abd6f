"""Guided practices that are timed or go step by step: what a pacer leads through, by the skill's slug.

Seconds, rounds and the sequence are those of the skill (catalogue.skills), whose source has them. Every length is a
whole number of milliseconds, so that five minutes are exactly five minutes.
"""

from dataclasses import dataclass, replace

from journal.catalogue.skills import DIZZY, SKILLS

IN, HOLD, OUT, REST = "in", "hold", "out", "rest"
TENSE, RELEASE = "tense", "release"

WORDS: dict[str, tuple[str, str]] = {
    IN: ("Breathe in", "in"),
    HOLD: ("Hold", "hold"),
    OUT: ("Breathe out", "out"),
    REST: ("Hold", "hold"),
    TENSE: ("Tense", "tense"),
    RELEASE: ("Let go", "let go"),
}
"""What a phase is called while it lasts, and in a row with its seconds."""

SHORTEST_MS, LONGEST_MS = 500, 20_000
MOST_MINUTES = 20
"""The limits of a timing of one's own: a phase from 0.5 to 20 s (a hold may be 0, which leaves it out), 1 to 20 min."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One side of a breath, or one half of tensing and letting go. ``ms`` is its length, 0 when it is left out."""

    kind: str
    ms: int

    @property
    def word(self) -> str:
        """What the pacer says while it lasts."""
        return WORDS[self.kind][0]

    @property
    def short(self) -> str:
        """The same in a row with its seconds: "in 4"."""
        return WORDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Timing:
    """Phases that repeat ``rounds`` times, one after the other without a gap."""

    phases: tuple[Phase, ...]
    rounds: int

    @property
    def round_ms(self) -> int:
        """The length of one round."""
        return sum(phase.ms for phase in self.phases)

    @property
    def total_ms(self) -> int:
        """The length of the whole."""
        return self.round_ms * self.rounds

    @property
    def holds(self) -> bool:
        """Whether there is a hold to leave out."""
        return any(phase.ms for phase in self.phases if phase.kind in (HOLD, REST))

    def seconds_of(self, kind: str) -> float:
        """The seconds of a phase; 0 where there is none."""
        return next((phase.ms for phase in self.phases if phase.kind == kind), 0) / 1000

    def without_holds(self) -> "Timing":
        """The same breath with nothing to hold, as many rounds."""
        return replace(self, phases=tuple(Phase(p.kind, 0 if p.kind in (HOLD, REST) else p.ms) for p in self.phases))


def breath(into: int, hold: int, out: int, rest: int, rounds: int) -> Timing:
    """A breath in milliseconds: in, hold, out, hold."""
    return Timing((Phase(IN, into), Phase(HOLD, hold), Phase(OUT, out), Phase(REST, rest)), rounds)


def rounds_in(minutes: int, round_ms: int) -> int:
    """As many whole rounds as come nearest to ``minutes``; at least one. A half is rounded up."""
    return max(1, (2 * minutes * 60_000 + round_ms) // (2 * round_ms))


@dataclass(frozen=True, slots=True)
class Breath:
    """Paced breathing."""

    slug: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body to tense: what it is called, and how."""

    slug: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Tensing and letting go, one part of the body after the other."""

    slug: str
    parts: tuple[Part, ...]
    tense: Phase
    release: Phase

    def timing(self, parts: int) -> Timing:
        """The time that so many parts take."""
        return Timing((self.tense, self.release), parts)


@dataclass(frozen=True, slots=True)
class Step:
    """One step at the person's own pace. ``mark`` stands on its stair, ``word`` is what it is about."""

    mark: str
    word: str
    how: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Something done step by step, with nothing to keep up with."""

    slug: str
    steps: tuple[Step, ...]


Guide = Breath | Sequence | Steps

_ALL: tuple[Guide, ...] = (
    Breath("breathing-5-5", breath(5000, 0, 5000, 0, rounds_in(3, 10_000))),
    Breath("breathing-4-7-8", breath(4000, 7000, 8000, 0, 4)),
    Breath("box-breathing", breath(4000, 4000, 4000, 4000, rounds_in(4, 16_000))),
    Breath("long-exhale", breath(3000, 3000, 5000, 0, 6)),
    Breath("coherent-breathing", breath(5500, 0, 5500, 0, rounds_in(5, 11_000))),
    Steps(
        "grounding-5-4-3-2-1",
        (
            Step("5", "5 things you can see", "Look around. Name each of them."),
            Step("4", "4 things you can touch", "Feel each of them: warm or cool, rough or smooth."),
            Step("3", "3 things you can hear", "Near ones and far ones."),
            Step("2", "2 things you can smell", "Or think of two smells you like."),
            Step("1", "1 thing you can taste", "Or think of a taste you like."),
        ),
    ),
    Sequence(
        "muscle-relaxation",
        (
            Part("fists", "Fists", "Close both hands."),
            Part("biceps", "Biceps", "Bend your arms towards your shoulders."),
            Part("triceps", "Triceps", "Stretch your arms out straight."),
            Part("forehead", "Forehead", "Lift your eyebrows."),
            Part("eyes", "Eyes", "Close them tightly."),
            Part("jaw", "Jaw", "Press your teeth together, gently."),
            Part("neck", "Neck", "Press your head back a little, gently."),
            Part("shoulders", "Shoulders", "Lift them towards your ears."),
            Part("shoulder-blades", "Shoulder blades", "Draw them together."),
            Part("chest", "Chest", "Breathe in, and keep it there."),
            Part("abdomen", "Abdomen", "Draw your belly in."),
            Part("back", "Back", "Arch it a little, gently."),
            Part("buttocks", "Buttocks", "Squeeze them together."),
            Part("thighs", "Thighs", "Press your knees together."),
            Part("calves", "Calves", "Pull your toes towards you."),
            Part("feet", "Feet", "Curl your toes."),
        ),
        Phase(TENSE, 5000),
        Phase(RELEASE, 15_000),
    ),
)

GUIDES: dict[str, Guide] = {guide.slug: guide for guide in _ALL}


def care_of(guide: Guide) -> str:
    """The short note that stays in sight during a practice."""
    if not isinstance(guide, Breath):
        return SKILLS[guide.slug].caution
    return f"{DIZZY} The hold can be left out." if guide.timing.holds else DIZZY


def seconds_text(ms: int) -> str:
    """4 s, 5.5 s or 1 min 16 s, as figures with their unit."""
    minutes, rest = divmod(ms, 60_000)
    seconds = f"{rest / 1000:g}\u00a0s"
    if not minutes:
        return seconds
    return f"{minutes}\u00a0min {seconds}" if rest else f"{minutes}\u00a0min"


def in_words(timing: Timing, what: str = "round") -> str:
    """A timing as a sentence: "In 4, hold 7, out 8: 19 s a round. 4 rounds, 1 min 16 s."."""
    sides = ", ".join(f"{phase.short} {phase.ms / 1000:g}" for phase in timing.phases if phase.ms)
    many = f"{timing.rounds} {what}" if timing.rounds == 1 else f"{timing.rounds} {what}s"
    a_round = f"{seconds_text(timing.round_ms)} a {what}"
    return f"{sides[0].upper()}{sides[1:]}: {a_round}. {many}, {seconds_text(timing.total_ms)}."


def for_the_page(guide: Guide, timing: Timing | None, parts: tuple[Part, ...] = ()) -> dict:
    """What the pacer of a page is told, as plain data: ``timing`` of a breath, ``parts`` of the sequence."""
    if isinstance(guide, Steps):
        return {"steps": [{"mark": step.mark, "word": step.word, "how": step.how} for step in guide.steps]}
    phases = [{"kind": p.kind, "word": p.word, "short": p.short, "ms": p.ms} for p in timing.phases]
    limits = {"shortest": SHORTEST_MS, "longest": LONGEST_MS, "minutes": MOST_MINUTES}
    data = {"phases": phases, "rounds": timing.rounds}
    if isinstance(guide, Breath):
        data["limits"] = limits
    if parts:
        data["parts"] = [{"slug": part.slug, "name": part.name, "how": part.how} for part in parts]
    return data
