"""Medications by generic and brand name, and the class of each.

The class decides which symptoms are suggested. It is not a statement that two medications can
replace each other.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class DrugClass(StrEnum):
    """What kind of medication it is, as far as this journal needs to tell kinds apart."""

    SSRI = "ssri"
    SNRI = "snri"
    OTHER_ANTIDEPRESSANT = "other_antidepressant"
    TRICYCLIC = "tricyclic"
    MAOI = "maoi"
    BENZODIAZEPINE = "benzodiazepine"
    Z_DRUG = "z_drug"
    GABAPENTINOID = "gabapentinoid"
    ANTIPSYCHOTIC = "antipsychotic"
    MOOD_STABILISER = "mood_stabiliser"
    OTHER = "other"
    NOT_SURE = "not_sure"

    @classmethod
    def of(cls, value: "DrugClass | str") -> "DrugClass":
        """The class of this value; NOT_SURE for anything unknown, since records outlive lists."""
        try:
            return cls(value)
        except ValueError:
            return cls.NOT_SURE

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_antidepressant(self) -> bool:
        return self in _ANTIDEPRESSANTS

    @property
    def at_risk_on_stopping(self) -> bool:
        """Whether a sudden stop is treated as a danger. A drug that nobody could place is, to be on the safe side."""
        return self in AT_RISK_SOURCES

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, label) pairs in the order in which a form offers them."""
        return [(kind.value, kind.label) for kind in cls]


_LABELS = {
    DrugClass.SSRI: "Antidepressant, SSRI (such as sertraline)",
    DrugClass.SNRI: "Antidepressant, SNRI (such as venlafaxine)",
    DrugClass.OTHER_ANTIDEPRESSANT: "Antidepressant, another kind (such as mirtazapine or bupropion)",
    DrugClass.TRICYCLIC: "Antidepressant, tricyclic (such as amitriptyline)",
    DrugClass.MAOI: "Antidepressant, MAOI (such as phenelzine)",
    DrugClass.BENZODIAZEPINE: "Benzodiazepine (such as diazepam)",
    DrugClass.Z_DRUG: "Z-drug, for sleep (such as zopiclone)",
    DrugClass.GABAPENTINOID: "Gabapentinoid (pregabalin or gabapentin)",
    DrugClass.ANTIPSYCHOTIC: "Antipsychotic (such as quetiapine)",
    DrugClass.MOOD_STABILISER: "Mood stabiliser (such as lithium)",
    DrugClass.OTHER: "Something else",
    DrugClass.NOT_SURE: "Not sure",
}
_ANTIDEPRESSANTS = frozenset(
    {
        DrugClass.SSRI,
        DrugClass.SNRI,
        DrugClass.OTHER_ANTIDEPRESSANT,
        DrugClass.TRICYCLIC,
        DrugClass.MAOI,
    }
)

# Classes that are not to be stopped suddenly, each with the keys of the sources that say so.
AT_RISK_SOURCES: dict[DrugClass, tuple[str, ...]] = {
    DrugClass.BENZODIAZEPINE: ("asam_2025",),
    DrugClass.Z_DRUG: ("nice_ng215", "youngminds_zopiclone"),
    DrugClass.GABAPENTINOID: ("nice_ng215", "gabapentin_leaflets"),
    DrugClass.NOT_SURE: ("own",),
}


@dataclass(frozen=True, slots=True)
class Drug:
    """One medication. `aliases` are brand and other names to find it by; `source` is for its class."""

    slug: str
    name: str
    drug_class: DrugClass
    aliases: tuple[str, ...]
    source: str


# class: (source, name, other names). Brand names only help to find a medication.
_ROWS: dict[DrugClass, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    DrugClass.SSRI: (
        ("mhra_ssri", "Citalopram", ("Cipramil", "Celexa")),
        ("mhra_ssri", "Escitalopram", ("Cipralex", "Lexapro")),
        ("mhra_ssri", "Fluoxetine", ("Prozac", "Sarafem")),
        ("mhra_ssri", "Fluvoxamine", ("Faverin", "Luvox")),
        ("mhra_ssri", "Paroxetine", ("Seroxat", "Paxil", "Aropax")),
        ("mhra_ssri", "Sertraline", ("Lustral", "Zoloft")),
    ),
    DrugClass.SNRI: (
        ("tcrm_2018", "Venlafaxine", ("Effexor", "Efexor", "Venlalic", "Vensir")),
        ("tcrm_2018", "Desvenlafaxine", ("Pristiq",)),
        ("tcrm_2018", "Duloxetine", ("Cymbalta", "Yentreve")),
        ("tcrm_2018", "Levomilnacipran", ("Fetzima",)),
    ),
    DrugClass.OTHER_ANTIDEPRESSANT: (
        ("davis_phinney", "Mirtazapine", ("Remeron", "Zispin", "RemeronSolTab", "Avanza")),
        ("davis_phinney", "Vortioxetine", ("Trintellix", "Brintellix")),
        ("davis_phinney", "Trazodone", ("Desyrel", "Molipaxin")),
        ("davis_phinney", "Bupropion", ("Wellbutrin", "Zyban")),
        ("davis_phinney", "Vilazodone", ("Viibryd",)),
        ("uptodate_atypical", "Agomelatine", ("Valdoxan",)),
        ("recovery_road", "Reboxetine", ("Edronax",)),
    ),
    DrugClass.TRICYCLIC: (
        ("emedexpert", "Amitriptyline", ("Elavil", "Endep", "Tryptizol")),
        ("emedexpert", "Amoxapine", ("Asendin",)),
        ("emedexpert", "Clomipramine", ("Anafranil",)),
        ("emedexpert", "Desipramine", ("Norpramin",)),
        ("emedexpert", "Dosulepin", ("Prothiaden", "Dothiepin")),
        ("emedexpert", "Doxepin", ("Sinequan",)),
        ("emedexpert", "Imipramine", ("Tofranil",)),
        ("emedexpert", "Lofepramine", ("Gamanil", "Lomont")),
        ("webmd_types", "Nortriptyline", ("Pamelor", "Allegron")),
        ("webmd_types", "Protriptyline", ("Vivactil",)),
    ),
    DrugClass.MAOI: (
        ("webmd_types", "Phenelzine", ("Nardil",)),
        ("webmd_types", "Tranylcypromine", ("Parnate",)),
        ("webmd_types", "Isocarboxazid", ("Marplan",)),
        ("webmd_types", "Selegiline patch", ("Selegiline", "Emsam")),
        ("recovery_road", "Moclobemide", ("Manerix",)),
    ),
    DrugClass.BENZODIAZEPINE: (
        ("asam_2025", "Alprazolam", ("Xanax", "Xanor")),
        ("who_2009", "Bromazepam", ("Lexotan", "Lexomil", "Lexotanil")),
        ("asam_2025", "Chlordiazepoxide", ("Librium",)),
        ("who_2009", "Clobazam", ("Frisium", "Onfi", "Sympazan")),
        ("asam_2025", "Clonazepam", ("Klonopin", "Rivotril")),
        ("asam_2025", "Clorazepate", ("Tranxene",)),
        ("asam_2025", "Diazepam", ("Valium", "Stesolid")),
        ("asam_2025", "Estazolam", ("ProSom",)),
        ("asam_2025", "Flurazepam", ("Dalmane",)),
        ("nhs_scotland_diazepam", "Loprazolam", ("Dormonoct",)),
        ("asam_2025", "Lorazepam", ("Ativan", "Temesta", "Tavor", "Loreev")),
        ("who_2009", "Lormetazepam", ("Noctamid",)),
        ("who_2009", "Nitrazepam", ("Mogadon",)),
        ("asam_2025", "Oxazepam", ("Serax", "Seresta")),
        ("asam_2025", "Quazepam", ("Doral",)),
        ("asam_2025", "Temazepam", ("Restoril", "Normison")),
        ("asam_2025", "Triazolam", ("Halcion",)),
    ),
    DrugClass.Z_DRUG: (
        ("nice_ng215", "Zopiclone", ("Zimovane", "Imovane")),
        ("nice_ng215", "Zolpidem", ("Stilnoct", "Ambien", "Stilnox", "Edluar")),
        ("ashton_2002", "Zaleplon", ("Sonata",)),
    ),
    DrugClass.GABAPENTINOID: (
        ("nice_ng215", "Pregabalin", ("Lyrica", "Alzain")),
        ("nice_ng215", "Gabapentin", ("Neurontin", "Gralise")),
    ),
    DrugClass.ANTIPSYCHOTIC: (
        ("who_atc", "Amisulpride", ("Solian",)),
        ("who_atc", "Aripiprazole", ("Abilify",)),
        ("who_atc", "Asenapine", ("Saphris", "Sycrest")),
        ("who_atc", "Brexpiprazole", ("Rexulti",)),
        ("who_atc", "Cariprazine", ("Vraylar", "Reagila")),
        ("who_atc", "Chlorpromazine", ("Largactil", "Thorazine")),
        ("who_atc", "Clozapine", ("Clozaril",)),
        ("who_atc", "Flupentixol", ("Flupenthixol", "Fluanxol")),
        ("who_atc", "Haloperidol", ("Haldol",)),
        ("who_atc", "Levomepromazine", ("Methotrimeprazine", "Nozinan")),
        ("who_atc", "Olanzapine", ("Zyprexa",)),
        ("who_atc", "Paliperidone", ("Invega",)),
        ("who_atc", "Quetiapine", ("Seroquel",)),
        ("who_atc", "Risperidone", ("Risperdal",)),
        ("who_atc", "Trifluoperazine", ("Stelazine",)),
        ("who_atc", "Zuclopenthixol", ("Clopixol",)),
    ),
    DrugClass.MOOD_STABILISER: (
        ("mind_mood_stabilisers", "Lithium", ("Priadel", "Camcolit", "Lithobid")),
        ("mind_mood_stabilisers", "Lamotrigine", ("Lamictal",)),
        (
            "mind_mood_stabilisers",
            "Valproate",
            ("Sodium valproate", "Valproic acid", "Divalproex", "Depakote", "Epilim"),
        ),
        ("mind_mood_stabilisers", "Carbamazepine", ("Tegretol",)),
    ),
    DrugClass.OTHER: (("who_atc", "Buspirone", ("Buspar",)),),
}


def _tokens(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", text.casefold())


DRUGS: dict[str, Drug] = {
    slug: Drug(slug, name, drug_class, aliases, source)
    for drug_class, rows in _ROWS.items()
    for source, name, aliases in rows
    for slug in ("-".join(_tokens(name)),)
}

_BY_NAME: dict[str, Drug] = {
    " ".join(_tokens(name)): drug for drug in DRUGS.values() for name in (drug.name, *drug.aliases)
}

# What people and pharmacies write after a name. None of it changes which medication it is.
_TRAILING = frozenset(
    """xr er sr mr cr xl la ec ir pr xt retard prolonged modified extended immediate release
    tablet tablets tab tabs capsule capsules cap caps oral solution suspension liquid drops syrup
    mg ml mcg g daily od bd nocte hydrochloride hcl hydrobromide oxalate maleate succinate mesylate mesilate
    fumarate carbonate citrate sodium potassium dipotassium tartrate hemihydrate""".split()  # noqa: SIM905
)


def find(text: str) -> Drug | None:
    """The medication of this name or brand, also with a dose or form behind it ("Effexor XR 75 mg")."""
    tokens = _tokens(text)
    while tokens:
        drug = _BY_NAME.get(" ".join(tokens))
        if drug:
            return drug
        if tokens[-1] not in _TRAILING and not tokens[-1][0].isdigit():
            return None
        tokens.pop()
    return None
