"""Vocabulary of the trail."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EntryForm(TextChoices):
    """Optional forms of an entry; free text always comes first (C8)."""

    FREE = "free", _("free")
    WHAT_SO_WHAT = "what_so_what", _("Three small questions")
    THREE_WORDS = "three_words", _("Three words")

    @property
    def questions(self) -> dict[str, Promise]:
        """The small fields this form adds under the free text."""
        return QUESTIONS[self]


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
}
