"""Symptoms that can be tracked, who lists them, and which to suggest first.

Names and descriptions are our own; `listed_by` says which publication lists the symptom. A row
claims NICE or ASAM only for what stands in their own list (see docs/clinical-sources.md).
"""

from dataclasses import dataclass
from typing import NamedTuple

from journal.catalogue.drugs import DrugClass
from journal.catalogue.sources import OWN

NICE = "nice_ng222"
ASAM = "asam_2025"
SCOTLAND = "nhs_scotland_antidepressants"

SENSES = "Nerves and senses"
RESTLESS = "Restlessness"
MOOD = "Mood"
THINKING = "Thinking"
SLEEP = "Sleep"
GUT = "Gut"
BODY = "Body"
SEXUAL = "Sexual"
GROUPS: tuple[str, ...] = (MOOD, SENSES, RESTLESS, THINKING, SLEEP, GUT, BODY, SEXUAL)


@dataclass(frozen=True, slots=True)
class Symptom:
    """A built-in symptom. `red_flag` ones are shown with the way to help beside them."""

    slug: str
    name: str
    group: str
    description: str
    aliases: tuple[str, ...]
    listed_by: tuple[str, ...]
    red_flag: bool = False

    @property
    def stronger(self) -> "Symptom | None":
        """The warning sign that is easily rated under this name, and has one of its own."""
        return SYMPTOMS["akathisia"] if self.slug in ("restlessness", "agitation") else None

    @property
    def source(self) -> str:
        """The key of the source that stands for this symptom: the first that lists it."""
        return self.listed_by[0]


# group: (slug, name, description, aliases, listed_by). Restlessness, agitation and akathisia are
# three symptoms: people rate them apart, and only akathisia is a warning sign by itself.
# fmt: off
_ROWS: dict[str, tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...]] = {
    MOOD: (
        ("anxiety", "Anxiety", "Feeling nervous, tense or afraid.",
         ("anxious", "nervousness"), (NICE, ASAM, SCOTLAND)),
        ("panic", "Panic", "Sudden strong fear, often with a racing heart.",
         ("panic attacks", "panic attack"), (NICE, ASAM, SCOTLAND)),
        ("worry", "Worry", "Thoughts about what might go wrong that keep coming back.",
         ("worrying", "worries"), (OWN,)),
        ("low-mood", "Low mood", "Feeling sad, down or empty.",
         ("depression", "depressed", "depressed mood", "sadness"), (NICE, ASAM, SCOTLAND)),
        ("crying", "Crying spells", "Tears that come suddenly or easily.",
         ("tearfulness", "tearful", "crying"), (NICE, SCOTLAND)),
        ("irritability", "Irritability", "Small things annoy you more than usual.",
         ("irritable",), (NICE, ASAM, SCOTLAND)),
        ("anger", "Anger outbursts", "Bursts of anger that are hard to hold back.",
         ("anger", "rage", "aggression"), (ASAM, SCOTLAND)),
        ("mood-swings", "Mood swings", "Your mood changes fast, up and down.",
         ("mood swing",), (SCOTLAND,)),
        ("elevated-mood", "Elevated mood", "Feeling unusually high, fast or full of drive.",
         ("elevated", "high mood", "mania", "hypomania"), (SCOTLAND,)),
        ("emotional-blunting", "Emotional blunting", "Feelings seem flat or far away.",
         ("numb feelings", "emotional numbness", "flatness"), (OWN,)),
        ("unreality", "Feeling unreal or detached", "You or the world around you do not feel real.",
         ("depersonalisation", "depersonalization", "derealisation", "derealization",
          "feeling unreal", "dpdr"), (ASAM,)),
        ("suicidal-thoughts", "Thoughts of suicide or self-harm",
         "Thoughts of ending your life or of hurting yourself.",
         ("suicidal thoughts", "suicidality", "self-harm thoughts", "suicidal ideation"), (NICE, ASAM)),
    ),
    SENSES: (
        ("brain-zaps", "Brain zaps", "Short feelings like an electric shock in the head or body.",
         ("brain zap", "zaps", "electric shocks", "electric shock sensations", "body zaps"), (NICE, SCOTLAND)),
        ("dizziness", "Dizziness", "Feeling light-headed or faint.",
         ("dizzy", "light-headedness", "lightheaded"), (NICE, SCOTLAND)),
        ("vertigo", "Vertigo", "The room or your head seems to spin.",
         ("spinning",), (NICE,)),
        ("unsteadiness", "Unsteadiness", "Your balance is off when you stand or walk.",
         ("balance problems", "impaired balance", "poor coordination"), (NICE, ASAM, SCOTLAND)),
        ("tingling", "Tingling or numbness", "Pins and needles, or parts of you that feel numb.",
         ("tingling", "numbness", "pins and needles", "paraesthesia", "paresthesia"), (ASAM, SCOTLAND)),
        ("burning-skin", "Burning skin", "Your skin burns or prickles without a cause you can see.",
         ("burning sensation", "skin burning"), (SCOTLAND,)),
        ("tremor", "Tremor", "Shaking that you cannot stop, often of the hands.",
         ("tremors", "shaking", "shakiness"), (ASAM, SCOTLAND)),
        ("muscle-twitches", "Muscle twitches or cramps", "Muscles jump, jerk or cramp by themselves.",
         ("muscle twitches", "twitching", "muscle cramps", "muscle jerks", "fasciculations"), (ASAM,)),
        ("visual-disturbance", "Visual disturbance", "Visual snow, trails, or things that look wrong.",
         ("visual snow", "visual changes", "perceptual disturbance"), (ASAM, SCOTLAND)),
        ("blurred-vision", "Blurred vision", "Things look out of focus.",
         ("blurry vision",), (SCOTLAND,)),
        ("tinnitus", "Ringing in the ears", "Ringing, buzzing or hissing that others do not hear.",
         ("tinnitus", "ringing ears", "ear ringing"), (ASAM, SCOTLAND)),
        ("light-sensitivity", "Sensitive to light", "Normal light feels too bright.",
         ("light sensitivity", "photophobia"), (ASAM,)),
        ("sound-sensitivity", "Sensitive to sound", "Normal sounds feel too loud.",
         ("sound sensitivity", "noise sensitivity", "hyperacusis"), (ASAM,)),
        ("headache", "Headache", "Pain or pressure in the head.",
         ("headaches",), (NICE, ASAM, SCOTLAND)),
    ),
    RESTLESS: (
        ("restlessness", "Restlessness",
         "It is hard to sit quietly or settle; not the unbearable urge of “Inner restlessness”.",
         ("restless",), (NICE, ASAM)),
        ("agitation", "Agitation", "Wound up and stirred up, hard to calm.",
         ("agitated",), (NICE, ASAM, SCOTLAND)),
        ("akathisia", "Inner restlessness, cannot keep still",
         "An urge from inside to keep moving, very hard to bear. Doctors call it akathisia.",
         ("akathisia", "inner restlessness", "cannot keep still", "can't keep still"), (ASAM, SCOTLAND)),
        ("restless-legs", "Restless legs", "Your legs want to move, mostly in the evening or in bed.",
         ("rls",), (OWN,)),
    ),
    THINKING: (
        ("poor-concentration", "Poor concentration", "It is hard to keep your mind on something.",
         ("concentration", "brain fog", "trouble concentrating"), (ASAM, SCOTLAND)),
        ("memory", "Memory problems", "You forget things that you would normally remember.",
         ("poor memory", "memory", "forgetfulness", "amnesia"), (ASAM, SCOTLAND)),
        ("confusion", "Confusion", "You lose track of where you are or what is going on.",
         ("confused", "disorientation"), (NICE, ASAM, SCOTLAND)),
    ),
    SLEEP: (
        ("insomnia", "Trouble sleeping", "It is hard to fall asleep or to stay asleep.",
         ("insomnia", "sleep problems", "sleeplessness"), (NICE, ASAM, SCOTLAND)),
        ("early-waking", "Early waking", "You wake long before you want to and cannot sleep again.",
         ("early morning waking",), (OWN,)),
        ("vivid-dreams", "Vivid dreams or nightmares", "Dreams that are very strong or frightening.",
         ("vivid dreams", "nightmares", "nightmare", "strange dreams"), (ASAM, SCOTLAND)),
        ("sleepiness", "Sleepiness", "You feel sleepy in the day, or sleep much more.",
         ("sleepy", "drowsiness", "hypersomnia", "oversleeping"), (ASAM, SCOTLAND)),
    ),
    GUT: (
        ("nausea", "Nausea", "Feeling that you may be sick.",
         ("nauseous", "feeling sick", "queasiness"), (NICE, ASAM, SCOTLAND)),
        ("vomiting", "Vomiting", "Being sick.",
         ("being sick", "throwing up"), (ASAM, SCOTLAND)),
        ("diarrhoea", "Diarrhoea", "Loose or frequent stools.",
         ("diarrhea", "loose stools"), (ASAM, SCOTLAND)),
        ("constipation", "Constipation", "Stools are hard or rare.",
         ("constipated",), (OWN,)),
        ("stomach-cramps", "Stomach cramps", "Cramps or pain in the belly.",
         ("cramps", "abdominal cramps", "abdominal pain", "stomach ache", "stomach pain"), (ASAM, SCOTLAND)),
        ("appetite-down", "Less appetite", "You want to eat less than usual.",
         ("appetite down", "appetite loss", "loss of appetite"), (SCOTLAND,)),
        ("appetite-up", "More appetite", "You want to eat more than usual.",
         ("appetite up", "increased appetite"), (OWN,)),
        ("weight-change", "Weight change", "Your weight goes up or down without your meaning it.",
         ("weight gain", "weight loss"), (OWN,)),
        ("dry-mouth", "Dry mouth", "Your mouth feels dry or sticky.",
         (), (OWN,)),
    ),
    BODY: (
        ("fatigue", "Fatigue", "Tired or worn out, even after rest.",
         ("tiredness", "tired", "exhaustion"), (NICE, SCOTLAND)),
        ("flu-like", "Flu-like feeling", "Aching and ill, as if you had the flu.",
         ("flu-like symptoms", "flu like symptoms", "flu"), (SCOTLAND,)),
        ("sweating", "Sweating", "You sweat more than usual, by day or night.",
         ("sweats", "night sweats", "perspiration"), (NICE, ASAM, SCOTLAND)),
        ("chills", "Chills", "Feeling cold or shivery.",
         ("shivering",), (SCOTLAND,)),
        ("muscle-aches", "Muscle or joint aches", "Your muscles or joints ache.",
         ("muscle aches", "joint aches", "muscle pain", "joint pain", "aches", "myalgia"),
         (NICE, ASAM, SCOTLAND)),
        ("muscle-stiffness", "Muscle stiffness", "Your muscles feel tight or stiff.",
         ("muscle tension", "stiffness", "tense muscles"), (ASAM, SCOTLAND)),
        ("pain", "Pain", "Any other pain; the note can say where.",
         (), (OWN,)),
        ("palpitations", "Palpitations", "You feel your heart beat fast, hard or unevenly.",
         ("racing heart", "heart palpitations", "fast heartbeat"), (NICE, ASAM, SCOTLAND)),
        ("short-breath", "Short of breath", "It is hard to get enough air.",
         ("short breath", "shortness of breath", "breathlessness"), (SCOTLAND,)),
        ("chest-pain", "Chest pain", "Pain, pressure or tightness in the chest.",
         (), (ASAM,)),
    ),
    SEXUAL: (
        ("low-desire", "Low desire", "Less interest in sex than usual.",
         ("low libido", "libido", "loss of libido"), (OWN,)),
        ("arousal-difficulty", "Difficulty with arousal or orgasm",
         "Your body responds less, later or not at all.",
         ("arousal difficulty", "orgasm difficulty", "sexual dysfunction"), (OWN,)),
        ("genital-numbness", "Genital numbness", "Less feeling in the genitals than usual.",
         (), (OWN,)),
    ),
}
# fmt: on

PRIVATE = "suicidal-thoughts"
"""What is in no mean, table or chart unless its person switches it on: it is for help at once, not for a line."""

# Confusion is a warning only when it is severe; it is marked all the same, because all that the
# mark does is to put the way to help beside the symptom.
_RED_FLAGS = frozenset({"akathisia", "suicidal-thoughts", "confusion", "chest-pain"})

SYMPTOMS: dict[str, Symptom] = {
    slug: Symptom(slug, name, group, description, aliases, listed_by, slug in _RED_FLAGS)
    for group in GROUPS
    for slug, name, description, aliases, listed_by in _ROWS[group]
}


def same_name(text: str) -> str:
    """The text by which two names are compared: whatever its case, spaces and underscores."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


_BY_NAME: dict[str, Symptom] = {
    same_name(name): symptom for symptom in SYMPTOMS.values() for name in (symptom.slug, symptom.name, *symptom.aliases)
}


def find(name: str) -> Symptom | None:
    """The built-in symptom of this name or alias, whatever its case, spaces and underscores."""
    return _BY_NAME.get(same_name(name))


def search(text: str, limit: int = 20) -> tuple[Symptom, ...]:
    """Symptoms that fit what is being typed, best first; all in order when nothing is typed."""
    key = same_name(text)
    ranked = [(rank, symptom) for symptom in SYMPTOMS.values() if (rank := _rank(symptom, key)) is not None]
    ranked.sort(key=lambda pair: pair[0])  # stable: equal ranks keep the catalogue's order
    return tuple(symptom for _, symptom in ranked[:limit])


def _rank(symptom: Symptom, key: str) -> int | None:
    names = [same_name(name) for name in (symptom.name, *symptom.aliases)]
    if key in names:
        return 0
    if names[0].startswith(key):
        return 1
    if any(f" {name}".find(f" {key}") >= 0 for name in names):
        return 2
    if any(key in name for name in names):
        return 3
    if key in same_name(symptom.description):
        return 4
    return None


class Explanation(NamedTuple):
    """Who lists a symptom, in one sentence, and the keys of the sources that it names."""

    sentence: str
    sources: tuple[str, ...]


_NOT_LISTED = "Our own addition, a name that people use. The published lists used here do not have it."
_VERY_RARE = {("suicidal-thoughts", NICE)}
"""What a source lists as happening very rarely: it is not quoted without that."""


def explanation(symptom: Symptom) -> Explanation:
    """Listed by NICE (NG222) among the effects of coming off an antidepressant, and by ASAM (2025) among …"""
    if symptom.listed_by == (OWN,):
        return Explanation(_NOT_LISTED, ())
    antidepressant = [
        name + (", as a very rare one," if (symptom.slug, key) in _VERY_RARE else "")
        for key, name in ((NICE, "NICE (NG222)"), (SCOTLAND, "NHS Scotland"))
        if key in symptom.listed_by
    ]
    lists = []
    if antidepressant:
        lists.append(f"by {' and '.join(antidepressant)} among the effects of coming off an antidepressant")
    if ASAM in symptom.listed_by:
        lists.append(f"by ASAM (2025) among {'those' if lists else 'the effects'} of coming off a benzodiazepine")
    return Explanation(f"Listed {', and '.join(lists)}.", symptom.listed_by)


# The order is ours: what is both common in the lists and quick to rate comes first.
# fmt: off
_FOR_ANTIDEPRESSANT = (
    "dizziness", "brain-zaps", "anxiety", "low-mood", "irritability",
    "insomnia", "nausea", "headache", "fatigue", "sweating",
)
_FOR_BENZODIAZEPINE = (
    "anxiety", "insomnia", "panic", "irritability", "tremor",
    "muscle-aches", "sweating", "headache", "sound-sensitivity", "poor-concentration",
)
_FOR_ANY = (
    "anxiety", "low-mood", "irritability", "insomnia", "fatigue",
    "restlessness", "nausea", "headache", "poor-concentration",
)
# fmt: on
# NICE NG215 treats these beside benzodiazepines; ASAM's table is about benzodiazepines alone,
# and the reason shown to the person says so.
_LIKE_BENZODIAZEPINE = frozenset({DrugClass.Z_DRUG, DrugClass.GABAPENTINOID})


def suggested(drug_class: DrugClass | str) -> tuple[Symptom, ...]:
    """Eight to ten symptoms to offer first to someone who takes this kind of medication."""
    kind = DrugClass.of(drug_class)
    if kind.is_antidepressant:
        slugs = _FOR_ANTIDEPRESSANT
    elif kind is DrugClass.BENZODIAZEPINE or kind in _LIKE_BENZODIAZEPINE:
        slugs = _FOR_BENZODIAZEPINE
    else:
        slugs = _FOR_ANY
    return tuple(SYMPTOMS[slug] for slug in slugs)


def suggestion_reason(drug_class: DrugClass | str) -> str:
    """One sentence for the page: who lists what `suggested` returns."""
    kind = DrugClass.of(drug_class)
    if kind.is_antidepressant:
        return "Listed by NICE (NG222) among the effects of coming off an antidepressant."
    if kind is DrugClass.BENZODIAZEPINE:
        return "Listed by ASAM (2025, Table 3) among the effects of coming off a benzodiazepine."
    if kind in _LIKE_BENZODIAZEPINE:
        return "Listed by ASAM (2025, Table 3) for benzodiazepines; there is no list here for this kind by itself."
    if kind is DrugClass.NOT_SURE:  # or no medication at all
        return "A general handful, not tied to any medication."
    return "A general handful to start from; there is no published list here for this kind of medication."


def suggestion_source(drug_class: DrugClass | str) -> str:
    """The key of the source behind `suggestion_reason`; "" where there is no published list."""
    kind = DrugClass.of(drug_class)
    if kind.is_antidepressant:
        return NICE
    return ASAM if kind is DrugClass.BENZODIAZEPINE or kind in _LIKE_BENZODIAZEPINE else ""


_SUGGESTED_FOR = {
    DrugClass.BENZODIAZEPINE: "Suggested for a benzodiazepine",
    DrugClass.Z_DRUG: "Suggested for a z-drug",
    DrugClass.GABAPENTINOID: "Suggested for a gabapentinoid",
}


def suggestion_heading(drug_class: DrugClass | str) -> str:
    """What stands above the symptoms that `suggested` returns."""
    kind = DrugClass.of(drug_class)
    if kind.is_antidepressant:
        return "Suggested for an antidepressant"
    return _SUGGESTED_FOR.get(kind, "A few to start from")
