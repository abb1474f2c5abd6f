"""When to stop reading charts and get help. Plain rules, shown to everyone, sent to nobody.

None of these depends on a score: the list is the same whatever the journal says.
"""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """How soon, and whom. The order is the order on the page."""

    EMERGENCY = "emergency"
    CRISIS_LINE = "crisis_line"
    TODAY = "today"
    SPECIALIST = "specialist"

    @property
    def label(self) -> str:
        return {
            Action.EMERGENCY: "Call the emergency number now",
            Action.CRISIS_LINE: "You can talk to someone now",
            Action.TODAY: "Call your prescriber or a doctor today",
            Action.SPECIALIST: "Tell your prescriber before the next step",
        }[self]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One sign, how soon it needs somebody, and who says so."""

    slug: str
    text: str
    action: Action
    what_to_do: str
    sources: tuple[str, ...]
    whom: str = ""  # where it is somebody else than ``action`` says

    @property
    def heading(self) -> str:
        """Whom to call, and how soon; it agrees with ``what_to_do``, which stands below it."""
        return self.whom or self.action.label


_ALL = (
    RedFlag(
        "unsafe",
        "You may act on thoughts of ending your life, or of hurting yourself or someone else",
        Action.EMERGENCY,
        "Call the emergency number. If you can, stay near someone, and away from what you could use.",
        ("govt_nz_111",),
    ),
    RedFlag(
        "seizure",
        "A seizure (a fit)",
        Action.EMERGENCY,
        "Call the emergency number. Say which medication was lowered or stopped, and when.",
        ("scdf_995",),
    ),
    RedFlag(
        "collapse",
        "Fainting, chest pain, or trouble breathing",
        Action.EMERGENCY,
        "Call the emergency number.",
        ("govt_nz_111",),
    ),
    RedFlag(
        "psychosis",
        "Severe confusion, or hearing, seeing or believing things that others do not",
        Action.EMERGENCY,
        "Call the emergency number, or ask someone near you to call.",
        ("asam_2025",),
    ),
    RedFlag(
        "fever-rigid",
        "Fever with stiff, rigid muscles; or jerking muscles with shivering and diarrhoea",
        Action.EMERGENCY,
        "Call the emergency number. Say everything that you take.",
        ("jnnp_table",),
    ),
    RedFlag(
        "suicidal-thoughts",
        "Thoughts of suicide or self-harm, or of harming someone else",
        Action.CRISIS_LINE,
        "You can talk to someone now: a crisis line, or a person you trust. Tell your prescriber too.",
        ("asam_2025",),
    ),
    RedFlag(
        "akathisia",
        "Inner restlessness that is unbearable: you cannot keep still",
        Action.TODAY,
        "Call your prescriber or a doctor today. If you do not feel safe, call the emergency number.",
        ("smi_caladviser", "mhra_akathisia"),
    ),
    RedFlag(
        "mania",
        "A very high, driven mood (mania)",
        Action.TODAY,
        "Call your prescriber or a doctor today. If anyone is in danger, call the emergency number.",
        ("nhs_scotland_antidepressants",),
    ),
    RedFlag(
        "fluids",
        "You cannot keep fluids down, or are badly dehydrated",
        Action.TODAY,
        "Call a doctor today.",
        ("choose_well_manchester", "nhs_dehydration"),
        "Call a doctor today",
    ),
    RedFlag(
        "abrupt-stop",
        "You suddenly stopped, or missed doses of, a benzodiazepine, a z-drug, pregabalin or gabapentin",
        Action.TODAY,
        "Call your prescriber or pharmacist today. A sudden stop can bring on a seizure.",
        ("asam_2025", "nice_ng215", "youngminds_zopiclone", "gabapentin_leaflets"),
        "Call your prescriber or pharmacist today",
    ),
    RedFlag(
        "special-care",
        "You are pregnant, drink alcohol, or have ever had seizures, epilepsy or bipolar disorder",
        Action.SPECIALIST,
        "Make sure that your prescriber knows before the next step.",
        ("own",),
    ),
)

RED_FLAGS: dict[str, RedFlag] = {flag.slug: flag for flag in _ALL}


def by_action() -> tuple[tuple[Action, tuple[RedFlag, ...]], ...]:
    """(action, flags), the most urgent first."""
    return tuple((action, tuple(flag for flag in RED_FLAGS.values() if flag.action is action)) for action in Action)
