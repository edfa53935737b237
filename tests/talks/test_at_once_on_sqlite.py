"""The same second on SQLite: an installation of its own with a file, and two real threads (T1)."""

import json
import shutil
from pathlib import Path

import pytest

from tests.config.installation import House
from tests.migrated import home_to_copy

pytestmark = [pytest.mark.slow, pytest.mark.only_on("sqlite3")]
TWO_CHOOSE = """
import json
from functools import partial
from klimtouw.foundation.clock import now
from klimtouw.relations.choices import State
from klimtouw.talks.actions import choose_moment, propose_talk
from klimtouw.talks.models import Talk
from tests.at_once import at_once
from tests.stories import make_person, make_relation
from tests.talks.conftest import days
at = now()
relation = make_relation(make_person("Noor"), make_person("Bram"), State.RUNNING, at)
told = []
for _ in range(6):
    proposed = {"moments": [days(2, at), days(3, at)], "minutes": 30}
    talk = propose_talk(relation=relation, by=relation.coach, at=at, **proposed)
    moments = talk.moments.order_by("starts_at").values_list("pk", flat=True)
    choose = [partial(choose_moment, talk=talk, by=relation.coachee, at=at, moment_id=one) for one in moments]
    met = sorted(type(each).__name__ for each in at_once(*choose))
    talk.refresh_from_db()
    told.append([met, talk.state, talk.revision])
print(json.dumps(told))
"""


def test_two_moments_chosen_in_the_same_second_plan_one(tmp_path: Path) -> None:
    house = House(shutil.copytree(home_to_copy(), tmp_path / "home"), "")
    told = json.loads(house.runs(TWO_CHOOSE).splitlines()[-1])
    assert told == [[["Overtaken", "Talk"], "planned", 1]] * 6
