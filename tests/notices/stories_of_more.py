"""Stories that tell every other kind of thing there is: of circles, of peer coaching, of a quiet time, and ahead of a talk."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime

from klimtouw.circles.actions.agreements import draft_agreement, sign_agreement
from klimtouw.circles.actions.circles import end_circle, leave_circle, start_circle
from klimtouw.circles.actions.invitations import accept_circle_invitation, invite_to_circle
from klimtouw.circles.actions.meetings import cancel_meeting, choose_meeting_moment, propose_meeting
from klimtouw.circles.actions.proposals import say_whether_it_feels_right, settle_proposals
from klimtouw.circles.actions.questions import answer_in_circle, ask_circle
from klimtouw.circles.models import Circle
from klimtouw.foundation.ids import new_id
from klimtouw.hand.actions import reach_out
from klimtouw.notices.models import Notice
from klimtouw.notices.sending import send_what_is_due
from klimtouw.peers.actions import ask_support, attest_rung, say_yes
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Support
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Programme
from klimtouw.programmes.proposals.actions import propose_circle
from klimtouw.relations.actions.peers import step_back, take_up
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract
from klimtouw.talks import actions as talks
from tests.peers.stories import belong, make_peer_relation, train
from tests.stories import make_person, make_relation
from tests.talks.conftest import make_planned
from tests.talks.test_free_hours import is_free
from tests.told import read_by

OTHERS = ("Brangaene", "Morgane")


def _all_read(people: list[Person], at: datetime) -> None:
    for person in people:
        read_by(person, at)


def a_circle(coachee: Person, coach: Person, at: datetime, *, word: str) -> None:
    """Tell of a circle from its invitations to its end."""
    members = [coachee, *others_of(coachee)]
    extra = make_person("Kurneval", language=coachee.language)
    everybody = [coach, *members, extra]
    circle = start_circle(by=coach, at=at, name=word)
    for one in everybody[1:]:
        letter = invite_to_circle(circle, by=coach, at=at, email=one.email, message=word)
        accept_circle_invitation(letter, by=one, at=at)
    read_by(coach, at)
    drafted = draft_agreement(
        circle, by=coach, at=at, ends_on=localdate(at) + timedelta(days=90), clauses=(word,)
    )
    _all_read(everybody, at)
    for one in everybody:
        sign_agreement(circle, agreement=drafted.pk, by=one, at=at)
    _all_read(everybody, at)
    circle = Circle.objects.get(pk=circle.pk)
    asked = ask_circle(circle, by=coachee, at=at, id=new_id(), text=word)
    _all_read(everybody, at)
    answer_in_circle(asked, circle=circle, by=coach, at=at, id=new_id(), text=word)
    _all_read(everybody, at)
    meetings = []
    for days in (3, 4):
        proposed = propose_meeting(circle, by=coach, at=at, moments=[at + timedelta(days=days)], minutes=60)
        _all_read(everybody, at)
        moment = proposed.moments.get().pk
        meetings.append(choose_meeting_moment(proposed, by=coach, at=at, moment_id=moment))
    cancel_meeting(meetings[0], by=coach, at=at, seen=meetings[0].revision)
    leave_circle(circle, by=extra, at=at)
    _all_read(everybody, at)
    end_circle(Circle.objects.get(pk=circle.pk), by=coach, at=at)
    _all_read(everybody, at)


def others_of(coachee: Person) -> list[Person]:
    """Return two more people, in the language of the first."""
    there = list(Person.objects.filter(display_name__in=OTHERS))
    new = set(OTHERS) - {person.display_name for person in there}
    return [*there, *(make_person(name, language=coachee.language) for name in sorted(new))]


def proposals(coachee: Person, coach: Person, at: datetime) -> None:
    """Tell of a circle a coordinator proposes: one goes on, one does not."""
    programme, people = _programme(), [coachee, *others_of(coachee)]
    vera = make_person("Vera", language=coach.language)
    belong(vera, programme, "coordinator")
    belong(coach, programme, "staff")
    for one in people:
        belong(one, programme, "learner")
    for feels_right in (True, False):
        proposal = propose_circle(
            programme, by=vera, at=at, facilitator=coach.pk, members=[one.pk for one in people],
            answer_by=localdate(at) + timedelta(days=7),
        )  # fmt: skip
        _all_read([coach, *people], at)
        for one in (coach, *people):
            say_whether_it_feels_right(proposal, by=one, at=at, feels_right=feels_right)
        settle_proposals(at + timedelta(days=9))  # what nobody can answer any more
        _all_read([coach, *people], at)


def peer_coaching(student: Person, behind: Person, at: datetime, *, word: str) -> None:
    """Tell of the ladder, of the attestation, and of peer coaching that rests and goes on."""
    coachee = make_person("Marke", language=student.language)
    running = {"state": State.RUNNING, "at": at, "programme": _programme()}
    training = train(student, behind, _programme(), at)
    read_by(student, at)
    attest_rung(training, by=behind, at=at, step=Step.CARDS, text=word)
    read_by(student, at)
    relation = make_peer_relation(coachee, student, behind, **running)  # type: ignore[arg-type]  # by name
    Notice.objects.filter(kind="rung_attested").delete()  # one was read
    _all_read([student, behind], at)
    step_back(Support.objects.get(), by=behind, at=at)
    _all_read([student, coachee], at)
    asked = ask_support(by=student, at=at, staff=behind, programme=running["programme"])  # type: ignore[arg-type]  # by name
    read_by(behind, at)
    say_yes(asked, by=behind, at=at)
    relation.refresh_from_db()
    take_up(relation, by=coachee, at=at)
    _all_read([student, coachee], at)


def a_quiet_time_and_what_is_ahead(coachee: Person, coach: Person, at: datetime) -> None:
    """Tell of a hand that is reached out to both, of a card before a talk, and of free hours that end."""
    is_free(coach, at, days=7)
    talks.tell_of_ending_free_hours(at=at)
    read_by(coach, at)
    relation = make_relation(coachee, coach, State.RUNNING, at, _programme())
    Contract.objects.filter(relation=relation).update(ends_on=localdate(at) + timedelta(days=365))
    relation.work_bond.seats.filter(person=coach).update(closes_at=at + timedelta(days=365))
    for weeks, reader in ((3, coachee), (4, coach)):
        later = at + timedelta(weeks=weeks, hours=1)
        reach_out(at=later)
        read_by(reader, later)
    talks.choose_habits(by=coachee, at=at, shows_names=False, has_card_by_mail=True)
    noon = localtime(at + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    make_planned(relation, noon)
    send_what_is_due(coachee, noon - timedelta(minutes=10))


def _programme() -> Programme:
    college, _new = Institution.objects.get_or_create(name="De Kade", kind="be_higher")
    return Programme.objects.get_or_create(institution=college, name="Verpleegkunde")[0]
