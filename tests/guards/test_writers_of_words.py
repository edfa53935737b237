"""Guard: words are changed in few places, and in each of them nothing is overwritten in silence (C14).

Whatever could write a field of words is looked for in the source: an assignment to an attribute of that name, `setattr`, and
a way of saving that does not name its fields, or names words among them. A new place belongs in the list below with the
reason why nothing is lost there; usually it should call `belongings.actions.reword` instead.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

import klimtouw
from klimtouw.belongings.words import words_fields_of

SRC = Path(klimtouw.__file__).parent
WITHOUT_WORDS = ("ledger", "people", "programmes", "foundation", "access")
"""Packages whose models hold no words, and that may not import those that do."""
WITH_WORDS = [model for model in apps.get_models() if words_fields_of(model)]
WORDS = {field.name for model in WITH_WORDS for field in words_fields_of(model)}
MODELS = {model.__name__ for model in WITH_WORDS} - {"Question", "Answer"}
"""A mail asks and answers as well (`notices/by_mail.py`); those of a circle are made by `keep`, which is named below."""
NAMES_FIELDS = {"save", "bulk_update", "asave"}
MAKES = {"create", "get_or_create", "update_or_create", "update", "acreate"} | MODELS
ANYTHING = {"setattr", "save_base", "bulk_create"}

ALLOWED = {
    "intervision/actions/table.py put_on_table": "makes a new contribution: `force_insert` refuses a row that is there",
    "circles/actions/agreements.py _keep_version": "agreements are never changed: every version is a new row with a number",
    "circles/actions/circles.py arrange_circle": "the name of a circle, which its one facilitator gives and gives again; no text of anybody",
    "circles/actions/circles.py start_circle": "a new circle",
    "circles/actions/proposals.py _begin": "a new circle",
    "circles/actions/invitations.py invite_to_circle": "an invitation is written once and never changed",
    "circles/actions/meetings.py propose_meeting": "a new meeting",
    "circles/actions/meetings.py say_what_suits": "taps on moments, no words",
    "belongings/actions.py keep": "makes a new thing: `force_insert` refuses a row that is there",
    "belongings/actions.py reword": "the one place that changes words: holds the row, compares `seen`, keeps the version before",
    "belongings/actions.py place": "refuses fields of words (test_words_are_never_placed)",
    "belongings/contents.py keep_contents": "the contents of a thing that was just made: no words",
    "climb/evidence_files.py _as_jpeg": "draws a photo into memory",
    "belongings/settling.py settled": "calls the action it is given, and saves nothing itself",
    "config/restore.py _finish": "rows of keys and of the register, into an empty database",
    "peers/actions.py attest_rung": "words with a rung that was just attested; attested once is attested",
    "relations/actions/contracts.py _keep_version": "a contract is never changed: every draft is a new row with a number",
    "relations/actions/invitations.py invite": "an invitation is written once and never changed",
    "talks/actions/planning.py propose_talk": "a new talk",
    "talks/actions/planning.py propose_other_moments": "the place is of both and goes with the moments: holds the row, compares `seen`",
    "talks/actions/planning.py _put_moments": "moments hold no words",
    "takeaway/package/writing.py write_new": "puts back things and wordings that are not there: a key that is taken is refused by the database",
    "takeaway/package/fields.py joint_row": "a row that is read for a package, and never saved",
    "takeaway/package/writing.py versions_of": "makes rows ready, and writes nothing",
    "takeaway/package/writing.py grow": "a package that holds the wording that stands here as an earlier one",
    "takeaway/package/actions.py _keep_place": "what somebody brought along and has no place here: made, not typed",
    "takeaway/package/actions.py keep_parcel": "a new parcel, made and not typed",
    "takeaway/package/world.py are_taken_unseen": "tries ids on empty rows, and undoes everything",
    "home/demo/stories/people.py _settle_contacts": "contacts of the demo school, no words of a person",
    "home/demo/stories/people.py settle_schools": "the demo school and its programmes, no words of a person",
    "config/serving.py _listen": "a pipe between processes, no row",
    "notices/actions.py choose_what_to_hear": "what somebody wants no mail about: no words",
    "notices/actions.py mute": "what somebody wants no mail about: no words",
    "notices/by_mail.py __init__": "an attribute of an exception, no row",
    "notices/by_mail.py __post_init__": "a dictionary in memory, no row",
    "takeaway/package/book.py __init__": "an attribute of a page of the package, no row",
    "takeaway/package/making.py _keep": "the file of a parcel: made and not typed",
}


def named(node: ast.expr) -> str:
    """Return the last part of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def literal_fields(call: ast.Call) -> set[str] | None:
    """Return the fields that are named where something is saved; None when they are not named there."""
    given = [word.value for word in call.keywords if word.arg in ("update_fields", "fields")] + call.args[1:2]
    if not given or not isinstance(given[0], ast.List | ast.Tuple):
        return None
    names = [part.value if isinstance(part, ast.Constant) else None for part in given[0].elts]
    return None if None in names else {str(name) for name in names}


def writes_words(node: ast.AST) -> bool:
    """Return whether this could write a field of words."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        parts = [part for target in targets for part in ast.walk(target)]
        return any(isinstance(part, ast.Attribute) and part.attr in WORDS for part in parts)
    if not isinstance(node, ast.Call):
        return False
    name, given = named(node.func), {word.arg for word in node.keywords}
    if name in NAMES_FIELDS:
        fields = literal_fields(node)
        return fields is None or bool(fields & WORDS)
    opens_any = name in MAKES - {"update"} and None in given and name not in MODELS
    return name in ANYTHING or (name in MAKES and bool(given & WORDS)) or opens_any


def inside(tree: ast.AST, where: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Walk through a file; say with each part in which function it stands."""
    for child in ast.iter_child_nodes(tree):
        here = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else where
        yield here, child
        yield from inside(child, here)


def writers_in(source: str) -> set[str]:
    """Return the functions in which words could be written."""
    return {where for where, node in inside(ast.parse(source)) if writes_words(node)}


def writers() -> set[str]:
    """Return every place in the product where words could be written."""
    files = [path.relative_to(SRC) for path in sorted(SRC.rglob("*.py"))]
    files = [file for file in files if file.parts[0] not in WITHOUT_WORDS and "migrations" not in file.parts]
    return {f"{file} {where}" for file in files for where in writers_in((SRC / file).read_text())}


def test_every_place_that_writes_words_is_known_and_says_why_nothing_is_lost_there() -> None:
    assert writers() - set(ALLOWED) == set(), "use belongings.actions.reword, or say here why nothing is lost"


def test_no_place_stands_in_the_list_that_is_not_there_any_more() -> None:
    assert set(ALLOWED) - writers() == set()


def test_new_ways_of_writing_words_are_found() -> None:
    for line in (
        "thing.text = words",
        "setattr(thing, name, words)",
        "thing.save()",
        "thing.save(update_fields=['text'])",
        "thing.save(update_fields=names)",
        "Goal.objects.bulk_update(goals, ['why'])",
        "Goal.objects.create(owner=by, text=words)",
        "Goal.objects.filter(pk=1).update(text=words)",
    ):
        assert writers_in(f"def rewrites():\n    {line}") == {"rewrites"}, line
    for line in (
        "stage.save(update_fields=['state'])",
        "moments.filter(pk=1).update(read=at)",
        "state = text",
    ):
        assert writers_in(f"def rewrites():\n    {line}") == set(), line
