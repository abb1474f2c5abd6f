"""Words in a text, whatever their case, in any script, on SQLite and PostgreSQL alike.

SQLite's LIKE takes "ö" and "Ö" for two letters. So both databases match a regular expression, every letter of it
escaped: PostgreSQL with its own ``~*``, SQLite with Python's ``re``, which Django has registered there as REGEXP.
"%" and "_" are letters in it, and no text that is typed can be a pattern. A space stands for any white space, so that
words are found across the end of a line.

Only the place where the words stand is read from the database, not 20,000 characters of each note. PostgreSQL has
SUBSTRING for that; SQLite is given a function of ours, registered on each new connection (``register``).
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import Func, TextField, Value

AROUND = 60
"""So many characters are shown either side of what was found."""
_FETCHED = AROUND + 1  # one more tells whether the text goes on


def pattern_of(text: str) -> str:
    """``text`` as a regular expression that finds it."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    return re.sub("[σςΣ]", "[σςΣ]", pattern)  # the one letter with two small forms, which PostgreSQL tells apart


@dataclass(frozen=True)
class Found:
    """What was found, with the text around it. ``where`` says in what it stands, blank for the note; ``at`` when."""

    before: str
    hit: str
    after: str
    where: str = ""
    at: dt.time | None = None


def found_in(text: str, pattern: str, where: str = "", at: dt.time | None = None) -> Found | None:
    """The first place in ``text`` (a whole one or a ``Piece``) with what ``pattern`` finds; None where it has none."""
    hit = re.search(pattern, text, re.IGNORECASE)
    if hit is None:
        return None
    before, after = text[: hit.start()], text[hit.end() :]
    if len(before) > AROUND:
        before = f"…{_from_a_word(before[-AROUND:])}"
    if len(after) > AROUND:
        after = f"{_to_a_word(after[:AROUND])}…"
    return Found(before, hit[0], after, where, at)


def _from_a_word(text: str) -> str:
    """Without the piece of a word that it begins with, where there is a whole one behind it."""
    start = re.search(r"\s+(?=\S)", text)
    return text[start.end() :] if start else text


def _to_a_word(text: str) -> str:
    """Without the piece of a word that it ends with."""
    ends = [place.start() for place in re.finditer(r"(?<=\S)\s+", text)]
    return text[: ends[-1]] if ends else text


class Piece(Func):
    """The part of a column around the first place where a pattern matches; NULL where it does not."""

    function = "JOURNAL_PIECE"
    arity = 2
    output_field = TextField()

    def __init__(self, column, pattern: str):
        super().__init__(column, Value(pattern))
        self.pattern = pattern

    def as_postgresql(self, compiler, connection, **extra):
        """SUBSTRING(column FROM pattern)."""
        whole = self.copy()
        around = f".{{0,{_FETCHED}}}"
        whole.set_source_expressions([self.get_source_expressions()[0], Value(f"(?i){around}{self.pattern}{around}")])
        return super(Piece, whole).as_sql(compiler, connection, function="SUBSTRING", arg_joiner=" FROM ", **extra)


def piece(text: str | None, pattern: str) -> str | None:
    """What ``Piece`` is on SQLite."""
    hit = re.search(pattern, text, re.IGNORECASE) if text else None
    return text[max(0, hit.start() - _FETCHED) : hit.end() + _FETCHED] if hit else None


def register(connection, **_):
    """Give a new connection to SQLite what it lacks."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("JOURNAL_PIECE", 2, piece, deterministic=True)
