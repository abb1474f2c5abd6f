"""What templates need: how numbers and days are written, icons, the menu, the rating row.

A builtin of the template engine, so no template loads it. The rules for numbers live in ``journal.analysis.numbers``.
"""

from decimal import Decimal
from fractions import Fraction
from html import escape

from django import template
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from journal.analysis import numbers
from journal.catalogue import situations
from journal.catalogue.scales import NOT_RATED, band_of, words_for
from journal.catalogue.written import said_words
from journal.device import account_of
from journal.icons import ICONS
from journal.navigation import GROUPS, TABS, section_of, tab_of
from journal.reading import number_to_dial, plain_number
from journal.taper import words
from journal.taper.taken import amount_words, taken_as

register = template.Library()

NBSP = "\u00a0"

# -- numbers ---------------------------------------------------------------------------------------------------


@register.filter
def mg(value) -> str:
    """A dose with its unit: 37.5 mg. Nothing recorded is an en dash."""
    return _with_unit(numbers.mg_text(value), "mg")


@register.filter
def mg_number(value) -> str:
    """A dose without its unit, for a column headed mg."""
    return numbers.mg_text(value)


@register.filter
def rating(value) -> str:
    """A rating or a mean of ratings, with one decimal: 4.0."""
    return numbers.rating_text(value)


@register.filter
def score(value) -> str:
    """A rating as it was given: 4, or 2.3 from an import; the mean of check-ins with one decimal: 4.3."""
    if isinstance(value, Fraction):
        return numbers.rating_text(value)
    return numbers.NOTHING if value is None else plain_number(Decimal(str(value)))


@register.filter
def whole(value: int) -> str:
    """How many: 1,800."""
    return f"{value:,}"


@register.filter
def percent(value) -> str:
    """A share: 70 %."""
    return _with_unit(numbers.percent_text(value), "%")


@register.filter
def signed_percent(value) -> str:
    """A change: −30.0 %, with a true minus."""
    return _with_unit(numbers.signed_percent_text(value), "%")


@register.filter
def percent_number(value) -> str:
    """A share without the sign for per cent, for a column headed %."""
    return numbers.percent_text(value)


@register.filter
def signed_percent_number(value) -> str:
    """A change without the sign for per cent, for a column headed %."""
    return numbers.signed_percent_text(value)


@register.filter
def hours(value) -> str:
    """Hours of sleep as people say them: 5 h 30."""
    return numbers.hours_text(None if value is None else Decimal(str(value))).replace(" ", NBSP)


@register.filter
def severity_word(value) -> str:
    """The band's word, small, for a sentence: moderate."""
    return NOT_RATED.lower() if value is None else words_for("")[band_of(value).index].lower()


@register.filter
def situation(slug) -> str:
    """What a practice was about: Anxiety or panic."""
    return situations.name_of(slug)


@register.filter
def band(value) -> int | str:
    """0 to 4, for class names such as sev-2; empty for none."""
    return "" if value is None else band_of(value).index


def _with_unit(text: str, unit: str) -> str:
    return text if text == numbers.NOTHING else f"{text}{NBSP}{unit}"


# -- days ------------------------------------------------------------------------------------------------------


@register.filter
def day(date) -> str:
    """13 November. Day and month never break apart."""
    return _date(date, "j F")


@register.filter
def day_short(date) -> str:
    """13 Nov."""
    return _date(date, "j M")


@register.filter
def day_year(date) -> str:
    """13 November 2026."""
    return _date(date, "j F Y")


@register.filter
def day_name(date) -> str:
    """Sunday 22 November."""
    return words.weekday_words(date) if date else ""


@register.filter
def day_long(date) -> str:
    """Sunday 22 November 2026."""
    return f"{_date(date, 'l')} {_date(date, 'j F Y')}" if date else ""


@register.filter(expects_localtime=True)
def clock(time, kind="24") -> str:
    """A time of day as the person reads it: 14:20, or 2:20 p.m. where ``kind`` is "12"."""
    return date_format(time, "g:i a" if kind == "12" else "H:i").replace(" ", NBSP) if time else ""


@register.filter
def at_time(time, profile) -> str:
    """A time of day by the person's own clock: 14:20, or 2:20 p.m."""
    twelve = getattr(profile, "clock", "") == "12"
    return time_format(time, "g:i a" if twelve else "H:i").replace(" ", NBSP) if time else ""


@register.simple_tag(takes_context=True)
def saved_at(context, time, of_day) -> str:
    """When a day's entry was saved: 20:14 today on today's own page, else with its date: 22 November, 20:14."""
    at, today = clock(time, context["request"].profile.clock), localdate()
    if time.date() == of_day == today:
        return at
    return f"{words.day_words(time.date(), today)}, {at}"


@register.filter
def day_and_dose(due, name="") -> str:
    """Day 9 at 37.5 mg, of a DoseDue; with the medication's name in front where there are several.

    Where it is not swallowed mg for mg: Day 9 at 10 mg (8 mg of drops).
    """
    said = words.day_and_dose(due.day_number, due.mg_a_day, name, cycle_days=due.step.cycle_days)
    return f"{said} ({due.swallowed})" if due.swallowed else said


@register.simple_tag(takes_context=True)
def taken(context, dose, products=()) -> str:
    """What was recorded of one dose: As planned; Late, 14:20; Other amount, 20 mg.

    ``products`` of the medication tell what was swallowed: Other amount, 5 mg (4 mg of drops).
    """
    said = dose.get_status_display()
    if dose.status == dose.Status.OTHER:
        how = taken_as(dose.mg, dose.taken_mg, [product.plain() for product in products])
        return f"{said}, {amount_words(dose.mg, dose.taken_mg, how)}"
    return f"{said}, {clock(dose.time, context['request'].profile.clock)}" if dose.time else said


def _date(date, form: str) -> str:
    return date_format(date, form).replace(" ", NBSP) if date else ""


@register.filter
def said(practice, slug) -> list[tuple[str, str]]:
    """(label, text) of what was written in a practice of the skill ``slug``."""
    return said_words(slug, practice.said)


# -- icons and the menu ----------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = ""):
    """An icon as inline SVG, in the colour of the text; hidden from screen readers, for a word stands beside it."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" icon-{size}" if size else "",
        format_html_join("", '<path d="{}"/>', ((path,) for path in ICONS[name])),
    )


@register.filter
def drawing(chart) -> SafeString:
    """A chart's SVG, as it is: journal.charts escapes every text in it and leaves no style or script."""
    return SafeString(chart.svg)


@register.filter
def current_names(choices) -> list[str]:
    """The names of what is chosen among links; where a first one stands for all of them, that alone."""
    names = [choice.name for choice in choices if choice.current]
    return names[:1] if len(names) == len(choices) else names


@register.filter
def plot_data(chart) -> SafeString:
    """Where the days of a drawing lie in it, as attributes for the read-out."""
    plot = chart.plot
    days = (plot.last - plot.first).days + 1
    shares = ((name, f"{getattr(plot, name):.5f}") for name in ("left", "right", "top", "bottom"))
    return format_html_join(" ", 'data-{}="{}"', [("days", days), *shares])


@register.filter
def table_rows(rows) -> SafeString:
    """The rows of a table, each a heading and its numbers, escaped. Ten thousand cells are too many for a template."""
    found: list[str] = []
    known: dict[str, str] = {}
    for first, *cells in rows:
        for cell in cells:
            if cell not in known:
                known[cell] = f'<td class="num">{escape(cell)}</td>'
        row = "".join([known[cell] for cell in cells])
        found.append(f'<tr><th scope="row" class="nowrap">{escape(first)}</th>{row}</tr>')
    return SafeString("\n".join(found))


@register.inclusion_tag("parts/_rail.html", takes_context=True)
def rail(context):
    """The menu of a desk: every section, in groups."""
    return {"groups": GROUPS, "current": _current(context)}


@register.inclusion_tag("parts/_tabs.html", takes_context=True)
def tabs(context):
    """The menu of a phone: four sections and More."""
    return {"tabs": TABS, "current": tab_of(_current(context))}


def _current(context):
    match = getattr(context.get("request"), "resolver_match", None)
    return section_of(match.url_name if match else None)


@register.filter
def dial(phone) -> str:
    """What a link dials of a phone number: digits and + only. Blank where there is nothing to dial."""
    return number_to_dial(phone or "")


@register.filter
def account(user) -> str:
    """The name by which a device knows whose entries it keeps."""
    return account_of(user)


@register.filter
def undo_address(message) -> str:
    """The address that takes back what a flash says; empty when it offers no way back."""
    start = "undo:"
    return next((tag[len(start) :] for tag in (message.tags or "").split() if tag.startswith(start)), "")


# -- small drawings --------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/_before_after.html")
def before_after(before, after):
    """Distress before (ring) and after (dot) on a line from 0 to 10. The sentence beside it has the numbers."""
    return {"before": _tenth(before), "after": _tenth(after)}


def _tenth(value) -> str:
    return str(numbers.round_half_up(5 + Decimal(str(value)) * Decimal("8.6"), 1))


@register.inclusion_tag("parts/_steps_line.html")
def steps_line(number, total):
    """How far the first run has come: the dose line, firm to step ``number``, dotted for what is to come."""
    wide, drop = 76 // total, 16 // (total - 1)
    x, y = (number - 1) * wide + wide // 2, 3 + (number - 1) * drop
    done = "M0 3" + f"h{wide}v{drop}" * (number - 1) + f"h{wide // 2}"
    to_come = f"M{x} {y}h{wide - wide // 2}" + f"v{drop}h{wide}" * (total - number)
    return {"done": done, "to_come": to_come, "x": x, "y": y}


# -- forms -----------------------------------------------------------------------------------------------------


@register.filter
def unit(field) -> str:
    """The unit that stands inside the field at the right: ``attrs={"data-unit": "mg"}`` on its widget."""
    return field.field.widget.attrs.get("data-unit", "")


@register.filter
def look(field) -> str:
    """How a choice is drawn: chips, segments, choices (two by two) or, when not said, a list."""
    return field.field.widget.attrs.get("data-look", "")


@register.inclusion_tag("parts/_error_summary.html")
def error_summary(*forms):
    """What needs a look, above one or several forms or formsets, with a link to each field."""
    fields, others = [], []
    for form in _each_form(forms):
        others += form.non_field_errors()
        for field in form:
            if field.errors:
                (others.extend(field.errors) if field.is_hidden else fields.append(field))
    return {"fields": fields, "others": others, "count": len(fields) + len(others)}


def _each_form(forms):
    for form in forms:
        if not form or not form.is_bound:  # a template hands over "" for a form that it does not have
            continue
        if hasattr(form, "management_form"):
            yield from form
        else:
            yield form


@register.filter
def first_id(field) -> str:
    """The id that a link to the field leads to: the control's own, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"
