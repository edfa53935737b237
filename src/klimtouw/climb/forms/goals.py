"""Forms of dreams and goals."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.climb.choices.goals import SHARPENING
from klimtouw.climb.forms.writing import SOMETHING, Link, WritingForm
from klimtouw.climb.models import Dream, Goal
from klimtouw.climb.sharpening import (
    GoalContext,
    answers_in,
    answers_in_one_text,
    contexts_in_one_text,
)
from klimtouw.ui.widgets import DayInput

PLACES = (1, 2, 3)
LONGEST_NAME = 120


def _names_of(number: int) -> tuple[str, str, str]:
    """Return the names of the three fields of one place."""
    after = "" if number == 1 else f"_{number}"
    return f"context{after}", f"context_name{after}", f"context_day{after}"


def _as_filled_in(goal: Goal | None) -> dict[str, Any]:
    """Return the places and answers of a goal by the names of their fields."""
    if goal is None:
        return {}
    initial: dict[str, Any] = dict(answers_in(goal.answers))
    for number, place in zip(PLACES, goal.places, strict=False):
        initial |= dict(zip(_names_of(number), (place.sort, place.name, place.day), strict=True))
    return initial


class DreamForm(WritingForm):
    """A dream."""

    text = Words(label=_("My dream"), rows=5, required=True, error_messages=SOMETHING)


class GoalForm(WritingForm):
    """A goal in I-form, why it matters, where it belongs, and small questions for who wants them."""

    text = Words(label=_("My goal"), rows=3, required=True, error_messages=SOMETHING)
    why = Words(label=_("Why does this matter to me?"), rows=3)
    dream_id = Link(label=_("Which dream does it serve?"))
    context = forms.ChoiceField(label=_("Where will I work on it?"), choices=Context, required=False)

    def __init__(
        self, data: Any = None, *, dreams: Sequence[Dream], thing: Goal | None = None, **options: Any
    ) -> None:
        initial = {**_as_filled_in(thing), **(options.pop("initial", None) or {})}
        super().__init__(data, thing=thing, initial=initial, **options)
        cast(Link, self.fields["dream_id"]).offer(dreams, _("none in particular"))
        for number in PLACES:
            self._add_place(number)
        for name, question in SHARPENING.items():
            self.fields[name] = Words(label=question, rows=2)
        for field in self.fields.values():
            if isinstance(field, Words):
                field.readers = options.get("readers", "")  # type: ignore[attr-defined]  # printed under the field

    def _add_place(self, number: int) -> None:
        sort, name, day = _names_of(number)
        if number > 1:
            self.fields[sort] = forms.ChoiceField(label=_("And where else?"), choices=Context, required=False)
        self.fields[name] = Words(label=_("What do you call it?"), rows=1, max_length=LONGEST_NAME)
        self.fields[day] = forms.DateField(label=_("Is there a day?"), required=False, widget=DayInput)

    @property
    def first_place(self) -> list[BoundField]:
        """The name and day of the first place; what sort it is stands above them."""
        return [self[name] for name in _names_of(1)[1:]]

    @property
    def further_places(self) -> list[list[BoundField]]:
        """The fields of the other places."""
        return [[self[name] for name in _names_of(number)] for number in PLACES if number > 1]

    @property
    def small_questions(self) -> list[BoundField]:
        """The fields that help to make a goal sharp."""
        return [self[name] for name in SHARPENING]

    @property
    def has_more(self) -> bool:
        """Whether something stands in what is folded away."""
        return any(field.errors or field.value() for field in self.small_questions)

    @property
    def has_places(self) -> bool:
        """Whether something stands in the fields that say where and when."""
        return any(self[name].errors or self[name].value() for number in PLACES for name in _names_of(number))

    @property
    def chosen(self) -> dict[str, Any]:
        """Return everything that was filled in."""
        fields, places = self.cleaned_data, self._filled_places()
        links = {"dream": fields["dream_id"], "context": places[0].sort if places else Context.NONE}
        return {**self.words, **links}

    def _filled_places(self) -> list[GoalContext]:
        filled = ([self.cleaned_data.get(name) for name in _names_of(number)] for number in PLACES)
        return [
            GoalContext(Context(sort or ""), name or "", day)
            for sort, name, day in filled
            if sort or name or day
        ]

    @property
    def words(self) -> dict[str, str]:
        """Return the words as a goal keeps them: its places as one text, and its answers as one."""
        fields = self.cleaned_data
        contexts, answers = contexts_in_one_text(self._filled_places()), answers_in_one_text(fields)
        return {"text": fields["text"], "why": fields["why"], "contexts": contexts, "answers": answers}

    def standing(self, now: Any) -> dict[str, str]:
        """Show the places and answers of the goal as it stands in the fields they came from."""
        stands = _as_filled_in(now) | {"text": now.text, "why": now.why}
        return {name: str(stands.get(name, "")) for name in self.words_fields}


class DreamMoveForm(forms.Form):
    """Where a dream goes."""

    to = forms.TypedChoiceField(choices=DreamState, coerce=DreamState)


class GoalMoveForm(forms.Form):
    """Where a goal goes."""

    to = forms.TypedChoiceField(choices=GoalState, coerce=GoalState)
