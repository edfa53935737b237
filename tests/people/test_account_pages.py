"""Every page, letter and message of the sign-in library that people can meet is ours; the rest does not exist."""

import re
from collections.abc import Callable
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, reverse

from klimtouw.people.account_urls import urlpatterns
from klimtouw.people.models import Person
from tests.guards.test_house import every_pattern

pytestmark = pytest.mark.only_on("sqlite3")  # it is about words and looks: no database has a say in them

SignIn = Callable[[Person], Client]
OURS = Path(settings.PACKAGE)
THEIRS = Path(allauth.__file__).parent / "templates"
PAGES = {
    "account_login", "account_request_login_code", "account_confirm_login_code", "account_logout", "account_inactive",
    "account_signup", "account_reauthenticate", "account_email", "account_email_verification_sent",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
}  # fmt: skip
NEVER_SHOWN = {
    "account/email.html": "a person has one address (ACCOUNT_CHANGE_EMAIL)",
    "account/base_entrance.html": "extends our layout and adds nothing",
    "account/base_manage.html": "idem",
    "account/base_manage_email.html": "idem",
    "account/base_manage_password.html": "idem",
    "account/base_manage_phone.html": "no telephone numbers",
    "account/phone_change.html": "idem",
    "account/confirm_phone_verification_code.html": "idem",
    "account/messages/phone_verification_sent.txt": "idem",
    "account/messages/phone_verified.txt": "idem",
    "account/signup_by_passkey.html": "no passkeys yet",
    "account/email/email_confirmation_signup_message.txt": "extends ours",
    "account/email/email_confirmation_signup_subject.txt": "extends ours",
    "account/messages/cannot_delete_primary_email.txt": "only after a form made by hand: no button sends it",
    "account/messages/email_deleted.txt": "idem",
    "account/messages/primary_email_set.txt": "idem",
    "account/messages/unverified_primary_email.txt": "idem",
}


def test_the_pages_of_the_library_are_these_and_no_others() -> None:
    assert {pattern.name for pattern in urlpatterns} == PAGES
    from_the_library = {
        pattern.name for pattern in every_pattern() if pattern.callback.__module__.startswith("allauth.")
    }
    assert from_the_library == PAGES
    for name in ("account_signup_by_passkey", "account_verify_phone", "socialaccount_login", "mfa_index"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(THEIRS)) for path in THEIRS.glob("account/**/*.*"))
)
def test_every_template_of_the_library_that_is_shown_is_ours(name: str) -> None:
    if name not in NEVER_SHOWN:
        assert OURS in Path(get_template(name).origin.name).parents


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(PAGES - {"account_reset_password_from_key"}))
@pytest.mark.parametrize("who", ["a visitor", "noor", "noor without a password"])
def test_every_page_has_our_look_in_both_languages(name: str, who: str, language: str, noor: Person) -> None:
    client = Client()
    if who != "a visitor":
        Person.objects.filter(pk=noor.pk).update(language=language)
        if who == "noor without a password":
            noor.set_unusable_password()
            noor.save(update_fields=["password"])
        client.force_login(noor)
    client.cookies["django_language"] = language
    answer = client.get(reverse(name), follow=True)
    has_no_password_to_ask = (name, who) == ("account_reauthenticate", "noor without a password")
    assert answer.status_code == (403 if has_no_password_to_ask else 200)
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert "– Klimtouw</title>" in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_settings_lead_to_what_opens_an_account(sign_in: SignIn, noor: Person) -> None:
    page = sign_in(noor).get(reverse("people:settings")).content.decode()
    for name in ("people:signed_in", "account_change_password", "account_email"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize(
    ("language", "rule"),
    [
        ("nl", "Je wachtwoord is meer dan woorden van hier, zoals ‘coach’ of ‘school’."),
        ("en", "Your password is more than words from here, such as “coach” or “school”."),
    ],
)
@pytest.mark.django_db
def test_every_rule_of_a_password_is_said_beforehand_and_none_is_empty(language: str, rule: str) -> None:
    page = Client(headers={"accept-language": language}).get(reverse("account_signup")).content.decode()
    rules = re.findall(r"<li>(.*?)</li>", page[page.index('name="password1"') - 2000 :], re.DOTALL)
    assert rule in [each.strip() for each in rules]
    assert "" not in [each.strip() for each in re.findall(r"<li[^>]*>(.*?)</li>", page, re.DOTALL)]
