"""The mailbox of the demo."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klimtouw.notices.mailbox import newest_mails
from klimtouw.people.doors import open_to_everyone


@open_to_everyone
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Show every mail the demo sent; there is no real mailbox behind the demo's addresses."""
    return render(request, "notices/demo_mailbox.html", {"mails": newest_mails()})
