"""Evidence on a line, a goal and a step: hung there, seen, taken along, put away (C8); and several routes to one goal (C6)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from klimtouw.climb.actions.route import add_step
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Evidence, Route, Stage
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from tests.journeys.scenes import a_goal_of
from tests.journeys.walker import Walker, Way

Somebody = Callable[..., Walker]
WAYS = (
    Way("nl", 390, "dark"),
    Way("en", 1280, "light"),
    Way("nl", 390, "light", has_javascript=False),
)
IS_DRAWN = "image => image.complete && image.naturalWidth > 0"


def a_photo() -> bytes:
    """A photo of a sheet of paper."""
    drawn = BytesIO()
    Image.new("RGB", (640, 400), "#d9b28c").save(drawn, "JPEG")
    return drawn.getvalue()


def hangs(
    noor: Walker, thing: object, *, file: tuple[str, str, bytes] | None = None, **fields: str
) -> Evidence:
    """Hang something on a thing, from the page of that thing."""
    noor.follows("climb:evidence_new", thing)
    if file:
        name, kind, content = file
        noor.page.locator("main input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )
    noor.sends(**fields)
    noor.reads(fields["caption"])
    return Evidence.objects.filter(owner__email=noor.email).latest("created_at")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c8_a_photo_a_file_and_a_link_hang_on_a_line_a_goal_and_a_step(walker: Somebody, way: Way) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    entry = write_entry(by=person, at=now(), text="Vandaag durfde ik.")
    goal = a_goal_of(person, stages=1)
    route = Route.objects.get(goal=goal)
    step = add_step(Stage.objects.get(whole=route.pk), by=person, at=now(), text="Ik bel maandag.")

    noor.opens("climb:entry", entry.pk)
    photo = hangs(noor, entry.pk, file=("schets.jpg", "image/jpeg", a_photo()), caption="Mijn schets")
    small = noor.page.locator("main .evidence__photo")
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("complete", value=True)
    noor.follows("climb:evidence", photo.pk)
    whole = noor.page.get_by_role("img", name="Mijn schets")
    expect(whole).to_be_visible()
    assert whole.evaluate(IS_DRAWN)
    noor.reads(noor.says("Only you can read this."))
    noor.follows("climb:evidence_edit", photo.pk)
    noor.sends(caption="Mijn schets van de zaal")
    noor.reads("Mijn schets van de zaal")
    with noor.page.expect_download() as kept:
        noor.page.locator("main a[href$='/bestand/']").click()
    assert kept.value.suggested_filename == "schets.jpg"
    noor.follows("climb:put_away", photo.pk)
    noor.sends()
    assert Evidence.objects.get(pk=photo.pk).removed_at
    noor.opens("climb:entry", entry.pk)
    expect(noor.page.locator("main .evidence__one")).to_have_count(0)

    noor.opens("climb:goal", goal.pk)
    file = hangs(noor, goal.pk, file=("plan.txt", "text/plain", b"Stap voor stap."), caption="Mijn plan")
    noor.follows("climb:evidence", file.pk)
    assert noor.downloads("climb:evidence_file", file.pk) == "Stap voor stap."

    noor.opens("climb:step", step.pk)
    link = hangs(noor, step.pk, url="https://dekade.example/poster", caption="Onze poster")
    noor.opens("climb:route", route.pk)
    noor.follows("climb:evidence", link.pk)
    expect(noor.page.locator("main a[href='https://dekade.example/poster']")).to_have_attribute(
        "rel", "noreferrer noopener nofollow"
    )


@pytest.mark.parametrize("way", [Way("nl", 390), Way("en", 390, has_javascript=False)], ids=str)
def test_c8_what_cannot_hang_there_is_said_at_the_field_and_the_words_stay(
    walker: Somebody, way: Way
) -> None:
    noor = walker("Noor")
    entry = write_entry(by=noor.is_known(), at=now(), text="Vandaag durfde ik.")
    noor.opens("climb:evidence_new", entry.pk)
    noor.page.locator("main input[type=file]").set_input_files(
        {"name": "geen foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 dit is geen foto"}
    )
    noor.sends(caption="Mijn schets")
    expect(noor.page.locator("main .field--error")).to_have_count(1)
    assert noor.value_of("caption") == "Mijn schets"
    assert not Evidence.objects.filter(owner__email=noor.email).exists()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c6_two_routes_lie_side_by_side_and_one_is_climbed(walker: Somebody, way: Way) -> None:
    noor = walker("Noor")
    person: Person = noor.is_known()
    goal = a_goal_of(person)
    first = Route.objects.get(goal=goal)
    noor.opens("climb:goal", goal.pk)
    noor.follows("climb:routes", goal.pk)
    noor.follows("climb:route_new", goal.pk)
    noor.sends(name="Langs het water", pros="Rustig.", cons="Langer.")
    second = Route.objects.exclude(pk=first.pk).get(goal=goal)
    noor.opens("climb:routes", goal.pk)
    noor.reads("Langs het water", "Rustig.", "Langer.")
    noor._go_by(noor.page.locator(f"#route-{second.pk} form button").first)
    second.refresh_from_db()
    assert second.is_chosen
    noor.opens("climb:routes", goal.pk)
    expect(noor.page.locator(f"#route-{second.pk}")).to_contain_text(noor.says("this is the one I climb"))
    noor.follows("climb:route_words", first.pk)
    noor.sends(name="De steile weg", pros="Korter.")
    noor.reads("De steile weg", "Korter.")
