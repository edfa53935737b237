"""What a device fetches to work without network: its worker, a page without words, and a rucksack with one's own forms (T4)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from klimtouw.access.table import Action
from klimtouw.offline.rucksack import rucksack_of
from klimtouw.offline.shell import shell_in, worker_script
from klimtouw.people.doors import open_to_everyone, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@open_to_everyone
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker that keeps the files of the pages on a device; it stands at the root, and so serves every address."""
    answer = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@open_to_everyone
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """Show the page a device keeps for when there is no network: the same for everybody, whoever is signed in."""
    return HttpResponse(shell_in(language), headers={"Content-Language": language})


@shows(Action.SEE_OWN_PAGES, find=yourself)
def rucksack(request: PersonRequest, person: Person) -> HttpResponse:
    """Give somebody the forms they may fill in without network, to be sealed on their device."""
    return JsonResponse(rucksack_of(person, request.at))
