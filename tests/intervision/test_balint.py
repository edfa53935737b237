"""A whole Balint group on ordinary forms, told from the first who comes in to the last who goes (G5)."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from klimtouw.circles.models import Circle
from klimtouw.climb.models import Entry
from klimtouw.intervision.models import Contribution, Room
from klimtouw.people.models import DataKey, Person
from tests.intervision.stories import fresh

SignIn = Callable[[Person], Client]
WALK = (
    ("story", {"noor"}, {}),
    ("question", {"amir", "lena"}, {"noor": "answer"}),
    ("image", {"amir", "lena"}, {}),
    ("reply", {"noor"}, {}),
    ("takeaway", {"noor", "amir", "lena"}, {}),
)
"""Each phase: what it takes, from whom, and what of whom it takes besides. Nowhere is advice."""


def test_g5_a_whole_balint_group_takes_from_each_what_fits_and_never_advice(
    circle: Circle, noor: Person, amir: Person, lena: Person, sign_in: SignIn, at: datetime
) -> None:
    clients = {"noor": sign_in(noor), "amir": sign_in(amir), "lena": sign_in(lena)}
    of_circle = reverse("intervision:of_circle", args=[circle.pk])
    clients["amir"].post(of_circle, {"method": "balint", "role": "guide"})
    room = Room.objects.get()

    def to(name: str, *more: object) -> str:
        return reverse(f"intervision:{name}", args=[room.pk, *more])

    def puts(who: str, kind: str) -> int:
        said = {"text": f"{who} {kind} {fresh(room).phase_number}", "id": uuid4()}
        return clients[who].post(to("write", kind), said).status_code

    for who in ("noor", "lena"):
        clients[who].post(to("enter"))
    clients["noor"].post(to("role"), {"role": "presenter"})
    for event, (kind, writers, besides) in zip(("begin", *["next"] * 4), WALK, strict=True):
        clients["amir"].post(to("move"), {"event": event, "seen": fresh(room).key_of_page})
        for who, client in clients.items():
            fits = kind if who in writers else besides.get(who)
            page = client.get(to("room")).content.decode()
            assert (f"/tafel/{fits}/" in page) if fits else ("/tafel/" not in page)
            assert puts(who, "advice") == 409
            assert puts(who, kind) == (302 if who in writers else 409)
            assert all(puts(one, other) == 302 for one, other in besides.items() if one == who)
    clients["amir"].post(to("move"), {"event": "next", "seen": fresh(room).key_of_page})
    image = Contribution.objects.get(kind="image", author=lena)
    keep = to("keep", uuid4())
    assert "lena image 2" in clients["noor"].get(keep).content.decode()
    clients["noor"].post(keep, {"kept": [str(image.pk)], "own_words": "Het raakte me."})
    assert Entry.objects.get().text == "Het raakte me.\n\n– lena image 2"
    assert not (Room.objects.exists() or DataKey.objects.filter(pk=room.pk).exists())
    assert clients["lena"].get(to("room")).status_code == 404
