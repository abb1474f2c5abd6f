"""How numbers and days are written in templates, and the rating row."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from journal.forms.fields import MgField
from journal.icons import ICONS

NBSP = "\u00a0"


def render(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("mg", Decimal("37.500"), f"37.5{NBSP}mg"),
        ("mg", None, "–"),
        ("mg_number", Decimal("0.0370"), "0.037"),
        ("rating", Decimal("4"), "4.0"),
        ("score", Decimal("4.0"), "4"),
        ("score", Decimal("2.3"), "2.3"),
        ("score", 0, "0"),
        ("score", None, "–"),
        ("percent", Decimal("70.1"), f"70{NBSP}%"),
        ("signed_percent", Decimal("-30"), f"−30.0{NBSP}%"),
        ("signed_percent", Decimal("25"), f"+25.0{NBSP}%"),
        ("hours", Decimal("5.5"), f"5{NBSP}h{NBSP}30"),
        ("hours", Decimal("8"), f"8{NBSP}h"),
        ("severity_word", Decimal("6.4"), "moderate"),
        ("severity_word", None, "not rated"),
        ("band", Decimal("6.5"), "3"),
        ("band", None, ""),
        ("day", dt.date(2026, 11, 3), f"3{NBSP}November"),
        ("day_short", dt.date(2026, 11, 13), f"13{NBSP}Nov"),
        ("day_year", dt.date(2026, 11, 13), f"13{NBSP}November{NBSP}2026"),
        ("day_name", dt.date(2026, 11, 22), f"Sunday 22{NBSP}November"),
        ("day_long", dt.date(2026, 11, 22), f"Sunday 22{NBSP}November{NBSP}2026"),
        ("day", None, ""),
    ],
)
def test_it_is_written_as_people_read_it(text, value, written):
    assert render("{{ value|" + text + " }}", value=value) == written


def test_every_icon_can_be_drawn_and_is_hidden_from_a_screen_reader():
    for name in ICONS:
        html = render("{% icon name %}", name=name)
        assert html.startswith('<svg class="icon"')
        assert 'aria-hidden="true"' in html


def radios(html):
    return re.findall(r'<input type="radio"[^>]*?value="([^"]*)"([^>]*)>', html)


def row(**context):
    context = {"better": "down", "previous": None, "error": "", "carried": False, "value": None, **context}
    return render(
        "{% rating_row name='mood' label=label|default:'Mood' value=value better=better previous=previous error=error"
        " carried=carried %}",
        **context,
    )


def test_a_rating_is_one_group_of_twelve_in_order():
    assert [value for value, _ in radios(row())] == ["", *(str(n) for n in range(11))]


@pytest.mark.parametrize(
    ("value", "checked"),
    [(None, ""), ("", ""), (0, "0"), (Decimal("5.0"), "5"), ("10", "10"), (Decimal("2.3"), "2.3")],
)
def test_exactly_one_is_chosen_and_a_zero_is_not_a_blank(value, checked):
    assert [value for value, rest in radios(row(value=value)) if "checked" in rest] == [checked]


def test_a_finer_value_has_a_radio_of_its_own_so_that_saving_changes_nothing():
    values = [value for value, _ in radios(row(value=Decimal("2.3")))]
    assert values == ["", *(str(n) for n in range(11)), "2.3"]


@pytest.mark.parametrize("value", ["11", "-1", "5,5", "nonsense", "NaN", "Infinity", "1e9", "<script>"])
def test_what_cannot_be_a_rating_chooses_blank_and_breaks_nothing(value):
    assert [value for value, rest in radios(row(value=value)) if "checked" in rest] == [""]


def test_yesterday_is_shown_even_when_it_was_zero():
    assert "yesterday 0" in row(previous=Decimal("0"))
    assert "yesterday" not in row()


def test_a_slip_is_tied_to_the_group():
    html = row(error="“5,5” is not a whole number from 0 to 10.")
    assert 'aria-describedby="id_mood_state id_mood_error"' in html
    assert 'id="id_mood_error"' in html


def test_a_name_is_only_text():
    assert "<script>" not in row(label="<script>alert(1)</script>")


class DoseForm(forms.Form):
    mg = MgField(label="Dose a day")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def test_the_note_above_a_form_counts_and_leads_to_each_field():
    html = render("{% error_summary form %}", form=DoseForm({"mg": "37.5 tablet"}))
    assert "2 things need" in html
    assert 'href="#id_mg"' in html
    assert 'href="#id_kind_0"' in html
    assert "“37.5 tablet”" in html and "This field is required." in html
    html = render("{% error_summary form %}", form=DoseForm({"mg": "x", "kind": "a"}))
    assert "One thing needs" in html


def test_there_is_no_note_above_a_form_without_a_slip():
    assert render("{% error_summary form none %}", form=DoseForm(), none=None).strip() == ""
    assert render("{% error_summary form %}", form=DoseForm({"mg": "1", "kind": "a"})).strip() == ""


def test_a_wrong_field_keeps_what_was_typed_and_is_tied_to_its_sentence():
    html = render("{% load crispy_forms_tags %}{{ form|crispy }}", form=DoseForm({"mg": "37.5 tablet"}))
    assert 'value="37.5 tablet"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_mg_error"' in html
    assert 'id="id_mg_error"' in html


def test_a_set_of_forms_is_counted_as_one():
    many = forms.formset_factory(DoseForm, extra=1)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"})
    assert "2 things need" in render("{% error_summary many %}", many=many)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_the_line_of_the_first_run_stands_where_the_person_is(step):
    html = render("{% steps_line step 4 %}", step=step)
    assert html.count("<path") == 2
    assert f'cx="{(step - 1) * 19 + 9}"' in html
