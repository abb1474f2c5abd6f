"""The page as one HTML file that needs nothing beside it: styles and typeface are in it, and no script."""

from base64 import b64encode
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from journal.summary.page import PageData
