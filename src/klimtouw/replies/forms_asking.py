"""For whom is this? The choice at the end of writing, and the page on which a reply is asked later (C9, C10)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.queries import Companion
from klimtouw.relations.models import Relation
from klimtouw.ui.widgets import DayInput

ONLY_ME = ""


class Coach(forms.ChoiceField):
    """One of the coaches, or nobody. What was sent is not refused here: the text it came with is never held up."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.RadioSelect, **options)

    def validate(self, value: Any) -> None:
        """Take anything; the form looks whether there is such a coach."""


class ByDay(forms.DateField):
    """The day by which a reply is welcome, if one is named."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        asked, hint = (
            _("By which day would you like a reply?"),
            _("You may leave this open. Your coach gets one letter."),
        )
        super().__init__(required=False, label=asked, help_text=hint, **options)


class AskingForm(forms.Form):
    """Ask by another day, or none. Here somebody sits at the form and can choose another day than one that is over."""

    answer_by = ByDay()

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_answer_by(self) -> date | None:
        """Refuse a day that is over."""
        day: date | None = self.cleaned_data["answer_by"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day


class ForWhom(forms.Form):
    """Stands under a form of words, beside it and not in it: "only me" is always chosen first (V12).

    Whatever is sent in it, the words are kept. A coach who is not there any more, or a day gone by while somebody was without
    network, changes nothing but that nobody is asked, or no day named; and that is said.
    """

    for_whom = Coach(
        label=_("For whom is this?"),
        help_text=_("Whom you choose can read this as soon as you keep it."),
    )
    answer_by = ByDay()

    def __init__(
        self,
        data: Any = None,
        *,
        relations: Sequence[Relation],
        today: date,
        circles: Sequence[Companion] = (),
    ) -> None:
        super().__init__(data)
        self.today = today
        self.circles = {f"circle-{one.bond.pk}": one for one in circles}
        self.relations = {str(relation.pk): relation for relation in relations}
        coaches = [
            (key, _("%(name)s, please answer") % {"name": one.coach.name})
            for key, one in self.relations.items()
        ]
        shared = [(key, one.name) for key, one in self.circles.items()]
        self.fields["for_whom"].choices = [(ONLY_ME, _("Only for me")), *coaches, *shared]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["for_whom"].initial = ONLY_ME

    @property
    def relation(self) -> Relation | None:
        """Return the relation whose coach is asked; None: only for me."""
        self.is_valid()
        return self.relations.get(self.cleaned_data.get("for_whom", "")) if self.is_bound else None

    @property
    def circle(self) -> Companion | None:
        """Return the circle it is shared with; None: with none."""
        self.is_valid()
        return self.circles.get(self.cleaned_data.get("for_whom", "")) if self.is_bound else None

    @property
    def by_day(self) -> date | None:
        """Return the day that was named, unless it is over."""
        self.is_valid()
        day: date | None = self.cleaned_data.get("answer_by") if self.is_bound else None
        return day if day and day >= self.today else None

    @property
    def asks(self) -> dict[str, Any]:
        """Return whom is asked and by which day, as the action wants it."""
        return {"of": self.relation, "by_day": self.by_day}

    @property
    def nobody_to_ask(self) -> bool:
        """Whether a coach was chosen who cannot be asked now."""
        self.is_valid()
        is_chosen = self.is_bound and bool(self.cleaned_data.get("for_whom"))
        return is_chosen and self.relation is None and self.circle is None

    @property
    def choices(self) -> SafeString:
        """Print the choice; nothing for whoever has no coach to ask: a choice of one is none."""
        if not self.relations and not self.circles:
            return SafeString("")
        return SafeString(render_to_string("replies/parts/for_whom.html", {"whom": self}))


class AskForm(AskingForm):
    """Ask about something written before: the act is the asking, so here no "only me" stands beside it."""

    of = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you ask.")},
    )
    field_order = ("of", "answer_by")

    def __init__(self, data: Any = None, *, relations: Sequence[Relation], today: date) -> None:
        super().__init__(data, today=today)
        self.relations = {str(relation.pk): relation for relation in relations}
        self.fields["of"].choices = [(key, one.coach.name) for key, one in self.relations.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if len(self.relations) == 1:
            self.fields["of"].initial = next(iter(self.relations))

    @property
    def asks(self) -> dict[str, Any]:
        """Return whom is asked and by which day, as the action wants it."""
        return {"of": self.relations[self.cleaned_data["of"]], "by_day": self.cleaned_data["answer_by"]}
