"""Pages of the trail: one's own entries, one entry, and writing one at any time (C8)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.paging import page_number
from klimtouw.belongings.readers import only_you, readers_of
from klimtouw.climb.actions.trail import reword_entry, write_entry
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.forms.trail import TrailForm, form_asked_for
from klimtouw.climb.models import Entry
from klimtouw.climb.queries import trail as queries
from klimtouw.climb.queries.climb import goals_to_link, with_readers
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved, saved_for
from klimtouw.climb.views.search import find_form, found_page
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.views_asking import for_whom

HELPING_FORMS = tuple(form for form in EntryForm if form != EntryForm.FREE)


@shows(Action.SEE_OWN_PAGES, find=yourself)
def trail(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own trail, the newest first, with the field to write in on top; or what fits a filter."""
    find, number = find_form(request, _filters(request)), page_number(request.GET.get("page", ""))
    if find.keys:
        return found_page(request, find, number)
    page = queries.trail_of(person, number)
    rows = with_readers(page.rows, readers_of(page.rows, request.at))
    form = TrailForm(goals=(), form=EntryForm.FREE, readers=only_you())
    return render(request, "climb/trail.html", {"page": page, "rows": rows, "form": form, "find": find})


def _filters(request: PersonRequest) -> dict[str, str]:
    """Return what an address may say of what one looks for: keys, never words."""
    return {
        "goal": request.GET.get("goal", ""),
        "form": request.GET.get("form", ""),
        "month": request.GET.get("month", ""),
        "evidence": request.GET.get("evidence", ""),
    }


@shows(Action.READ, find=queries.entry)
def entry(request: PersonRequest, entry: Entry) -> HttpResponse:
    """Show one entry; its goal only to who may read that too."""
    return show(request, pages.of_entry(entry, Eyes(request.person, request.at)))


@changes(Action.WRITE_OWN, find=yourself)
def entry_new(request: PersonRequest, person: Person) -> HttpResponse:
    """Write in the trail: free text, and only if wanted the small fields of a form."""
    chosen = form_asked_for(request.POST, request.GET)
    form = TrailForm(request.POST or None, goals=goals_to_link(person), form=chosen, readers=only_you())
    whom = for_whom(request)
    if kept := saved_for(request, form, whom, lambda: write_entry(by=person, at=request.at, **form.new)):
        return redirect(kept)
    context = {"form": form, "thing": None, "helping": HELPING_FORMS, "whom": whom}
    return render(request, "climb/entry_write.html", context)


@changes(Action.WRITE, find=queries.entry)
def entry_edit(request: PersonRequest, entry: Entry) -> HttpResponse:
    """Say an entry in other words, or add the small fields of a form to it."""
    chosen = form_asked_for(request.POST, request.GET, EntryForm(entry.form))
    who, at = request.person, request.at
    goals, readers = goals_to_link(who, entry.goal_id), readers_of_one(entry, at)
    form = TrailForm(request.POST or None, thing=entry, goals=goals, form=chosen, readers=readers)
    if saved(request, form, lambda: reword_entry(entry, by=who, at=at, **form.reworded)):
        return redirect(entry)
    return render(request, "climb/entry_write.html", {"form": form, "thing": entry, "helping": HELPING_FORMS})
