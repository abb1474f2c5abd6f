"""The pages of Learn as words: sourced, in plain language, both sides or neither, nothing from memory."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis import waves
from journal.catalogue.learn import LEARN, WORDS_A_MINUTE, Page, Part, Row, Said, Section
from journal.catalogue.red_flags import RED_FLAGS
from journal.catalogue.sources import SOURCES

PAGES = [pytest.param(page, id=page.slug) for page in LEARN.values()]

# Known from memory alone, or shown by nobody who was read: none of it may stand on a page.
FROM_MEMORY = (
    r"\b(87\.8|85\.9|80\.5|0\.37) ?(%|mg)",  # a table of citalopram that could not be read
    r"\b(9\.1|5\.4|3\.4|2\.7|5\.8) mg",  # ED50s of 2004
    r"half-li(fe|ves)",
    r"steady state",
    r"noradrenal|norepineph",  # what the curves of SNRIs leave out
    r"\b(DESS|WHO-5|Hunter|clonus|KNMP)\b",
    r"\b(26 months|0\.46 %|46 % .*(blunt|numb))",
    r"\b(1393|14416|1767)\b",
    r"addict",
)
TELLS = r"\b(you (must|need to|have to (stop|lower|raise|take))|lower your dose|raise your dose|stop taking it)\b"


def statements(page: Page) -> list[Said | Row]:
    found: list[Said | Row] = []
    for part in page.parts:
        rows = part.table.rows if part.table else ()
        # The points of a list share its sources.
        points = [Said(point.text, point.sources or part.sources) for point in part.points]
        found += [one for one in (part.said, *points, *rows) if one]
    return found


def words_of(one: Said | Row) -> str:
    return one.text if isinstance(one, Said) else f"{one.left} {one.right}"


def test_it_works():
    assert list(LEARN) == [
        "withdrawal-or-relapse", "windows-and-waves", "last-milligrams", "side-effects-worth-telling",
        "feelings-about-coming-off", "working-with-a-therapist", "peer-support", "when-to-seek-help",
    ]  # fmt: skip


@pytest.mark.parametrize("read", PAGES)
def test_nothing_is_empty(read):
    assert read.title and read.summary.endswith(".")
    assert len(read.sections) >= 3 and read.links
    for section in read.sections:
        assert section.heading and section.parts
        for part in section.parts:
            kinds = [bool(part.said), bool(part.points), bool(part.table), bool(part.drawn)]
            assert sum(kinds) == 1, section.heading
    assert all(text.strip() for text in read.texts)


@pytest.mark.parametrize("read", PAGES)
def test_every_source_exists_and_no_page_is_without(read):
    assert read.sources
    assert set(read.sources) <= set(SOURCES)
    assert "own" not in read.sources


@pytest.mark.parametrize("read", PAGES)
def test_a_figure_of_a_study_names_its_source(read):
    """A number of people, trials or months, and every percentage."""
    figure = re.compile(
        r"\d %|\d+ (people|studies|trials|months|weeks|groups|members)|\d{2},\d{3}|Scans|NICE|trial", re.I
    )
    for one in statements(read):
        if figure.search(words_of(one)) and "Under Trends" not in words_of(one):
            assert one.sources or "not on trials" in words_of(one), words_of(one)


@pytest.mark.parametrize("pattern", FROM_MEMORY)
def test_nothing_from_memory_is_shown(pattern):
    for page in LEARN.values():
        assert not re.search(pattern, "\n".join(page.texts), re.IGNORECASE), page.slug


@pytest.mark.parametrize("read", PAGES)
def test_no_page_tells_what_to_do_with_a_dose(read):
    own = "\n".join(text for text in read.texts if text not in {flag.what_to_do for flag in RED_FLAGS.values()})
    assert not re.search(TELLS, own, re.IGNORECASE)
    assert not re.search(r"\b(you are in|this is|you have) (withdrawal|relapse|a relapse)\b", own, re.IGNORECASE)


def test_the_two_reviews_stand_side_by_side_or_not_at_all():
    """In every row both, in one table, with what critics say of each. Of how long, NICE is the other side."""
    both = {"davies_read_2019", "henssler_2024"}
    for page in LEARN.values():
        for one in statements(page):
            named = both & set(one.sources)
            of_how_long = set(one.sources) == {"davies_read_2019", "nice_ng222"}
            assert named in (set(), both) or of_how_long, words_of(one)
            for figure in ("56 %", "46 %", "31 %", "17 %", "2.8 %"):
                assert figure not in words_of(one) or named == both, words_of(one)
    [table] = [
        part.table for part in LEARN["withdrawal-or-relapse"].parts if part.table and "reviews" in part.table.caption
    ]
    assert (table.left, table.right) == ("Davies and Read, 2019", "Henssler and others, 2024")
    [critics] = [row for row in table.rows if "critics" in row.about]
    assert critics.left and critics.right and len(critics.sources) == 2


def test_how_long_it_lasts_is_said_by_both_sides_or_not_at_all():
    """That it goes within 1 to 2 weeks never stands without those who found otherwise beside it."""
    said = [(page, one) for page in LEARN.values() for one in statements(page) if "1 to 2 weeks" in words_of(one)]
    assert [page.slug for page, _ in said] == ["withdrawal-or-relapse"]
    [(_, row)] = said
    assert "1 to 2 weeks" in row.left and "7 of 10 studies" in row.right
    assert row.sources == ("nice_ng222", "davies_read_2019")
    for page in LEARN.values():
        for one in statements(page):
            assert not re.search(r"(gone|goes|better) (in|within) (1 to 2 weeks|a few days)", words_of(one)), words_of(
                one
            )


def test_withdrawal_and_relapse_stand_side_by_side_without_a_verdict():
    page = LEARN["withdrawal-or-relapse"]
    [table] = [part.table for part in page.parts if part.table and part.table.left == "Withdrawal"]
    assert table.right == "Relapse" and len(table.rows) == 4
    assert "None of these is proof." in "\n".join(page.texts)


def test_the_rule_of_waves_is_the_one_of_trends():
    """The page gives it in short: the number of days is the rule's."""
    [short] = [text for text in LEARN["windows-and-waves"].texts if text.startswith("Under Trends")]
    assert re.findall(r"\d+ days", short) == [f"{waves.LEAST_DAYS} days"] * 2


def test_the_signs_are_those_of_help_now():
    page = LEARN["when-to-seek-help"]
    assert {"red-flags", "help-now"} <= page.drawn
    for flag in RED_FLAGS.values():
        assert flag.text in page.texts
        assert set(flag.sources) - {"own"} <= set(page.sources)


# -- how long it takes to read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", PAGES)
def test_the_pages_are_short(read):
    assert read.minutes <= 4


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (200, 1), (201, 2), (400, 2), (401, 3)])
def test_the_reading_time_is_rounded_up(words, minutes):
    assert page_with("a " * (words - 1) + "a").minutes == minutes


@given(st.integers(1, 3000))
def test_a_reader_at_that_pace_is_never_late(words):
    page = page_with(" ".join(["word"] * words))
    assert page.minutes * WORDS_A_MINUTE >= words > (page.minutes - 1) * WORDS_A_MINUTE


def page_with(text: str) -> Page:
    """A page that holds nothing but this."""
    return Page("x", "X", "", (Section("", (Part(said=Said(text)),)),), ())


# -- how hard it is to read ---------------------------------------------------------------------------------------
#
# The Flesch-Kincaid grade: 0.39 * words a sentence + 11.8 * syllables a word - 15.59. A grade of 7 is what people of 12
# read at school. Paragraphs, points and cells are measured; headings are not, for they would only make it look easier.
# Syllables are counted by rule: groups of vowels, less a silent "e" at the end and in "-ed" and "-es"; a rule errs on
# single words and levels out over a page. The grade knows how long words and sentences are, and not whether they make
# sense: that takes readers. The table of signs is shown on Help now and is not measured here.


def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    if (
        re.search(r"[^aeiouyl]e$", word)
        or re.search(r"[^aeioudt]ed$", word)
        or re.search(r"[aeiou][^aeiouscxz]es$", word)
    ):
        groups -= 1
    return max(1, groups)


def grade(texts) -> float:
    sentences = [
        one for text in texts for one in re.split(r"(?<=[.?:])\s+", text.strip()) if re.search(r"[a-z]", one, re.I)
    ]
    words = [word for one in sentences for word in re.findall(r"[A-Za-z’'-]+", one)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "count"),
    [("dose", 1), ("medication", 4), ("prescriber", 3), ("withdrawal", 3), ("table", 2), ("changed", 1), ("lasted", 2),
     ("waves", 1), ("illness", 2), ("serotonin", 4), ("feels", 1), ("doses", 2), ("the", 1)],
)  # fmt: skip
def test_syllables_are_counted_well_enough(word, count):
    assert syllables(word) == count


def test_the_grade_tells_easy_from_hard():
    easy = ["The cat sat on the mat. It was a warm day."]
    hard = ["Discontinuation symptomatology necessitates individualised pharmacological consideration of occupancy."]
    assert grade(easy) < 2 < 12 < grade(hard)


def test_the_grade_is_about_what_others_give():
    """The beginning of the Gettysburg Address, which is commonly given as grade 9 to 11."""
    address = (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in "
        "Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil "
        "war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on "
        "a great battle-field of that war. We have come to dedicate a portion of that field, as a final resting place "
        "for those who here gave their lives that that nation might live."
    )
    assert 8.5 < grade([address]) < 11.5


@pytest.mark.parametrize("read", PAGES)
def test_a_person_of_twelve_can_read_it(read):
    texts = [
        text for one in statements(read) for text in ([one.text] if isinstance(one, Said) else [one.left, one.right])
    ]
    found = grade(texts)
    assert found <= 6, f"{read.slug}: grade {found:.1f}"
    sentences = [one for text in texts for one in re.split(r"(?<=[.?])\s+", text)]
    longest = max(sentences, key=lambda one: len(one.split()))
    assert len(longest.split()) <= 28, longest
