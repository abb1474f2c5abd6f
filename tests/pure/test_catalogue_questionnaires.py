"""The PHQ-9 and the GAD-7: totals, bands at every edge, every pattern of missing answers, the codes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.obstacles import AREAS
from journal.catalogue.questionnaires import (
    ANSWERS,
    DIFFICULTIES,
    DIFFICULTY,
    LICENCE,
    QUESTIONNAIRES,
    SAFETY_ITEM,
)

PHQ, GAD = QUESTIONNAIRES["phq-9"], QUESTIONNAIRES["gad-7"]
BOTH = pytest.mark.parametrize("one", [PHQ, GAD], ids=["PHQ-9", "GAD-7"])

BANDS = [
    (PHQ, 0, "minimal"), (PHQ, 4, "minimal"), (PHQ, 5, "mild"), (PHQ, 9, "mild"), (PHQ, 10, "moderate"),
    (PHQ, 14, "moderate"), (PHQ, 15, "moderately severe"), (PHQ, 19, "moderately severe"), (PHQ, 20, "severe"),
    (PHQ, 27, "severe"), (GAD, 0, "minimal"), (GAD, 4, "minimal"), (GAD, 5, "mild"), (GAD, 9, "mild"),
    (GAD, 10, "moderate"), (GAD, 14, "moderate"), (GAD, 15, "severe"), (GAD, 21, "severe"),
]  # fmt: skip


def with_total(one, total: int) -> list[int]:
    """Answers whose sum is ``total``."""
    answers = []
    for _ in one.items:
        answers.append(min(3, total - sum(answers)))
    assert sum(answers) == total
    return answers


@pytest.mark.parametrize(("one", "total", "name"), BANDS, ids=lambda value: getattr(value, "name", value))
def test_the_edges_of_every_band(one, total, name):
    answers = with_total(one, total)
    assert one.total(answers) == total
    assert one.band(one.total(answers)).name == name


@BOTH
def test_every_total_is_in_exactly_one_band(one):
    for total in range(one.highest + 1):
        assert [band for band in one.bands if band.low <= total <= band.high] == [one.band(total)]
    for total in (-1, one.highest + 1, None):
        assert one.band(total) is None


@BOTH
def test_there_is_no_total_unless_all_are_answered(one):
    """All 2^9 and 2^7 patterns of what is missing."""
    patterns = list(itertools.product([True, False], repeat=len(one.items)))
    assert len(patterns) == 2 ** len(one.items)
    for there in patterns:
        answers = [2 if is_there else None for is_there in there]
        assert one.answered(answers) == sum(there)
        assert one.total(answers) == (2 * len(one.items) if all(there) else None)


@BOTH
@given(data=st.data())
def test_a_total_is_the_sum_and_a_blank_never_counts_as_nought(one, data):
    answers = data.draw(st.lists(st.sampled_from([0, 1, 2, 3, None]), min_size=len(one.items), max_size=len(one.items)))
    total = one.total(answers)
    assert total is None if None in answers else total == sum(answers)
    assert (one.band(total) is None) == (total is None)


@BOTH
@pytest.mark.parametrize("junk", [4, -1, "2", 1.0, True, [], "", float("nan")])
def test_what_is_no_answer_counts_as_blank(one, junk):
    answers = [1] * len(one.items)
    answers[-1] = junk
    assert (one.answered(answers), one.total(answers)) == (len(one.items) - 1, None)


@BOTH
def test_too_few_or_too_many_answers_have_no_total(one):
    assert one.total([0] * (len(one.items) - 1)) is None
    assert one.total([0] * (len(one.items) + 1)) is None
    assert one.total([]) is None


def test_the_scales():
    assert (len(PHQ.items), PHQ.highest) == (9, 27)
    assert (len(GAD.items), GAD.highest) == (7, 21)


def test_the_codes_are_those_of_the_totals_and_of_the_items():
    assert (PHQ.total_loinc, GAD.total_loinc) == ("44261-6", "70274-6")
    assert [item.loinc for item in PHQ.items] == [
        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
    ]  # fmt: skip
    assert [item.loinc for item in GAD.items] == [
        "69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7",
    ]  # fmt: skip
    codes = [one.total_loinc for one in (PHQ, GAD)] + [item.loinc for one in (PHQ, GAD) for item in one.items]
    assert len(set(codes)) == len(codes)
    # those of the panels, that of the question about difficulty, and those of the answers are not shipped
    assert not {"44249-1", "69737-5", "69722-7"} & set(codes)


def check_digit(code: str) -> int:
    """The last figure of a LOINC code, worked out from the others (mod 10)."""
    digits = [int(figure) for figure in code.split("-")[0]]
    doubled = [sum(divmod(2 * figure, 10)) for figure in digits[::-1][::2]]
    return -(sum(doubled) + sum(digits[::-1][1::2])) % 10


@BOTH
def test_no_figure_of_a_code_is_mistyped(one):
    for code in (one.total_loinc, *(item.loinc for item in one.items)):
        assert check_digit(code) == int(code[-1]), code


def test_as_published():
    """What the forms say; a change here is a change of a published instrument."""
    assert ANSWERS == ("Not at all", "Several days", "More than half the days", "Nearly every day")
    assert DIFFICULTIES == ("Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult")
    assert DIFFICULTY == (
        "If you checked off any problems, how difficult have these problems made it for you to do your work, take care "
        "of things at home, or get along with other people?"
    )
    assert PHQ.instruction == (
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    assert GAD.instruction == "Over the last 2 weeks, how often have you been bothered by the following problems?"
    assert [item.text for item in PHQ.items] == [
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or "
        "restless that you have been moving around a lot more than usual",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
    ]
    assert [item.text for item in GAD.items] == [
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
        "Worrying too much about different things",
        "Trouble relaxing",
        "Being so restless that it is hard to sit still",
        "Becoming easily annoyed or irritable",
        "Feeling afraid as if something awful might happen",
    ]
    assert "No permission required to reproduce, translate, display or distribute." in LICENCE


def test_the_safety_item_is_the_ninth_of_the_phq_9():
    slug, number = SAFETY_ITEM
    assert QUESTIONNAIRES[slug].items[number - 1].loinc == "44260-8"


def test_the_areas_of_the_monthly_look():
    assert list(AREAS) == [
        "homework", "substances", "stress", "sleep", "health", "expectations", "support", "fit",
    ]  # fmt: skip
    for area in AREAS.values():
        assert area.question.endswith("?") and len(area.question) <= 200
