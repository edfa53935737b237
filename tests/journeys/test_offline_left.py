"""What stays on a device: sealed while one is signed in, and nothing after signing out; a shared device leaves nothing behind."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Error, Page, expect

from klimtouw.climb.models import Entry
from klimtouw.people.models import OfflineDevice, Person, Session
from klimtouw.people.offline import forget_all_devices
from tests.journeys.conftest import NUMBERS
from tests.journeys.device import MARK, Device, files_with
from tests.journeys.house import House
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import Seen

Devices = Callable[..., Device]


@pytest.fixture
def device(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    house: House,
    way: Way,
    seen: Seen,
    tmp_path: Path,
) -> Iterator[Devices]:
    """Give somebody a browser with a disk of its own, on which a test may look."""
    number, contexts = next(NUMBERS), []

    def device(name: str, disk: Path | None = None) -> Device:
        disk = disk or tmp_path / f"disk-{len(contexts)}"
        context = browser_type.launch_persistent_context(
            disk, locale="nl-BE", timezone_id="Europe/Brussels", **browser_type_launch_args
        )
        contexts.append(context)
        walker = Walker(
            name,
            f"{name.lower()}.{number}.left@dekade.example",
            page=lambda: context.pages[0],
            house=house,
            way=way,
            seen=seen,
        )
        walker.watch.by_axe = False
        made = Device(walker)
        made.disk = disk
        return made

    yield device
    for context in contexts:
        with suppress(Error):  # one that crashed
            context.close()
    shutil.rmtree(tmp_path, ignore_errors=True)


def with_something_waiting(
    device: Devices, text: str = f"Niemand anders leest dit: {MARK}."
) -> tuple[Device, Person]:
    """Have Noor write something without network."""
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("climb:home")
    phone.writes("entry", text=text)
    return phone, noor


def nothing_is_left(page: Page, phone: Device) -> None:
    """No record, no key and no page with words is left in the browser."""
    phone.waits_until(lambda: phone.kept()["holders"] == [])
    kept = phone.kept()
    assert (kept["records"], kept["holders"]) == (0, [])
    assert MARK not in kept["bodies"]


def test_what_was_written_stands_on_the_disk_in_no_readable_form(device: Devices) -> None:
    phone, _noor = with_something_waiting(device)
    assert MARK in phone.page.content()
    assert phone.kept()["records"] > 1
    assert files_with(phone.disk, MARK) == []
    phone.context.close()
    assert files_with(phone.disk, MARK) == []


def test_no_page_with_words_is_kept(device: Devices) -> None:
    phone = device("Noor")
    phone.walker.is_known()
    phone.is_ready("people:settings")
    phone.walker.opens("climb:trail")
    kept = phone.kept()
    allowed = ("/static/", "/zonder-netwerk/", "/kept/")
    assert [address for address in kept["caches"] if not address.startswith(allowed)] == []
    assert phone.walker.email not in kept["bodies"]


def test_signing_out_leaves_nothing(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    secret = OfflineDevice.objects.get(person=noor)
    phone.walker.opens("climb:entry_new")
    phone.walker.fills(text=f"Half geschreven: {MARK}.")
    phone.waits_until(lambda: phone.count("draft"))
    phone.signs_out()
    phone.waits_until(lambda: not Session.objects.filter(person=noor).exists())
    phone.waits_until(lambda: phone.kept()["holders"] == [])
    kept = phone.kept()
    assert (kept["records"], kept["caches"]) == (0, [])
    assert not OfflineDevice.objects.filter(pk=secret.pk).exists()
    phone.context.close()
    assert files_with(phone.disk, MARK, noor.email) == []


def test_signing_out_asks_first_when_something_still_waits(device: Devices) -> None:
    phone, noor = with_something_waiting(device)
    phone.refuses_forms()
    phone.comes_back()
    phone.walker.opens("climb:trail")
    phone.waits_until(lambda: phone.count("waits"))
    phone.presses_sign_out()
    asked = phone.page.locator("dialog[open]")
    one = "One text on this device has not arrived yet. If you sign out now, it is thrown away."
    expect(asked.get_by_text(phone.walker.says(one))).to_be_visible()
    expect(asked.locator('[data-of="more"]')).to_be_hidden()
    asked.locator('[data-act="stay"]').click()
    assert phone.count("waits") == 1
    assert Session.objects.filter(person=noor).exists()
    phone.presses_sign_out()
    phone.page.locator('dialog[open] [data-act="leave"]').click()
    phone.page.wait_for_url(f"{phone.walker.house.address}/")
    assert not Session.objects.filter(person=noor).exists()
    nothing_is_left(phone.page, phone)


def test_signing_out_without_network_leaves_nothing_and_the_house_hears_of_it(device: Devices) -> None:
    phone, noor = with_something_waiting(device)
    phone.page.locator('[data-act="leave"]').click()
    phone.page.locator('[data-act="leave"]').click()
    phone.is_told("Nothing is kept on this device.")
    nothing_is_left(phone.page, phone)
    assert Session.objects.filter(person=noor).exists()
    phone.comes_back()
    phone.types_address("home")
    phone.waits_until(lambda: not Session.objects.filter(person=noor).exists())
    assert "data-worker" not in phone.page.content()


@pytest.mark.parametrize("how", ["from elsewhere", "erased"])
def test_a_device_that_was_signed_out_from_elsewhere_wipes_itself_at_the_next_contact(
    device: Devices, how: str
) -> None:
    phone, noor = with_something_waiting(device)
    forget_all_devices(noor)
    Session.objects.filter(person=noor).delete()
    if how == "erased":
        Person.objects.filter(pk=noor.pk).update(is_active=False)
    phone.comes_back()
    phone.waits_until(lambda: phone.kept()["holders"] == [])
    nothing_is_left(phone.page, phone)
    assert not Entry.objects.filter(owner=noor).exists()
    phone.waits_until(lambda: MARK not in phone.page.content())


def test_another_person_on_the_same_device_finds_nothing(device: Devices) -> None:
    phone, noor = with_something_waiting(device)
    stan = Person.objects.create(email=f"stan.{noor.email}", display_name="Stan")
    phone.walker._is_signed_in(stan)
    phone.comes_back()
    phone.walker.opens("climb:home")
    phone.waits_until(lambda: phone.kept()["holders"] and phone.kept()["holders"][0]["has_key"])
    assert phone.count("waits") == 0
    assert MARK not in phone.page.content()
    assert not Entry.objects.filter(owner__in=[noor, stan]).exists()
    hers = OfflineDevice.objects.filter(person=noor).values_list("pk", flat=True)
    assert phone.kept()["holders"][0]["device"] not in map(str, hers)


def test_whoever_signs_in_next_reads_first_that_texts_of_another_wait_here(device: Devices) -> None:
    """The sign-in of who wrote ran out; another signing in would wipe what waits, and reads so before (E2, T4)."""
    phone, noor = with_something_waiting(device)
    phone.writes("entry", text="En nog iets.")
    Session.objects.filter(person=noor).delete()
    phone.comes_back()
    phone.waits_until(lambda: not phone.kept()["holders"][0]["has_key"])
    phone.walker.opens("account_login")
    warning = phone.page.locator("main [data-note=waiting]")
    expect(warning).to_contain_text("Hier wachten nog 2 teksten van wie eerder op dit toestel schreef.")
    assert MARK not in phone.page.content()
    phone.walker.signs_in()
    phone.waits_until(lambda: Entry.objects.filter(owner=noor).count() == 2)
    expect(phone.page.locator("main [data-of]")).to_have_count(0)


def test_nobody_is_warned_where_nothing_waits(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    Session.objects.filter(person=noor).delete()
    phone.walker.opens("account_login")
    phone.waits_until(lambda: not phone.kept()["holders"][0]["has_key"])
    assert phone.page.locator("main [data-note=waiting]").count() == 0


def test_a_browser_that_crashes_in_the_middle_of_writing_loses_nothing(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.goes_offline()
    phone.page.locator("main textarea").first.press_sequentially("Midden in een zin")
    phone.waits_until(lambda: phone.count("draft"))
    phone.crashes()
    phone = device("Noor", phone.disk)
    phone.walker._is_signed_in(noor)
    phone.walker.opens("climb:entry_new")
    phone.is_told("You began something here that was not kept yet.")
    phone.presses('[data-act="back"]')
    phone.presses("[data-waits]")
    phone.waits_until(lambda: Entry.objects.filter(owner=noor).exists())
    assert Entry.objects.get(owner=noor).text == "Midden in een zin"
