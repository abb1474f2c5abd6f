"""What the catalogue knows, with its source beside it. A builtin of the template engine, too."""

from django import template
from django.utils.html import format_html, format_html_join

from journal.analysis.numbers import mg_text
from journal.catalogue.learn import LEARN
from journal.catalogue.sources import SOURCES
from journal.catalogue.symptoms import explanation

register = template.Library()

NBSP = "\u00a0"


@register.simple_tag
def sources(keys):
    """A link to each source of these keys: its publisher; one without an address is named."""
    found = [SOURCES[key] for key in ([keys] if isinstance(keys, str) else keys)]
    links = (
        (format_html('<a href="https://{}" rel="noreferrer">{}</a>', one.address, one.publisher),)
        if one.address
        else (one.publisher,)
        for one in found
    )
    return format_html_join(", ", "{}", links)


@register.inclusion_tag("journal/learn/_links.html")
def to_read(*slugs):
    """Quiet links to these pages of Learn, beside what they explain."""
    return {"pages": [LEARN[slug] for slug in slugs]}


@register.filter
def explained(builtin):
    """Who lists a built-in symptom: .sentence, and .sources for the links."""
    return explanation(builtin)


@register.simple_tag
def half_life(known):
    """A half-life as a range with its substance and source: "venlafaxine 4 h (source)"."""
    low, high = mg_text(known.low), mg_text(known.high)
    hours = f"{low}{NBSP}h" if low == high else f"{low} to {high}{NBSP}h"
    note = f" {known.note}" if known.note else ""
    return format_html("{} {}{} ({})", known.substance, hours, note, sources(known.source))
