"""How numbers and days are written on screens. The rules themselves live in ``journal.analysis.numbers``."""

from django import template

register = template.Library()
