"""What Noor and Bram keep around their talks: told beside their climb, each act at its own moment."""

from datetime import datetime

from klimtouw.belongings.gate import note_looks
from klimtouw.growth.actions import jot, say_what_helped
from klimtouw.home.demo.content import between_talks as words
from klimtouw.home.demo.days import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.people.models import Person
from klimtouw.relations.actions.looking import write_look
from klimtouw.relations.choices import SupportArea
from klimtouw.relations.looking import Occasion, Topic
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import add_free_hours, share_with_other, show_free_hours
from klimtouw.talks.actions.promises import make_promise, tick_promise
from klimtouw.talks.models import Talk

Looks = tuple[tuple[SupportArea, dict[str, str], bool], ...]


def between_the_talks(scene: Scene) -> Story[None]:
    """Tell what each kept for themself, what they shared, and what was promised and done."""
    noor, bram, days = scene.people["Noor"], scene.people["Bram"], scene.days
    at = yield days.weeks_ago(4, TUESDAY, "21:05")
    relation = Relation.objects.get(coachee=noor, coach=bram)
    first = _last_talk(relation, at)
    helped = say_what_helped(talk=first, by=noor, at=at, seen=0, roles="clarifier", text=words.HELPED)
    share_with_other(helped, by=noor, at=at)
    at = yield days.weeks_ago(4, WEDNESDAY, "08:35")
    note_looks([helped], bram, at)
    jot(relation, by=bram, at=at, text=words.JOTTING)
    promise = make_promise(talk=first, by=bram, at=at, text=words.KEPT_PROMISE)
    at = yield days.weeks_ago(3, MONDAY, "12:10")
    tick_promise(promise=promise, by=bram, at=at, is_kept=True)
    yield from _say_when_they_are_free(scene, relation)
    at = yield days.weeks_ago(2, FRIDAY, "09:20")
    make_promise(talk=_last_talk(relation, at), by=bram, at=at, text=words.OPEN_PROMISE)
    at = yield days.weeks_ago(1, TUESDAY, "20:30")
    _look_halfway(words.NOOR_HALFWAY, relation, noor, at)
    at = yield days.weeks_ago(1, THURSDAY, "11:45")
    _look_halfway(words.BRAM_HALFWAY, relation, bram, at)


def _last_talk(relation: Relation, at: datetime) -> Talk:
    return Talk.objects.filter(relation=relation, starts_at__lt=at).latest("starts_at")


def _say_when_they_are_free(scene: Scene, relation: Relation) -> Story[None]:
    ends_on = scene.days.end_of_semester
    at = yield scene.days.weeks_ago(3, FRIDAY, "12:40")
    add_free_hours(by=relation.coach, at=at, blocks=words.BRAM_IS_FREE, ends_on=ends_on)
    show_free_hours(relation=relation, by=relation.coach, at=at)
    at = yield scene.days.weeks_ago(3, SATURDAY, "20:50")
    add_free_hours(by=relation.coachee, at=at, blocks=words.NOOR_IS_FREE, ends_on=ends_on)
    show_free_hours(relation=relation, by=relation.coachee, at=at)


def _look_halfway(looks: Looks, relation: Relation, by: Person, at: datetime) -> None:
    for area, texts, is_shared in looks:
        topic = Topic(Occasion.MIDWAY, area)
        write_look(topic, relation=relation, by=by, at=at, is_shared=is_shared, words=texts, seen=0)
