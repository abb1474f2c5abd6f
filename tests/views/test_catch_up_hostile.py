"""Whatever is sent to the catch-up page: never a 500, and the database holds what was acknowledged."""

import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.models import DailyEntry, ForgottenDay, Symptom
from tests.conftest import NOON, make_entry, make_medication, make_step, person
from tests.views.test_catch_up import URL, day, state

NAMES = [
    "mood", "function", "sleep_hours", "notes", "forgotten", "leave", "symptom-1", "symptom-2", "dose-1", "dose-9",
    "symptom-999999999999999999", "symptom-x", "x", "", "energy",
]  # fmt: skip
DAYS = [str(day(n)) for n in (0, 1, 2, 3, 9)] + ["2026-02-30", "2026-11-23", "1900-01-01", "0000-00-00", "x"]
VALUES = st.one_of(
    st.sampled_from(
        ["", " ", "0", "5", "10", "11", "-1", "5.5", "NaN", "on", "planned", "missed", "late", "7:30", "25"]
    ),
    st.sampled_from(["\x00", "9" * 5000, "x" * 20_001, "٣", "<b>", "2026-11-20"]),
    st.text(max_size=20),
)
GOOD = st.dictionaries(
    st.tuples(st.sampled_from(DAYS[1:4]), st.sampled_from(["mood", "function", "forgotten"])),
    st.sampled_from(["", "5"]),
)


class Hostile(TestCase):
    def setup_example(self):
        super().setup_example()
        self.travel = time_machine.travel(NOON, tick=False)
        self.travel.start()
        self.carol = person("carol")
        make_entry(self.carol, day(10), mood=5)
        make_entry(self.carol, day(2), mood=1)
        Symptom.objects.create(pk=1, owner=self.carol, name="One", slug="one")
        make_step(make_medication(self.carol, pk=1), day(30), 20, "start")
        self.browser = Client()
        self.browser.force_login(self.carol)

    def teardown_example(self, example):
        self.travel.stop()
        super().teardown_example(example)

    @settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        data=st.dictionaries(st.tuples(st.sampled_from(DAYS), st.sampled_from(NAMES)), VALUES, max_size=8),
        extra=st.dictionaries(st.sampled_from(["remember", "shown", "uid"]), VALUES, max_size=1),
    )
    def test_no_form_breaks_it_and_nothing_refused_is_kept(self, data, extra):
        before = state(self.carol)
        data = {f"{one}-{name}": text.encode("utf-8", "ignore").decode() for (one, name), text in data.items()}
        extra = {name: text.encode("utf-8", "ignore").decode() for name, text in extra.items()}
        answer = self.browser.post(URL, data | extra)
        assert answer.status_code in {200, 302, 400, 422}
        after = state(self.carol)
        if answer.status_code != 302:
            assert after[:3] == before[:3]
        assert (day(2), 1, None, None, "") in after[0]  # what was there is never written over

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data=GOOD)
    def test_what_is_acknowledged_is_what_is_kept(self, data):
        answer = self.browser.post(URL, {f"{one}-{name}": text for (one, name), text in data.items()})
        if answer.status_code != 302:
            return
        for (one, name), text in data.items():
            if text and name == "forgotten":
                assert ForgottenDay.objects.of(self.carol).filter(date=one).exists()
            elif text:
                assert DailyEntry.objects.of(self.carol).filter(date=one, **{name: 5}).exists()
