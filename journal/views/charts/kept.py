"""Charts that were drawn once and did not change since: kept in the memory of this process, and nowhere else.

They are health data: never written to disk, never into the cache that processes share, gone with the process, and under
a key that holds whose they are. One drawing serves every theme: its colours are classes of the stylesheet.

    key = content_key(request, "overview", "page")   # before the record is read
    kept(key, lambda: drawn(...))

The key holds all that a drawing is made of: the owner, the version of their record, the day that is today for them, the
version of the program, and what was asked for. Asked before the record is read, it is never younger than the drawing.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.utils import timezone

import journal
from journal.models.version import stamp_of


def content_key(request, *what: object) -> str | None:
    """The key of ``what`` with the query of this address; None while the record has no version: nothing is kept then.

    One query. The order of the parameters says nothing; the order of the values of one does.
    """
    query = sorted((name, values) for name, values in request.GET.lists())
    return key_of(request.user, *what, query)


def key_of(owner, *what: object) -> str | None:
    """As ``content_key``, for what depends on no address. ``what`` is of plain values with a repr that says all."""
    stamp = stamp_of(owner)
    if stamp is None:
        return None
    made_of = (owner.pk, stamp, timezone.localdate().isoformat(), program(), *what)
    return hashlib.sha256(repr(made_of).encode(errors="surrogatepass")).hexdigest()[:40]


@cache
def program() -> str:
    """The program's own version: its files, for a drawing may differ after any change of them. Read once."""
    digest = hashlib.sha256()
    for path in sorted(Path(journal.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def kept(key: str | None, make: Callable[[], Any]) -> Any:
    """What is kept under ``key``, made first where it is not; always made for None."""
    if key is None:
        return make()
    charts = caches["charts"]
    found = charts.get(key)
    if found is None:
        found = make()
        charts.set(key, found)
    return found


def forget() -> None:
    """Let go of everything that this process keeps: whose it is cannot be told from a key."""
    caches["charts"].clear()
