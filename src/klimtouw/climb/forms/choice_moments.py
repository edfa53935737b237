"""Forms of a choice moment."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.forms.writing import SOMETHING, Link, WritingForm
from klimtouw.climb.models import Goal, Option


class _HangsOnAGoal(WritingForm):
    goal_id = Link(label=_("Does it belong to a goal?"))

    def __init__(self, data: Any = None, *, goals: Sequence[Goal], **options: Any) -> None:
        super().__init__(data, **options)
        cast(Link, self.fields["goal_id"]).offer(goals, _("none in particular"))

    @property
    def chosen(self) -> dict[str, Any]:
        """Return everything that was filled in."""
        return {**self.words, "goal": self.cleaned_data["goal_id"]}


class NewChoiceForm(_HangsOnAGoal):
    """A question, an own idea and one other option: there is always something to choose."""

    question = Words(label=_("What do I have to choose?"), rows=2, required=True, error_messages=SOMETHING)
    own = Words(label=_("My own idea"), rows=2, required=True, error_messages=SOMETHING)
    other = Words(label=_("Another option"), rows=2, required=True, error_messages=SOMETHING)
    field_order = ("question", "own", "other", "goal_id")

    def standing(self, now: Any) -> dict[str, str]:
        """Show the question as it stands; what was typed as an option joins the options."""
        return {"question": now.question}


class ChoiceForm(_HangsOnAGoal):
    """The question in other words, and who one asked."""

    question = Words(label=_("What do I have to choose?"), rows=2, required=True, error_messages=SOMETHING)
    asked = Words(label=_("Whom did I ask, and what did they say?"), rows=4)
    field_order = ("question", "asked", "goal_id")


class OptionForm(WritingForm):
    """An option, and what speaks for it and against it."""

    text = Words(label=_("What could I do?"), rows=2, required=True, error_messages=SOMETHING)
    pros = Words(label=_("What speaks for it?"), rows=3)
    cons = Words(label=_("What speaks against it?"), rows=3)
    is_own = forms.BooleanField(label=_("This is my own idea"), required=False)

    def no_own_idea_left(self) -> None:
        """Say kindly that one own idea stays; what was typed stays in the fields."""
        self.add_error("is_own", _("Keep at least one idea of your own among the options."))


class DecisionForm(WritingForm):
    """Which option, and why if one likes."""

    option = forms.ChoiceField(label=_("What do I choose?"), widget=forms.RadioSelect)
    decision = Words(label=_("Why this one?"), rows=3)

    def __init__(self, data: Any = None, *, options: Sequence[Option], **more: Any) -> None:
        chosen = next((str(option.pk) for option in options if option.is_chosen), None)
        super().__init__(data, initial={"option": chosen}, **more)
        self.of = {str(option.pk): option for option in options}
        self.fields["option"].choices = [(key, option.title) for key, option in self.of.items()]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the option itself, and why."""
        return {**self.words, "option": self.of[self.cleaned_data["option"]]}


class LookBackForm(WritingForm):
    """How somebody sees a choice by now."""

    look_back = Words(label=_("How do I see it now?"), rows=4, required=True, error_messages=SOMETHING)
