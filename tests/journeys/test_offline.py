"""Without network: what somebody writes stays sealed on the device and arrives in order (E2, T4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from klimtouw.climb.actions.route import add_step
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Entry, Evidence, Stage, Step
from klimtouw.foundation.clock import now
from klimtouw.intervision.lifecycle import Event
from klimtouw.people.models import Person, Session
from klimtouw.talks.models import PreparationLine, Takeaway, Talk
from tests.circles.stories import make_circle
from tests.intervision.stories import go, make_room
from tests.journeys.device import MARK, Device
from tests.journeys.scenes import a_goal_of, on_a_rope
from tests.journeys.walker import Walker, Way
from tests.stories import make_person

Devices = Callable[..., Device]
Somebody = Callable[..., Walker]
KEPT = "You are offline. What you write stays on this device and arrives later."
ARRIVED = "What you wrote without network has arrived."


@pytest.fixture
def device(walker: Somebody) -> Devices:
    """Give somebody a device that may keep things."""
    return lambda name: Device(walker(name, service_workers="allow"))


def texts_of(person: Person) -> list[str]:
    """Return what somebody's trail says, the oldest first."""
    return [entry.text for entry in Entry.objects.filter(owner=person).order_by("created_at", "pk")]


def a_step_of(person: Person, text: str = "Ik bel maandag de school.") -> Step:
    """Give somebody a goal with one stage and one step."""
    goal = a_goal_of(person, stages=1)
    stage = Stage.objects.get(whole__in=[stage.whole_id for stage in Stage.objects.filter(owner=goal.owner)])
    return add_step(stage, by=person, at=now(), text=text)


# The network goes in the middle of writing.


@pytest.mark.parametrize("way", [Way(), Way("en", width=390)], ids=str)
def test_e2_t4_an_entry_written_while_the_network_went_arrives_when_it_returns(
    device: Devices, way: Way
) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.goes_offline()
    phone.walker.fills(text=f"Vandaag durfde ik het: {MARK}.")
    phone.presses("[data-waits]")
    phone.is_told(KEPT)
    assert texts_of(noor) == []
    phone.comes_back()
    phone.waits_until(lambda: texts_of(noor))
    assert texts_of(noor) == [f"Vandaag durfde ik het: {MARK}."]
    phone.is_told(ARRIVED)


def test_what_was_sent_and_never_answered_is_made_once(device: Devices) -> None:
    """The house kept it, and the answer was lost on the way: it is sent again under the id it had."""
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.loses_the_answer()
    phone.walker.fills(text="Eén keer.")
    phone.presses("[data-waits]")
    phone.is_told(KEPT)
    assert texts_of(noor) == ["Eén keer."]
    phone.finds_answers_again()
    phone.waits_until(lambda: not phone.kept()["holders"] or not phone.count("waits"))
    assert texts_of(noor) == ["Eén keer."]


def test_a_step_done_without_network_is_done_when_it_returns(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    step = a_step_of(noor)
    phone.is_ready()
    phone.walker.opens("climb:route", step.whole_id)
    phone.goes_offline()
    phone.page.locator(f"#done-{step.pk}").click()
    phone.is_told(KEPT)
    assert phone.page.locator(f"#done-{step.pk}").get_attribute("aria-pressed") == "true"
    phone.comes_back()
    phone.waits_until(lambda: Step.objects.get(pk=step.pk).is_done)


def test_done_and_not_yet_after_all_leaves_what_was_said_last(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    step = a_step_of(noor)
    phone.is_ready()
    phone.walker.opens("climb:route", step.whole_id)
    phone.goes_offline()
    phone.page.locator(f"#done-{step.pk}").click()
    phone.is_told(KEPT)
    phone.page.locator(f"#done-{step.pk}").click()
    phone.waits_until(lambda: phone.page.locator(f"#done-{step.pk}").get_attribute("aria-pressed") == "false")
    phone.comes_back()
    phone.is_told(ARRIVED)
    assert not Step.objects.get(pk=step.pk).is_done


# Opening without network.


@pytest.mark.parametrize(
    "way", [Way(), Way(width=390, theme="dark"), Way("en", width=390), Way("en", theme="dark")], ids=str
)
def test_any_address_opens_without_network_and_one_can_write_there(device: Devices, way: Way) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    a_step_of(noor)
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("climb:trail")
    phone.is_told(KEPT)
    phone.writes("entry", text="Op de trein bedacht.")
    assert phone.waits() == ["Op de trein bedacht."]
    phone.looks_at_the_shell()
    phone.comes_back()
    phone.waits_until(lambda: texts_of(noor) == ["Op de trein bedacht."])


def test_three_things_arrive_in_the_order_in_which_they_were_written(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("climb:home")
    for text in ("Eerst dit.", "Dan dat.", "Ten slotte dit."):
        phone.writes("entry", text=text)
    assert phone.waits() == ["Eerst dit.", "Dan dat.", "Ten slotte dit."]
    phone.comes_back()
    phone.waits_until(lambda: len(texts_of(noor)) == 3)
    assert texts_of(noor) == ["Eerst dit.", "Dan dat.", "Ten slotte dit."]


def test_t4_a_talk_is_prepared_and_taken_from_without_network(walker: Somebody, device: Devices) -> None:
    phone, bram = device("Noor"), walker("Bram")
    relation = on_a_rope(phone.walker, bram)
    noor, at = relation.coachee, now()
    talk = {"relation": relation, "proposed_by": relation.coach, "proposed_at": at}
    Talk.objects.create(**talk, state="planned", starts_at=at + timedelta(days=2))
    Talk.objects.create(**talk, state="held", starts_at=at - timedelta(days=2))
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("talks:of_relation", relation.pk)
    phone.writes("line", text="Ik wil het over groepswerk hebben.")
    phone.writes("takeaway", text="Ik neem mee dat rust helpt.", next_step="Eén vraag stellen.")
    phone.comes_back()
    phone.waits_until(lambda: Takeaway.objects.filter(owner=noor).exists())
    assert [line.text for line in PreparationLine.objects.filter(owner=noor)] == [
        "Ik wil het over groepswerk hebben."
    ]
    took = Takeaway.objects.get(owner=noor)
    assert (took.text, took.next_step) == ("Ik neem mee dat rust helpt.", "Eén vraag stellen.")


def test_what_waits_can_be_changed_and_thrown_away(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("climb:home")
    for text in ("Dit blijft.", "Dit gaat weg."):
        phone.writes("entry", text=text)
    phone.changes_what_waits("Dit blijft.", text="Dit blijft, in andere woorden.")
    phone.throws_away("Dit gaat weg.")
    assert phone.waits() == ["Dit blijft, in andere woorden."]
    phone.comes_back()
    phone.waits_until(lambda: texts_of(noor))
    assert texts_of(noor) == ["Dit blijft, in andere woorden."]


# The tab goes.


def test_a_tab_that_closes_in_the_middle_of_writing_loses_nothing(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.goes_offline()
    phone.page.locator("main textarea").first.press_sequentially("Midden in een zin")
    phone.waits_until(lambda: phone.count("draft"))
    phone.loses_its_tab()
    phone.comes_back()
    phone.walker.opens("climb:entry_new")
    phone.is_told("You began something here that was not kept yet.")
    phone.presses('[data-act="back"]')
    assert phone.walker.value_of("text") == "Midden in een zin"
    phone.presses("[data-waits]")
    phone.waits_until(lambda: texts_of(noor))
    assert texts_of(noor) == ["Midden in een zin"]
    phone.waits_until(lambda: not phone.count("draft"))


def test_a_tab_that_crashes_in_the_middle_of_writing_loses_nothing(device: Devices) -> None:
    """The tab itself goes down, without a word to the page in it (E2, T4)."""
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.walker.opens("climb:entry_new")
    phone.goes_offline()
    phone.page.locator("main textarea").first.press_sequentially("Midden in een zin")
    phone.waits_until(lambda: phone.count("draft"))
    phone.tab_crashes()
    phone.types_address("climb:entry_new")
    phone.is_told(KEPT)
    phone.comes_back()
    phone.walker.opens("climb:entry_new")
    phone.is_told("You began something here that was not kept yet.")
    phone.presses('[data-act="back"]')
    phone.presses("[data-waits]")
    phone.waits_until(lambda: texts_of(noor))
    assert texts_of(noor) == ["Midden in een zin"]
    phone.waits_until(lambda: not phone.count("draft"))


def test_p3_what_is_typed_in_a_room_is_kept_on_no_device(device: Devices) -> None:
    """Words of an intervision would outlive its room, and its key; the mark of its forms alone keeps them out (G5)."""
    phone = device("Noor")
    noor, amir, bram = phone.walker.is_known(), make_person("Amir"), make_person("Bram")
    room = make_room(make_circle(bram, [noor, amir], now()), noor, amir, [bram], now())
    go(room, now(), Event.BEGIN)
    phone.is_ready()
    phone.walker.opens("intervision:room", room.pk)
    field = phone.page.locator("#room textarea")
    field.press_sequentially("Een half verhaal")
    phone.page.wait_for_timeout(2500)
    assert not phone.count("draft")
    phone.page.evaluate("delete document.querySelector('#room [data-no-draft]').dataset.noDraft")
    field.press_sequentially(" en nog wat")
    phone.waits_until(lambda: phone.count("draft"))


# A photo does not wait.


@pytest.mark.parametrize("way", [Way(width=390), Way("en")], ids=str)
def test_a_photo_cannot_wait_and_that_stands_beside_its_field(device: Devices, way: Way) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    entry = write_entry(by=noor, at=now(), text="Zoals het was.")
    phone.is_ready()
    phone.walker.opens("climb:evidence_new", entry.pk)
    said = phone.page.locator("[data-needs-network]")
    expect(said).to_be_hidden()
    phone.goes_offline()
    expect(said).to_be_visible()
    phone.walker.fills(caption="Mijn schets", url="https://dekade.example/schets")
    phone.presses(".button--primary")
    expect(said).to_be_focused()
    assert phone.walker.value_of("caption") == "Mijn schets"
    phone.looks_at_the_shell()
    phone.comes_back()
    expect(said).to_be_hidden()
    phone.presses(".button--primary")
    phone.waits_until(lambda: Evidence.objects.filter(owner=noor).exists())
    assert Evidence.objects.get(owner=noor).caption == "Mijn schets"


def test_what_was_typed_over_a_newer_text_stands_beside_it(device: Devices) -> None:
    """A draft knows which version its writer saw: put back and kept, it does not go over what came since."""
    phone = device("Noor")
    noor = phone.walker.is_known()
    entry = write_entry(by=noor, at=now(), text="Zoals het was.")
    phone.is_ready()
    phone.walker.opens("climb:entry_edit", entry.pk)
    phone.walker.fills(text="Zoals ik het wilde.")
    phone.waits_until(lambda: phone.count("draft"))
    phone.loses_its_tab()
    laptop = device("Noor").walker
    laptop._is_signed_in(noor)
    laptop.opens("climb:entry_edit", entry.pk)
    laptop.sends("[data-waits]", text="Zoals het intussen werd.")
    phone.walker.opens("climb:entry_edit", entry.pk)
    phone.presses('[data-act="back"]')
    phone.presses("[data-waits]")
    phone.walker.reads("wilde", "intussen werd")


# Two devices.


def test_two_devices_that_wrote_the_same_stand_side_by_side(device: Devices) -> None:
    phone, laptop = device("Noor"), device("Noor")
    noor = phone.walker.is_known()
    laptop.walker._is_signed_in(noor)
    entry = write_entry(by=noor, at=now(), text="Zoals het was.")
    phone.is_ready()
    phone.walker.opens("climb:entry_edit", entry.pk)
    phone.goes_offline()
    phone.walker.fills(text="Zoals ik het op de trein schreef.")
    phone.presses("[data-waits]")
    phone.is_told(KEPT)
    laptop.walker.opens("climb:entry_edit", entry.pk)
    laptop.walker.sends("[data-waits]", text="Zoals ik het thuis schreef.")
    phone.comes_back()
    phone.is_told("Something you wrote on this device needs a look from you.")
    assert Entry.objects.get(pk=entry.pk).text == "Zoals ik het thuis schreef."
    phone.opens_what_waits()
    phone.walker.reads("op de trein", "thuis")
    phone.is_told("Something you wrote on this device needs a look from you.")
    phone.presses('[value="mine"]')
    phone.waits_until(lambda: Entry.objects.get(pk=entry.pk).text == "Zoals ik het op de trein schreef.")
    phone.waits_until(lambda: not phone.count("waits"))


def test_what_can_no_longer_be_kept_stays_until_its_writer_throws_it_away(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    entry = write_entry(by=noor, at=now(), text="Zoals het was.")
    phone.is_ready()
    phone.walker.opens("climb:entry_edit", entry.pk)
    phone.goes_offline()
    phone.walker.fills(text="Zoals ik het op de trein schreef.")
    phone.presses("[data-waits]")
    phone.is_told(KEPT)
    Entry.objects.get(pk=entry.pk).delete()
    phone.walker.watch.may_answer = {404}
    phone.comes_back()
    phone.is_told("Something you wrote on this device needs a look from you.")
    phone.types_address("offline:shell_nl")
    phone.waits_until(phone.waits)
    assert phone.waits() == ["Zoals ik het op de trein schreef."]
    phone.throws_away("Zoals ik het op de trein schreef.")
    assert phone.waits() == []


# A sign-in that expired meanwhile.


def test_a_sign_in_that_expired_keeps_what_waits_for_the_same_person(device: Devices) -> None:
    phone = device("Noor")
    noor = phone.walker.is_known()
    phone.is_ready()
    phone.goes_offline()
    phone.types_address("climb:home")
    phone.writes("entry", text=f"Geschreven op reis: {MARK}.")
    Session.objects.filter(person=noor).delete()
    phone.comes_back()
    phone.waits_until(lambda: not phone.kept()["holders"][0]["has_key"])
    assert phone.kept()["records"] > 0
    phone.goes_offline()
    phone.types_address("climb:home")
    phone.is_told("Nothing can be read here now. Sign in when there is network; what waited is still there.")
    assert MARK not in phone.page.content()
    phone.comes_back()
    phone.walker.opens("climb:home")
    phone.walker.signs_in()
    phone.waits_until(lambda: texts_of(noor))
    assert texts_of(noor) == [f"Geschreven op reis: {MARK}."]
