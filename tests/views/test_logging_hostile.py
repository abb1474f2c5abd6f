"""Random, partial and hostile forms to every address that logs: an answer that means something, and a record that holds
what was acknowledged and nothing else."""

import datetime as dt
import uuid
from decimal import Decimal

import time_machine
from django.core import serializers
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.models import (
    CheckIn,
    DailyEntry,
    DoseTaken,
    ForgottenDay,
    LifeEvent,
    Measure,
    Measurement,
    Question,
    Rating,
    Reading,
    Symptom,
)
from journal.models.base import plain
from journal.queries.tracked import add_measure
from tests.conftest import NOON, TODAY, make_entry, make_medication, make_step, make_symptom, person

ALLOWED = {200, 302, 400, 403, 404, 409, 413, 422, 429}
LOGGED = (
    DailyEntry,
    Rating,
    Measurement,
    LifeEvent,
    CheckIn,
    Reading,
    DoseTaken,
    ForgottenDay,
    Question,
    Symptom,
    Measure,
)
NASTY = [
    "", " ", "0", "3", "10", "11", "-1", "4.5", "4,5", "١٢", "1e9", "NaN", "Infinity", "٣", "five", "\x00",
    "<script>alert(1)</script>", "' OR 1=1 --", "{{ 7*7 }}", "%00", "\u202egnp", "👩\u200d👧", "a" * 600, "7 h 30",
    "25:00", "23:59", "07:00", "on", "planned", "late", "other", "missed", "None", "null", "[]", "9" * 40, "0x10",
    "\r\n\r\n", "2026-02-30",
]  # fmt: skip
TEXT = st.sampled_from(NASTY) | st.text(max_size=40) | st.integers(0, 10).map(str)
DAYS = ["2026-11-22", "2026-11-21", "2026-03-29", "2024-02-29", "1920-01-01", "2026-11-23", "2026-02-30", "0000-00-00"]


class Hostile(TestCase):
    def setup_example(self):
        super().setup_example()
        self.clock = time_machine.travel(NOON, tick=False)
        self.clock.start()
        self.alice, self.bob = person("alice"), person("bob")
        self.medication = make_medication(self.alice)
        make_step(self.medication, TODAY - dt.timedelta(9), 20, "start")
        self.symptoms = [make_symptom(self.alice), make_symptom(self.alice, "Jaw pain", builtin="", tracked=False)]
        self.weight = add_measure(self.alice, "Weight", kind="amount", unit="kg", low=Decimal(20), high=Decimal(400))
        self.theirs = make_symptom(self.bob, "His own", builtin="")
        make_entry(self.bob, ratings={self.theirs: 5}, mood=5, notes="his")
        entry = make_entry(self.alice, TODAY - dt.timedelta(1), {self.symptoms[0]: 4}, mood=3, notes="hers")
        self.check_in = CheckIn.objects.create(entry=entry, time=dt.time(9), mood=4)
        self.client = Client(raise_request_exception=True)
        self.client.force_login(self.alice)

    def teardown_example(self, example):
        self.clock.stop()
        super().teardown_example(example)

    def names(self) -> list[str]:
        keys = [symptom.pk for symptom in (*self.symptoms, self.theirs)] + [99999]
        dose = f"dose-{self.medication.pk}"
        return [
            *("mood", "energy", "function", "sleep_quality", "sleep_hours", "bed_time", "wake_time", "notes", "raise"),
            *(f"symptom-{key}" for key in keys), f"{dose}-status", f"{dose}-time", f"{dose}-mg", "dose-77-status",
            "measure-weight", "measure-alcohol", "measure-cycle", "measure-nobody", "event-illness",
            "event-illness-text",
            "event-seizure", "event-nothing", "add-0-name", "add-0-kind", "add-0-severity", "add-99-name", "carried",
            "shown", "uid", "do", "choose-mood", "time", "note", "status", "now", "confirm",
            *(f"{TODAY - dt.timedelta(n)}-{what}" for n in (2, 40) for what in ("mood", "forgotten", "notes", "leave")),
            f"{TODAY - dt.timedelta(2)}-symptom-{keys[0]}", f"{TODAY - dt.timedelta(2)}-dose-{self.medication.pk}",
            "2026-02-30-mood", "name", "kind", "unit", "low", "high", "better", "symptom", "q", "state",
        ]  # fmt: skip

    def paths(self) -> list[str]:
        day = [f"/entries/{day}/" for day in DAYS]
        return [
            *day,
            *(f"{one}check-in/" for one in day),
            f"/entries/{TODAY - dt.timedelta(1)}/check-in/{self.check_in.pk}/",
            f"/entries/{TODAY}/check-in/{self.check_in.pk}/",
            f"/entries/{TODAY}/check-in/{2**63}/",
            f"/entries/{TODAY}/dose/{self.medication.pk}/",
            f"/entries/{TODAY}/dose/{2**62}/",
            "/entries/catch-up/",
            "/measures/new/",
            "/measures/mood/",
            f"/measures/{self.weight.slug}/",
            f"/symptoms/{self.symptoms[0].pk}/",
            f"/symptoms/{self.theirs.pk}/",
            "/symptoms/choose/",
        ]

    def record(self, owner) -> str:
        return "\n".join(serializers.serialize("json", model.objects.of(owner).order_by("pk")) for model in LOGGED)

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_every_answer_means_something(self, data):
        path = data.draw(st.sampled_from(self.paths()))
        sent = data.draw(st.dictionaries(st.sampled_from(self.names()), TEXT, max_size=12))
        mine, his = self.record(self.alice), self.record(self.bob)
        response = self.client.post(path, sent)
        assert response.status_code in ALLOWED
        assert self.record(self.bob) == his
        if response.status_code != 302:
            assert self.record(self.alice) == mine
        for asked in ("/", path):
            assert self.client.get(asked).status_code in ALLOWED  # what was kept can be shown

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_the_record_holds_what_was_acknowledged(self, data):
        scores = ["mood", "energy", "function", "sleep_quality", f"symptom-{self.symptoms[0].pk}"]
        sent = data.draw(st.dictionaries(st.sampled_from(scores), TEXT, max_size=5))
        sent["notes"] = data.draw(TEXT)
        if data.draw(st.booleans()):
            sent["uid"] = str(uuid.uuid4())
        times = data.draw(st.integers(1, 3))
        answers = {self.client.post(f"/entries/{TODAY}/", sent).status_code for _ in range(times)}
        assert len(answers) == 1  # the same form again is answered alike
        entries = DailyEntry.objects.of(self.alice).filter(date=TODAY)
        if answers == {422}:
            assert not entries.exists()
            return
        assert answers == {302} and entries.count() <= 1
        entry = entries.first() or DailyEntry()
        ratings = {f"symptom-{r.symptom_id}": r.severity for r in Rating.objects.of(self.alice).filter(entry=entry.pk)}
        for name in scores:
            kept = ratings.get(name) if name.startswith("symptom") else getattr(entry, name)
            typed = sent.get(name, "").strip()
            assert (kept is None) == (typed in ("", "\x00")) or kept == Decimal(typed.replace(",", "."))
        assert entry.notes == plain(sent["notes"].replace("\r\n", "\n").replace("\r", "\n")).strip()
