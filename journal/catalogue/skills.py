"""Coping skills that come with the journal: steps, timing, caution and source of each.

The wording is ours; the sequence and the seconds are the source's. Where a timing is a sum, the
sum is written out, so that it can be checked.
"""

from dataclasses import dataclass

GROUPS: dict[str, str] = {
    "moment": "For a bad moment",
    "day": "For the day",
    "night": "For the night",
}

DIZZY = "Dizzy? Stop, and breathe as you like."
HOLDS = (
    DIZZY + " Holding your breath is optional: leave the hold out in pregnancy, in a panic, "
    "or with a lung or heart condition."
)


@dataclass(frozen=True, slots=True)
class Skill:
    """One built-in skill. `minutes_text` is how long it takes, for a person: "76 s", "3 to 5 min"."""

    slug: str
    name: str
    group: str
    minutes_text: str
    summary: str
    steps: tuple[str, ...]
    timing: str
    caution: str
    source: str


_ALL = (
    Skill(
        slug="breathing-5-5",
        name="Breathe in five, out five",
        group="moment",
        minutes_text="3 to 5 min",
        summary="Slow, even breathing with nothing to hold. A good one to start with.",
        steps=(
            "Sit, stand or lie as comfortably as you can.",
            "Breathe in gently through your nose, counting to five. Less is fine at first.",
            "Without a pause, let it flow out through your mouth, counting to five.",
            "Let the breath go as deep as is comfortable. Nothing needs forcing.",
            "Go on for three to five minutes.",
        ),
        timing="In 5, out 5, no hold; two or three times a day if you like.",
        caution=DIZZY,
        source="east_devon_breathing",
    ),
    Skill(
        slug="breathing-4-7-8",
        name="4-7-8 breathing",
        group="moment",
        minutes_text="76 s",
        summary="Four slow breaths with a long way out.",
        steps=(
            "Sit down. Breathe out all the way.",
            "Breathe in through your nose for 4.",
            "Hold for 7, or skip the hold.",
            "Breathe out through your mouth for 8.",
            "That is one round. Do four.",
        ),
        timing="4 + 7 + 8 = 19 s a round; 4 rounds, 76 s; twice a day.",
        caution=HOLDS,
        source="weil_478",
    ),
    Skill(
        slug="box-breathing",
        name="Box breathing",
        group="moment",
        minutes_text="up to 4 min",
        summary="Four equal sides: in, hold, out, hold.",
        steps=(
            "Sit comfortably. Close your eyes if you like.",
            "Breathe in through your nose for 4.",
            "Hold gently for 4, or skip the hold.",
            "Breathe out for 4.",
            "Hold for 4, or skip the hold. Then begin again.",
        ),
        timing="4 + 4 + 4 + 4 = 16 s a round; as many rounds as you like, up to 4 minutes.",
        caution=HOLDS,
        source="mentemia_box",
    ),
    Skill(
        slug="long-exhale",
        name="The long breath out",
        group="moment",
        minutes_text="66 s",
        summary="Short in, longer out. You can do it in a queue and nobody sees.",
        steps=(
            "Put a hand on your belly.",
            "Breathe in slowly for 3 and feel your hand rise.",
            "Hold for 3, or skip the hold.",
            "Breathe out for 5.",
            "Do it six times in all.",
        ),
        timing="3 + 3 + 5 = 11 s a round; 6 rounds, 66 s.",
        caution=HOLDS,
        source="my_possible_self_335",
    ),
    Skill(
        slug="coherent-breathing",
        name="Coherent breathing",
        group="moment",
        minutes_text="any length",
        summary="One round breath after another, with no corners.",
        steps=(
            "Sit with a straight back, or lie down.",
            "Breathe in softly for five to five and a half seconds.",
            "Breathe out for as long, with no pause between.",
            "When your mind wanders, come back to the breath.",
            "Begin with a few minutes. Longer is up to you.",
        ),
        timing="5 to 5.5 s in and as long out: 5.5 to 6 breaths a minute.",
        caution=DIZZY,
        source="coherent_breathing",
    ),
    Skill(
        slug="grounding-5-4-3-2-1",
        name="Grounding: 5-4-3-2-1",
        group="moment",
        minutes_text="any length",
        summary="Come back to where you are, through your senses.",
        steps=(
            "Look for 5 things that you can see. Name them.",
            "Find 4 things that you can touch.",
            "Listen for 3 things that you can hear.",
            "Notice 2 things that you can smell, or think of two smells you like.",
            "Notice 1 thing that you can taste, or think of a taste you like.",
        ),
        timing="5, 4, 3, 2, 1. Another order of the senses is just as good.",
        caution="Not while driving. If it makes things worse, stop and do something else.",
        source="grounding_54321",
    ),
    Skill(
        slug="breathing-space",
        name="Three-minute breathing space",
        group="moment",
        minutes_text="3 min",
        summary="Stop, notice, breathe, and go on.",
        steps=(
            "Stand or sit upright, but not stiff.",
            "Notice what is there: thoughts, feelings, your body. It can stay as it is.",
            "Gather your attention on the breath in your belly, in and out.",
            "Widen it again to your whole body.",
            "Go on with your day.",
        ),
        timing="About three minutes, of which a minute or so on the breath.",
        caution="If looking inward is too much today, try grounding instead.",
        source="nhs_people_breathing_space",
    ),
    Skill(
        slug="worry-time",
        name="Worry time",
        group="day",
        minutes_text="15 min",
        summary="Give worries a fixed quarter of an hour, so that the rest of the day is yours.",
        steps=(
            "Choose a fixed 15 minutes a day.",
            "When a worry comes before then, write it down and leave it for later.",
            "Go back to what you were doing.",
            "At the time, read your list. Cross out what has become smaller.",
            "After 15 minutes stop, and do something that lifts your mood.",
        ),
        timing="15 min, once a day, at the same time.",
        caution="If you worry a lot at night, a time in the morning may help you sleep.",
        source="mindwell_worry",
    ),
    Skill(
        slug="worry-tree",
        name="The worry tree",
        group="day",
        minutes_text="any length",
        summary="Sort one worry: something to do, or something to let go.",
        steps=(
            "Write down what you are worried about.",
            "Ask: is there anything that I can do about it?",
            "If not, let it be for now and turn to something else.",
            "If yes, and it can be done now: do it.",
            "If it can be done later: write down what and when. Then turn to something else.",
        ),
        timing="One worry at a time.",
        caution="",
        source="mindwell_worry",
    ),
    Skill(
        slug="small-activity",
        name="One small planned activity",
        group="day",
        minutes_text="any length",
        summary="Plan something small that matters to you, do it, and see what it did.",
        steps=(
            "Pick one small thing that you enjoy, or that matters to you.",
            "Decide when, where and with whom.",
            "Write down how you feel now.",
            "Do it, or a part of it. A part counts.",
            "Write down how you feel now, how much you enjoyed it and what you managed.",
        ),
        timing="As small as it needs to be.",
        caution="On a bad day, make it smaller.",
        source="herts_cbt",
    ),
    Skill(
        slug="thought-record",
        name="Thought record",
        group="day",
        minutes_text="any length",
        summary="Put one painful thought on paper and look at it from more than one side.",
        steps=(
            "Write down what happened, and what you felt.",
            "Write down the thought that hurts most.",
            "What speaks for it? Facts only.",
            "What speaks against it? What would a kind friend say?",
            "Write a thought that takes both into account. How do you feel now?",
        ),
        timing="One thought at a time.",
        caution="This is for everyday thoughts. For thoughts of ending your life, open Help now.",
        source="rnoh_thinking",
    ),
    Skill(
        slug="problem-solving",
        name="Problem solving",
        group="day",
        minutes_text="any length",
        summary="Make one problem small enough to act on.",
        steps=(
            "Name one problem that you have some control over, in one sentence.",
            "List every idea, odd ones too. Do not judge them yet.",
            "Choose the idea that seems to help most.",
            "Plan it: what you need, who can help, and when.",
            "Do it. On the day, look back: what worked, what did not?",
        ),
        timing="One problem, with a date to look back.",
        caution="A change of dose is not one to solve alone. Bring it to your prescriber.",
        source="depression_nz_problem_solving",
    ),
    Skill(
        slug="muscle-relaxation",
        name="Progressive muscle relaxation",
        group="night",
        minutes_text="5 min 20 s",
        summary="Tense each part of your body, let go, and feel the difference.",
        steps=(
            "Lie down or sit where you will not be disturbed.",
            "Tense one part for 5 seconds, then let go for 15.",
            "Arms: fists, biceps, triceps.",
            "Face: forehead, eyes, jaw.",
            "Neck, shoulders, shoulder blades.",
            "Chest, abdomen, back.",
            "Buttocks, thighs, calves, feet.",
            "Stay for a moment. Let go of any tension that is left.",
        ),
        timing="5 s tense + 15 s release = 20 s a part; 16 parts, 320 s.",
        caution="Leave out any part that hurts or cramps. Tense gently.",
        source="nhs_inform_pmr",
    ),
    Skill(
        slug="wind-down",
        name="Wind-down list",
        group="night",
        minutes_text="2 hours",
        summary="A short list for the evening, so that sleep can come by itself.",
        steps=(
            "From midday on: no more caffeine.",
            "In the last two hours: no alcohol, nicotine, heavy meal or exercise.",
            "Put what is on your mind into a notebook for tomorrow.",
            "Leave screens and work out of bed.",
            "Go to bed when you are sleepy, and turn off the light.",
            "Get up at the same time tomorrow, however the night was.",
        ),
        timing="The two hours before bed.",
        caution="Alcohol may bring sleep, but it tends to make the night worse.",
        source="jesmond_sleep",
    ),
    Skill(
        slug="awake-at-night",
        name="Awake at night",
        group="night",
        minutes_text="20 to 30 min",
        summary="When sleep does not come, get up instead of fighting for it.",
        steps=(
            "Awake for 20 to 30 minutes, by feel? No need to look at the clock.",
            "Get up and go to another room.",
            "Do something quiet in soft light: read, or listen to music.",
            "Go back to bed when you feel sleepy.",
            "Still awake after another 20 to 30 minutes? Do the same again.",
        ),
        timing="After 20 to 30 minutes awake, as often as you need.",
        caution="Unsteady at night? Put on a light first, and sit down nearby.",
        source="jesmond_sleep",
    ),
)

SKILLS: dict[str, Skill] = {skill.slug: skill for skill in _ALL}


def by_group() -> tuple[tuple[str, tuple[Skill, ...]], ...]:
    """(heading, skills) in the order of the page."""
    return tuple(
        (heading, tuple(skill for skill in SKILLS.values() if skill.group == group))
        for group, heading in GROUPS.items()
    )
