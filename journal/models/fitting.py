"""Undo, where the days have changed meanwhile: what was deleted is fitted onto the record as it is now.

A rating hangs on a symptom and on a day's entry, a reading on a symptom and on a check-in. The day or the check-in may
have gone, or come anew, since the symptom went; neither is a reason to refuse what belongs to all other days. So each
row keeps the day it belongs to, a reading its time as well. What merely points at a deleted row (a question at the note
that it came from) stays, and points there again once that is back. Where both ends were deleted, the end that is still
away is told: whichever comes back last finds the other.
"""

from django.core import serializers
from django.db.models import QuerySet

from journal.models.base import Owned
from journal.models.care import Appointment, Homework, Question
from journal.models.coping import Activity
from journal.models.derived import refresh_days
from journal.models.entries import CheckIn, DailyEntry, Rating, Symptom
from journal.models.measures import Measure
from journal.models.medications import Medication

ENTRY, RATING, CHECK_IN, READING = "journal.dailyentry", "journal.rating", "journal.checkin", "journal.reading"
APPOINTMENT = "journal.appointment"
OF_A_DAY = {RATING, CHECK_IN, "journal.measurement", "journal.lifeevent"}
LINKS: tuple[tuple[type[Owned], str], ...] = (
    (Question, "entry"),
    (Question, "check_in"),
    (Question, "practice"),
    (Question, "event"),
    (Question, "appointment"),
    (Homework, "given"),
    (Activity, "practice"),
    (Appointment, "plan"),
)
"""What points at something without hanging on it: deleted, that leaves a blank, which its undo fills again."""
BELONGS = {"symptom": Symptom, "measure": Measure, "medication": Medication}
"""What a row of a day may be of, by the field that says so."""
OF_A_DAY_AND_A_THING = {RATING, READING, "journal.measurement", "journal.dosetaken"}
BLANK = (None, "")


def ends() -> set[str]:
    """The labels of what points, and of what is pointed at."""
    return {end for number, (model, _) in enumerate(LINKS) for end in (model._meta.label_lower, _target(number))}


def remember_places(owner, rows: list[dict]) -> None:
    """Note in each row, before it is deleted, where it stood: its day, and what points at it ("links")."""
    days = dict(DailyEntry.objects.of(owner).filter(pk__in=_keys(rows, OF_A_DAY, "entry")).values_list("pk", "date"))
    times = {
        pk: (date, time)
        for pk, date, time in CheckIn.objects.of(owner)
        .filter(pk__in=_keys(rows, {READING}, "check_in"))
        .values_list("pk", "entry__date", "time")
    }
    by_row = {(row["model"], row["pk"]): row for row in rows}
    for row in rows:
        if row["model"] in OF_A_DAY:
            row["date"] = days[row["fields"]["entry"]].isoformat()
        elif row["model"] == READING:
            date, time = times[row["fields"]["check_in"]]
            row["date"], row["time"] = date.isoformat(), time.isoformat()
    for number, (model, field) in enumerate(LINKS):
        target = _target(number)
        keys = [pk for name, pk in by_row if name == target]
        if keys:
            for pk, at in model.objects.of(owner).filter(**{f"{field}__in": keys}).values_list("pk", field):
                _remember(by_row[target, at], number, pk)


def _remember(row: dict, number: int, pointing: int) -> bool:
    """Note in ``row`` that the row with the key ``pointing`` points at it by this link; whether that is new."""
    model, field = LINKS[number]
    known = row.setdefault("links", {}).setdefault(f"{model._meta.label_lower}.{field}", [])
    if pointing in known:
        return False
    known.append(pointing)
    return True


def _target(number: int) -> str:
    """The label of what the links of this number point at."""
    model, field = LINKS[number]
    return model._meta.get_field(field).related_model._meta.label_lower


def _keys(rows: list[dict], models: set[str], field: str) -> set[int]:
    return {row["fields"].get(field) for row in rows if row["model"] in models} - {None}


class Fitting:
    """The kept ``rows`` of one deletion, each on the day's entry and check-in that there are now.

    Made inside the transaction of the undo: an entry or a check-in is made where a row needs one that is gone, and one
    that stands there with nothing of its own takes on what the kept one held. ``rows`` are those left to insert;
    ``finish`` is called when they are in. ``left`` are those whose symptom, measure or medication is deleted itself.
    """

    def __init__(self, owner, rows: list[dict]):
        self.owner = owner
        self.there = self._entries(rows)
        self.check_ins = self._check_ins(rows)
        rows, self.left = self._parted(rows)
        self.coming = {row["pk"] for row in rows if row["model"] == CHECK_IN}
        self.days: set[int] = set()
        self.links: list[tuple[type[Owned], str, int, list[int]]] = []
        self.placed: dict[tuple[str, int], int] = {}
        self.away: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self.pointed_at = self._pointed_at(rows)
        self.rows = [row for row in rows if self._fit(row)]
        # A day is rated by what comes back now, if it was before: what its check-ins make of it gives way.
        Rating.objects.of(owner).filter(entry__in=self.days, origin=Rating.Origin.CHECK_INS).delete()

    def finish(self) -> None:
        """What points at these rows, and what the check-ins of these days make of them."""
        for model, field, key, pointing in self.links:
            found = model.objects.of(self.owner).filter(pk__in=pointing, **{f"{field}__isnull": True})
            found.update(**{field: key})
        refresh_days(self.owner, self.days)

    def tell(self, rows: list[dict]) -> bool:
        """Write into ``rows``, which are still deleted, what they have to do with those that are back; whether
        anything was written. After ``finish``.

        What points at something that is back gets the key under which that stands now. What is pointed at by
        something that is back, and could not be filled in there, remembers by whom.
        """
        # Who is to point where, as far as it is not there to be told.
        waiting = {
            (model._meta.label_lower, field, pk): key for model, field, key, pointing in self.links for pk in pointing
        }
        written = False
        for row in rows:
            label, pk, fields = row["model"], row["pk"], row["fields"]
            for number, (model, field) in enumerate(LINKS):
                if label != model._meta.label_lower:
                    continue
                at = fields.get(field)
                key = waiting.get((label, field, pk)) if at is None else self.placed.get((_target(number), at))
                if key not in (None, at):
                    fields[field] = key
                    written = True
            for number, pointing in self.away.get((label, pk), ()):
                written |= _remember(row, number, pointing)
        return written

    def _parted(self, rows) -> tuple[list[dict], list[dict]]:
        """Those that can come back now; and those of a symptom, measure or medication that is deleted itself, with the
        check-ins and the entries that would hold nothing without them."""
        missing = self._missing(rows)
        waits = [any(row["fields"].get(name) in missing[name] for name in BELONGS) for row in rows]
        if not any(waits):
            return rows, []

        def staying(models) -> list[dict]:
            return [row for row, waiting in zip(rows, waits, strict=True) if not waiting and row["model"] in models]

        read = {row["fields"]["check_in"] for row in staying({READING})}
        for place, row in enumerate(rows):
            if row["model"] == CHECK_IN and _is_blank(row, ("mood", "note")) and row["pk"] not in read:
                waits[place] = True
        held = {row["date"] for row in staying(OF_A_DAY)}
        for place, row in enumerate(rows):
            if row["model"] == ENTRY and _is_blank(row, DailyEntry.HOLDS) and row["fields"]["date"] not in held:
                waits[place] = True
        parts: tuple[list[dict], list[dict]] = ([], [])
        for row, waiting in zip(rows, waits, strict=True):
            parts[waiting].append(row)
        return parts

    def _missing(self, rows) -> dict[str, set[int]]:
        """The keys of symptoms, measures and medications of which something is kept, and which are deleted themselves.

        They may come back later, and what is theirs then. The day needs not wait for them.
        """
        found = {}
        for name, model in BELONGS.items():
            keys = {row["fields"].get(name) for row in rows if row["model"] in OF_A_DAY_AND_A_THING} - {None}
            coming = {row["pk"] for row in rows if row["model"] == f"journal.{name}"}
            there = model.objects.of(self.owner).filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
            found[name] = keys - coming - set(there)
        return found

    def _entries(self, rows) -> dict[str, DailyEntry]:
        dates = {row["date"] for row in rows if "date" in row}
        dates |= {row["fields"]["date"] for row in rows if row["model"] == ENTRY}
        return {entry.date.isoformat(): entry for entry in DailyEntry.objects.of(self.owner).filter(date__in=dates)}

    def _check_ins(self, rows) -> dict[int, CheckIn]:
        keys = _keys(rows, {READING}, "check_in")
        keys |= {row["pk"] for row in rows if row["model"] == CHECK_IN}
        return {check_in.pk: check_in for check_in in CheckIn.objects.of(self.owner).filter(pk__in=keys)}

    def _fit(self, row: dict) -> bool:
        """Fit one row; whether it is still to be inserted."""
        fields = row["fields"]
        if row["model"] == APPOINTMENT:
            fields.setdefault("updated", fields["created"])  # kept before it had one
        self._fit_links(row)
        if row["model"] not in (ENTRY, CHECK_IN):  # these may be fitted onto another row
            self._link(row, row["pk"])
        match row["model"]:
            case "journal.dailyentry":
                return self._fit_entry(row)
            case "journal.reading":
                self._fit_reading(row)
            case model if model in OF_A_DAY:
                fields["entry"] = self._entry(row["date"]).pk
                if model == CHECK_IN:
                    return self._fit_check_in(row)
        return True

    def _fit_entry(self, row: dict) -> bool:
        date = row["fields"]["date"]
        kept, now = _made(row), self.there.get(date)
        if now is None:
            self.there[date] = now = kept
        self.days.add(now.pk)
        self._link(row, now.pk)
        if now is kept:
            return True
        if _is_blank(row, DailyEntry.HOLDS):
            return False  # it held nothing itself, and the day has an entry again
        if any(getattr(now, name) not in BLANK for name in DailyEntry.HOLDS):
            return True  # two that hold something: the database refuses
        _take_on(DailyEntry.objects.of(self.owner), now, kept, (*DailyEntry.HOLDS, "carried"))
        return False

    def _fit_check_in(self, row: dict) -> bool:
        kept, now = _made(row), self.check_ins.get(row["pk"])
        self._link(row, kept.pk)
        if now is None or now.mood is not None or now.note:
            return True  # where it stands there again, with something in it, it is refused
        _take_on(CheckIn.objects.of(self.owner), now, kept, ("time", "mood", "note"))
        return False

    def _fit_reading(self, row: dict) -> None:
        key = row["fields"]["check_in"]
        if key in self.check_ins:
            self.days.add(self.check_ins[key].entry_id)
        elif key not in self.coming:
            # Under its own key, so that the check-in itself still finds its place if it comes back.
            entry = self._entry(row["date"])
            self.check_ins[key] = CheckIn.objects.create(pk=key, entry=entry, time=row["time"])

    def _entry(self, date: str) -> DailyEntry:
        if date not in self.there:
            self.there[date] = DailyEntry.objects.create(owner=self.owner, date=date)
        self.days.add(self.there[date].pk)
        return self.there[date]

    def _link(self, row: dict, key: int) -> None:
        """The row stands under ``key`` now: what pointed at it will again."""
        self.placed[row["model"], row["pk"]] = key
        links = row.get("links", {})
        if "questions" in row:  # kept before links had a name
            name = f"journal.question.{'entry' if row['model'] == ENTRY else 'check_in'}"
            links = {**links, name: [*row["questions"], *links.get(name, ())]}
        for model, field in LINKS:
            pointing = links.get(f"{model._meta.label_lower}.{field}")
            if pointing:
                self.links.append((model, field, key, pointing))

    def _pointed_at(self, rows) -> set[tuple[str, int]]:
        """What these rows point at that is there now, by label and key: a query for each kind of link."""
        found = set()
        for number, (model, field) in enumerate(LINKS):
            keys = _keys(rows, {model._meta.label_lower}, field)
            if keys:
                target = model._meta.get_field(field).related_model
                there = target.objects.of(self.owner).filter(pk__in=keys).values_list("pk", flat=True)
                found |= {(_target(number), key) for key in there}
        return found

    def _fit_links(self, row: dict) -> None:
        """What the row points at: where that stands now; blank where it is gone."""
        for number, (model, field) in enumerate(LINKS):
            key = row["fields"].get(field) if row["model"] == model._meta.label_lower else None
            if key is None:
                continue
            place = _target(number), key
            there = place in self.pointed_at or (place[0] == CHECK_IN and key in self.check_ins)
            row["fields"][field] = self.placed.get(place, key if there else None)
            if row["fields"][field] is None:
                self.away.setdefault(place, []).append((number, row["pk"]))


def _is_blank(row: dict, names) -> bool:
    return all(row["fields"].get(name) in BLANK for name in names)


def _made(row: dict):
    return next(iter(serializers.deserialize("python", [row]))).object


def _take_on(rows: QuerySet, now, kept, names: tuple[str, ...]) -> None:
    rows.filter(pk=now.pk).update(**{name: getattr(kept, name) for name in names})
