"""Emergency numbers and crisis lines: only what is sourced, and never an invented number."""

import re

import pytest

from journal.catalogue.crisis import ANYWHERE_ELSE, COUNTRIES, FIND_A_HELPLINE, NOT_CHOSEN, choices, for_country

EUROPEAN_UNION = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
WITH_LINES = {"GB", "NL", "US"}  # the three with two independent sources


@pytest.mark.parametrize("code", EUROPEAN_UNION)
def test_the_european_union_dials_112(code):
    assert for_country(code).emergency == "112"


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("GB", "999"), ("US", "911"), ("CA", "911"), ("AU", "000"), ("NZ", "111"), ("NO", "112"), ("IS", "112"),
        ("CH", "112"), ("BR", "192"), ("MX", "911"), ("AR", "107"), ("CL", "131"), ("ZA", "112"), ("SG", "995"),
        ("JP", "119"), ("KR", "119"), ("IN", "112"),
    ],
)  # fmt: skip
def test_emergency_numbers(code, number):
    country = for_country(code)
    assert country.emergency == country.emergency_text == number
    assert country.emergency_href == f"tel:{number}"


def test_the_united_kingdom_also_has_112():
    assert "112" in for_country("GB").emergency_detail


def test_lines_only_where_two_sources_have_them():
    assert {code for code, country in COUNTRIES.items() if country.lines} == WITH_LINES


@pytest.mark.parametrize(
    ("code", "hrefs"),
    [
        ("US", ["tel:988", "sms:988", "sms:741741"]),
        ("GB", ["tel:116123", "sms:85258", "tel:111"]),
        ("NL", ["tel:113", "tel:08000113"]),
        ("DE", []),
    ],
)
def test_lines_can_be_dialled(code, hrefs):
    country = for_country(code)
    assert [line.href for line in country.lines] == hrefs
    assert country.all_lines[-1] is FIND_A_HELPLINE
    assert FIND_A_HELPLINE.href == "https://findahelpline.com"


def test_each_line_says_where_and_when_it_was_published():
    for country in COUNTRIES.values():
        for line in country.all_lines:
            assert line.how in {"call", "text", "web"}
            assert line.published_by
            assert re.search(r"20\d\d", line.published_on), line


@pytest.mark.parametrize("code", ["gb", " GB ", "UK", "uk"])
def test_codes_are_read_kindly(code):
    assert for_country(code).name == "United Kingdom"


@pytest.mark.parametrize("code", [None, "", "  ", "XX", "ZZ", "ZZZ", "<script>", "\0"])
def test_an_unknown_country_gets_words_and_no_number(code):
    country = for_country(code)
    assert country is (ANYWHERE_ELSE if (code or "").strip() else NOT_CHOSEN)
    assert country.emergency_text == "your local emergency number"
    assert country.emergency_href == ""
    assert country.all_lines == (FIND_A_HELPLINE,)
    assert not any(character.isdigit() for character in country.emergency_text + country.emergency_detail)


def test_countries_are_in_order_of_name():
    names = [country.name for country in COUNTRIES.values()]
    assert names == sorted(names)
    assert choices()[:2] == [("", "No country chosen yet"), ("AR", "Argentina")]
    assert choices()[-1] == ("ZZ", "Another country")
    assert ANYWHERE_ELSE.code not in COUNTRIES
    assert all(re.fullmatch("[A-Z]{2}", code) and country.code == code for code, country in COUNTRIES.items())
