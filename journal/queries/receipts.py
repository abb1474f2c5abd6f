"""Which forms were saved already. A sender that never got the answer sends again, and is answered again."""

import datetime as dt
import hashlib
import json
import uuid

from django.http import QueryDict
from django.utils import timezone

from journal.models import Receipt

KEPT_FOR = dt.timedelta(days=90)
NOT_SAID_BY_THE_PERSON = {"csrfmiddlewaretoken", "uid", "flags"}


def already(owner, uid: str, data: QueryDict) -> bool:
    """Whether this very form was saved before. The same number with other words is another form.

    Inside the transaction that saves, under ``one_at_a_time``: two that come at the same moment come one by one.
    """
    number = _number(uid)
    return bool(number) and Receipt.objects.of(owner).filter(uid=number, digest=_digest(data)).exists()


def keep(owner, uid: str, data: QueryDict) -> None:
    """This form is being saved, in the same transaction. Without a number, or with a senseless one, nothing is kept."""
    number = _number(uid)
    if number:
        Receipt.objects.of(owner).filter(at__lt=timezone.now() - KEPT_FOR).delete()
        Receipt.objects.create(owner=owner, uid=number, digest=_digest(data))


def _number(uid: str) -> uuid.UUID | None:
    try:
        number = uuid.UUID(uid)
    except ValueError:
        return None
    return number if str(number) == uid else None  # only as a script writes it


def _digest(data: QueryDict) -> str:
    """What the form says, whatever token it came with, in whatever order, and however lines end in it."""
    pairs = sorted(
        (name, [value.replace("\r\n", "\n").replace("\r", "\n") for value in values])
        for name, values in data.lists()
        if name not in NOT_SAID_BY_THE_PERSON
    )
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()
