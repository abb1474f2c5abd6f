"""What a person may tell of themselves that asks for specialist advice before a step. Told, never guessed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """``label``: as the person would say it. ``note``: what to raise with the prescriber; ``source``: who says so."""

    key: str
    label: str
    note: str
    source: str


_ALL = (
    Condition(
        "pregnancy",
        "I am pregnant, or may be",
        "Ask your prescriber for specialist advice before any step. For benzodiazepines the joint guideline asks"
        " prescribers to weigh staying on and tapering for you and the baby together.",
        "asam_2025",
    ),
    Condition(
        "epilepsy",
        "I have epilepsy, or have ever had a seizure",
        "Ask your prescriber for specialist advice before any step, and say what kind of seizure it was and when.",
        "own",
    ),
    Condition(
        "bipolar",
        "I have bipolar illness, or have been very high or driven",
        "Ask your prescriber for specialist advice before any step. For benzodiazepines the joint guideline asks"
        " prescribers to watch sleep closely, since lost sleep can set off mania.",
        "asam_2025",
    ),
    Condition(
        "alcohol",
        "I drink alcohol on most days, or have needed help with it",
        "Ask your prescriber for specialist advice before any step. For benzodiazepines the joint guideline counts"
        " alcohol among what raises the risk of harm.",
        "asam_2025",
    ),
)

CONDITIONS: dict[str, Condition] = {condition.key: condition for condition in _ALL}


def known_conditions(keys: list[str]) -> tuple[Condition, ...]:
    """The conditions with these keys, in the list's own order; a key that is not known is passed over."""
    return tuple(condition for condition in _ALL if condition.key in keys)
