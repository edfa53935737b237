"""Vocabulary of the trail."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EntryForm(TextChoices):
    """Optional forms of an entry; free text always comes first (C8).

    Steps of looking back: ALACT (Korthagen 1985) and STARR, of planning: WOOP (Oettingen 2014). The questions are our own.
    """

    FREE = "free", _("free")
    WHAT_SO_WHAT = "what_so_what", _("Three small questions")
    THREE_WORDS = "three_words", _("Three words")
    SCALE = "scale", _("A number from 0 to 10")
    WOOP = "woop", _("Wish and plan (WOOP)")
    STARR = "starr", _("One situation up close (STARR)")
    ALACT = "alact", _("Looking back, and then on (ALACT)")

    @property
    def questions(self) -> dict[str, Promise]:
        """The small fields this form adds under the free text."""
        return QUESTIONS[self]


SCALE = "scale"
"""The small field that holds a number: the person's own mark, sealed in their own text as any answer (V5)."""
LOWEST, HIGHEST = 0, 10

QUESTIONS: dict[EntryForm, dict[str, Promise]] = {
    EntryForm.FREE: {},
    EntryForm.WHAT_SO_WHAT: {
        "what": _("What happened?"),
        "so_what": _("What did that do to you?"),
        "what_next": _("What do you take along to the next time?"),
    },
    EntryForm.THREE_WORDS: {
        "first_word": _("A first word"),
        "second_word": _("A second word"),
        "third_word": _("A third word"),
    },
    EntryForm.SCALE: {
        "own_step": _("Which step of yours is it about?"),
        SCALE: _("Where are you with it now, from 0 to 10?"),
        "not_lower": _("What makes it not lower?"),
        "bit_higher": _("What would you notice first if it were a little higher?"),
    },
    EntryForm.WOOP: {
        "wish": _("What do you wish for in the coming time?"),
        "outcome": _("How would that feel, if it works out?"),
        "obstacle": _("What in yourself could get in the way?"),
        "if_then": _("If that comes up, then I …"),
    },
    EntryForm.STARR: {
        "situation": _("Where were you, and who was there?"),
        "task": _("What did you want to do there, or what was asked of you?"),
        "approach": _("What did you do, and what did you say?"),
        "result": _("What came of it?"),
        "reflection": _("What do you see now that you did not see then?"),
    },
    EntryForm.ALACT: {
        "tried": _("What did you do?"),
        "looked_back": _("What did you want, think and feel? And the others?"),
        "essence": _("What was it really about?"),
        "other_ways": _("What else could you do? Think of more than one way."),
        "next_try": _("What will you try out, and when?"),
    },
}
"""No two forms share the name of a small field: from its answers alone one can tell which form an entry had."""
