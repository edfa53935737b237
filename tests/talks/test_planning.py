"""Plan a talk: propose up to three moments, one tap chooses; move and cancel without blame (T1)."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import MomentGoneBy, NoMoment, SameMomentTwice, TooManyMoments
from tests.stories import make_relation
from tests.talks.conftest import SignIn, days

BRUSSELS = ZoneInfo("Europe/Brussels")


def typed(*moments: datetime, **more: object) -> dict[str, object]:
    """Return what somebody fills in for these moments."""
    fields: dict[str, object] = {"minutes": 30, "place": "Bij de vijver"}
    for number, moment in enumerate(moments, start=1):
        local = moment.astimezone(BRUSSELS)
        fields |= {f"day_{number}": f"{local:%Y-%m-%d}", f"time_{number}": f"{local:%H:%M}"}
    return fields | more


def propose(client: Client, relation: Relation, **fields: object) -> object:
    return client.post(reverse("talks:propose", args=[relation.pk]), fields)


def test_noor_chooses_one_of_brams_moments_with_one_tap(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    answer = propose(sign_in(bram), running_relation, **typed(days(2, at), days(3, at), days(4, at)))
    talk = Talk.objects.get()
    assert answer.url == talk.get_absolute_url()
    assert (talk.minutes, talk.place, talk.moments.count()) == (30, "Bij de vijver", 3)
    page = sign_in(noor).get(talk.get_absolute_url())
    assert b"Welk moment past jou?" in page.content
    second = talk.moments.order_by("starts_at")[1]
    sign_in(noor).post(reverse("talks:choose", args=[talk.pk]), {"moment": second.pk})
    talk.refresh_from_db()
    assert (talk.state, talk.starts_at) == (TalkState.PLANNED, days(3, at))


def test_noor_may_propose_too_and_then_bram_chooses(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    propose(sign_in(noor), running_relation, **typed(days(2, at)))
    talk = Talk.objects.get()
    sign_in(bram).post(reverse("talks:choose", args=[talk.pk]), {"moment": talk.moments.get().pk})
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED


def test_whoever_proposed_cannot_choose(proposed: Talk, bram: Person, sign_in: SignIn) -> None:
    moment = proposed.moments.first()
    assert moment
    answer = sign_in(bram).post(
        reverse("talks:choose", args=[proposed.pk]), {"moment": moment.pk}, follow=True
    )
    assert b"dus de ander kiest" in answer.content
    proposed.refresh_from_db()
    assert proposed.state == TalkState.PROPOSED


def test_a_moment_of_another_talk_is_not_a_moment_of_this_one(
    proposed: Talk, noor: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    elsewhere = make_relation(noor, amir, State.RUNNING, at)
    others = actions.propose_talk(relation=elsewhere, by=amir, at=at, moments=[days(5, at)], minutes=30)
    url = reverse("talks:choose", args=[proposed.pk])
    answer = sign_in(noor).post(url, {"moment": others.moments.get().pk}, follow=True)
    assert "is er niet meer" in answer.content.decode()
    sign_in(noor).post(url, {"moment": "x"})
    sign_in(noor).post(url)
    assert set(Talk.objects.values_list("state", flat=True)) == {TalkState.PROPOSED}


def test_a_moment_that_went_by_can_no_longer_be_chosen(proposed: Talk, noor: Person, at: datetime) -> None:
    first = proposed.moments.order_by("starts_at")[0]
    with pytest.raises(actions.MomentIsPast):
        actions.choose_moment(talk=proposed, by=noor, at=at + timedelta(days=2), moment_id=first.pk)


@pytest.mark.parametrize(
    ("offsets", "message"),
    [
        ([-1], "al voorbij"),
        ([400], "binnen twaalf maanden"),
        ([2, 2], "heb je al ingevuld"),
        ([], "Kies een dag."),
    ],
)
def test_moments_that_cannot_be_are_answered_at_their_field(
    running_relation: Relation,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
    offsets: list[float],
    message: str,
) -> None:
    answer = propose(sign_in(bram), running_relation, **typed(*(days(number, at) for number in offsets)))
    assert message in answer.content.decode()
    assert "Bij de vijver" in answer.content.decode()
    assert not Talk.objects.exists()


def test_a_day_without_an_hour_asks_for_the_hour(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    fields = typed(days(2, at), day_2="2027-01-14", time_3="10:00")
    answer = propose(sign_in(bram), running_relation, **fields).content.decode()
    assert "Kies een uur bij deze dag." in answer
    assert "Kies een dag bij dit uur." in answer
    assert "<details open>" in answer


def test_a_fourth_moment_is_never_taken(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    four = [days(number, at) for number in (2, 3, 4, 5)]
    propose(sign_in(bram), running_relation, **typed(*four))
    assert Talk.objects.get().moments.count() == 3
    with pytest.raises(TooManyMoments):
        actions.propose_talk(relation=running_relation, by=bram, at=at, moments=four, minutes=30)


def test_the_action_itself_refuses_wrong_moments(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    for wrong, moments in (
        (NoMoment, []),
        (MomentGoneBy, [at]),
        (SameMomentTwice, [days(2, at), days(2, at)]),
    ):
        with pytest.raises(wrong):
            actions.propose_talk(relation=running_relation, by=bram, at=at, moments=moments, minutes=30)


def test_sending_twice_proposes_once(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    page = client.get(reverse("talks:propose", args=[running_relation.pk]))
    fields = typed(days(2, at), id=page.context["form"]["id"].value())
    propose(client, running_relation, **fields)
    propose(client, running_relation, **fields)
    assert Talk.objects.count() == 1


def test_the_id_of_another_relations_talk_opens_nothing(
    proposed: Talk, running_relation: Relation, amir: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    elsewhere = make_relation(stan, amir, State.RUNNING, at)
    answer = propose(sign_in(amir), elsewhere, **typed(days(9, at), id=proposed.pk))
    made = Talk.objects.get(relation=elsewhere)
    assert answer.url == made.get_absolute_url()
    proposed.refresh_from_db()
    assert (proposed.relation, proposed.moments.count()) == (running_relation, 2)


def test_the_back_button_and_other_moments_make_another_proposal(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    client, id = sign_in(bram), "0199c1de-8b2c-7c11-a000-0000000000ba"
    for moments in ([days(2, at)], [days(3, at), days(2, at)], [days(2, at)]):
        propose(client, running_relation, **typed(*moments), id=id)
    asked = [
        [moment.starts_at for moment in talk.moments.order_by("starts_at")] for talk in Talk.objects.all()
    ]
    assert sorted(asked, key=len) == [[days(2, at)], [days(2, at), days(3, at)]]


def test_choosing_twice_is_choosing_once(proposed: Talk, noor: Person, at: datetime) -> None:
    moment = proposed.moments.order_by("starts_at")[0]
    for _ in range(2):
        actions.choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.revision) == (TalkState.PLANNED, 1)


def test_noor_answers_with_other_moments_and_then_bram_chooses(
    proposed: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    old = proposed.moments.order_by("starts_at")[0]
    url = reverse("talks:move", args=[proposed.pk])
    sign_in(noor).post(url, typed(days(6, at), seen=proposed.revision))
    proposed.refresh_from_db()
    assert proposed.proposed_by == noor
    new = proposed.moments.get()
    with pytest.raises(actions.MomentIsGone):
        actions.choose_moment(talk=proposed, by=bram, at=at, moment_id=old.pk)
    actions.choose_moment(talk=proposed, by=bram, at=at, moment_id=new.pk)


def test_a_planned_talk_moves_without_a_reason(
    planned: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    url = reverse("talks:move", args=[planned.pk])
    page = sign_in(noor).get(url).content.decode()
    assert "Niemand hoeft te zeggen waarom." in page
    sign_in(noor).post(url, typed(days(8, at), seen=planned.revision))
    planned.refresh_from_db()
    assert (planned.state, planned.starts_at, planned.revision) == (TalkState.PROPOSED, None, 2)


def test_either_cancels_and_it_is_not_kept_who_did(planned: Talk, noor: Person, sign_in: SignIn) -> None:
    url = reverse("talks:cancel", args=[planned.pk])
    assert "zonder reden" in sign_in(noor).get(url).content.decode()
    answer = sign_in(noor).post(url, {"seen": planned.revision})
    assert answer.url == reverse("talks:of_relation", args=[planned.relation_id])
    planned.refresh_from_db()
    assert planned.state == TalkState.CANCELLED
    assert noor.pk not in {getattr(planned, f.attname) for f in planned._meta.concrete_fields}


def test_bram_withdraws_his_proposal_and_noor_hears_it_kindly(
    proposed: Talk, bram: Person, noor: Person, sign_in: SignIn
) -> None:
    moment = proposed.moments.first()
    assert moment
    sign_in(bram).post(reverse("talks:cancel", args=[proposed.pk]), {"seen": proposed.revision})
    answer = sign_in(noor).post(
        reverse("talks:choose", args=[proposed.pk]), {"moment": moment.pk}, follow=True
    )
    assert "intussen afgezegd" in answer.content.decode()
    proposed.refresh_from_db()
    assert proposed.state == TalkState.CANCELLED


def test_a_cancel_from_an_old_page_never_undoes_a_choice(
    proposed: Talk, bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    seen = proposed.revision
    moment = proposed.moments.first()
    assert moment
    actions.choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    url = reverse("talks:cancel", args=[proposed.pk])
    answer = sign_in(bram).post(url, {"seen": seen}, follow=True)
    assert "veranderde er intussen iets" in answer.content.decode()
    proposed.refresh_from_db()
    assert proposed.state == TalkState.PLANNED


def test_moving_from_an_old_page_keeps_what_was_typed_and_asks_again(
    proposed: Talk, bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    moment = proposed.moments.first()
    assert moment
    seen = proposed.revision
    actions.choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    url = reverse("talks:move", args=[proposed.pk])
    answer = sign_in(bram).post(url, typed(days(9, at), place="Op het dak", seen=seen))
    assert "Op het dak" in answer.content.decode()
    assert answer.context["form"]["seen"].value() == "1"
    sign_in(bram).post(url, typed(days(9, at), seen=1))
    proposed.refresh_from_db()
    assert proposed.state == TalkState.PROPOSED


def test_cancelling_twice_is_cancelling_once(planned: Talk, noor: Person, at: datetime) -> None:
    for _ in range(2):
        actions.cancel_talk(talk=planned, by=noor, at=at, seen=planned.revision)
    planned.refresh_from_db()
    assert planned.revision == 2


def test_a_talk_that_was_there_is_not_moved_or_cancelled(
    held: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    for name in ("talks:move", "talks:cancel"):
        url = reverse(name, args=[held.pk])
        assert sign_in(noor).get(url).url == held.get_absolute_url()
    with pytest.raises(actions.Overtaken):
        actions.cancel_talk(talk=held, by=noor, at=at, seen=held.revision)
    with pytest.raises(actions.Overtaken):
        actions.propose_other_moments(
            talk=held, by=noor, at=at, seen=held.revision, moments=[days(3, at)], minutes=30
        )


@pytest.mark.parametrize("state", [State.PAUSED, State.NOT_STARTED, State.COMPLETED, State.STOPPED])
def test_nothing_is_planned_in_a_pause_or_after_the_end(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn, state: State
) -> None:
    relation = make_relation(noor, bram, state, at)
    for person in (noor, bram):
        assert sign_in(person).get(reverse("talks:propose", args=[relation.pk])).status_code == 404
        with pytest.raises(Denied):
            actions.propose_talk(relation=relation, by=person, at=at, moments=[days(2, at)], minutes=30)


def test_the_first_talk_gets_a_longer_slot(
    acquainting_relation: Relation, noor: Person, sign_in: SignIn
) -> None:
    page = sign_in(noor).get(reverse("talks:propose", args=[acquainting_relation.pk]))
    assert page.context["form"]["minutes"].value() == 60


def test_a_later_talk_gets_half_an_hour(running_relation: Relation, noor: Person, sign_in: SignIn) -> None:
    page = sign_in(noor).get(reverse("talks:propose", args=[running_relation.pk]))
    assert page.context["form"]["minutes"].value() == 30
    assert "Liefst buiten de klas" in page.content.decode()


def test_strangers_and_those_who_arrange_find_no_talk(
    planned: Talk,
    running_relation: Relation,
    stan: Person,
    vera: Person,
    ines: Person,
    amir: Person,
    sign_in: SignIn,
) -> None:
    one = ("talk", "choose", "move", "cancel", "calendar", "prepare", "held", "takeaway", "sentence")
    urls = [reverse(f"talks:{name}", args=[planned.pk]) for name in one]
    urls += [reverse(f"talks:{name}", args=[running_relation.pk]) for name in ("of_relation", "propose")]
    for person in (stan, vera, ines, amir):
        client = sign_in(person)
        for url in urls:
            assert client.get(url).status_code == 404, url
            assert client.post(url, {"seen": 1, "moment": 1}).status_code in (404, 405), url
    planned.refresh_from_db()
    assert planned.state == TalkState.PLANNED


def test_a_signed_out_visitor_is_asked_to_sign_in(planned: Talk, client: Client) -> None:
    assert urlsplit(client.get(planned.get_absolute_url()).url).path == reverse("account_login")


def test_markup_emoji_and_right_to_left_in_a_place_come_back_as_typed(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    place = "<b>Tuin</b> 🌳 بستان"
    propose(sign_in(bram), running_relation, **typed(days(2, at), place=f"{place}\nachteraan"))
    talk = Talk.objects.get()
    assert talk.place == f"{place} achteraan"
    page = sign_in(noor).get(talk.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Tuin&lt;/b&gt; 🌳 بستان" in page
    assert "<b>Tuin" not in page


def test_a_talk_of_a_relation_whose_last_day_is_over_can_no_longer_be_chosen(
    proposed: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    """V24: also before the job has written down that the relation is completed."""
    late = at + timedelta(days=130)
    moment = proposed.moments.first()
    assert moment
    with pytest.raises(Denied):
        actions.choose_moment(talk=proposed, by=noor, at=late, moment_id=moment.pk)
