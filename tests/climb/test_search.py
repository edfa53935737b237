"""Find something back in one's own trail, and take a selection of it along (C8)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import remove
from klimtouw.climb.actions.evidence import add_evidence
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.models import Entry
from klimtouw.climb.own_words import Sought
from klimtouw.climb.queries import search as queries
from klimtouw.climb.queries.trail import PER_PAGE
from klimtouw.climb.strong_verbs import VERBS, verbs_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared

SignIn = Callable[[Person], Client]
READS, WRITES = ("SELECT", "DECLARE"), ("INSERT", "UPDATE", "DELETE")


def looked_for(client: Client, **fields: object) -> str:
    """Look for something, and return the page."""
    answer = sent(client, "trail_search", **fields)
    assert answer.status_code == 200
    return str(answer.content.decode())


STRONG = [
    ("gaan", "Het ging goed."),
    ("ging", "Ik ben gegaan."),
    ("gegaan", "Morgen gaat het beter."),
    ("schrijven", "Ik schreef een brief."),
    ("geschreven", "Schrijf jij ook?"),
    ("schreef", "Twee dagen geschreven."),
    ("lopen", "We liepen samen naar huis."),
    ("begrijpen", "Ik begreep het."),
    ("begrijp", "Eindelijk begrepen!"),
    ("spreken", "Zij sprak zacht."),
    ("bespreken", "We hebben het besproken."),
    ("aannemen", "Ik heb het aangenomen."),
    ("opstaan", "Vandaag opgestaan om zes uur."),
    ("kiezen", "Toen koos ik voor mezelf."),
    ("helpen", "De groep hielp mij."),
    ("zag", "Ik had het niet gezien."),
    ("durven kijken", "Ik keek op en durfde."),
    ("Zwijgen", "Iedereen ZWEEG."),
]


@pytest.mark.parametrize(("typed", "text"), STRONG)
def test_c8_the_forms_of_a_strong_verb_are_one_word(typed: str, text: str) -> None:
    assert Sought(typed).is_in(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("gaan", "In de gang."),
        ("lezen", "Een les over losse eindjes."),
        ("nemen", "Mijn naam."),
        ("weten", "Een wiskundige."),
    ],
)
def test_a_word_that_only_looks_like_a_strong_verb_is_not_found(typed: str, text: str) -> None:
    assert not Sought(typed).is_in(text)


def test_every_strong_verb_stands_once_in_the_table_with_all_its_forms() -> None:
    lines = [line.split() for line in VERBS.splitlines() if line]
    assert len({line[0] for line in lines}) == len(lines) >= 150
    for verb, stem, *past in lines:
        assert len(past) in (3, 4, 5), verb
        assert all(word.isascii() and word.islower() for word in (verb, stem, *past)), verb
        assert all(verb in verbs_of(form) for form in (verb, stem, *past)), verb
        assert verb[0] == stem[0], verb


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("lopen", "Ik heb ver gelopen."),
        ("gelopen", "Zij loopt vooraan."),
        ("maken", "Ik maak een fout."),
        ("brieven", "Een brief van mijn opa."),
        ("huis", "Twee huizen verder."),
        ("toetsen", "De toets lukte."),
        ("toets", "Zo veel toetsen."),
        ("gesprek", "Na die gesprekken."),
        ("aanpassen", "Ik heb het aangepast."),
        ("climbs", "We were climbing."),
        ("verpleeg", "Verpleegkunde past bij mij."),
        ("CAFE", "In het café."),
        ("Café", "in een cafe"),
        ("spannende vraag", "Die vragen waren spannend."),
        ("vraag in de les", "Vandaag een vraag tijdens de lessen."),
        ("foto's", "Mijn foto hangt er."),
    ],
)
def test_c8_other_forms_of_a_word_are_found(typed: str, text: str) -> None:
    assert Sought(typed).is_in(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("lopen", "Ik sliep niet, ik zat."),
        ("moe", "Mijn moeder belde."),
        ("klas vraag", "Een vraag."),
        ("zee", "Ik las."),
    ],
)
def test_what_somebody_did_not_mean_is_not_found(typed: str, text: str) -> None:
    assert not Sought(typed).is_in(text)


def test_words_may_stand_in_different_answers() -> None:
    assert Sought("bang prik").is_in("Ik gaf een prik.", "Ik was bang.")


def test_signs_alone_are_no_words() -> None:
    assert not Sought(" ?! \x00 ")


def test_what_is_found_is_marked_and_everything_is_escaped() -> None:
    marked = Sought("vraag").marked("<b>Vraag</b> & vragen", 700)
    assert marked == "&lt;b&gt;<mark>Vraag</mark>&lt;/b&gt; &amp; <mark>vragen</mark>"


def test_of_a_long_text_the_part_with_the_word_is_shown() -> None:
    text = "begin " * 300 + "de Ömgekeerde wereld " + "eind " * 300
    marked = Sought("omgekeerde").marked(text, 700)
    assert "<mark>Ömgekeerde</mark>" in marked
    assert (marked[:8], marked[-6:]) == ("… begin ", "eind …")
    assert len(marked) < 750


def test_c8_own_words_find_an_entry_back(noor: Person, sign_in: SignIn, at: datetime) -> None:
    write_entry(by=noor, at=at, text="Ik heb <i>gelopen</i> 🙂.")
    write_entry(by=noor, at=at, text="Heel iets anders.")
    given = {"what": "We liepen niet. We loopten."}
    write_entry(by=noor, at=at, text="", form=EntryForm.WHAT_SO_WHAT, given=given)
    page = looked_for(sign_in(noor), sought="lópen")
    assert "Ik heb &lt;i&gt;<mark>gelopen</mark>&lt;/i&gt; 🙂." in page
    assert "<mark>loopten</mark>" in page
    assert "Wat gebeurde er?" in page
    assert "Heel iets anders." not in page
    assert 'value="lópen"' in page


def test_nothing_found_says_so_kindly_and_keeps_the_words(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    write_entry(by=noor, at=at, text="Vandaag.")
    page = looked_for(sign_in(noor), sought='"><script>x')
    assert "Hiermee is nog niets gevonden." in page
    assert 'value="&quot;&gt;&lt;script&gt;x"' in page
    assert reverse("climb:trail_selection") not in page


def test_the_newest_comes_first_and_older_ones_on_a_next_page(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    for number in range(PER_PAGE + 2):
        write_entry(by=noor, at=at + timedelta(minutes=number), text=f"Vraag nummer {number}.")
    client = sign_in(noor)
    first = looked_for(client, sought="vragen")
    assert first.index("nummer 51.") < first.index("nummer 50.") < first.index("nummer 2.")
    assert "nummer 1." not in first
    second = looked_for(client, sought="vragen", page=2)
    assert "nummer 1." in second
    assert "nummer 2." not in second
    assert "Er is niets ouders." in looked_for(client, sought="vragen", page=3)
    assert "nummer 51." in looked_for(client, sought="vragen", page="-7")


def test_filters_stand_in_the_address_and_words_never_do(noor: Person, sign_in: SignIn, at: datetime) -> None:
    goal = write_goal(by=noor, at=at, text="Durven vragen.")
    answer = sent(sign_in(noor), "trail_search", sought=" ", goal=goal.pk, month=f"{at:%Y-%m}", evidence="on")
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('climb:trail')}?goal={goal.pk}&evidence=yes"
    write_entry(by=noor, at=at, text="Nu is er een maand.")
    answer = sent(sign_in(noor), "trail_search", month=f"{at:%Y-%m}")
    assert answer["Location"] == f"{reverse('climb:trail')}?month={at:%Y-%m}"
    assert sent(sign_in(noor), "trail_search")["Location"] == reverse("climb:trail")


def test_c8_goal_form_month_and_evidence_each_leave_out_the_rest(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    goal = write_goal(by=noor, at=at, text="Durven vragen.")
    on_goal = write_entry(by=noor, at=at, text="Bij het doel.", goal=goal)
    formed = write_entry(by=noor, at=at, text="Met vorm.", form=EntryForm.STARR, given={"result": "Goed."})
    earlier = write_entry(by=noor, at=at - timedelta(days=40), text="Vroeger.")
    pinned = write_entry(by=noor, at=at, text="Met bewijs.")
    add_evidence(pinned, by=noor, at=at, caption="Foto", url="https://kade.example/")
    client, everything = sign_in(noor), {on_goal, formed, earlier, pinned}
    asked = {
        f"goal={goal.pk}": on_goal,
        "form=starr": formed,
        f"month={at - timedelta(days=40):%Y-%m}": earlier,
        "evidence=yes": pinned,
    }
    for address, fitting in asked.items():
        page = client.get(f"{reverse('climb:trail')}?{address}").content.decode()
        assert [entry.text for entry in everything if entry.text in page] == [fitting.text], address
    assert "Met <mark>vorm</mark>." in looked_for(client, sought="vorm", form="starr")
    assert "<mark>" not in looked_for(client, sought="vorm", form="alact")


def test_odd_filters_count_as_none(noor: Person, sign_in: SignIn, at: datetime) -> None:
    write_entry(by=noor, at=at, text="Vandaag.")
    odd = f"goal={uuid4()}&form=<b>&month=2026-99&evidence=&page=9x"
    assert "Vandaag." in sign_in(noor).get(f"{reverse('climb:trail')}?{odd}").content.decode()
    assert "<mark>Vandaag</mark>." in looked_for(
        sign_in(noor), sought="vandaag", goal="x", month="<", page="²"
    )
    assert looked_for(sign_in(noor), sought="x" * 10_000)


def test_a_month_is_that_of_where_one_lives(noor: Person, sign_in: SignIn) -> None:
    write_entry(by=noor, at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC), text="Net maart.")
    write_entry(by=noor, at=datetime(2026, 2, 28, 22, 30, tzinfo=UTC), text="Nog februari.")
    assert "Net maart." in seen_with(sign_in(noor), month="2026-03")
    assert "Nog februari." not in seen_with(sign_in(noor), month="2026-03")
    assert "Net maart." not in seen_with(sign_in(noor), month="2026-02")


def seen_with(client: Client, **keys: str) -> str:
    """Open the trail with a filter."""
    return str(client.get(reverse("climb:trail"), keys).content.decode())


def test_months_run_over_the_turn_of_a_year(noor: Person) -> None:
    write_entry(by=noor, at=datetime(2025, 11, 30, 12, tzinfo=UTC), text="Toen.")
    months = queries.months_of(noor, datetime(2026, 2, 1, 12, tzinfo=UTC))
    assert [f"{month:%Y-%m}" for month in months] == ["2026-02", "2026-01", "2025-12", "2025-11"]


def test_v1_a_search_reads_nobody_elses_entries_and_nothing_put_away(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn, at: datetime
) -> None:
    entry = write_entry(by=noor, at=at, text="Geheim.")
    shared(running_relation, at, entry)
    assert "<mark>" in looked_for(sign_in(noor), sought="geheim")
    assert "<mark>" not in looked_for(sign_in(bram), sought="geheim")
    assert "Geheim." not in selected(sign_in(bram), ticked=[entry.pk])
    remove(entry, by=noor, at=at)
    assert "<mark>" not in looked_for(sign_in(noor), sought="geheim")
    assert "Geheim." not in selected(sign_in(noor), ticked=[entry.pk])


@pytest.mark.parametrize("number", [3, 50])
def test_searching_asks_as_much_of_the_database_for_three_entries_as_for_fifty(
    number: int, noor: Person, running_relation: Relation, sign_in: SignIn, at: datetime
) -> None:
    entries = [write_entry(by=noor, at=at, text=f"Een vraag {one}.") for one in range(number)]
    shared(running_relation, at, *entries)
    client = sign_in(noor)
    looked_for(client, sought="vragen")
    with CaptureQueriesContext(connection) as queried:
        looked_for(client, sought="vragen")
    asked = [query for query in queried.captured_queries if query["sql"].startswith(READS)]
    assert len(asked) == 8, "\n".join(query["sql"][:120] for query in asked)


def test_p3_words_that_were_sought_are_kept_nowhere(noor: Person, sign_in: SignIn, at: datetime) -> None:
    write_entry(by=noor, at=at, text="Een zeldzaamheid.")
    client = sign_in(noor)
    with CaptureQueriesContext(connection) as queried:
        looked_for(client, sought="zeldzaamheid")
    assert not [query for query in queried.captured_queries if query["sql"].startswith(WRITES)]
    assert not [query for query in queried.captured_queries if "zeldzaam" in query["sql"].lower()]
    assert "zeldzaam" not in str(dict(client.session))


def test_p3_words_sought_by_a_tab_that_was_signed_out_do_not_wait_in_the_session(noor: Person) -> None:
    client = Client()
    sent(client, "trail_search", sought="zeldzaam" * 20)
    with_words = len(client.session["kept_form"])
    other = Client()
    sent(other, "trail_search")
    assert with_words == len(other.session["kept_form"])


def selected(client: Client, **fields: object) -> str:
    """Make a selection, and return it."""
    answer = sent(client, "trail_selection", **fields)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_c8_a_selection_is_stamped_as_one_with_name_and_day_and_names_the_evidence(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    entry = write_entry(
        by=noor, at=at, text="Ik <b>durfde</b>.\nEcht.", form=EntryForm.STARR, given={"result": "Goed."}
    )
    add_evidence(entry, by=noor, at=at, caption="Mijn verslag", url="https://kade.example/verslag")
    write_entry(by=noor, at=at, text="Iets anders.")
    for to in ("page", "file"):
        page = selected(sign_in(noor), sought="durven", to=to)
        for words in (
            "Eigen keuze",
            noor.name,
            "Ik &lt;b&gt;durfde&lt;/b&gt;.<br>Echt.",
            "Goed.",
            "Mijn verslag",
        ):
            assert words in page, (to, words)
        assert "https://kade.example/verslag" in page
        assert "Iets anders." not in page
        assert "<mark>" not in page


def test_ticks_choose_and_a_file_comes_to_keep(noor: Person, sign_in: SignIn, at: datetime) -> None:
    one, _two = (write_entry(by=noor, at=at, text=text) for text in ("Vraag een.", "Vraag twee."))
    answer = sent(sign_in(noor), "trail_selection", sought="vraag", ticked=[one.pk, "x"], to="file")
    assert answer["Content-Disposition"].startswith('attachment; filename="eigen-keuze-')
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Vraag een." in answer.content.decode()
    assert "Vraag twee." not in answer.content.decode()
    assert "Vraag twee." in selected(sign_in(noor), sought="vraag", to="<b>")


def test_what_was_ticked_goes_along_to_the_next_page(noor: Person, sign_in: SignIn, at: datetime) -> None:
    for number in range(PER_PAGE + 1):
        write_entry(by=noor, at=at + timedelta(minutes=number), text=f"Vraag {number}.")
    newest = Entry.objects.order_by("-created_at")[0].pk
    client = sign_in(noor)
    page = looked_for(client, sought="vraag", page=2, ticked=[newest])
    assert f'type="hidden" name="ticked" value="{newest}"' in page
    assert _checked(looked_for(client, sought="vraag", ticked=[newest])) == [str(newest)]


def _checked(page: str) -> list[str]:
    return [
        part.split('"')[0]
        for part in page.split('name="ticked" value="')[1:]
        if "checked" in part.split(">")[0]
    ]


def test_a_long_selection_says_that_it_holds_the_newest(noor: Person, sign_in: SignIn, at: datetime) -> None:
    for number in range(queries.MOST_IN_SELECTION + 1):
        write_entry(by=noor, at=at + timedelta(minutes=number), text=f"Dag {number}.")
    page = selected(sign_in(noor))
    assert "De nieuwste 300 staan hier." in page
    assert "Dag 0." not in page
    assert page.count("selection__entry") == queries.MOST_IN_SELECTION


def test_an_empty_selection_and_a_link_to_it_are_no_dead_end(noor: Person, sign_in: SignIn) -> None:
    assert "In deze keuze staat nog niets." in selected(sign_in(noor))
    assert sign_in(noor).get(reverse("climb:trail_selection")).status_code == 302
    assert "Zoek iets terug" in seen(sign_in(noor), "trail_search")
    assert UUID(int=0).hex not in selected(sign_in(noor), ticked=[UUID(int=0)])
