"""The form in which an entry of the trail is written."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.actions import ChangedMeanwhile
from klimtouw.belongings.forms import Words
from klimtouw.climb.actions.trail import in_one_text
from klimtouw.climb.choices import HIGHEST, LOWEST, SCALE, EntryForm
from klimtouw.climb.forms.writing import Link, WritingForm
from klimtouw.climb.models import Entry, Goal

WORD = 60
"""The longest "word" in the form of three words."""


HELP = "help"
"""The name of the buttons that add the small fields of a form while somebody is writing."""


class OwnNumber(Words):
    """The person's own mark from 0 to 10, or none: kept as text among the other answers, and never reckoned with (V5)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2, **options)
        numbers = [(str(number), str(number)) for number in range(LOWEST, HIGHEST + 1)]
        self.widget = forms.RadioSelect(choices=[*numbers, ("", _("no number"))])

    def validate(self, value: Any) -> None:
        """Refuse what is not one of the numbers."""
        super().validate(value)
        if value not in dict(self.widget.choices):
            raise forms.ValidationError(_("Choose a number from 0 to 10, or none."))


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
            self.fields[name] = _small_field(name, question, form)
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

    def put_beside(self, conflict: ChangedMeanwhile) -> None:
        """Show both texts; two numbers are not joined to one: the one that was typed stays chosen."""
        typed = self.data.get(SCALE, "")
        super().put_beside(conflict)
        if SCALE in self.fields:
            sent: Any = self.data
            sent[SCALE] = typed

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


def _small_field(name: str, question: Any, form: EntryForm) -> Words:
    if name == SCALE:
        return OwnNumber(label=question)
    if form == EntryForm.THREE_WORDS:
        return Words(label=question, rows=1, max_length=WORD)
    return Words(label=question, rows=2)


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
