"""The WSGI application, for gunicorn and for `manage.py serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tapertrack.settings")
application = get_wsgi_application()

from journal.charts.warm import in_background  # noqa: E402

in_background()
