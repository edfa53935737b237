"""The administrator brings framework goals in: first what will happen, then a yes; nobody edits one (C4, V4)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import LINE_OF, Denied
from klimtouw.access.table import TABLE, Action, Hat
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks import arriving, importing, queries
from klimtouw.programmes.frameworks.choices import ArrivalState, FileKind
from klimtouw.programmes.models import (
    Framework,
    FrameworkArrival,
    FrameworkGoal,
    FrameworkVersion,
    Institution,
    Membership,
    Programme,
)
from klimtouw.programmes.urls import urlpatterns
from tests.programmes.framework_files import TREE, as_csv, as_file, case_item, case_package, case_tie, key_of
from tests.stories import make_person

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def school(programme: Programme) -> Institution:
    """Vera's and Ines' school."""
    return programme.institution


@pytest.fixture(autouse=True)
def _jobs_at_once(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with django_capture_on_commit_callbacks(execute=False):
        yield


def taken(by: Person, school: Institution, file: bytes, **more: Any) -> FrameworkArrival:
    """Let the administrator bring a file, and the job read it."""
    kind = FileKind.CASE if file[:1] == b"{" else FileKind.CSV
    arrival = arriving.take_in(school, by=by, at=now(), file=file, file_name="kader", file_kind=kind, **more)
    importing.read_arrival(arrival.pk, now)
    arrival.refresh_from_db()
    return arrival


def brought_in(by: Person, school: Institution, file: bytes, **more: Any) -> FrameworkArrival:
    """Let the administrator bring a file and say yes, and both jobs do their work."""
    arrival = taken(by, school, file, **more)
    arriving.say_yes(arrival, by=by, at=now())
    importing.bring_in(arrival.pk, now)
    arrival.refresh_from_db()
    return arrival


def statements_in(framework: Framework) -> list[tuple[str, int | None, str]]:
    """Return the version that is offered, from top to bottom."""
    version = queries.offered_among([framework.pk])[0].version
    rows = FrameworkGoal.objects.filter(version=version).order_by("number")
    return [(row.code, row.under, row.statement) for row in rows]


WHOLE = [("1", None, TREE[0][2]), ("1.1", 0, TREE[1][2]), ("1.2", 0, TREE[2][2]), ("2", None, TREE[3][2]), ("2.1", 3, TREE[4][2])]  # fmt: skip


def test_c4_a_file_is_read_first_and_comes_in_on_a_yes(ines: Person, school: Institution) -> None:
    arrival = taken(ines, school, as_file(case_package()))
    assert (arrival.state, arrival.goals, arrival.findings["new"]) == (ArrivalState.READY, 5, 5)
    assert not Framework.objects.exists()
    arriving.say_yes(arrival, by=ines, at=now())
    importing.bring_in(arrival.pk, now)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.content) == (ArrivalState.DONE, None)
    assert arrival.framework is not None
    assert statements_in(arrival.framework) == WHOLE
    version = arrival.framework.versions.get()
    assert (version.number, version.imported_by, version.goals, version.label) == (1, ines, 5, "2026")


def test_c4_a_csv_comes_in_as_well_and_is_known_by_the_name_it_was_given(
    ines: Person, school: Institution
) -> None:
    arrival = brought_in(ines, school, as_csv(), title="Kader 2026")
    assert arrival.framework is not None
    assert (arrival.framework.title, statements_in(arrival.framework)) == ("Kader 2026", WHOLE)


def test_c4_the_same_case_document_makes_a_new_version_and_says_what_changes(
    ines: Person, school: Institution
) -> None:
    first = brought_in(ines, school, as_file(case_package()))
    tree = [
        (code, parent, "Anders gezegd" if code == "1.1" else text)
        for code, parent, text in TREE
        if code != "1.2"
    ]
    again = taken(ines, school, as_file(case_package([*tree, ("2.2", "2", "Nieuw doel")])))
    found = again.findings
    assert again.framework == first.framework
    assert [found[name] for name in ("new", "changed", "leaving", "same")] == [1, 1, 1, 3]
    assert found["named"]["leaving"] == [{"code": "1.2", "statement": TREE[2][2]}]
    arriving.say_yes(again, by=ines, at=now())
    importing.bring_in(again.pk, now)
    framework = Framework.objects.get()
    assert [version.number for version in framework.versions.order_by("number")] == [1, 2]
    assert [text for _code, _under, text in statements_in(framework)][:2] == ["Samenwerken", "Anders gezegd"]
    gone = queries.as_they_stand([(framework.pk, key_of("1.2"))])[(framework.pk, key_of("1.2"))]
    assert (gone.goal.statement, gone.is_in_newest, gone.is_offered) == (TREE[2][2], False, True)


def test_a_file_that_says_what_is_there_already_changes_nothing(ines: Person, school: Institution) -> None:
    brought_in(ines, school, as_file(case_package()))
    again = taken(ines, school, as_file(case_package(version="v1p1")))
    assert again.findings["changes_nothing"]
    other_order = case_package()
    other_order["CFAssociations"] = [
        case_tie(code, parent, 9 - at) for at, (code, parent, _text) in enumerate(TREE)
    ]
    assert taken(ines, school, as_file(other_order)).findings["is_reordered"]


def test_a_refused_file_is_thrown_away_at_once_and_says_why(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    arrival = taken(ines, school, b"identifier,statement\na,\n")
    assert (arrival.state, arrival.content) == (ArrivalState.REFUSED, None)
    page = sign_in(ines).get(reverse("programmes:framework_arrival", args=[arrival.pk])).content.decode()
    assert "Regel 2" in page
    with pytest.raises(arriving.NotNow):
        arriving.say_yes(arrival, by=ines, at=now())


def test_two_clicks_on_yes_make_one_version(ines: Person, school: Institution) -> None:
    arrival = taken(ines, school, as_csv(), title="Kader")
    arriving.say_yes(arrival, by=ines, at=now())
    arriving.say_yes(arrival, by=ines, at=now())
    importing.bring_in(arrival.pk, now)
    importing.bring_in(arrival.pk, now)
    arriving.say_yes(arrival, by=ines, at=now())
    assert FrameworkVersion.objects.count() == 1


def test_a_crash_in_the_middle_leaves_nothing_half_done_and_the_file_can_be_tried_again(
    ines: Person, school: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = brought_in(ines, school, as_file(case_package()))
    assert before.framework is not None
    arrival = taken(ines, school, as_file(case_package([*TREE, ("3", "", "Nieuw")])))
    arriving.say_yes(arrival, by=ines, at=now())
    monkeypatch.setattr(importing, "AT_A_TIME", 2)
    monkeypatch.setattr(importing, "number_version", _breaks)
    with pytest.raises(RuntimeError):
        importing.bring_in(arrival.pk, now)
    monkeypatch.undo()
    assert statements_in(before.framework) == WHOLE
    assert FrameworkGoal.objects.count() == len(WHOLE)
    arriving.say_yes(arrival, by=ines, at=now())  # read again
    importing.read_arrival(arrival.pk, now)
    arriving.say_yes(arrival, by=ines, at=now())
    importing.bring_in(arrival.pk, now)
    assert len(statements_in(before.framework)) == 6


def _breaks(*_: object, **__: object) -> bool:
    raise RuntimeError("the power went off")


def test_what_a_killed_job_left_is_seen_by_nobody_and_erased_the_next_day(
    ines: Person, school: Institution, at: datetime
) -> None:
    """No Python ran any more: the rows without a number lie there."""
    framework = Framework.objects.create(institution=school, title="Half")
    half = FrameworkVersion.objects.create(framework=framework, imported_at=at - timedelta(days=2))
    FrameworkGoal.objects.create(version=half, identifier="a", statement="Half", number=0)
    assert queries.catalogue_of(school) == [] == queries.offered_among([framework.pk])
    arriving.forget_arrivals(at=at)
    assert not Framework.objects.exists()
    assert not FrameworkGoal.objects.exists()


def test_a_file_nobody_said_yes_to_is_erased_after_a_day(ines: Person, school: Institution) -> None:
    arrival = taken(ines, school, as_csv(), title="Kader")
    arriving.forget_arrivals(at=now() + timedelta(hours=23))
    assert FrameworkArrival.objects.filter(pk=arrival.pk).exists()
    arriving.forget_arrivals(at=now() + timedelta(hours=25))
    assert not FrameworkArrival.objects.exists()


def test_when_another_import_was_first_the_file_is_read_again(ines: Person, school: Institution) -> None:
    slow = taken(ines, school, as_file(case_package([*TREE, ("3", "", "Traag")])))
    brought_in(ines, school, as_file(case_package()))
    arriving.say_yes(slow, by=ines, at=now())
    importing.bring_in(slow.pk, now)
    slow.refresh_from_db()
    assert (slow.state, slow.findings["new"], slow.findings["same"]) == (ArrivalState.READY, 1, 5)
    assert FrameworkVersion.objects.count() == 1


def test_a_version_that_is_switched_off_gives_way_to_the_one_before(
    ines: Person, school: Institution
) -> None:
    first = brought_in(ines, school, as_file(case_package()))
    brought_in(ines, school, as_file(case_package(TREE[:2])))
    framework = first.framework
    assert framework is not None
    assert len(statements_in(framework)) == 2
    newest = framework.versions.get(number=2)
    arriving.switch(newest, by=ines, at=now(), is_on=False)
    assert statements_in(framework) == WHOLE
    arriving.switch(framework.versions.get(number=1), by=ines, at=now(), is_on=False)
    assert queries.offered_among([framework.pk]) == []
    arriving.switch(newest, by=ines, at=now(), is_on=True)
    assert len(statements_in(framework)) == 2


# Who may do what.


def test_v4_nobody_edits_a_framework_goal_and_only_the_administrator_imports() -> None:
    assert LINE_OF[Action.ARRANGE_FRAMEWORKS].hats == {Hat.ADMINISTRATOR}
    about = [line.action for line in TABLE if "framework" in line.action]
    assert about == [Action.SEE_FRAMEWORK, Action.ARRANGE_FRAMEWORKS]
    doors = {pattern.name for pattern in urlpatterns if "framework" in str(pattern.name)}
    assert doors == {"framework", "frameworks", "framework_import", "framework_arrival", "framework_version"}


def test_v4_coach_coachee_coordinator_and_another_administrator_cannot_import_or_switch(
    ines: Person,
    noor: Person,
    bram: Person,
    vera: Person,
    school: Institution,
    programme: Programme,
    sign_in: SignIn,
) -> None:
    arrival = brought_in(ines, school, as_file(case_package()))
    version = FrameworkVersion.objects.get()
    other = Programme.objects.create(
        institution=Institution.objects.create(name="Elders", kind="be_higher"), name="Elders"
    )
    olga = make_person("Olga")
    Membership.objects.create(person=olga, programme=other, hat="administrator")
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    Membership.objects.create(person=bram, programme=programme, hat="staff")
    addresses = [
        reverse("programmes:frameworks", args=[school.pk]),
        reverse("programmes:framework_import", args=[school.pk]),
        reverse("programmes:framework_arrival", args=[arrival.pk]),
        reverse("programmes:framework_version", args=[version.pk]),
    ]
    for person in (noor, bram, vera, olga):
        client = sign_in(person)
        for address in addresses:
            assert client.get(address).status_code == 404
            assert client.post(address, {"to": "off"}).status_code in (404, 405)
        for act in (
            lambda who: arriving.take_in(
                school, by=who, at=now(), file=b"", file_name="", file_kind=FileKind.CSV
            ),
            lambda who: arriving.switch(version, by=who, at=now(), is_on=False),
            lambda who: arriving.say_yes(arrival, by=who, at=now()),
            lambda who: arriving.let_go(arrival, by=who, at=now()),
        ):
            with pytest.raises(Denied):
                act(person)
    framework = reverse("programmes:framework", args=[version.framework_id])
    seen = {
        person.display_name: sign_in(person).get(framework).status_code
        for person in (noor, bram, vera, ines, olga)
    }
    assert seen == {"Noor": 200, "Bram": 200, "Vera": 200, "Ines": 200, "Olga": 404}
    assert all(
        sign_in(person).post(framework).status_code in (404, 405) for person in (noor, bram, ines, olga)
    )


def test_a_file_of_one_school_cannot_go_into_a_framework_of_another(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    elsewhere = Framework.objects.create(
        institution=Institution.objects.create(name="Elders", kind="be_higher"), title="Van elders"
    )
    with pytest.raises(Denied):
        arriving.take_in(
            school,
            by=ines,
            at=now(),
            file=as_csv(),
            file_name="a",
            file_kind=FileKind.CSV,
            framework=elsewhere,
        )
    sent = {"file": SimpleUploadedFile("a.csv", as_csv()), "into": str(elsewhere.pk)}
    answer = sign_in(ines).post(reverse("programmes:framework_import", args=[school.pk]), sent)
    assert answer.status_code == 200
    assert not FrameworkArrival.objects.exists()


# Pages.


def sent(client: Client, school: Institution, content: bytes, name: str = "kader.csv", **fields: str) -> Any:
    """Send a file by the form."""
    address = reverse("programmes:framework_import", args=[school.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content), **fields})


def test_the_administrator_brings_a_file_by_the_page_and_reads_what_will_happen(
    ines: Person, school: Institution, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(ines)
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent(client, school, as_csv(), title="Kader 2026", name="kader ; rm -rf.csv")
    page = client.get(answer.url).content.decode()
    assert "5 doelen zijn nieuw." in page
    assert "Samenwerken" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url, {"answer": "yes"})
    assert "Kader 2026" in client.get(answer.url).content.decode()
    catalogue = client.get(reverse("programmes:frameworks", args=[school.pk])).content.decode()
    assert all(said in catalogue for said in ("Kader 2026", "Versie 1", "5 doelen", "Ines"))


def test_the_page_asks_again_by_itself_only_while_a_job_is_at_work(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    client = sign_in(ines)
    arrival = arriving.take_in(
        school, by=ines, at=now(), file=as_csv(), file_name="a", file_kind=FileKind.CSV, title="Kader"
    )
    address = reverse("programmes:framework_arrival", args=[arrival.pk])
    assert client.get(address).headers["Refresh"] == "3"
    FrameworkArrival.objects.update(touched_at=now() - timedelta(minutes=6))
    stopped = client.get(address)
    assert "Refresh" not in stopped.headers
    assert "Probeer opnieuw" in stopped.content.decode()
    client.post(address, {"answer": "yes"})
    importing.read_arrival(arrival.pk, now)
    ready = client.get(address)
    assert "Refresh" not in ready.headers
    client.post(address, {"answer": "no"})
    assert not FrameworkArrival.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "leeg"), ("a,é".encode("utf-16"), "UTF-16"), (b"PK\x03\x04kapot", "ZIP")],
)
def test_what_can_be_seen_at_once_is_said_at_the_field(
    content: bytes, said: str, ines: Person, school: Institution, sign_in: SignIn
) -> None:
    page = sent(sign_in(ines), school, content, title="Kader").content.decode()
    assert said in page
    assert not FrameworkArrival.objects.exists()


def test_a_new_csv_needs_a_name_and_a_case_file_brings_its_own(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    client = sign_in(ines)
    assert sent(client, school, as_csv()).status_code == 200
    assert sent(client, school, as_file(case_package()), "kader.json").status_code == 302


def test_markup_in_a_file_is_only_text(ines: Person, school: Institution, sign_in: SignIn) -> None:
    tree = (("<b>", "", "<script>alert(1)</script> \u202e 🧗"),)
    package = case_package(tree)
    package["CFItems"] = [case_item("<b>", tree[0][2])]
    arrival = brought_in(ines, school, as_file(package))
    page = sign_in(ines).get(reverse("programmes:framework", args=[arrival.framework_id])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_catalogue_asks_as_much_for_three_frameworks_as_for_one(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    client = sign_in(ines)
    address = reverse("programmes:frameworks", args=[school.pk])
    counts = []
    for title in ("Een", "Twee", "Drie"):
        brought_in(ines, school, as_csv(), title=title)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 12


def test_a_framework_of_two_thousand_goals_is_read_fifty_at_a_time(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    rows = [("0", "", "Thema nul"), *((f"0.{n}", "0", f"Doel {n}") for n in range(2_000))]
    arrival = brought_in(ines, school, as_csv(rows), title="Groot")
    client = sign_in(ines)
    address = reverse("programmes:framework", args=[arrival.framework_id])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address, {"under": "0", "page": "2"}).content.decode()
    assert page.count("tree__goal") < 60
    assert "Doel 50" in page
    assert len(asked) <= 12
    assert "Doel 1234" in client.get(address, {"words": "1234"}).content.decode()
    for odd in (
        {"under": "-1"},
        {"under": "x", "page": "0"},
        {"under": "99999"},
        {"words": "%_"},
        {"page": "9" * 30},
    ):
        assert client.get(address, odd).status_code == 200


def test_c4_a_linked_goal_is_found_by_its_identifier_alone_in_its_own_framework(
    ines: Person, school: Institution
) -> None:
    first = brought_in(ines, school, as_csv(), title="Een")
    second = brought_in(ines, school, as_csv([("1", "", "Een ander doel")]), title="Twee")
    keys: list[tuple[UUID, str]] = [(first.framework_id, "id-1"), (second.framework_id, "id-1")]  # type: ignore[list-item]  # brought in
    found = queries.as_they_stand([*keys, (second.framework_id, "id-2")])  # type: ignore[list-item]  # brought in
    assert {key: stands.goal.statement for key, stands in found.items()} == {
        keys[0]: "Samenwerken", keys[1]: "Een ander doel",
    }  # fmt: skip
