"""Rules of the forbidden list that hold for the house as a whole."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from klimtouw.access.table import TABLE, Action, Hat
from tests.guards.test_house import OWN, PACKAGES, source_files

JUDGING = frozenset(
    {
        "score",
        "risk",
        "sentiment",
        "profile",
        "rank",
        "grade",
        "badge",
        "streak",
        "label",
        "tag",
        "points",
        "percent",
    }
)
ABOUT_RULES_NOT_PEOPLE = {"CoachRole.is_working_label", "FrameworkVersion.label"}


def test_v5_v13_v14_no_column_judges_a_person() -> None:
    """No table has a place for a score, a label, a risk or a profile of somebody."""
    columns = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in PACKAGES
        for field in model._meta.concrete_fields
        if JUDGING & set(field.name.split("_"))
        and f"{model.__name__}.{field.name}" not in ABOUT_RULES_NOT_PEOPLE
    ]
    assert columns == []


def test_v14_nothing_is_decided_or_answered_by_a_model_of_language_or_of_people() -> None:
    run = (Path(settings.PACKAGE).parent.parent / "requirements" / "run.txt").read_text()
    assert not re.search(r"^(transformers|torch|scikit-learn|nltk|textblob|spacy)\b", run, re.MULTILINE)


def test_v4_no_line_of_the_policy_and_no_address_edits_a_framework_goal() -> None:
    """Framework goals are the programme's; coaching personalises the way to them and never the goals themselves."""
    about = {line.action: line.hats for line in TABLE if "framework" in line.en or "kaderdoel" in line.nl}
    assert about.keys() == {Action.SEE_FRAMEWORK, Action.ARRANGE_FRAMEWORKS}
    assert about[Action.ARRANGE_FRAMEWORKS] == {
        Hat.ADMINISTRATOR
    }  # brings a file in, or takes a version out of sight
    of_the_school = {str(pattern.name) for pattern in OWN if "framework" in str(pattern.name)}
    on_ones_own_goal = {
        "framework_overview",
        "framework_choose",
        "framework_browse",
        "framework_link_new",
        "framework_link",
        "framework_unlink",
    }
    arranging = {"frameworks", "framework_import", "framework_arrival", "framework_version"}
    assert of_the_school == on_ones_own_goal | arranging | {"framework"}


def test_v25_nobody_can_become_somebody_else() -> None:
    """There is no "log in as": our code signs nobody in; only allauth does, with a password or a code."""
    signing_in = re.compile(r"auth\.login|auth import login|force_login|hijack|impersonat")
    found = [str(path) for path in source_files() if signing_in.search(path.read_text())]
    assert found == []
    assert [line.action for line in TABLE if "as somebody" in line.en] == []
