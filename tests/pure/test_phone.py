"""A phone number as it is kept, and what a link dials of it."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from journal.reading import number_to_dial, phone_from

# typed, kept, dialled
TAKEN = [
    ("020 7946 0958", "020 7946 0958", "02079460958"),
    (" 07700  900123 ", "07700 900123", "07700900123"),
    ("+44 7700 900123", "+44 7700 900123", "+447700900123"),
    ("+44 (0)20 7946 0958", "+44 (0)20 7946 0958", "+442079460958"),
    ("+44 ( 0 ) 20 7946 0958", "+44 ( 0 ) 20 7946 0958", "+442079460958"),
    ("(020) 7946-0958", "(020) 7946-0958", "02079460958"),
    ("020.7946.0958", "020.7946.0958", "02079460958"),
    ("020 7946 0958 ext 12", "020 7946 0958 ext 12", "02079460958"),
    ("020 7946 0958 Ext. 12", "020 7946 0958 Ext. 12", "02079460958"),
    ("020 7946 0958x12", "020 7946 0958x12", "02079460958"),
    ("020 7946 0958 extension 12", "020 7946 0958 extension 12", "02079460958"),
    ("111", "111", "111"),
    ("1" * 20, "1" * 20, "1" * 20),
    ("٠٢٠ ٧٩٤٦ ٠٩٥٨", "020 7946 0958", "02079460958"),
    ("०७७०० ९००१२३", "07700 900123", "07700900123"),
    ("+４４ ７７００ ９００１２３", "+44 7700 900123", "+447700900123"),
    ("\u202a+44 7700 900123\u202c", "+44 7700 900123", "+447700900123"),
    ("020\u00a07946\u20110958", "020 7946-0958", "02079460958"),
    ("07700\x00900123", "07700900123", "07700900123"),
]
REFUSED = [
    ("<script>alert(1)</script>", "is not a phone number"),
    ("javascript:alert(1)", "is not a phone number"),
    ("tel:07700900123", "is not a phone number"),
    ("call Sam", "is not a phone number"),
    ("07700 900123; 07700 900124", "is not a phone number"),
    ("07700,900123", "is not a phone number"),
    ("07700 +900123", "is not a phone number"),
    ("++44 7700 900123", "is not a phone number"),
    ("07700/900123", "is not a phone number"),
    ("*4141#", "is not a phone number"),
    ("☎ 07700 900123", "is not a phone number"),
    ("x12", "is not a phone number"),
    ("五五五", "is not a phone number"),
    ("½½½½", "is not a phone number"),
    ("12", "has 2 digits"),
    ("1 ext 2345", "has 1 digit."),
    ("( ) -", "has 0 digits"),
    ("1" * 21, "has 21 digits"),
    ("9" * 100_000, "has 100000 digits"),
    ("1 - - - - - - - - - - - - - - - - - - - - 23", "This has 44 characters. 40 fit."),
]


@pytest.mark.parametrize(("typed", "kept", "dialled"), TAKEN)
def test_it_works(typed, kept, dialled):
    assert phone_from(typed) == kept
    assert number_to_dial(kept) == dialled


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=[repr(typed[:30]) for typed, _ in REFUSED])
def test_anything_else_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValidationError) as caught:
        phone_from(typed)
    assert sentence in caught.value.message
    assert len(caught.value.message) < 250


@pytest.mark.parametrize("kept", ["", "<script>", "javascript:alert(1)", "mobile", "x12", "\u0661\u0662\u0663"])
def test_what_is_no_number_is_not_dialled(kept):
    assert number_to_dial(kept) == ""


@given(st.text(max_size=60) | st.text("+-(). 0123456789extX\u0660\u0967<\"'>", max_size=40))
def test_a_link_has_digits_and_a_plus_only(text):
    try:
        phone = phone_from(text)
    except ValidationError:
        phone = text
    else:
        assert len(phone) <= 40
        assert phone_from(phone) == phone
        # A country's 0 in brackets is all that is left out: "+(0)12" is dialled as +12.
        assert re.fullmatch(r"\+?[0-9]{2,20}", number_to_dial(phone))
    assert re.fullmatch(r"(\+?[0-9]*)?", number_to_dial(phone), re.ASCII)
