"""A worker that is killed while a message leaves loses nothing, and what leaves again has the same name (E3)."""

import json
import subprocess

import pytest

from tests.config.installation import House

LAY = """
from datetime import timedelta
from klimtouw.foundation.clock import now
from klimtouw.notices.actions import tell
from klimtouw.relations.choices import State
from klimtouw.relations.told import CONTRACT_IN_FORCE
from tests.stories import make_person, make_relation
at = now() - timedelta(days=2)
relation = make_relation(make_person("Noor"), make_person("Bram"), State.RUNNING, at)
tell(CONTRACT_IN_FORCE, relation.coachee, about=relation.pk, relation=relation.pk, at=at)
"""
SEND = """
import sys, time
from datetime import timedelta
from django.core.mail import EmailMultiAlternatives
from klimtouw.config import notice_tasks
from klimtouw.foundation.clock import now
from klimtouw.notices.queries import people_with_something_due
from klimtouw.notices.sending import send_what_is_due
from klimtouw.people.models import Person
held, at = sys.argv[1], now() + timedelta(minutes=int(sys.argv[2]))
leaves = EmailMultiAlternatives.send
def send(letter):
    if held == "before":
        print("now", flush=True); time.sleep(60)
    leaves(letter)
    if held == "after":
        print("now", flush=True); time.sleep(60)
EmailMultiAlternatives.send = send
for key in people_with_something_due(at):
    send_what_is_due(Person.objects.get(pk=key), at)
"""
SENT = """
import json
from pathlib import Path
from django.conf import settings
from klimtouw.notices.mailbox import letter_in
from klimtouw.notices.models import Notice, Parcel
files = Path(settings.EMAIL_FILE_PATH).glob("*.eml")
print(json.dumps({"mails": [letter_in(file)["message-id"] for file in files],
                  "left": Notice.objects.count() + Parcel.objects.count()}))
"""


@pytest.mark.parametrize("held", ["before", "after"])
def test_a_worker_killed_while_a_message_leaves_loses_nothing_and_names_it_the_same(
    held: str, house: House
) -> None:
    house.runs(LAY)
    worker = subprocess.Popen(
        house.script(SEND, held, 0), env=house.surroundings, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    assert worker.stdout.readline() == "now\n"
    worker.kill()
    worker.wait()
    worker.stdout.close()
    house.runs(SEND, "never", 1)  # it may still be on its way: nothing leaves yet
    assert len(json.loads(house.runs(SENT))["mails"]) == {"before": 0, "after": 1}[held]
    house.runs(SEND, "never", 16)
    later = json.loads(house.runs(SENT))
    assert later["left"] == 0
    assert len(set(later["mails"])) == 1
    assert len(later["mails"]) == {"before": 1, "after": 2}[held]
    house.runs(SEND, "never", 600)
    assert json.loads(house.runs(SENT)) == later
