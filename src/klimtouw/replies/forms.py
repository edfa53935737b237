"""What a coach gives: a reply or a suggestion. Neither form has a date (V2)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.foundation.ids import new_id
from klimtouw.programmes.models import CoachRole
from klimtouw.replies.choices import ReplyKind


class RoleField(forms.ModelChoiceField[CoachRole]):
    """A calm choice among the coach roles, each with the line that says when it helps (T5)."""

    def label_from_instance(self, role: CoachRole) -> SafeString:
        """Show the name of a role and its line."""
        return format_html('<b>{}</b><br><span class="small soft">{}</span>', role.name, role.help)


class GivenForm(ThingForm):
    """What both have: words, and a role if wanted."""

    role = RoleField(
        queryset=None,
        label=_("In which role do you say this?"),
        required=False,
        empty_label=_("I leave this open"),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, roles: QuerySet[CoachRole], readers: str) -> None:
        super().__init__(data, readers=readers)
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def role_is_open(self) -> bool:
        """Whether the choice of a role is unfolded: once somebody used it."""
        return bool(self["role"].value() or self["role"].errors)

    @property
    def what_is_given(self) -> dict[str, Any]:
        """Return what was filled in, with the id that makes sending twice harmless."""
        return {**self.fields_of_thing, "id": self.cleaned_data["id"] or new_id()}


class ReplyForm(GivenForm):
    """A question, support, a vote of confidence, or just: I have read this."""

    reply_kind = forms.ChoiceField(
        label=_("What do you want to give?"),
        choices=ReplyKind,
        widget=forms.RadioSelect,
        initial=ReplyKind.QUESTION,
    )
    text = Words(
        label=_("Your words"),
        rows=4,
        help_text=_("Short is fine. With “I have read this” you can leave this empty."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the kind needs them: nobody's words are written for them (V19)."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("reply_kind")
        if kind and kind != ReplyKind.READ and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write a few words of your own, or choose “I have read this”."))
        return cleaned


class SuggestionForm(GivenForm):
    """Another way, to be taken over in own words, parked or left."""

    text = Words(
        label=_("What do you see as another way?"),
        rows=4,
        required=True,
        error_messages={"required": _("Write your suggestion in a sentence or two.")},
        help_text=_(
            "A way somebody could go, not a task. It stays beside the route until the climber does something with it."
        ),
    )

    def offered_before(self) -> None:
        """Say kindly that these words already lie there (V3)."""
        self.add_error(
            "text",
            ValidationError(
                _(
                    "You laid this here before. It has its answer, so it is not offered again. A new idea is welcome."
                )
            ),
        )
