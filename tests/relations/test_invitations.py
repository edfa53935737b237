"""An invitation is a light letter; unless it is accepted, nothing of it remains."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.foundation import clock
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.actions.invitations import (
    CannotInvite,
    NoLongerOpen,
    accept_invitation,
    decline_invitation,
    erase_expired_invitations,
    invite,
    withdraw_invitation,
)
from klimtouw.relations.actions.letters_sent import forget_letters_sent
from klimtouw.relations.choices import Origin, Side, State
from klimtouw.relations.models import Invitation, LetterSent, Relation
from klimtouw.relations.queries.invitations import open_invitations_to, sent_invitations_of
from klimtouw.relations.tasks import tidy
from klimtouw.relations.tokens import PURPOSE, SALT, token_for
from tests.told import read_by

SignIn = Callable[[Person], Client]
NEW = "lien@nieuw.example"
CLOSED = ("Deze uitnodiging staat niet meer open", "This invitation is no longer open")


@pytest.fixture
def letter(bram: Person, noor: Person, at: datetime) -> Invitation:
    """Bram invites Noor."""
    return invite(
        by=bram,
        at=at,
        side=Side.COACH,
        email=noor.email,
        message="Zin om samen te klimmen?",
        how_known="De klas.",
    )


def page_of(letter: Invitation) -> str:
    """Return the address in the letter."""
    return reverse("relations:invitation", args=[token_for(letter)])


def everything_kept(*but: type[Model]) -> str:
    """Return every value of every row of every table but the accounts themselves."""
    rows = [
        str(list(model.objects.values()))
        for model in apps.get_models()
        if model._meta.label != "account.EmailAddress" and model not in but
    ]
    return "\n".join(rows)


def test_bram_invites_noor_and_the_mail_carries_the_link(
    sign_in: SignIn, bram: Person, noor: Person, mailoutbox: list[EmailMessage]
) -> None:
    sent = {"email": "Noor@School.example", "message": "Zin in <b>touw</b> & co?", "how_known": "uit 3B"}
    response = sign_in(bram).post(reverse("relations:invite") + "?as=coach", sent)
    letter = Invitation.objects.get()
    assert response.url == reverse("relations:sent", args=[letter.pk])
    assert (letter.email, letter.inviter_side) == ("noor@school.example", Side.COACH)
    assert letter.expires_at == letter.sent_at + timedelta(days=21)
    (mail,) = mailoutbox
    body = str(mail.body)
    assert mail.to == ["noor@school.example"]
    assert "Bram" in mail.subject
    assert page_of(letter) in body
    assert "Bram schreef je iets." in body
    assert not [word for word in ("<b>", "& co", "uit 3B") if word in body]  # words stay behind the link (P3)
    assert "Zin in &lt;b&gt;touw&lt;/b&gt; &amp; co?" in Client().get(page_of(letter)).content.decode()


def test_the_letter_speaks_the_language_of_its_reader(
    bram: Person, noor: Person, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    Person.objects.filter(pk=noor.pk).update(language="en")
    invite(by=bram, at=at, side=Side.COACH, email=noor.email)
    invite(by=bram, at=at, side=Side.COACHEE, email=NEW)
    assert [mail.subject for mail in mailoutbox] == [
        "Bram would like to coach you",
        "Bram vraagt jou als coach",
    ]


def test_a_name_with_a_line_end_stays_in_the_subject(
    bram: Person, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    bram.display_name = "Bram\nBcc: iedereen@school.example"
    bram.save()
    invite(by=bram, at=at, side=Side.COACH, email=NEW)
    (mail,) = mailoutbox
    assert "Bcc: iedereen@school.example" in mail.subject
    assert mail.message()["bcc"] is None


def test_without_a_side_one_chooses_first(sign_in: SignIn, bram: Person) -> None:
    for query in ("", "?as=", "?as=assessor"):
        page = sign_in(bram).get(reverse("relations:invite") + query)
        assert "?as=coachee" in page.content.decode()
    assert sign_in(bram).post(reverse("relations:invite"), {"email": NEW}).status_code == 200
    assert not Invitation.objects.exists()


def test_sending_the_form_twice_sends_one_letter(
    sign_in: SignIn, bram: Person, mailoutbox: list[EmailMessage]
) -> None:
    client, address = sign_in(bram), reverse("relations:invite") + "?as=coach"
    id = client.get(address).context["form"]["id"].initial
    answers = [client.post(address, {"id": id, "email": NEW}).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("email", ["bram@school.example", "BRAM@school.example"])
def test_nobody_invites_themselves(sign_in: SignIn, bram: Person, email: str) -> None:
    page = sign_in(bram).post(reverse("relations:invite") + "?as=coach", {"email": email})
    assert page.context["form"].errors["email"]


def test_an_address_is_invited_once_per_side(bram: Person, at: datetime) -> None:
    invite(by=bram, at=at, side=Side.COACH, email=NEW)
    with pytest.raises(CannotInvite):
        invite(by=bram, at=at, side=Side.COACH, email=NEW.upper())
    invite(by=bram, at=at, side=Side.COACHEE, email=NEW)
    later = at + timedelta(days=22)
    assert invite(by=bram, at=later, side=Side.COACH, email=NEW).sent_at == later


def test_somebody_in_a_live_relation_is_not_invited_again(
    running_relation: Relation, bram: Person, noor: Person, sign_in: SignIn
) -> None:
    page = sign_in(bram).post(reverse("relations:invite") + "?as=coach", {"email": noor.email})
    assert page.context["form"].errors["email"]
    page = sign_in(noor).post(reverse("relations:invite") + "?as=coachee", {"email": bram.email})
    assert page.context["form"].errors["email"]


def test_inviting_never_tells_whether_an_address_has_an_account(
    sign_in: SignIn, bram: Person, stan: Person
) -> None:
    client, address = sign_in(bram), reverse("relations:invite") + "?as=coach"
    known, unknown = (
        client.post(address, {"email": email}, follow=True) for email in (stan.email, "stam@school.example")
    )
    assert (known.status_code, known.redirect_chain[0][1]) == (
        unknown.status_code,
        unknown.redirect_chain[0][1],
    )
    assert len(known.content) == len(unknown.content)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "geen adres"}, "email"),
        ({"email": NEW, "message": "é" * 1501}, "message"),
    ],
)
def test_a_wrong_letter_says_what_to_repair_and_keeps_the_words(
    sign_in: SignIn, bram: Person, data: dict[str, str], field: str
) -> None:
    page = sign_in(bram).post(reverse("relations:invite") + "?as=coach", {"how_known": "uit de klas", **data})
    assert list(page.context["form"].errors) == [field]
    assert "uit de klas" in page.content.decode()
    assert not Invitation.objects.exists()


def test_markup_emoji_and_right_to_left_text_are_shown_as_typed(
    bram: Person, at: datetime, client: Client
) -> None:
    letter = invite(
        by=bram,
        at=at,
        side=Side.COACH,
        email=NEW,
        message="<script>x</script> 🧗 مرحبا",
        how_known="<b>klas</b>",
    )
    page = client.get(page_of(letter)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; 🧗 مرحبا" in page
    assert "<b>klas</b>" not in page


def test_a_signed_out_reader_is_led_to_an_account_and_back(letter: Invitation, client: Client) -> None:
    page = client.get(page_of(letter))
    assert page.status_code == 200
    assert "Bram" in page.content.decode()
    assert f"{reverse('account_signup')}?next=" in page.content.decode()
    assert client.post(page_of(letter), {"answer": "accept"}).status_code == 200
    assert not Relation.objects.exists()
    assert "_auth_user_id" not in client.session


def test_noor_accepts_and_the_letter_becomes_a_relation(
    letter: Invitation, sign_in: SignIn, noor: Person, bram: Person, mailoutbox: list[EmailMessage]
) -> None:
    response = sign_in(noor).post(page_of(letter), {"answer": "accept"})
    relation = Relation.objects.get()
    assert response.url == reverse("relations:acquaintance", args=[relation.pk])
    assert (relation.coach, relation.coachee, relation.origin) == (bram, noor, Origin.ASKED)
    assert relation.state == State.ACQUAINTING
    assert {seat.person for seat in relation.acquaintance_bond.seats.all()} == {noor, bram}
    assert not relation.work_bond.seats.exists()
    assert not Invitation.objects.exists()
    assert [mail.to for mail in mailoutbox] == [[noor.email]]
    assert "Noor zei ja op je uitnodiging." in read_by(bram, clock.now())


def test_a_coachee_who_asks_chose_the_coach(noor: Person, bram: Person, at: datetime) -> None:
    asked = invite(by=noor, at=at, side=Side.COACHEE, email=bram.email)
    relation = accept_invitation(asked, by=bram, at=at)
    assert (relation.coach, relation.coachee, relation.origin) == (bram, noor, Origin.CHOSEN)


def test_the_programme_is_the_one_they_share(
    letter: Invitation, noor: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    for person, hat in ((noor, "learner"), (bram, "staff"), (bram, "learner")):
        Membership.objects.create(person=person, programme=programme, hat=hat)
    assert accept_invitation(letter, by=noor, at=at).programme == programme


def test_with_two_shared_programmes_none_is_chosen(
    letter: Invitation, noor: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    other = Programme.objects.create(institution=Institution.objects.get(), name="Vroedkunde")
    for person, hat in ((noor, "learner"), (bram, "staff")):
        for each in (programme, other):
            Membership.objects.create(person=person, programme=each, hat=hat)
    assert accept_invitation(letter, by=noor, at=at).programme is None


def test_accepting_twice_makes_one_relation_and_leads_to_it(
    letter: Invitation, sign_in: SignIn, noor: Person
) -> None:
    client = sign_in(noor)
    answers = [client.post(page_of(letter), {"answer": "accept"}) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Relation.objects.count() == 1


def test_two_letters_across_make_one_relation(
    letter: Invitation, noor: Person, bram: Person, at: datetime
) -> None:
    across = invite(by=noor, at=at, side=Side.COACHEE, email=bram.email)
    relation = accept_invitation(letter, by=noor, at=at)
    assert not Invitation.objects.exists()
    with pytest.raises(NoLongerOpen):
        accept_invitation(across, by=bram, at=at)
    assert Relation.objects.get() == relation


def test_two_accepts_at_the_same_moment_make_one_relation(
    letter: Invitation, noor: Person, at: datetime
) -> None:
    in_two_tabs = [Invitation.objects.get(pk=letter.pk) for _ in range(2)]
    accept_invitation(in_two_tabs[0], by=noor, at=at)
    with pytest.raises(NoLongerOpen):
        accept_invitation(in_two_tabs[1], by=noor, at=at)
    assert Relation.objects.count() == 1


def test_only_the_invited_person_accepts(
    letter: Invitation, sign_in: SignIn, stan: Person, bram: Person, at: datetime
) -> None:
    page = sign_in(stan).get(page_of(letter)).content.decode()
    assert stan.email in page
    assert 'value="accept"' not in page
    assert letter.message not in page
    for somebody in (stan, bram):
        for answer in ("accept", "decline", "?"):
            assert sign_in(somebody).post(page_of(letter), {"answer": answer}).status_code == 200
        with pytest.raises(Denied):
            accept_invitation(letter, by=somebody, at=at)
    assert Invitation.objects.exists()


def test_v8_v9_declining_needs_no_account_and_leaves_no_trace(
    bram: Person, at: datetime, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    letter = invite(by=bram, at=at, side=Side.COACH, email=NEW, message="Samen?")
    assert client.get(page_of(letter)).status_code == 200
    response = client.post(page_of(letter), {"answer": "decline"}, follow=True)
    assert response.redirect_chain == [(reverse("relations:declined"), 302)]
    assert not Invitation.objects.exists()
    assert not Line.objects.exists()
    assert NEW not in everything_kept()
    to_bram = mailoutbox[-1]
    assert to_bram.to == [bram.email]
    assert NEW not in to_bram.body + to_bram.subject


def test_v9_declining_expiring_and_withdrawing_leave_no_trace_on_an_account(
    noor: Person, bram: Person, at: datetime
) -> None:
    before, nothing_but_accounts = everything_kept(), everything_kept(LetterSent)
    decline_invitation(invite(by=bram, at=at, side=Side.COACH, email=noor.email), at=at)
    withdraw_invitation(invite(by=bram, at=at, side=Side.COACH, email=noor.email), by=bram, at=at)
    invite(by=bram, at=at, side=Side.COACH, email=noor.email)
    assert erase_expired_invitations(at + timedelta(days=21)) == 1
    # For a week it is known that Bram sent letters that day: not to whom, nor what became of them.
    assert everything_kept(LetterSent) == nothing_but_accounts
    assert forget_letters_sent(at + timedelta(days=7)) == 3
    assert everything_kept() == before


def test_a_decline_and_an_expiry_give_the_same_letter(
    bram: Person, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    decline_invitation(invite(by=bram, at=at, side=Side.COACH, email=NEW), at=at)
    invite(by=bram, at=at, side=Side.COACH, email=NEW)
    erase_expired_invitations(at + timedelta(days=30))
    declined, expired = (mail for mail in mailoutbox if mail.to == [bram.email])
    assert (declined.subject, declined.body) == (expired.subject, expired.body)


def test_the_job_erases_what_expired_and_leaves_the_rest(bram: Person, at: datetime) -> None:
    invite(by=bram, at=at - timedelta(days=22), side=Side.COACH, email=NEW)
    still_open = invite(by=bram, at=at - timedelta(days=20), side=Side.COACHEE, email=NEW)
    tidy.enqueue()
    assert list(Invitation.objects.all()) == [still_open]


def test_every_link_that_opens_nothing_reads_the_same(
    letter: Invitation,
    bram: Person,
    noor: Person,
    stan: Person,
    at: datetime,
    client: Client,
    sign_in: SignIn,
) -> None:
    def link(by: Person, at: datetime) -> tuple[str, Invitation]:
        made = invite(by=by, at=at, side=Side.COACH, email=NEW)
        return page_of(made), made

    withdrawn, made = link(bram, at)
    withdraw_invitation(made, by=bram, at=at)
    declined, made = link(bram, at)
    decline_invitation(made, at=at)
    expired, made = link(stan, at - timedelta(days=22))
    reused = page_of(letter)
    accept_invitation(letter, by=noor, at=at)
    genuine = {"of": str(made.pk), "for": PURPOSE, "at": int(at.timestamp())}
    future = signing.Signer(sep=".", salt=SALT).sign_object({**genuine, "at": int(at.timestamp()) + 3600})
    for_other = signing.Signer(sep=".", salt=SALT).sign_object({**genuine, "for": "sign-in"})
    salt_of_other = signing.Signer(sep=".", salt="other").sign_object(genuine)
    forged = [
        reverse("relations:invitation", args=[t])
        for t in ("x", "a.b", future, for_other, salt_of_other, expired.split("/")[-2][:-1])
    ]
    answers = [client.get(address) for address in (withdrawn, declined, expired, reused, *forged)]
    answers += [
        client.post(address, {"answer": answer})
        for address in (expired, reused)
        for answer in ("accept", "decline")
    ]
    words = {page.content.decode().split("<h1>")[1].split("</main>")[0] for page in answers}
    assert len(words) == 1
    assert words.pop().startswith(CLOSED)
    assert {page.status_code for page in answers} == {410}
    assert Relation.objects.count() == 1


def test_a_link_from_the_future_waits_at_most_a_minute(bram: Person, at: datetime, client: Client) -> None:
    assert (
        client.get(
            page_of(invite(by=bram, at=at + timedelta(seconds=50), side=Side.COACH, email=NEW))
        ).status_code
        == 200
    )
    ahead = invite(by=bram, at=at + timedelta(seconds=300), side=Side.COACHEE, email=NEW)
    assert client.get(page_of(ahead)).status_code == 410


def test_an_invitation_is_never_kept_by_a_browser_on_the_way(letter: Invitation, client: Client) -> None:
    assert "no-store" in client.get(page_of(letter))["Cache-Control"]


def test_bram_sees_what_he_sent_and_withdraws_it(
    letter: Invitation, sign_in: SignIn, bram: Person, noor: Person, stan: Person, client: Client
) -> None:
    address = reverse("relations:sent", args=[letter.pk])
    assert noor.email in sign_in(bram).get(address).content.decode()
    for somebody in (noor, stan):
        assert sign_in(somebody).get(address).status_code == 404
        assert sign_in(somebody).post(address).status_code == 404
    assert sign_in(bram).post(address).url == reverse("relations:overview")
    assert client.get(page_of(letter)).status_code == 410


def test_home_learns_which_letters_wait(
    letter: Invitation, noor: Person, bram: Person, at: datetime, client: Client
) -> None:
    (waiting,) = open_invitations_to(noor, at)
    assert (waiting.inviter, waiting.inviter_side, waiting.url) == (bram, Side.COACH, page_of(letter))
    assert open_invitations_to(noor, at + timedelta(days=21)) == []
    assert open_invitations_to(bram, at) == []
    assert sent_invitations_of(bram, at) == [letter]


@pytest.mark.parametrize("letters", [1, 3])
def test_the_letters_that_wait_cost_one_query_each_way(
    noor: Person, bram: Person, stan: Person, amir: Person, at: datetime, letters: int
) -> None:
    for inviter in (bram, stan, amir)[:letters]:
        invite(by=inviter, at=at, side=Side.COACH, email=noor.email)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(open_invitations_to(noor, at)) == letters
        sent_invitations_of(bram, at)
    assert len(queries) == 2


def test_nobody_sends_bulk_mail_through_us(bram: Person, at: datetime) -> None:
    for number in range(60):
        invite(by=bram, at=at, side=Side.COACH, email=f"{number}@nieuw.example")
    with pytest.raises(CannotInvite):
        invite(by=bram, at=at, side=Side.COACH, email=NEW)


def test_v19_the_form_suggests_no_ready_made_letter(sign_in: SignIn, bram: Person) -> None:
    form = sign_in(bram).get(reverse("relations:invite") + "?as=coach").context["form"]
    assert not form["message"].value()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("nl", "Hetzelfde adres kan je 3 keer in een week uitnodigen."),
        ("en", "You can invite the same address 3 times in a week."),
    ],
)
def test_who_withdraws_reads_how_often_the_same_address_can_be_invited(
    letter: Invitation, bram: Person, sign_in: SignIn, language: str, says: str
) -> None:
    Person.objects.filter(pk=bram.pk).update(language=language)
    client, address = sign_in(bram), reverse("relations:sent", args=[letter.pk])
    assert says in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert {"nl": "Je uitnodiging is ingetrokken.", "en": "Your invitation is withdrawn."}[language] in page
    assert "altijd" not in page and "always" not in page
