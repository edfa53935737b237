"""How Noor writes down what she knows of herself, and stands before a choice."""

from datetime import datetime

from klimtouw.climb.actions.choice_moments import open_choice, reword_choice, reword_option
from klimtouw.climb.actions.starting import answer_start
from klimtouw.climb.actions.strengths import turn_strength, write_strength
from klimtouw.climb.choices import StrengthSort
from klimtouw.climb.models import Goal, Strength
from klimtouw.climb.queries.choice_moments import options_of
from klimtouw.home.demo.content import noor_compass as words
from klimtouw.people.models import Person


def she_writes_what_she_knows_of_herself(noor: Person, at: datetime) -> None:
    """Noor fills her compass and says where she begins; nobody else reads it."""
    for text, found_in in words.STRENGTHS:
        write_strength(by=noor, at=at, text=text, found_in=found_in)
    for text, found_in in (*words.WORK_POINTS, words.BECAME_A_STRENGTH):
        write_strength(by=noor, at=at, text=text, found_in=found_in, sort=StrengthSort.WORK_POINT)
    for question, text in words.START.items():
        answer_start(by=noor, at=at, question=question, text=text)


def three_weeks_later(noor: Person, at: datetime, goal: Goal) -> None:
    """One work point became a strength; there is a choice to make, and something about her coach to write for herself."""
    answer_start(by=noor, at=at, question=None, text=words.VIEW_OF_COACH)
    mine = Strength.objects.filter(owner=noor)
    point = next(one for one in mine if one.text == words.BECAME_A_STRENGTH[0])
    turn_strength(point, by=noor, at=at, to=StrengthSort.STRENGTH)
    own, other = words.OWN_IDEA, words.OTHER_IDEA
    moment = open_choice(by=noor, at=at, question=words.QUESTION, own=own[0], other=other[0], goal=goal)
    for option, (text, pros, cons) in zip(options_of(moment, noor, at), (own, other), strict=True):
        reword_option(option, by=noor, at=at, seen=1, is_own=option.is_own, text=text, pros=pros, cons=cons)
    reword_choice(moment, by=noor, at=at, seen=1, question=words.QUESTION, asked=words.ASKED, goal=goal)
