"""Five weeks in which Noor climbs and Bram holds the rope: he reads what she shares and lays words beside it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from klimtouw.belongings.actions import reword, share
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.models import Thing
from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.actions.evidence import add_evidence
from klimtouw.climb.actions.framework_links import link_to_framework
from klimtouw.climb.actions.goals import move_dream, reword_goal, write_dream, write_goal
from klimtouw.climb.actions.route import (
    add_route,
    add_stage,
    add_step,
    set_done,
    set_mark,
    set_state,
    take_detour,
)
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import CompassQuestion, Context, DreamState, StageState
from klimtouw.climb.models import Dream, Entry, Goal, Stage
from klimtouw.climb.queries.follow import followed
from klimtouw.climb.sharpening import answers_in_one_text, contexts_in_one_text
from klimtouw.foundation.clock import end_of
from klimtouw.foundation.ids import new_id
from klimtouw.home.demo.content import noor as words
from klimtouw.home.demo.content import noor_and_bram as between
from klimtouw.home.demo.content import noor_compass as of_herself
from klimtouw.home.demo.days import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY
from klimtouw.home.demo.stories.frameworks import framework_goal
from klimtouw.home.demo.stories.noor_compass import she_writes_what_she_knows_of_herself, three_weeks_later
from klimtouw.home.demo.stories.talks import hold_talk, plan_talk
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.actions import answer_suggestion, give_reply, give_suggestion
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.tasks import tell_something_is_left
from klimtouw.talks.actions import write_line
from klimtouw.talks.choices import LineKind
from klimtouw.talks.letters import Letter
from klimtouw.talks.models import Talk
from klimtouw.talks.tasks import write_letter

Stages = dict[words.StageText, Stage]
NEXT_WEEK = ((TUESDAY, "16:00"), (THURSDAY, "17:00"), (WEDNESDAY, "12:30"))


def route_in(stages: Stages) -> Thing:
    """Return the route these stages are part of."""
    return cast("Thing", stages[words.LISTEN].whole)


@dataclass(frozen=True)
class _Climb:
    """What the weeks have in common: the two, the days, and what Noor climbs towards."""

    scene: Scene
    relation: Relation
    noor: Person
    bram: Person
    dream: Dream
    goal: Goal
    private_goal: Goal

    def noor_writes(self, entry: words.EntryText, at: datetime, goal: Goal | None = None) -> Entry:
        """Keep an entry in the trail."""
        return write_entry(
            by=self.noor, at=at, goal=goal, text=entry.text, form=entry.form, given=entry.given
        )

    def noor_shares(self, thing: Thing, at: datetime, until: datetime | None = None) -> None:
        """Let Bram read something."""
        share(thing, onto=self.relation.work_bond, by=self.noor, at=at, until=until)

    def bram_follows(self, at: datetime, *opened: Thing) -> None:
        """Bram opens what Noor shares, and some of it on its own page; each leaves a look."""
        note_looks(followed(self.relation, self.bram, at, 1).read_here, self.bram, at)
        note_looks(opened, self.bram, at)


def five_weeks_of_climbing(scene: Scene, relation: Relation) -> Story[None]:
    """Tell what happened since the contract runs."""
    climb = yield from _first_words(scene, relation)
    yield from _week_of_the_first_talk(climb)
    yield from _first_sharing(climb)
    stages = yield from _plot_the_route(climb)
    yield from _week_of_els(climb, stages)
    yield from _week_of_the_second_talk(climb, stages)
    talk = yield from _plan_the_next_talk(climb, stages)
    yield from _last_days(climb, stages, talk)


def _first_words(scene: Scene, relation: Relation) -> Story[_Climb]:
    noor, days = relation.coachee, scene.days
    at = yield days.weeks_ago(5, MONDAY, "21:15")
    for question, text in words.COMPASS.items():
        answer_compass(by=noor, at=at, question=question, text=text)
    at = yield days.weeks_ago(5, TUESDAY, "21:30")
    resting = write_dream(by=noor, at=at, text=words.DREAM_THAT_RESTS)
    move_dream(resting, by=noor, at=at, to=DreamState.RESTING)
    dream = write_dream(by=noor, at=at, text=words.DREAM)
    private = write_goal(by=noor, at=at, text=words.PRIVATE_GOAL, why=words.PRIVATE_WHY)
    at = yield days.weeks_ago(5, WEDNESDAY, "20:50")
    goal = write_goal(
        by=noor, at=at, text=words.GOAL_AT_FIRST, why=words.WHY_AT_FIRST, context=Context.PLACEMENT
    )
    she_writes_what_she_knows_of_herself(noor, at)
    climb = _Climb(scene, relation, noor, relation.coach, dream, goal, private)
    at = yield days.weeks_ago(5, THURSDAY, "21:10")
    climb.noor_writes(words.FIRST_WEEK, at)
    return climb


def _week_of_the_first_talk(climb: _Climb) -> Story[None]:
    """In the talk a vague goal becomes a sharp one; Noor rewords it that evening."""
    noor, days = climb.noor, climb.scene.days
    talk = yield from plan_talk(
        climb.relation,
        by=climb.bram,
        proposed_at=days.weeks_ago(5, FRIDAY, "10:30"),
        chosen_at=days.weeks_ago(5, SATURDAY, "20:40"),
        moments=[days.weeks_ago(4, MONDAY, "12:30"), days.weeks_ago(4, TUESDAY, "16:00")],
        place=between.PLACE,
    )
    yield from hold_talk(climb.scene, talk, between.FIRST_TALK)
    at = yield days.weeks_ago(4, TUESDAY, "20:25")
    reword_goal(
        climb.goal,
        by=noor,
        at=at,
        seen=climb.goal.version,
        text=words.GOAL,
        why=words.WHY,
        dream=climb.dream,
        context=Context.PLACEMENT,
        contexts=contexts_in_one_text(of_herself.places_of(days.weeks_ago(5, MONDAY, "07:00").date())),
        answers=answers_in_one_text(of_herself.ANSWERS),
    )
    climb.goal.refresh_from_db()
    link_to_framework(climb.goal, framework_goal(words.WAY_TO), by=noor, at=at, text=words.MY_WAY)
    climb.noor_writes(words.AFTER_THE_WALK, at)


def _first_sharing(climb: _Climb) -> Story[None]:
    """Noor shares the goal and its dream; Bram answers with his confidence."""
    noor, days = climb.noor, climb.scene.days
    at = yield days.weeks_ago(4, WEDNESDAY, "20:00")
    climb.noor_shares(climb.goal, at, until=end_of(days.end_of_semester, days.zone))
    climb.noor_shares(climb.dream, at)
    at = yield days.weeks_ago(4, THURSDAY, "09:15")
    climb.bram_follows(at, climb.goal)
    kind, role = ReplyKind.CONFIDENCE, climb.scene.roles["supporter"]
    reply = give_reply(
        climb.goal, by=climb.bram, at=at, id=new_id(), reply_kind=kind, text=between.CONFIDENCE, role=role
    )
    at = yield days.weeks_ago(4, FRIDAY, "17:45")
    note_looks([reply], noor, at)
    climb.noor_writes(words.TOO_LATE, at, climb.goal)


def _plot_the_route(climb: _Climb) -> Story[Stages]:
    at = yield climb.scene.days.weeks_ago(4, SUNDAY, "19:30")
    stages = {
        text: add_stage(climb.goal, by=climb.noor, at=at, text=text.text)
        for text in (
            words.LISTEN,
            words.TELL_ELS,
            words.ONE_SENTENCE,
            words.UNASKED,
            words.WHOLE_CORRIDOR,
            words.NEXT_PLACEMENT,
        )
    }
    set_state(stages[words.LISTEN], by=climb.noor, at=at, state=StageState.REACHED)
    at = yield climb.scene.days.weeks_ago(3, MONDAY, "18:10")
    climb.noor_shares(route_in(stages), at)
    return stages


def _week_of_els(climb: _Climb, stages: Stages) -> Story[None]:
    """Bram offers another way, which Noor parks; she tells her mentor, and takes a way round of her own."""
    noor, days = climb.noor, climb.scene.days
    at = yield days.weeks_ago(3, TUESDAY, "11:20")
    climb.bram_follows(at, route_in(stages))
    role = climb.scene.roles["perspective-giver"]
    other_way = give_suggestion(
        climb.goal, by=climb.bram, at=at, id=new_id(), text=between.PARKED_SUGGESTION, role=role
    )
    at = yield days.weeks_ago(3, WEDNESDAY, "19:20")
    note_looks([other_way], noor, at)
    answer_suggestion(other_way, by=noor, at=at, outcome=Outcome.PARKED)
    climb.noor_writes(words.ELS, at, climb.goal)
    set_state(stages[words.TELL_ELS], by=noor, at=at, state=StageState.REACHED)
    set_mark(stages[words.TELL_ELS], by=noor, at=at, mark=words.TELL_ELS.mark)
    at = yield days.weeks_ago(3, THURSDAY, "20:05")
    stages[words.DETOUR] = take_detour(stages[words.TELL_ELS], by=noor, at=at, text=words.DETOUR.text)


def _week_of_the_second_talk(climb: _Climb, stages: Stages) -> Story[None]:
    noor, days = climb.noor, climb.scene.days
    talk = yield from plan_talk(
        climb.relation,
        by=noor,
        proposed_at=days.weeks_ago(3, FRIDAY, "16:30"),
        chosen_at=days.weeks_ago(2, MONDAY, "08:50"),
        moments=[days.weeks_ago(2, WEDNESDAY, "16:00"), days.weeks_ago(2, THURSDAY, "12:30")],
        place=between.PLACE,
    )
    at = yield days.weeks_ago(2, TUESDAY, "19:05")
    entry = climb.noor_writes(words.WITH_ELS, at, climb.goal)
    set_state(stages[words.DETOUR], by=noor, at=at, state=StageState.REACHED)
    climb.noor_shares(entry, at)
    at = yield days.weeks_ago(2, WEDNESDAY, "08:50")
    climb.bram_follows(at, entry)
    kind, role = ReplyKind.QUESTION, climb.scene.roles["clarifier"]
    reply = give_reply(
        entry, by=climb.bram, at=at, id=new_id(), reply_kind=kind, text=between.QUESTION, role=role
    )
    at = yield days.weeks_ago(2, WEDNESDAY, "21:20")
    note_looks([reply], noor, at)
    yield from hold_talk(climb.scene, talk, between.SECOND_TALK)
    at = yield days.weeks_ago(2, SUNDAY, "21:40")
    climb.noor_writes(words.AT_HOME, at, climb.private_goal)
    answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text=words.MATTERS_LATER, seen=1)
    three_weeks_later(noor, at, climb.goal)


def _plan_the_next_talk(climb: _Climb, stages: Stages) -> Story[Talk]:
    noor, days = climb.noor, climb.scene.days
    at = yield days.workdays_ago(5, "20:30")
    here = stages[words.ONE_SENTENCE]
    reword(here, by=noor, at=at, seen=here.version, if_then=words.ONE_SENTENCE.if_then)
    for text, is_done in words.ONE_SENTENCE.steps:
        step = add_step(here, by=noor, at=at, text=text)
        set_done(step, by=noor, at=at, is_done=is_done)
    talk = yield from plan_talk(
        climb.relation,
        by=climb.bram,
        proposed_at=days.workdays_ago(4, "10:00"),
        chosen_at=days.workdays_ago(4, "22:05"),
        moments=[days.weeks_ago(-1, day, hour) for day, hour in NEXT_WEEK],
        place=between.PLACE,
    )
    climb.scene.letters.append(
        partial(write_letter.enqueue, Letter.PLANNED.value, str(talk.pk), talk.revision, str(noor.pk))
    )
    return talk


def _last_days(climb: _Climb, stages: Stages, talk: Talk) -> Story[None]:
    noor, bram, days = climb.noor, climb.bram, climb.scene.days
    at = yield days.workdays_ago(3, "17:15")
    climb.bram_follows(at, climb.goal, route_in(stages))
    at = yield days.workdays_ago(3, "20:00")
    climb.noor_writes(words.ALOUD, at)
    add_evidence(climb.goal, by=noor, at=at, url=words.LINK, caption=words.WHAT_THE_LINK_SHOWS)
    name, pros, cons = words.OTHER_WAY
    add_route(climb.goal, by=noor, at=at, name=name, pros=pros, cons=cons)
    set_state(stages[words.WHOLE_CORRIDOR], by=noor, at=at, state=StageState.PARKED)
    at = yield days.workdays_ago(2, "20:40")
    write_line(
        talk=talk, by=noor, at=at, line_kind=LineKind.TALK_ABOUT, text=between.NOOR_TALKS_ABOUT, on_card=True
    )
    write_line(
        talk=talk, by=noor, at=at, line_kind=LineKind.PROUD_OF, text=between.NOOR_IS_PROUD_OF, on_card=False
    )
    at = yield days.workdays_ago(1, "09:10")
    write_line(
        talk=talk, by=bram, at=at, line_kind=LineKind.TALK_ABOUT, text=between.BRAM_TALKS_ABOUT, on_card=True
    )
    at = yield days.workdays_ago(1, "16:40")
    climb.bram_follows(at, route_in(stages))
    role = climb.scene.roles["expert-at-hand"]
    idea = give_suggestion(
        stages[words.ONE_SENTENCE], by=bram, at=at, id=new_id(), text=between.OPEN_SUGGESTION, role=role
    )
    climb.scene.letters.append(partial(tell_something_is_left.enqueue, str(idea.pk), str(noor.pk)))
    at = yield days.workdays_ago(1, "21:30")
    climb.noor_writes(words.NODDED, at, climb.goal)
