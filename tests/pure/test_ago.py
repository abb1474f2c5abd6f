"""How long ago, and how long until, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.ago import ago_words, ahead_words, span_words


@pytest.mark.parametrize(
    ("days", "ago", "ahead"),
    [
        (0, "today", "today"),
        (1, "yesterday", "tomorrow"),
        (2, "2 days ago", "in 2 days"),
        (13, "13 days ago", "in 13 days"),
        (14, "2 weeks ago", "in 2 weeks"),
        (20, "2 weeks ago", "in 2 weeks"),
        (35, "5 weeks ago", "in 5 weeks"),
        (364, "52 weeks ago", "in 52 weeks"),
        (365, "1 year ago", "in 1 year"),
        (729, "1 year ago", "in 1 year"),
        (730, "2 years ago", "in 2 years"),
    ],
)
def test_it_works(days, ago, ahead):
    assert (ago_words(days).replace("\u00a0", " "), ahead_words(days).replace("\u00a0", " ")) == (ago, ahead)


@given(st.integers(2, 50_000))
def test_it_never_says_more_than_there_were(days):
    number, unit = span_words(days).split("\u00a0")
    size = {"day": 1, "week": 7, "year": 365}[unit.rstrip("s")]
    assert 0 <= days - int(number) * size < size
    assert unit.endswith("s") == (number != "1")
