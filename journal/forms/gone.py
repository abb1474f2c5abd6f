"""What was sent for a field that the form does not have: it was put away or deleted since the page was opened.

A page that waited on a device without a connection comes late. What is in it is never dropped without a word.
"""

import re
from collections.abc import Collection, Mapping

from journal.forms.merge import read_shown

KINDS = {
    "symptom": re.compile(r"symptom-\d+"),
    "dose": re.compile(r"dose-\d+-status"),
    "measure": re.compile(r"measure-[-\w]+"),
    "other": re.compile(r"(?:event|add)-[-\w]+"),
}
SENTENCES = {
    "symptom": "A symptom that was rated {said} is not asked for here any more. It was deleted or put away meanwhile.",
    "dose": "A dose is recorded here of which nothing is due on this day any more, or whose medication was deleted.",
    "measure": "Something that was recorded as {said} is not asked for here any more. It was switched off meanwhile.",
    "other": "Something that was filled in has no place on this page.",
}
SO = " Save again to leave it out."


def gone(fields: Collection[str], sent: Mapping[str, str]) -> list[str]:
    """A sentence for each thing that the person said and that this form cannot keep."""
    was = read_shown(sent.get("shown", ""))
    found = []
    for name in sent:
        kind = next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(name)), None)
        text = str(sent[name]).strip()
        if kind and name not in fields and text and text != was.get(name, ""):
            found.append(SENTENCES[kind].format(said=text[:20]) + SO)
    return list(dict.fromkeys(found))
