"""Forms of a route: a stage, a step, and the small acts on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.climb.choices import StageMark, StageState

SOMETHING = {"required": _("Write a few words. They may be rough.")}


class PartForm(ThingForm):
    """What the forms for a stage and a step share."""

    @property
    def new(self) -> dict[str, Any]:
        """Return what was filled in for something new."""
        return {"text": self.cleaned_data["text"], "id": self.cleaned_data["id"]}


class NewStageForm(PartForm):
    """A stage at the end of the route."""

    text = Words(
        label=_("My next stage"),
        rows=1,
        max_length=500,
        required=True,
        error_messages=SOMETHING,
        help_text=_("Small enough to start with this week."),
    )


class DetourForm(PartForm):
    """A detour after a stage."""

    text = Words(
        label=_("Which detour do I take?"), rows=2, max_length=500, required=True, error_messages=SOMETHING
    )


class StageForm(ThingForm):
    """A stage in other words, with an optional "if … then I …" line (C6)."""

    text = Words(label=_("My stage"), rows=2, max_length=500, required=True, error_messages=SOMETHING)
    if_then = Words(
        label=_("If … then I …"),
        rows=2,
        max_length=500,
        help_text=_("What could get in the way, and what do you do then?"),
    )


class StepForm(PartForm):
    """A step inside a stage."""

    text = Words(label=_("My step"), rows=1, max_length=500, required=True, error_messages=SOMETHING)


class TakeOverForm(PartForm):
    """A suggestion in one's own words; the field starts empty (C11)."""

    text = Words(label=_("In my own words"), rows=3, max_length=500, required=True, error_messages=SOMETHING)

    def not_in_own_words(self) -> None:
        """Ask kindly for one's own words."""
        self.add_error("text", _("This is the sentence of your coach. Say it in your own words."))


class StateForm(forms.Form):
    """Where a stage stands."""

    state = forms.TypedChoiceField(choices=StageState, coerce=StageState)


class MarkForm(forms.Form):
    """What a stage turned out to be."""

    mark = forms.TypedChoiceField(
        choices=StageMark, coerce=StageMark, required=False, empty_value=StageMark.NONE
    )


class MoveForm(forms.Form):
    """In which direction a stage moves."""

    to = forms.ChoiceField(choices=[("earlier", "earlier"), ("later", "later")])


class DoneForm(forms.Form):
    """Whether a step is done."""

    done = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
