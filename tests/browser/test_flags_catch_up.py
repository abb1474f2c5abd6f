"""Help on the screen when several days are filled in at once, with a connection and without one."""
# ruff: noqa: F811 (fixtures)

import pytest
from playwright.sync_api import expect

from journal.models import DoseTaken, FlagRaised
from tests.browser.conftest import axe_problems
from tests.browser.flagging import close, diazepam, here, panel, rows, symptoms, told  # noqa: F401
from tests.browser.test_nothing_lost import save, state
from tests.browser.test_offline_logging import WAITS, day

pytestmark = pytest.mark.django_db(transaction=True)


def words(number) -> str:
    then = day(number)
    return f"{then.day} {then:%B}"


@pytest.fixture
def catching_up(here, live_server, diazepam):
    here.goto(f"{live_server.url}/entries/catch-up/")
    here.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return here


def dose(page, number, medication, value):
    field = page.locator(f"input[name='{day(number)}-dose-{medication.pk}'][value='{value}']")
    field.evaluate("(field) => { field.checked = true; }")


def rate(page, number, symptom, value):
    """As a page does that asked for it when it was opened: these symptoms are not among those of catching up."""
    page.locator("#task").evaluate(
        """(form, [name, value]) => {
          const field = document.createElement('input');
          Object.assign(field, { type: 'hidden', name, value });
          form.append(field);
        }""",
        [f"{day(number)}-symptom-{symptom.pk}", str(value)],
    )


def test_two_missed_days_in_a_row_and_a_reading(catching_up, alice, diazepam, symptoms):
    dose(catching_up, 1, diazepam, "missed")
    dose(catching_up, 2, diazepam, "missed")
    dose(catching_up, 4, diazepam, "missed")
    rate(catching_up, 3, symptoms["akathisia"], 8)
    rate(catching_up, 5, symptoms["akathisia"], 6)
    save(catching_up).click()
    expect(told(catching_up)).to_have_text("Saved.")
    assert axe_problems(catching_up) == []
    assert len(rows(catching_up)) == 2
    assert f"On {words(3)}:" in rows(catching_up)[0] and "inner restlessness at 8" in rows(catching_up)[0]
    assert f"two days in a row: {words(2)} and {words(1)}" in rows(catching_up)[1]
    close(catching_up)
    expect(catching_up.get_by_text("days saved.")).to_be_visible()
    found = set(FlagRaised.objects.of(alice).values_list("rule", "date"))
    assert found == {("akathisia", day(3)), ("missed-doses", day(1))}


def test_one_missed_day_beside_one_that_is_recorded(here, live_server, alice, diazepam):
    DoseTaken.objects.create(medication=diazepam, date=day(3), status="missed", mg=0)
    here.goto(f"{live_server.url}/entries/catch-up/")
    dose(here, 2, diazepam, "missed")
    save(here).click()
    expect(panel(here)).to_be_visible()
    assert f"{words(3)} and {words(2)}" in rows(here)[0]


def test_what_is_below_is_silent(catching_up, diazepam, symptoms):
    dose(catching_up, 1, diazepam, "missed")
    dose(catching_up, 2, diazepam, "planned")
    dose(catching_up, 3, diazepam, "missed")
    rate(catching_up, 2, symptoms["akathisia"], 6)
    rate(catching_up, 8, symptoms["akathisia"], 9)  # over a week ago
    save(catching_up).click()
    expect(catching_up.get_by_text("days saved.")).to_be_visible()
    assert not FlagRaised.objects.exists()


def test_without_a_connection(catching_up, live_server, context, alice, diazepam):
    dose(catching_up, 1, diazepam, "missed")
    dose(catching_up, 2, diazepam, "missed")
    context.set_offline(True)
    save(catching_up).click()
    expect(panel(catching_up)).to_be_visible()
    expect(told(catching_up)).to_contain_text(WAITS)
    assert f"{words(2)} and {words(1)}" in rows(catching_up)[0]
    close(catching_up)
    expect(state(catching_up)).to_contain_text(WAITS)
    catching_up.goto("about:blank")
    context.set_offline(False)
    catching_up.goto(f"{live_server.url}/")
    expect(catching_up.get_by_text("1 entry was sent.")).to_be_visible()
    assert catching_up.url == f"{live_server.url}/"  # it was on the screen already
    assert FlagRaised.objects.of(alice).get().date == day(1)
