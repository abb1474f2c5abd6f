"""Guided practices: their timing is the skill's, adds up, and does not drift."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.catalogue import guides
from journal.catalogue.guides import GUIDES, Breath, Phase, Sequence, Steps, Timing, breath, in_words, rounds_in
from journal.catalogue.skills import SKILLS
from tests.browser.pacing import boundaries

BREATHS = {slug: guide for slug, guide in GUIDES.items() if isinstance(guide, Breath)}
LENGTH = st.integers(5, 200).map(lambda tenths: tenths * 100)
HOLD = st.one_of(st.just(0), LENGTH)


def test_every_guide_is_for_a_skill():
    assert set(GUIDES) <= set(SKILLS)
    assert len(BREATHS) == 5


@pytest.mark.parametrize(
    ("slug", "sides", "rounds", "seconds"),
    [
        ("breathing-4-7-8", (4, 7, 8, 0), 4, 76),
        ("box-breathing", (4, 4, 4, 4), 15, 240),
        ("long-exhale", (3, 3, 5, 0), 6, 66),
        ("breathing-5-5", (5, 0, 5, 0), 18, 180),
        ("coherent-breathing", (5.5, 0, 5.5, 0), 27, 297),
    ],
)
def test_the_timing_is_that_of_the_skill(slug, sides, rounds, seconds):
    timing = GUIDES[slug].timing
    assert tuple(phase.ms / 1000 for phase in timing.phases) == sides
    assert (timing.rounds, timing.total_ms) == (rounds, seconds * 1000)


def test_muscle_relaxation_has_the_sequence_of_its_skill():
    guide = GUIDES["muscle-relaxation"]
    assert isinstance(guide, Sequence)
    steps = " ".join(SKILLS[guide.slug].steps).lower()
    places = [steps.index(part.name.lower()) for part in guide.parts]
    assert len(guide.parts) == 16 and places == sorted(places)
    assert guide.timing(16).total_ms == 320_000
    assert len({part.slug for part in guide.parts}) == 16


def test_grounding_counts_down():
    guide = GUIDES["grounding-5-4-3-2-1"]
    assert isinstance(guide, Steps)
    assert [step.mark for step in guide.steps] == list("54321")


@pytest.mark.parametrize("guide", BREATHS.values(), ids=list(BREATHS))
def test_whoever_may_hold_may_leave_it_out(guide):
    care = guides.care_of(guide)
    assert care.startswith("Dizzy? Stop, and breathe as you like.")
    assert ("The hold can be left out." in care) is guide.timing.holds
    without = guide.timing.without_holds()
    assert not without.holds and without.rounds == guide.timing.rounds
    assert without.seconds_of("in") == guide.timing.seconds_of("in")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(LENGTH, HOLD, LENGTH, HOLD, st.integers(1, 20))
def test_no_drift(into, hold, out, rest, minutes):
    """Each phase begins exactly where it is due by multiplication, however many have gone before."""
    timing = breath(into, hold, out, rest, rounds_in(minutes, into + hold + out + rest))
    due = {0: "in", into: "hold" if hold else "out", into + hold: "out", into + hold + out: "rest" if rest else None}
    for at, number, kind in boundaries(timing):
        assert kind == due[at - (number - 1) * timing.round_ms]
    per_round = sum(1 for phase in timing.phases if phase.ms)
    assert len(boundaries(timing)) == per_round * timing.rounds


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.integers(1, 20), st.integers(10, 800).map(lambda tenths: tenths * 100))
def test_rounds_come_as_near_to_the_minutes_as_whole_ones_can(minutes, round_ms):
    rounds = rounds_in(minutes, round_ms)
    assert rounds >= 1
    if rounds > 1:
        assert abs(rounds * round_ms - minutes * 60_000) <= round_ms / 2


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (GUIDES["breathing-4-7-8"].timing, "In 4, hold 7, out 8: 19 s a round. 4 rounds, 1 min 16 s."),
        (Timing((Phase("in", 500), Phase("out", 5500)), 1), "In 0.5, out 5.5: 6 s a round. 1 round, 6 s."),
        (breath(5000, 0, 5000, 0, 30), "In 5, out 5: 10 s a round. 30 rounds, 5 min."),
    ],
)
def test_a_timing_in_words(timing, words):
    assert in_words(timing).replace("\u00a0", " ") == words
