"""Vocabulary of framework goals and of what can be wrong with a file of them."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """In which form a framework comes."""

    CSV = "csv", "CSV"
    CASE = "case", "IMS CASE"


class ArrivalState(TextChoices):
    """How far a file on its way in is."""

    READING = "reading", _("being read")
    READY = "ready", _("read, waits for a yes")
    REFUSED = "refused", _("cannot come in as it is")
    IMPORTING = "importing", _("being brought in")
    DONE = "done", "in"
    FAILED = "failed", _("did not come in")


UNDER_WAY = (ArrivalState.READING, ArrivalState.IMPORTING)


class Fault(TextChoices):
    """What stops a file; each has a sentence that says what is there and how to repair it."""

    EMPTY = "empty", "empty"
    TOO_LARGE = "too_large", "too large"
    TOO_MANY = "too_many", "too many"
    UTF_16 = "utf_16", "UTF-16"
    NOT_UTF_8 = "not_utf_8", "not UTF-8"
    NOT_A_ZIP = "not_a_zip", "no ZIP"
    NOT_ONE_FILE = "not_one_file", "not one file"
    NO_GOALS = "no_goals", "no goals"
    NO_HEADER = "no_header", "no header"
    UNKNOWN_COLUMN = "unknown_column", "unknown column"
    COLUMN_TWICE = "column_twice", "column twice"
    TOO_MANY_CELLS = "too_many_cells", "too many cells"
    BROKEN_ROW = "broken_row", "broken row"
    NOT_JSON = "not_json", "no JSON"
    NOT_CASE = "not_case", "no CASE"
    ODD_SHAPE = "odd_shape", "odd shape"
    NO_IDENTIFIER = "no_identifier", "no identifier"
    IDENTIFIER_TWICE = "identifier_twice", "identifier twice"
    NO_STATEMENT = "no_statement", "no statement"
    TOO_LONG = "too_long", "too long"
    UNKNOWN_PARENT = "unknown_parent", "unknown parent"
    CYCLE = "cycle", "cycle"
    TOO_DEEP = "too_deep", "too deep"


class Remark(TextChoices):
    """What does not stop a file, and is said."""

    PARENT_ELSEWHERE = "parent_elsewhere", "parent elsewhere"
    TWO_PARENTS = "two_parents", "two parents"
    TO_UNKNOWN = "to_unknown", "to something unknown"


IN_WORDS: dict[Fault, Promise] = {
    Fault.EMPTY: _("The file is empty. Choose the file again, or save it anew."),
    Fault.TOO_LARGE: _(
        "The file is larger than %(what)s MB. Put it in a ZIP, or bring in the parts as frameworks of their own."
    ),
    Fault.TOO_MANY: _(
        "There are more than %(what)s goals in the file. Bring in the parts as frameworks of their own."
    ),
    Fault.UTF_16: _("The file is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8”."),
    Fault.NOT_UTF_8: _(
        "A letter on this line cannot be read: the file looks like Windows-1252. Save it as “CSV UTF-8”."
    ),
    Fault.NOT_A_ZIP: _("The ZIP cannot be opened. Make it anew, without a password."),
    Fault.NOT_ONE_FILE: _("There must be one file in the ZIP, and nothing else."),
    Fault.NO_GOALS: _("No goal stands in the file. Under the header there is one line per goal."),
    Fault.NO_HEADER: _(
        "The first line does not name the columns “%(what)s”. Begin with the line of the example file."
    ),
    Fault.UNKNOWN_COLUMN: _(
        "There is no column called “%(what)s”. Take it out, or give it the name of the example file."
    ),
    Fault.COLUMN_TWICE: _("The column “%(what)s” stands there twice. Keep one of the two."),
    Fault.TOO_MANY_CELLS: _(
        "This line has more cells than the header. Put a text with a comma or semicolon between quotes."
    ),
    Fault.BROKEN_ROW: _("This line cannot be read. Often a quote opens here and does not close."),
    Fault.NOT_JSON: _("This is where the file stops being JSON. Download it anew from where it comes from."),
    Fault.NOT_CASE: _(
        "“%(what)s” is missing: this is not a CASE package (CFPackage). Ask for the whole CFPackage."
    ),
    Fault.ODD_SHAPE: _("“%(what)s” is not of the form that CASE asks for."),
    Fault.NO_IDENTIFIER: _(
        "This goal has no identifier. Give it one that no other goal has, and keep it for ever."
    ),
    Fault.IDENTIFIER_TWICE: _(
        "The identifier “%(what)s” stands there twice; the first time at %(other)s. Give one of them another."
    ),
    Fault.NO_STATEMENT: _("This goal has no text. Write it, or take the goal out."),
    Fault.TOO_LONG: _("“%(what)s” is longer than %(other)s characters. Make it shorter."),
    Fault.UNKNOWN_PARENT: _(
        "This goal stands under “%(what)s”, and there is no goal with that identifier. Correct it, or leave it empty."
    ),
    Fault.CYCLE: _("These goals stand under each other in a circle: %(what)s. Put one of them at the top."),
    Fault.TOO_DEEP: _("“%(what)s” stands more than %(other)s levels deep. Put it higher."),
}

REMARKS_IN_WORDS: dict[Remark, Promise] = {
    Remark.PARENT_ELSEWHERE: _("Stand under something that is not in this file; they come at the top"),
    Remark.TWO_PARENTS: _("Stand in two places; they come in the first one"),
    Remark.TO_UNKNOWN: _("Ties to something that is not in this file; they stay out"),
}
