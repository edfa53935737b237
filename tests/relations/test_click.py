"""After the first talk: two private answers, one decision, and no trace of a no."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import Message

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.gate import open_seats
from klimtouw.belongings.models import Bond, Share
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.actions import begin_relation, end_before_start
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.beginning import erase_not_started, mark_first_talk_held, put_away
from klimtouw.relations.actions.click import DoubleHatNotDeclared, answer_click
from klimtouw.relations.choices import Click, Origin, State
from klimtouw.relations.lifecycle import NoSuchMove
from klimtouw.relations.models import ClickAnswer, CommonGround, Relation
from klimtouw.relations.queries.next_act import next_act_in
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.queries.relations import relations_of
from klimtouw.relations.tasks import tidy
from tests.stories import make_contract, make_relation

SignIn = Callable[[Person], Client]


@pytest.fixture
def clicking(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram had their first talk, and Bram said he does not assess Noor."""
    relation = make_relation(noor, bram, State.CLICKING, at)
    Relation.objects.filter(pk=relation.pk).update(has_double_hat=False)
    return relation


def page(name: str, relation: Relation) -> str:
    """Return the address of a page of a relation."""
    return reverse(f"relations:{name}", args=[relation.pk])


def say(relation: Relation, person: Person, answer: Click, at: datetime) -> Relation:
    """Let a person answer the click question."""
    day = localdate(at) + timedelta(days=7) if answer == Click.TIME else None
    return answer_click(relation, by=person, at=at, answer=answer, think_until=day)


def state_of(relation: Relation) -> str:
    """Return the state as it is kept."""
    return Relation.objects.get(pk=relation.pk).state


@pytest.mark.parametrize("who", ["noor", "bram"])
def test_either_says_the_first_talk_was_held_and_saying_it_twice_is_fine(
    who: str, noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    Relation.objects.filter(pk=relation.pk).update(has_double_hat=True)
    client = sign_in({"noor": noor, "bram": bram}[who])
    assert sign_in(stan).post(page("first_talk", relation)).status_code == 404
    assert client.get(page("first_talk", relation)).status_code == 200
    assert state_of(relation) == State.ACQUAINTING
    for _ in range(2):
        assert client.post(page("first_talk", relation)).url == page("click", relation)
    assert state_of(relation) == State.CLICKING


def test_talks_can_mark_the_first_talk_again_and_again(
    noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    with pytest.raises(Denied):
        mark_first_talk_held(relation, by=stan, at=at)
    for person in (noor, bram):
        assert mark_first_talk_held(relation, by=person, at=at).state == State.CLICKING
    running = make_relation(noor, stan, State.RUNNING, at)
    assert mark_first_talk_held(running, by=noor, at=at).state == State.RUNNING


def test_before_the_declaration_nobody_reaches_the_click(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, State.CLICKING, at)
    for method in ("get", "post"):
        sent = {"answer": "yes"} if method == "post" else {}
        assert getattr(sign_in(noor), method)(page("click", relation), sent).url == page(
            "acquaintance", relation
        )
        assert getattr(sign_in(bram), method)(page("click", relation), sent).url == page(
            "double_hat", relation
        )
    with pytest.raises(DoubleHatNotDeclared):
        say(relation, noor, Click.YES, at)
    assert not ClickAnswer.objects.exists()
    declare_double_hat(relation, by=bram, at=at, has_double_hat=True)
    Person.objects.filter(pk=noor.pk).update(language="en")
    shown = sign_in(noor).get(page("click", relation)).content.decode()
    assert "also assesses your work" in shown


def test_v7_two_yeses_lead_on_and_one_does_not(
    clicking: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
    mailoutbox: list[EmailMessage],
) -> None:
    answer = sign_in(noor).post(page("click", clicking), {"answer": "yes"})
    assert answer.url == page("click", clicking)
    assert state_of(clicking) == State.CLICKING
    assert mailoutbox == []
    assert sign_in(bram).post(page("click", clicking), {"answer": "yes"}).url == page("relation", clicking)
    assert state_of(clicking) == State.CONTRACTING
    assert not ClickAnswer.objects.exists()
    assert sorted(mail.to[0] for mail in mailoutbox) == [bram.email, noor.email]
    assert open_seats(at).filter(bond=clicking.acquaintance_bond).count() == 2
    assert not clicking.work_bond.seats.exists()


@pytest.mark.parametrize("first", [Click.YES, Click.TIME, Click.NO])
@pytest.mark.parametrize("second", [Click.YES, Click.TIME, Click.NO])
def test_v7_nothing_is_decided_before_both_said_yes_or_no(
    clicking: Relation, noor: Person, bram: Person, at: datetime, first: Click, second: Click
) -> None:
    say(clicking, noor, first, at)
    say(clicking, bram, second, at)
    expected = State.CLICKING
    if Click.TIME not in (first, second):
        expected = State.CONTRACTING if first == second == Click.YES else State.NOT_STARTED
    assert state_of(clicking) == expected
    assert ClickAnswer.objects.exists() == (expected == State.CLICKING)


def test_an_answer_may_change_until_it_is_decided(
    clicking: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    for answer in (Click.NO, Click.TIME, Click.YES):
        say(clicking, noor, answer, at)
    assert ClickAnswer.objects.get().answer == Click.YES
    assert say(clicking, bram, Click.YES, at).state == State.CONTRACTING
    with pytest.raises(Denied):
        say(clicking, noor, Click.NO, at)


@pytest.mark.parametrize(("days", "is_fine"), [(-1, False), (0, False), (1, True), (60, True), (61, False)])
def test_time_to_think_ends_on_a_day_soon(
    clicking: Relation, noor: Person, at: datetime, sign_in: SignIn, days: int, is_fine: bool
) -> None:
    day = localdate(at) + timedelta(days=days)
    response = sign_in(noor).post(page("click", clicking), {"answer": "time", "think_until": day.isoformat()})
    assert response.status_code == (302 if is_fine else 200)
    if is_fine:
        assert ClickAnswer.objects.get().think_until == day
    else:
        assert response.context["form"].errors["think_until"]


@pytest.mark.parametrize(
    ("data", "field"),
    [({"answer": ""}, "answer"), ({"answer": "perhaps"}, "answer"), ({"answer": "time"}, "think_until"),
     ({"answer": "time", "think_until": "31/02"}, "think_until")],
)  # fmt: skip
def test_a_half_answer_says_what_is_missing(
    clicking: Relation, noor: Person, sign_in: SignIn, data: dict[str, str], field: str
) -> None:
    response = sign_in(noor).post(page("click", clicking), data)
    assert list(response.context["form"].errors) == [field]
    assert not ClickAnswer.objects.exists()


def test_a_day_beside_a_yes_is_left_out(clicking: Relation, noor: Person, sign_in: SignIn) -> None:
    sign_in(noor).post(page("click", clicking), {"answer": "yes", "think_until": "1999-01-01"})
    assert (ClickAnswer.objects.get().answer, ClickAnswer.objects.get().think_until) == ("yes", None)


def test_the_click_is_answered_by_the_two_alone(
    clicking: Relation, stan: Person, vera: Person, ines: Person, at: datetime, sign_in: SignIn
) -> None:
    for somebody in (stan, vera, ines):
        assert sign_in(somebody).get(page("click", clicking)).status_code == 404
        assert sign_in(somebody).post(page("click", clicking), {"answer": "yes"}).status_code == 404
        with pytest.raises(Denied):
            say(clicking, somebody, Click.YES, at)


def every_page_about(relation: Relation) -> list[str]:
    """Return every address that needs nothing, or only this relation."""

    def below(resolver: URLResolver, namespace: str = "") -> list[tuple[str, URLPattern]]:
        found: list[tuple[str, URLPattern]] = []
        for entry in resolver.url_patterns:
            inside = (
                f"{namespace}{entry.namespace}:"
                if isinstance(entry, URLResolver) and entry.namespace
                else namespace
            )
            found += below(entry, inside) if isinstance(entry, URLResolver) else [(namespace, entry)]
        return found

    addresses = []
    for namespace, pattern in below(get_resolver()):
        if not pattern.callback.__module__.startswith("klimtouw."):
            continue
        wanted = set(pattern.pattern.converters)
        if wanted <= {"relation"}:
            addresses.append(reverse(f"{namespace}{pattern.name}", kwargs=dict.fromkeys(wanted, relation.pk)))
    return addresses


def all_that_is_seen(client: Client, addresses: list[str]) -> dict[str, tuple[int, str, str]]:
    """Return status, redirect and body of every page; what is new at every request is masked."""
    seen = {}
    for address in addresses:
        response = client.get(address)
        body = response.content.decode()
        for noise in (
            r'name="csrfmiddlewaretoken" value="[^"]+"',
            r'name="id" value="[^"]+"',
            r'"token": "[^"]+"',
            r"\d\d:\d\d(:\d\d)?",
        ):
            body = re.sub(noise, "", body)
        seen[address] = (response.status_code, response.headers.get("Location", ""), body)
    return seen


@pytest.mark.only_on("sqlite3")  # a page is laid beside itself, before and after
@pytest.mark.parametrize(
    ("who", "mine"),
    [("noor", None), ("noor", Click.TIME), ("noor", Click.YES), ("noor", Click.NO), ("bram", None), ("bram", Click.YES)],
)  # fmt: skip
def test_v7_nothing_reveals_whether_the_other_answered(
    clicking: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn,
    mailoutbox: list[EmailMessage], mine: Click | None, who: str,
) -> None:  # fmt: skip
    me, other = (noor, bram) if who == "noor" else (bram, noor)
    if mine:
        say(clicking, me, mine, at)
    addresses = every_page_about(clicking)
    assert page("click", clicking) in addresses
    assert reverse("relations:overview") in addresses
    mine_open = sign_in(me)
    before, row = all_that_is_seen(mine_open, addresses), Relation.objects.values().get()
    # Once I said yes or no, a yes or no of the other decides; until then only time to think can follow.
    answers = [Click.TIME] if mine in (Click.YES, Click.NO) else [Click.YES, Click.NO, Click.TIME]
    for answer in answers:
        say(clicking, other, answer, at)
        assert all_that_is_seen(mine_open, addresses) == before
        assert Relation.objects.values().get() == row
        assert str(next_act_in(relation_of(me, at, clicking.pk), me, at)) == str(
            next_act_in(relations_of(me, at)[0], me, at)
        )
    assert mailoutbox == []
    assert not Line.objects.exists()


def test_v7_what_changes_is_only_seen_by_who_answered(
    clicking: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    """The comparison above can fail: one's own answer does show."""
    addresses = every_page_about(clicking)
    before = all_that_is_seen(sign_in(noor), addresses)
    say(clicking, noor, Click.TIME, at)
    assert all_that_is_seen(sign_in(noor), addresses) != before


@pytest.mark.parametrize(
    ("hers", "his"), [(Click.NO, Click.YES), (Click.YES, Click.NO), (Click.NO, Click.NO)]
)
def test_v8_any_no_gives_both_the_same_words_and_leaves_no_answer_or_reason(
    clicking: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn,
    mailoutbox: list[EmailMessage], hers: Click, his: Click,
) -> None:  # fmt: skip
    say(clicking, noor, hers, at)
    sign_in(bram).post(page("click", clicking), {"answer": his})
    assert state_of(clicking) == State.NOT_STARTED
    assert not ClickAnswer.objects.exists()
    assert not Line.objects.exists()
    assert not open_seats(at + timedelta(seconds=5)).exists()
    read = {person.name: said_to(sign_in(person), page("dismiss", clicking)) for person in (noor, bram)}
    assert read["Noor"].replace("Bram", "X") == read["Bram"].replace("Noor", "X")
    letters = {mail.to[0]: (mail.subject + str(mail.body)) for mail in mailoutbox}
    assert letters[noor.email].replace("Bram", "X") == letters[bram.email].replace("Noor", "X")
    texts = [
        field.name for field in ClickAnswer._meta.get_fields() if field.get_internal_type() == "TextField"
    ]
    assert texts == []


def said_to(client: Client, address: str) -> str:
    """Return the words of a page, without what belongs to the form."""
    body = client.get(address).content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"<input[^>]*>", "", body)


def test_v8_leaving_before_the_start_reads_the_same_as_a_no(
    noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn, mailoutbox: list[EmailMessage]
) -> None:
    left, refused = (make_relation(noor, other, State.CLICKING, at) for other in (bram, stan))
    Relation.objects.update(has_double_hat=False)
    end_before_start(left, at)
    say(refused, noor, Click.NO, at)
    say(refused, stan, Click.YES, at)
    hers = sign_in(noor)
    pages = [said_to(hers, page("dismiss", each)).replace(str(each.pk), "") for each in (left, refused)]
    assert pages[0].replace("Bram", "Stan") == pages[1]
    bodies = [re.sub(r"[0-9a-f-]{36}", "", str(mail.body)) for mail in mailoutbox if mail.to == [noor.email]]
    assert bodies[0].replace("Bram", "Stan") == bodies[1]


@pytest.mark.parametrize(
    "state", [State.CONTRACTING, State.RUNNING, State.PAUSED, State.COMPLETED, State.NOT_STARTED]
)
def test_what_has_started_does_not_end_as_if_it_had_not(
    noor: Person, bram: Person, at: datetime, state: State
) -> None:
    relation = make_relation(noor, bram, state, at)
    with pytest.raises(NoSuchMove):
        end_before_start(relation, at)
    assert state_of(relation) == state


def test_v8_put_away_by_both_nothing_remains_but_ones_own_words(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    kept = {model._meta.label: model.objects.count() for model in apps.get_models()}
    relation = begin_relation(coachee=noor, coach=bram, origin=Origin.CHOSEN, at=at)
    words = keep(CommonGround, by=noor, at=at, relation=relation, text="Van Noor")
    share(words, onto=relation.acquaintance_bond, by=noor, at=at)
    end_before_start(relation, at)
    assert sign_in(noor).post(page("dismiss", relation)).url == reverse("relations:overview")
    assert relations_of(noor, at) == []
    assert relations_of(bram, at) == [relation]
    sign_in(bram).post(page("dismiss", relation))
    assert not Relation.objects.exists() and not Bond.objects.exists() and not Share.objects.exists()
    words.refresh_from_db()
    assert (words.text, words.relation_id) == ("Van Noor", None)
    words.delete()
    own = ("ledger.", "sessions.", "belongings.", "people.DataKey", "people.Session")  # who wrote has a key
    now = {model._meta.label: model.objects.count() for model in apps.get_models()}
    assert {k: n for k, n in now.items() if not k.startswith(own)} == {
        k: n for k, n in kept.items() if not k.startswith(own)
    }


def test_v8_after_two_weeks_what_did_not_start_is_erased(
    noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    old, recent = (
        make_relation(noor, bram, State.NOT_STARTED, at - timedelta(days=14)),
        make_relation(noor, stan, State.NOT_STARTED, at),
    )
    running = make_relation(bram, stan, State.RUNNING, at - timedelta(days=50))
    tidy.enqueue()
    assert set(Relation.objects.values_list("pk", flat=True)) == {recent.pk, running.pk}
    assert erase_not_started(at) == 0
    assert not Bond.objects.filter(pk__in=[old.acquaintance_bond_id, old.work_bond_id]).exists()


@pytest.mark.parametrize("state", State)
def test_only_what_did_not_start_is_put_away(
    noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn, state: State
) -> None:
    relation = make_relation(noor, bram, state, at)
    expected = 200 if state == State.NOT_STARTED else 404
    assert sign_in(noor).get(page("dismiss", relation)).status_code == expected
    assert sign_in(stan).get(page("dismiss", relation)).status_code == 404
    if expected != 200:
        with pytest.raises(Denied):
            put_away(relation, by=noor, at=at)


@pytest.mark.parametrize("state", State)
def test_an_old_link_to_the_click_leads_to_where_they_stand(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn, state: State
) -> None:
    relation = make_relation(noor, bram, state, at)
    Relation.objects.update(has_double_hat=False)
    landing = {State.ACQUAINTING: "acquaintance", State.NOT_STARTED: "dismiss"}.get(state, "relation")
    response = sign_in(noor).post(page("click", relation), {"answer": "no"})
    assert response.url == page("click" if state == State.CLICKING else landing, relation)
    assert state_of(relation) == state


def test_a_new_beginning_is_possible_after_one_that_did_not_start(
    noor: Person, bram: Person, at: datetime
) -> None:
    first = begin_relation(coachee=noor, coach=bram, origin=Origin.CHOSEN, at=at)
    assert begin_relation(coachee=noor, coach=bram, origin=Origin.ASSIGNED, at=at) == first
    end_before_start(first, at)
    again = begin_relation(coachee=noor, coach=bram, origin=Origin.ASSIGNED, at=at)
    assert (again.pk != first.pk, again.state) == (True, State.ACQUAINTING)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_relations_and_what_is_next_cost_one_query(
    noor: Person, bram: Person, stan: Person, amir: Person, at: datetime, many: int
) -> None:
    for coach, state in list(
        zip((bram, stan, amir), (State.CLICKING, State.CONTRACTING, State.RUNNING), strict=True)
    )[:many]:
        make_relation(noor, coach, state, at)
    with CaptureQueriesContext(connection) as queries:
        for relation in relations_of(noor, at):
            next_act_in(relation, noor, at)
    assert len(queries) == 1


def next_page(relation: Relation, person: Person, at: datetime) -> str | None:
    """Return the address of what is next for somebody."""
    act = next_act_in(relation_of(person, at, relation.pk), person, at)
    return act.url if act else None


def test_what_is_next_follows_from_ones_own_acts(noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    assert next_page(relation, noor, at) == page("acquaintance", relation)
    mark_first_talk_held(relation, by=noor, at=at)
    assert next_page(relation, noor, at) == page("acquaintance", relation)
    assert next_page(relation, bram, at) == page("double_hat", relation)
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    assert next_page(relation, noor, at) == page("click", relation)
    say(relation, noor, Click.TIME, at)
    assert next_page(relation, noor, at) is None
    assert next_page(relation, noor, at + timedelta(days=7)) == page("click", relation)
    say(relation, noor, Click.YES, at)
    assert next_page(relation, noor, at) is None
    say(relation, bram, Click.YES, at)
    assert next_page(relation, bram, at) == page("contract_draft", relation)
    proposal = make_contract(relation, at)
    proposal.signatures.filter(person=bram).delete()
    proposal.in_force_at = None
    proposal.save()
    assert next_page(relation, bram, at) == page("contract", relation)
    assert next_page(relation, noor, at) is None
    for state in (State.COMPLETED, State.STOPPED):
        Relation.objects.update(state=state)
        assert next_page(relation, noor, at) is None


def test_live_relations_come_first(
    noor: Person, bram: Person, stan: Person, amir: Person, at: datetime
) -> None:
    make_relation(noor, bram, State.COMPLETED, at)
    old = make_relation(noor, stan, State.RUNNING, at - timedelta(days=30))
    young = make_relation(noor, amir, State.ACQUAINTING, at - timedelta(days=1))
    assert [relation.coach for relation in relations_of(noor, at)] == [young.coach, old.coach, bram]


def test_letters_after_the_click_are_one_each_and_carry_no_answer(
    clicking: Relation, noor: Person, bram: Person, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    say(clicking, noor, Click.NO, at)
    say(clicking, bram, Click.YES, at)
    messages: list[Message] = [mail.message() for mail in mailoutbox]
    assert len({message["Message-ID"] for message in messages}) == len(messages) == 2
