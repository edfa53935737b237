"""Without network: what somebody writes stays sealed on the device, arrives in order, and leaves nothing behind (E2, T4)."""

from collections.abc import Callable

import pytest

from klimtouw.climb.models import Entry
from tests.journeys.device import Device
from tests.journeys.walker import Walker, Way

Somebody = Callable[..., Walker]
MARK = "zonnebloemkwartier"
PHONE = Way(width=390)
KEPT = "You are offline. What you write stays on this device and arrives later."


@pytest.fixture
def device(walker: Somebody) -> Callable[..., Device]:
    """Give somebody a device that may keep things."""

    def device(name: str) -> Device:
        return Device(walker(name, service_workers="allow"))

    return device


@pytest.mark.parametrize("way", [Way(), Way("en", width=390)], ids=str)
def test_an_entry_written_while_the_network_went_arrives_when_it_returns(
    device: Callable[..., Device], way: Way
) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.goes_offline()
    phone.walker.fills(text=f"Vandaag durfde ik het: {MARK}.")
    phone.presses("[data-waits]")
    phone.is_told(KEPT)
    assert not Entry.objects.filter(owner=noor).exists()
    phone.comes_back()
    phone.waits_until(lambda: Entry.objects.filter(owner=noor).exists())
    assert [entry.text for entry in Entry.objects.filter(owner=noor)] == [f"Vandaag durfde ik het: {MARK}."]
    phone.is_told("What you wrote without network has arrived.")
