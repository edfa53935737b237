"""What one writes to get acquainted. Nothing is required (V10)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.relations.pieces import LABELS, Piece
from klimtouw.relations.queries.acquaintance import Desk


class CommonGroundForm(ThingForm):
    """One line about what the two may share."""

    text = Words(rows=1, max_length=300, label=_("We may both …"))


class WorkCardForm(ThingForm):
    """How somebody works."""

    how_i_work = Words(
        label=LABELS["how_i_work"], help_text=_("For example: alone or together, planned or as it comes.")
    )
    reach_me = Words(rows=2, label=LABELS["reach_me"])
    good_to_know = Words(label=LABELS["good_to_know"], help_text=_("Only what you like to tell."))


class ExpectationForm(ThingForm):
    """The answer to one of the four questions."""

    text = Words(rows=5, label=_("Your answer"))


class NeedsWishesLimitsForm(ThingForm):
    """What somebody needs, wishes and does not want."""

    needs = Words(rows=3, label=LABELS["needs"])
    wishes = Words(rows=3, label=LABELS["wishes"])
    limits = Words(rows=3, label=LABELS["limits"])


FORMS: dict[Piece, type[ThingForm]] = {
    Piece.COMMON_GROUND: CommonGroundForm,
    Piece.WORK_CARD: WorkCardForm,
    Piece.NEEDS: NeedsWishesLimitsForm,
}


def form_for(desk: Desk, data: Any = None) -> ThingForm:
    """Return the form of one piece, filled with what its writer kept before."""
    form = FORMS.get(desk.piece, ExpectationForm)(data, thing=desk.thing, readers=desk.sentence)
    if desk.piece.question:
        form.fields["text"].label = str(desk.piece.title)
    return form


class DoubleHatForm(forms.Form):
    """Whether the coach also assesses this coachee (R8)."""

    has_double_hat = forms.TypedChoiceField(
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )

    def __init__(self, data: Any = None, *, coachee: str, now: bool | None) -> None:
        super().__init__(data, initial={} if now is None else {"has_double_hat": "yes" if now else "no"})
        field = self.fields["has_double_hat"]
        field.label = _("Do you also assess %(name)s?") % {"name": coachee}
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("no", _("No, I only coach %(name)s") % {"name": coachee}),
            ("yes", _("Yes, I also assess work of %(name)s") % {"name": coachee}),
        ]
