"""Framework goals: an administrator brings them in with her eyes open, and somebody says what her own goal is a way to (C3, C4)."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect

from klimtouw.climb.models import FrameworkLink
from klimtouw.programmes.models import Framework, Institution, Membership, Programme
from tests.journeys.scenes import a_goal_of
from tests.journeys.walker import Walker, Way
from tests.programmes.framework_files import TREE, as_csv

Somebody = Callable[..., Walker]
WAYS = (
    Way("nl", 390, "dark"),
    Way("en", 1280, "light"),
    Way("nl", 390, "light", has_javascript=False),
)
TITLE = "Wat je hier leert"
CODE, GOAL = "1.2", "De student vraagt hulp voor het te veel wordt."
SHARPER = "De student vraagt op tijd hulp."
LATER = tuple((code, parent, SHARPER if code == CODE else text) for code, parent, text in TREE)
NUMBERS = count(1)


@pytest.fixture
def school() -> Programme:
    """A programme of a school of its own."""
    college = Institution.objects.create(name=f"Hogeschool De Kade {next(NUMBERS)}", kind="be_higher")
    return Programme.objects.create(institution=college, name="Verpleegkunde")


@pytest.fixture
def ines(walker: Somebody, school: Programme) -> Walker:
    """Ines administers."""
    ines = walker("Ines")
    Membership.objects.create(person=ines.is_known(), programme=school, hat="administrator")
    return ines


def brings(ines: Walker, file: bytes, **fields: str) -> None:
    """Send a file, and look again until it is read."""
    ines.page.locator("main input[type=file]").set_input_files(
        {"name": "kader.csv", "mimeType": "text/csv", "buffer": file}
    )
    ines.sends(**fields)
    looks_again_until(ines, "main form [value=yes]")


def looks_again_until(ines: Walker, selector: str) -> None:
    """Open the page again until the job is done; it does so by itself as well."""
    for _ in range(80):
        if ines.page.locator(selector).count():
            return ines.opens(ines.path)
        ines.page.wait_for_timeout(150)
        ines.page.goto(ines.page.url)
    raise AssertionError(ines.main_text())


def says_yes(ines: Walker) -> None:
    """Bring the file in, and wait until it is."""
    ines.sends("[value=yes]")
    looks_again_until(ines, ".notice--good")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c4_ines_reads_what_will_happen_before_anything_does(ines: Walker, school: Programme) -> None:
    college = school.institution
    ines.opens("programmes:frameworks", college.pk)
    ines.follows("programmes:framework_import", college.pk)
    brings(ines, as_csv(), title=TITLE)
    ines.reads(ines.says("What will happen"), GOAL)
    assert not Framework.objects.filter(institution=college).exists()
    says_yes(ines)
    framework = Framework.objects.get(institution=college)
    ines.follows("programmes:framework", framework.pk)
    ines.reads(TITLE, GOAL)
    assert ines.page.locator("main form[method=post], main input:not([type=search])").count() == 0
    ines.opens("programmes:frameworks", college.pk)
    ines.follows("programmes:framework_import", college.pk)
    brings(ines, as_csv(LATER), into=str(framework.pk))
    ines.reads(SHARPER, GOAL)
    ines.sends("[value=no]")
    ines.reads(ines.says("The file is thrown away. Nothing changed."))
    version = framework.versions.get()
    ines.follows("programmes:framework_version", version.pk)
    ines.sends("[value=off]")
    ines.reads(ines.says("This version is no longer offered."))


@pytest.mark.parametrize("way", [Way("nl", 390)], ids=str)
def test_c4_a_file_that_cannot_come_in_says_where_to_repair_it(ines: Walker, school: Programme) -> None:
    ines.opens("programmes:framework_import", school.institution_id)
    ines.sends()
    ines.reads(ines.says("Choose a file first."))
    ines.page.locator("main input[type=file]").set_input_files(
        {"name": "kring.csv", "mimeType": "text/csv", "buffer": b"identifier,code,statement,parent,language\na,1,Een,b,nl\nb,2,Twee,a,nl\n"}
    )  # fmt: skip
    ines.sends(title=TITLE)
    looks_again_until(ines, ".notice--attention")
    ines.reads(
        ines.says("This file cannot come in yet"),
        ines.says("Nothing changed. Repair this in the file, then bring it again."),
    )
    assert not Framework.objects.filter(institution=school.institution).exists()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c3_noor_says_what_her_goal_is_a_way_to_and_only_she_has_the_overview(
    walker: Somebody, ines: Walker, school: Programme, way: Way
) -> None:
    ines.watch.by_axe = False
    ines.opens("programmes:framework_import", school.institution_id)
    brings(ines, as_csv(), title=TITLE)
    says_yes(ines)
    noor = walker("Noor")
    person = noor.is_known()
    Membership.objects.create(person=person, programme=school, hat="learner")
    goal = a_goal_of(person)
    noor.opens("climb:framework_overview")
    noor.reads(noor.says("Nothing tied yet"))
    noor.opens("climb:goal", goal.pk)
    noor.follows("climb:framework_choose", goal.pk)
    noor.page.locator("main [name=words]").fill("hulp")
    noor._go_by(noor.page.locator("main form[role=search] button"))
    noor.reads(GOAL)
    choose = noor.says("Choose", "a framework goal")
    says_which = re.compile(rf"^{choose} ?: {re.escape(CODE)} {re.escape(GOAL)}$")
    noor._go_by(noor.page.get_by_role("link", name=says_which))
    noor.sends(text="Hulp vragen begint met een vraag.")
    noor.reads(GOAL, "Hulp vragen begint met een vraag.")
    noor.follows("climb:framework_overview")
    noor.reads(TITLE, CODE, GOAL, "Hulp vragen begint met een vraag.")
    noor.opens("climb:goal", goal.pk)
    link = FrameworkLink.objects.get(owner=person)
    noor.follows("climb:framework_link", link.pk)
    noor.sends(text="Zo leer ik hulp vragen.")
    noor.reads("Zo leer ik hulp vragen.")
    noor.follows("climb:framework_unlink", link.pk)
    noor.sends()
    expect(noor.page.locator("main")).not_to_contain_text("Zo leer ik hulp vragen.")
    link.refresh_from_db()
    assert link.removed_at
