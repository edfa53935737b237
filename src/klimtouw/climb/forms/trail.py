"""The form in which an entry of the trail is written."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.actions.trail import in_one_text
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.forms.writing import Link, WritingForm
from klimtouw.climb.models import Entry, Goal

WORD = 60
"""The longest "word" in the form of three words."""


HELP = "help"
"""The name of the buttons that add the small fields of a form while somebody is writing."""


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
