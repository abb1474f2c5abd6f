"""The five bands of a rating."""

from decimal import Decimal

import pytest

from journal.catalogue.scales import BANDS, BEST, SEVERITY, band_of, words_for


def test_every_whole_number_has_one_band():
    assert [band_of(n).index for n in range(11)] == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    assert sorted(value for band in BANDS for value in band.values) == list(range(11))


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("0.4", "None"),
        ("0.5", "Mild"),
        ("3.4", "Mild"),
        ("3.5", "Moderate"),
        ("6.4", "Moderate"),
        ("6.5", "Severe"),
        ("9.4", "Severe"),
        ("9.5", "Unbearable"),
        ("10", "Unbearable"),
    ],
)
def test_a_finer_value_belongs_to_the_band_below_its_edge(value, word):
    assert SEVERITY[band_of(Decimal(value)).index] == word


def test_a_band_of_nothing_is_nothing():
    assert band_of(None) is None


def test_a_target_stands_for_a_value_of_its_own_band():
    assert [band.pick for band in BANDS] == [0, 2, 5, 8, 10]
    assert all(band.pick in band.values for band in BANDS)


def test_every_scale_has_five_words():
    assert {len(words) for words in [SEVERITY, *BEST.values()]} == {5}
    assert words_for("sleep_quality", "up")[1] == "Poorly"
    assert words_for("something of my own", "up") == BEST["mood"]
    assert words_for("mood") == SEVERITY
