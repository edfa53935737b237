"""How to sign in to the demo, in a few sentences for whoever started it."""

from django.conf import settings
from django.urls import reverse

from klimtouw.home.demo.content.people import PASSWORD, PEOPLE

SIGNING_IN = {"Noor": "who climbs", "Bram": "her coach", "Vera": "who coordinates"}


def how_to_sign_in() -> str:
    """Say as whom one can sign in, and where the mail is."""
    address_of = {person.first_name: person.email for person in PEOPLE}
    lines = [f"Sign in as {name}, {what}: {address_of[name]}" for name, what in SIGNING_IN.items()]
    mailbox = f"{settings.SITE_ADDRESS}{reverse('demo_mailbox', urlconf='klimtouw.notices.urls_demo')}"
    return "\n".join(
        [*lines, f"The password is {PASSWORD} for all of them.", f"Their mail lands at {mailbox}", ""]
    )
