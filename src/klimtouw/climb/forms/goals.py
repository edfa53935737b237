"""Forms of dreams and goals."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.climb.forms.writing import SOMETHING, Link, WritingForm
from klimtouw.climb.models import Dream


class DreamForm(WritingForm):
    """A dream."""

    text = Words(label=_("My dream"), rows=5, required=True, error_messages=SOMETHING)


class GoalForm(WritingForm):
    """A goal in I-form, why it matters, and where it belongs."""

    text = Words(label=_("My goal"), rows=3, required=True, error_messages=SOMETHING)
    why = Words(label=_("Why does this matter to me?"), rows=3)
    dream_id = Link(label=_("Which dream does it serve?"))
    context = forms.ChoiceField(label=_("Where will I work on it?"), choices=Context, required=False)

    def __init__(self, data: Any = None, *, dreams: Sequence[Dream], **options: Any) -> None:
        super().__init__(data, **options)
        cast(Link, self.fields["dream_id"]).offer(dreams, _("none in particular"))

    @property
    def chosen(self) -> dict[str, Any]:
        """Return everything that was filled in."""
        fields = self.cleaned_data
        links = {"dream": fields["dream_id"], "context": Context(fields["context"])}
        return {"text": fields["text"], "why": fields["why"], **links}


class DreamMoveForm(forms.Form):
    """Where a dream goes."""

    to = forms.TypedChoiceField(choices=DreamState, coerce=DreamState)


class GoalMoveForm(forms.Form):
    """Where a goal goes."""

    to = forms.TypedChoiceField(choices=GoalState, coerce=GoalState)
