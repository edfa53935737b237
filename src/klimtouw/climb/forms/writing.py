"""Forms in which a coachee writes: compass, dream, goal, and a message in the trail."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.belongings.models import Thing
from klimtouw.climb.actions.writing import in_one_text
from klimtouw.climb.choices import Context, DreamState, EntryForm, GoalState
from klimtouw.climb.models import Dream, Entry, Goal

SOMETHING = {"required": _("Write a few words. They may be rough.")}
WORD = 60
"""The longest "word" in the form of three words."""
HELP = "help"
"""The name of the buttons that add the small fields of a form while somebody is writing."""


class Link(forms.TypedChoiceField):
    """A choice among some of one's own things, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, coerce=UUID, empty_value=None, **options)
        self.own: dict[UUID, Thing] = {}

    def offer(self, things: Sequence[Dream] | Sequence[Goal], none: Any) -> None:
        """Offer these, and first of all: none."""
        self.own = {thing.pk: thing for thing in things}
        self.choices = [("", none), *((str(thing.pk), thing.title) for thing in things)]

    def clean(self, value: Any) -> Thing | None:
        """Return the chosen thing; one that was not offered is refused."""
        chosen = super().clean(value)
        return None if chosen is None else self.own[chosen]


class WritingForm(ThingForm):
    """What the forms of the climb share: what was filled in, ready for the action that keeps it."""

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was filled in, by the names the actions use."""
        return self.fields_of_thing

    @property
    def new(self) -> dict[str, Any]:
        """Return it for a new thing: with the id the form came with, so that sending twice is harmless."""
        return {**self.chosen, "id": self.cleaned_data["id"], "seen": self.seen_version}

    @property
    def reworded(self) -> dict[str, Any]:
        """Return it for a thing there is: with the version its writer saw."""
        return {**self.chosen, "seen": self.seen_version}


class CompassForm(WritingForm):
    """An answer to one question of the compass."""

    text = Words(label=_("My answer"), rows=5, required=True, error_messages=SOMETHING)


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


class TrailForm(WritingForm):
    """A message in the trail: free text first, then the small fields of a form when somebody wants them."""

    text = Words(label=_("What do you want to keep?"), rows=6)
    form = forms.ChoiceField(choices=EntryForm, required=False, widget=forms.HiddenInput)
    goal_id = Link(label=_("Does it belong to a goal?"))

    def __init__(
        self,
        data: Any = None,
        *,
        goals: Sequence[Goal],
        form: EntryForm,
        thing: Entry | None = None,
        **options: Any,
    ) -> None:
        initial: dict[str, Any] = {**(thing.given if thing else {}), "form": form}
        if data and HELP in data:
            # Somebody asked for the small fields while writing: show the same words again, judge and keep nothing yet.
            data, initial = None, {**data.dict(), **initial}
        super().__init__(data, thing=thing, initial=initial, **options)
        cast(Link, self.fields["goal_id"]).offer(goals, _("none in particular"))
        self.chosen_form = form
        for name, question in form.questions.items():
            is_word = form == EntryForm.THREE_WORDS
            self.fields[name] = (
                Words(label=question, rows=1, max_length=WORD) if is_word else Words(label=question, rows=2)
            )
            self.fields[name].readers = options.get("readers", "")  # type: ignore[attr-defined]  # printed under the field

    @property
    def small_fields(self) -> list[BoundField]:
        """The fields of the chosen form."""
        return [self[name] for name in self.chosen_form.questions]

    def clean(self) -> dict[str, Any]:
        """Ask for one filled-in field; which one does not matter."""
        cleaned = super().clean() or self.cleaned_data
        names = ("text", *self.chosen_form.questions)
        if not any(cleaned.get(name) for name in names) and not self.errors:
            self.add_error("text", _("Write at least one word. Short is fine."))
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """Return everything that was filled in."""
        fields = self.cleaned_data
        given = {name: fields[name] for name in self.chosen_form.questions if fields[name]}
        form = self.chosen_form if given else EntryForm.FREE
        return {"text": fields["text"], "form": form, "given": given, "goal": fields["goal_id"]}

    @property
    def words(self) -> dict[str, str]:
        """Return the words as an entry keeps them: the free text, and the answers as one."""
        return {"text": self.chosen["text"], "answers": in_one_text(self.chosen["given"])}

    def standing(self, now: Any) -> dict[str, str]:
        """Show the small fields of the text as it stands as well; answers to another form stand under its free text."""
        here = self.chosen_form.questions
        others = [
            f"{question} {answer}"
            for question, answer in now.questions_and_answers
            if question not in here.values()
        ]
        text = "\n".join(part for part in (now.text, *others) if part)
        return {"text": text, **{name: now.given.get(name, "") for name in here}}


class DreamMoveForm(forms.Form):
    """Where a dream goes."""

    to = forms.TypedChoiceField(choices=DreamState, coerce=DreamState)


class GoalMoveForm(forms.Form):
    """Where a goal goes."""

    to = forms.TypedChoiceField(choices=GoalState, coerce=GoalState)


def form_asked_for(
    sent: Mapping[str, str], address: Mapping[str, str], kept: EntryForm = EntryForm.FREE
) -> EntryForm:
    """Return which form an entry is written in: the one sent, else the one it has or is asked for; odd names mean free.

    What was sent comes first: another tab may have given the entry another form meanwhile, and what was typed must not be lost.
    """
    if HELP not in sent and sent.get("form") in EntryForm.values:
        return EntryForm(sent["form"])
    asked = sent.get(HELP) or sent.get("form") or address.get("form", "")
    return EntryForm(asked) if kept == EntryForm.FREE and asked in EntryForm.values else kept
