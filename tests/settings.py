"""The site's own settings, made quick and kept away from a person's data."""

import os
import tempfile

os.environ["TAPERTRACK_DATA"] = tempfile.mkdtemp(prefix="tapertrack-tests-")
os.environ["TAPERTRACK_SECRET_KEY"] = "a key for tests, which protects nothing at all"
for name in ("TAPERTRACK_HTTPS", "TAPERTRACK_DEBUG", "TAPERTRACK_HOSTS"):
    os.environ.pop(name, None)
# Playwright's synchronous API keeps an event loop in the thread; Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from tapertrack.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA / "static"  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["*"]

# A file, as people have it: a page that asks for several things at once is answered by several threads, and those would
# trip over each other in memory, where they share one connection. Nothing of it has to outlive a power cut.
DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
if "OPTIONS" in DATABASES["default"]:  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # noqa: F405
