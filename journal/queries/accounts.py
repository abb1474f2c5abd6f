"""The account itself: the recovery code, and the end of everything."""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from journal.models import (
    Appointment,
    DailyEntry,
    DoseStep,
    DoseTaken,
    MadeSummary,
    Medication,
    Practice,
    Product,
    Profile,
    Question,
    SharedLink,
    Skill,
    Symptom,
    TaperPlan,
)
from journal.models.profile import profile_of

# No vowels, so that no word turns up; no I, L, O, S or U, which are taken for other letters or for digits.
LETTERS = "BCDFGHJKMNPQRTVWXYZ"
GROUPS, GROUP = 5, 5  # 25 letters of 19: 106 bits


def new_code() -> str:
    """A fresh recovery code, such as "BCDFG-HJKMN-PQRTV-WXYZB-CDFGH"."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def code_key(typed: str) -> str:
    """What of a typed code counts: its letters, whatever their case, and however they are spaced."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def give_code(user) -> str:
    """Make a new recovery code for the person, which ends the one before. Only its hash is kept."""
    code = new_code()
    profile = profile_of(user)
    profile.recovery_code = make_password(code_key(code))
    profile.save(update_fields=["recovery_code"])
    return code


def recover(username: str, code: str, password: str) -> tuple[User, str] | None:
    """Set a new password with the recovery code. The person and their next code; None when the two do not match.

    An unknown user name takes as long as a wrong code: ``check_password`` hashes even where there is nothing to
    compare with. A code works once, also when two requests bring it at the same moment.
    """
    profile = Profile.objects.select_related("owner").filter(owner__username=username.lower()).first()
    kept = profile.recovery_code if profile and profile.owner.is_active else ""
    if not check_password(code_key(code), kept):
        return None
    following = new_code()
    with transaction.atomic():
        used = Profile.objects.filter(pk=profile.pk, recovery_code=kept)
        if not used.update(recovery_code=make_password(code_key(following))):
            return None
        profile.owner.set_password(password)  # this ends every session that is open now
        profile.owner.save(update_fields=["password"])
    return profile.owner, following


def what_goes(owner) -> list[tuple[str, int]]:
    """What is deleted with the account, as (what, how many); what there is none of is left out."""
    things = (
        ("Daily entries", DailyEntry),
        ("Medications", Medication),
        ("Dose steps", DoseStep),
        ("Products", Product),
        ("Taper plans", TaperPlan),
        ("Doses noted", DoseTaken),
        ("Things you keep an eye on", Symptom),
        ("Coping skills", Skill),
        ("Practices", Practice),
        ("Questions to raise", Question),
        ("Appointments", Appointment),
        ("Summaries you made", MadeSummary),
        ("Links to them", SharedLink),
    )
    counted = [(what, model.objects.of(owner).count()) for what, model in things]
    return [(what, n) for what, n in counted if n]


@transaction.atomic
def delete_account(user) -> None:
    """Delete the person with every row that is theirs, and sign them out everywhere. There is no way back."""
    Session.objects.filter(pk__in=_sessions_of(user)).delete()
    user.delete()


def _sessions_of(user) -> list[str]:
    # A session does not point at its person in the database: only its content says whose it is.
    current = Session.objects.filter(expire_date__gte=timezone.now())
    return [row.pk for row in current.iterator() if row.get_decoded().get("_auth_user_id") == str(user.pk)]
