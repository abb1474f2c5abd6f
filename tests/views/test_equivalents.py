"""/equivalents/: four tables side by side, what is blank, where they disagree. Nothing is converted."""

import re

import pytest
from django.utils.html import escape

from journal.catalogue.equivalents import EQUIVALENTS, TABLES
from journal.catalogue.sources import SOURCES
from tests.conftest import make_medication

PATH = "/equivalents/"
NAMES = [
    "Alprazolam", "Bromazepam", "Chlordiazepoxide", "Clobazam", "Clonazepam", "Clorazepate", "Diazepam", "Estazolam",
    "Flurazepam", "Loprazolam", "Lorazepam", "Lormetazepam", "Nitrazepam", "Oxazepam", "Quazepam", "Temazepam",
    "Triazolam", "Zaleplon", "Zolpidem", "Zopiclone",
]  # fmt: skip


def page_of(client, **query) -> str:
    response = client.get(PATH, query)
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """What is read: no tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def rows_of(html: str) -> dict[str, list[str]]:
    """{the drug and what is said of it: its cells} of the table, in its order."""
    body = html.split("<tbody", 1)[1].split("</tbody>", 1)[0]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body, re.S):
        (head,) = re.findall(r"<th.*?</th>", row, re.S)
        found[words_of(head)] = [words_of(cell) for cell in re.findall(r"<td.*?</td>", row, re.S)]
    return found


def test_every_drug_has_its_four_values_its_range_and_its_half_life(as_alice):
    rows = rows_of(page_of(as_alice))
    assert [name.split(" Tables")[0] for name in rows] == NAMES
    assert {len(cells) for cells in rows.values()} == {6}
    assert rows["Oxazepam"] == [
        "VA/DoD 2021 30 mg",
        "Ashton 2002 20 mg",
        "WHO 2009 30 mg",
        "NHS Scotland 20 mg",
        "Over all tables 20 to 30 mg",
        "Half-life 4 to 15 h [2]",
    ]
    assert rows["Loprazolam"][3] == "NHS Scotland 1 to 2 mg"


def test_what_a_table_does_not_have_is_blank_and_says_so_to_a_screen_reader_too(as_alice):
    rows = rows_of(page_of(as_alice))
    assert rows["Clobazam"][:2] == ["VA/DoD 2021 – blank", "Ashton 2002 – blank"]
    assert rows["Zaleplon"][5] == "Half-life – blank"
    assert "the table does not have the drug, or we could not trace a figure to it" in words_of(page_of(as_alice))


def test_an_active_metabolite_stands_beside_its_drug(as_alice):
    rows = rows_of(page_of(as_alice))
    assert rows["Diazepam"][5] == "Half-life 20 to 100 h [2] 36 to 200 h , active metabolite [2]"


def test_where_tables_differ_twofold_is_said_in_words(as_alice):
    html = page_of(as_alice)
    said = [name for name in rows_of(html) if "Tables differ twofold or more" in name]
    names = [name.split(" Tables")[0] for name in said]
    assert names == ["Alprazolam", "Clonazepam", "Estazolam", "Flurazepam", "Lorazepam", "Quazepam", "Triazolam"]
    assert "alprazolam, clonazepam, estazolam, flurazepam, lorazepam, quazepam and triazolam" in words_of(html)


def test_it_says_what_it_is_not(as_alice):
    text = words_of(page_of(as_alice))
    assert "Nothing is converted here" in text
    assert "A switch from one medication to another is your prescriber’s act" in text
    assert text.count("Its figures are doubled here.") == 2


def test_every_source_is_named_and_linked(as_alice):
    html = page_of(as_alice)
    for key in [table.source for table in TABLES] + ["nhs_scotland_diazepam", "medscape_equivalency", "xanax_label"]:
        assert f'href="https://{escape(SOURCES[key].address)}"' in html
        assert escape(SOURCES[key].title) in html


def test_the_numbers_in_brackets_are_those_of_the_list(as_alice):
    html = page_of(as_alice)
    listed = re.findall(r"<li>", html.split("<ol", 1)[1].split("</ol>", 1)[0])
    used = {int(number) for number in re.findall(r"\[(\d+)\]", html)}
    assert used == set(range(1, len(listed) + 1))


@pytest.mark.parametrize("slug", EQUIVALENTS)
def test_one_drug_can_be_brought_to_the_top(as_alice, slug):
    html = page_of(as_alice, drug=slug)
    first, *others = [name.split(" Tables")[0] for name in rows_of(html)]
    assert first.lower() == slug
    assert others == [name for name in NAMES if name != first]
    assert f'<option value="{slug}" selected>' in html


@pytest.mark.parametrize(
    "asked", ["", "no-such-drug", "<script>alert(1)</script>", "\0", "💊", "x" * 5000, "Lorazepam"]
)
def test_anything_else_in_the_address_changes_nothing(as_alice, asked):
    html = page_of(as_alice, drug=asked)
    assert [name.split(" Tables")[0] for name in rows_of(html)] == NAMES
    assert "<script>alert" not in html


def test_a_drug_that_no_table_has_is_said_to_be_missing(as_alice):
    assert "None of the four tables has sertraline." in words_of(page_of(as_alice, drug="sertraline"))


def test_it_needs_an_account_and_takes_no_post(client, as_alice):
    assert as_alice.post(PATH).status_code == 405
    as_alice.logout()
    response = as_alice.get(PATH)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_the_list_of_medications_leads_to_it(as_alice, alice):
    make_medication(alice, "Lorazepam")
    assert f'href="{PATH}"' in as_alice.get("/medications/").content.decode()


def test_it_belongs_to_medications_in_the_menu(as_alice):
    rail = page_of(as_alice)
    assert re.search(r'href="/medications/"[^>]*aria-current', rail) or re.search(
        r'aria-current[^>]*href="/medications/"', rail
    )


@pytest.mark.parametrize(
    ("drug", "read"),
    [
        ("diazepam", "; its active metabolite 36 to 200 h ("),
        ("venlafaxine", "; its active metabolite: O-desmethylvenlafaxine (ODV) 11 h ("),
    ],
)
def test_the_page_of_a_medication_says_once_that_it_has_an_active_metabolite(as_alice, alice, drug, read):
    mine = make_medication(alice, drug.title(), drug=drug)
    words = words_of(as_alice.get(f"/medications/{mine.pk}/").content.decode())
    assert read in words
    assert "metabolite active" not in words
