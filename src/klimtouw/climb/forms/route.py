"""Forms of a route: a stage, a step, and the small acts on them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.actions import ChangedMeanwhile
from klimtouw.belongings.both_texts import joined
from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.climb.choices import StageMark, StageState, Weather
from klimtouw.climb.models import Step
from klimtouw.foundation.ids import new_id

SOMETHING = {"required": _("Write a few words. They may be rough.")}


class PartForm(ThingForm):
    """What the forms for a stage and a step share."""

    def no_room_left(self) -> None:
        """Say kindly that this holds as much as fits on a page; what was typed stays in the field."""
        self.add_error(
            "text", _("This is as much as fits here. Begin a second route, or erase what you no longer need.")
        )

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


class OpportunityForm(PartForm):
    """A chance somebody sees, outside the order of the route."""

    text = Words(
        label=_("A chance I see"),
        rows=1,
        max_length=500,
        required=True,
        error_messages=SOMETHING,
        help_text=_("Something that may help later. It has no place in the order yet."),
    )


class RouteForm(ThingForm):
    """A route by a short name, with what speaks for it and against it."""

    name = Words(
        label=_("A short name for this route"), rows=1, max_length=80, required=True, error_messages=SOMETHING
    )
    pros = Words(label=_("What speaks for it?"), rows=4, max_length=2000)
    cons = Words(label=_("What speaks against it?"), rows=4, max_length=2000)

    def no_room_left(self) -> None:
        """Say kindly that there are as many routes as fit beside each other."""
        self.add_error(
            None, _("Twelve routes stand beside each other already. Put one away first, then add this one.")
        )


class SplitForm(ThingForm):
    """One stage that becomes two, and which steps go along to the second."""

    text = Words(label=_("First"), rows=2, max_length=500, required=True, error_messages=SOMETHING)
    then = Words(label=_("And then"), rows=2, max_length=500, required=True, error_messages=SOMETHING)
    along = forms.MultipleChoiceField(
        label=_("Which steps go along to the second?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, steps: list[Step], **options: Any) -> None:
        super().__init__(data, initial={"new": new_id()}, **options)
        along: Any = self.fields["along"]
        along.choices = [(str(step.pk), step.title) for step in steps]
        if not steps:
            del self.fields["along"]

    @property
    def words_fields(self) -> list[str]:
        """Only the first half stands somewhere already."""
        return ["text"]

    def put_beside(self, conflict: ChangedMeanwhile) -> None:
        """Put both wordings of the first half in its field, to make one of; the second half stays as it was typed."""
        stands, typed = self.standing(conflict.now)["text"], self.cleaned_data["text"]
        sent: Any = self.data
        self.data = sent = sent.copy()  # with every step that goes along
        sent["seen"], sent["text"] = str(conflict.now.version), joined(stands, typed, on_one_line=False)
        said = _(
            "This stage was changed in another tab or on another device. Both texts stand below. Make one text of them."
        )
        self.add_error("text", said)

    @property
    def halves(self) -> dict[str, Any]:
        """Return what was filled in."""
        sent = self.cleaned_data
        along = [UUID(step) for step in sent.get("along", [])]
        return {"text": sent["text"], "then": sent["then"], "along": along, "id": sent["new"]}

    def no_room_left(self) -> None:
        """Say kindly that this holds as much as fits on a page."""
        self.add_error(
            "then", _("This is as much as fits here. Begin a second route, or erase what you no longer need.")
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

    state = forms.TypedChoiceField(
        choices=[(state, state.label) for state in StageState if state != StageState.NOTED], coerce=StageState
    )


class MarkForm(forms.Form):
    """What a stage turned out to be."""

    mark = forms.TypedChoiceField(
        choices=StageMark, coerce=StageMark, required=False, empty_value=StageMark.NONE
    )


class WeatherForm(forms.Form):
    """The weather on a stage, by who climbs it."""

    weather = forms.TypedChoiceField(
        choices=Weather, coerce=Weather, required=False, empty_value=Weather.NONE
    )


class MoveForm(forms.Form):
    """In which direction a stage moves, or right before which other one (none: to the end)."""

    to = forms.ChoiceField(choices=[("earlier", "earlier"), ("later", "later"), ("before", "before")])
    before = forms.UUIDField(required=False)


class ParkedForm(forms.Form):
    """Whether a step is parked."""

    parked = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class DoneForm(forms.Form):
    """Whether a step is done."""

    done = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
