"""The mailbox of the demo."""

from uuid import UUID

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from klimtouw.notices.mailbox import mail_named, newest_mails
from klimtouw.notices.sending import send_everything_that_waits
from klimtouw.people.doors import open_to_everyone
from klimtouw.people.requests import PersonRequest


@open_to_everyone
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Show every mail the demo sent; there is no real mailbox behind the demo's addresses."""
    return render(request, "notices/demo_mailbox.html", {"mails": newest_mails()})


@open_to_everyone
def demo_deliver(request: PersonRequest) -> HttpResponse:
    """Let every message that waits for its hour come now."""
    if request.method == "POST":
        send_everything_that_waits(request.at)
    return redirect("notices:demo_mailbox")


@csp_replace(
    {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}
)  # a mail carries its own look, and nothing else
@open_to_everyone
def demo_mail(request: HttpRequest, name: UUID) -> HttpResponse:
    """Show one mail of the demo as a mail program would: its HTML and nothing around it."""
    mail = mail_named(name)
    if mail is None or not mail.html:
        raise Http404
    return HttpResponse(mail.html)
