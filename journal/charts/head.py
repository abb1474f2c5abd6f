"""The heads of a table's columns. A head knows what stands under it: names are the person's own, and may say anything.

Head("Nausea, carried")                     # a symptom that is called so: a value, as a plain str is
Head("Nausea, carried", "carried")          # on which days the values of "Nausea" were carried
dose_head("Venlafaxine")                    # "Venlafaxine, mg a day"
"""

from typing import Literal

Kind = Literal["day", "week", "dose", "value", "derived", "carried", "share", "more", "count", "events"]
"""day, week: whose row it is, a day or a week from it. dose: mg a day. value: a measure, the first of its columns.
derived: a mean that repeats values. carried: which values were taken over from the day before. share: occupancy in
percent. more, count: what else is known of the value before it, lowest or highest, and of how many days. events: what
happened, in words."""


class Head(str):
    """The text of a head, with the ``kind`` of its column and, of a dose, ``of`` which."""

    kind: Kind
    of: str

    def __new__(cls, text: str, kind: Kind = "value", of: str = "") -> "Head":
        head = super().__new__(cls, text)
        head.kind, head.of = kind, of
        return head


def kind_of(head: str) -> Kind:
    """What stands under ``head``: values, where it does not say."""
    return head.kind if isinstance(head, Head) else "value"


def dose_head(of: str) -> Head:
    """The head of a column of doses, in mg a day."""
    return Head(f"{of}, mg a day", "dose", of)


def week_heads(name: str) -> list[Head]:
    """The heads of a measure by the week: mean, lowest, highest, and of how many days."""
    return [
        Head(f"{name}, mean"),
        Head(f"{name}, lowest", "more"),
        Head(f"{name}, highest", "more"),
        Head(f"{name}, days", "count"),
    ]
