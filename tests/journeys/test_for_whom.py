"""For whom: write, choose one's coach, be answered; and let go of a request, on a phone and on a desktop (C9, C10, V12)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from klimtouw.relations.choices import State
from klimtouw.replies.models import ReplyRequest
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker, Way

WAYS = [
    Way(),
    Way(language="en", width=390, theme="dark"),
    Way(width=390, has_javascript=False),
]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c10_a_line_is_written_for_a_coach_who_finds_it_first_and_answers(
    walker: Callable[..., Walker],
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    on_a_rope(noor, bram, State.RUNNING)
    noor.opens("climb:entry_new")
    page = noor.page
    expect(page.locator("input[name=for_whom][value='']")).to_be_checked()
    expect(page.locator("input[name=answer_by]").first).to_be_hidden()
    page.locator("textarea[name=text]").fill("Ik durfde een vraag te stellen.")
    page.get_by_text(noor.says("%(name)s, please answer") % {"name": "Bram"}).click()
    expect(page.locator("input[name=answer_by]").first).to_be_visible()
    page.locator("main form .button--primary").click()
    expect(page.locator("main .asked")).to_contain_text("Bram")

    bram.opens("home")
    expect(bram.page.locator("#next-title")).to_contain_text("Noor")
    bram.page.locator(".next .button--primary").click()
    expect(bram.page.locator("main .asked")).to_contain_text("Noor")
    bram.page.locator("main .actions .button--primary").click()
    bram.page.locator("input[name=reply_kind][value=confidence]").check()
    bram.page.locator("textarea[name=text]").fill("Ik zie je groeien.")
    bram.page.locator("main form .button--primary").click()
    expect(bram.page.locator("main .beside")).to_contain_text("Ik zie je groeien.")
    expect(bram.page.locator("main .asked")).to_have_count(0)

    page.reload()
    expect(page.locator("main")).to_contain_text("Ik zie je groeien.")
    expect(page.locator("main .asked")).to_have_count(0)


@pytest.mark.parametrize("way", [Way(), Way(width=390, has_javascript=False)], ids=str)
def test_a_request_is_withdrawn_in_two_taps(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    on_a_rope(noor, bram, State.RUNNING)
    noor.opens("climb:entry_new")
    page = noor.page
    page.locator("textarea[name=text]").fill("Toch niet.")
    page.locator("input[name=for_whom]").last.check()
    page.locator("main form .button--primary").click()
    page.locator("main .asked a").last.click()
    page.get_by_role("button", name=noor.says("Withdraw the request")).click()
    expect(page.locator("main .asked")).to_have_count(0)
    assert ReplyRequest.objects.filter(thing__owner__email=noor.email, state="withdrawn").count() == 1
