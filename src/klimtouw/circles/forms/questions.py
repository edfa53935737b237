"""The forms of questions and answers in a circle."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words


class QuestionForm(ThingForm):
    """What somebody asks the circle."""

    text = Words(
        label=_("What would you like to ask?"),
        required=True,
        error_messages={"required": _("Write your question, then send it.")},
    )


class AnswerForm(ThingForm):
    """What somebody says to it."""

    text = Words(
        label=_("What would you say?"),
        help_text=_("A thought, a question back, or how it went for you."),
        required=True,
        error_messages={"required": _("Write your answer, then send it.")},
    )


class ThanksForm(ThingForm):
    """A word of thanks by whoever asked, and whether the question may be closed."""

    thanks = Words(label=_("A word to who answered"), rows=2)
    is_closed = forms.BooleanField(
        label=_("Close this question"),
        help_text=_("It stays to be read. You can open it again."),
        required=False,
    )
