"""Pages of the questions and answers of a circle."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import ChangedMeanwhile, remove
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.circles.actions import questions as actions
from klimtouw.circles.forms.questions import AnswerForm, QuestionForm, ThanksForm
from klimtouw.circles.models import Answer, Circle, Question
from klimtouw.circles.queries import circles, questions
from klimtouw.circles.readers import everybody_in
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_CIRCLE, find=circles.circle)
def questions_of(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show what a circle asks itself, and what its people shared into it."""
    page = questions.questions_page(circle, request.person, request.at)
    note_looks(page.things, request.person, request.at)
    may_ask = may(request.person, Action.WRITE_IN_CIRCLE, circle, request.at)
    return render(request, "circles/questions.html", {"circle": circle, "page": page, "may_ask": may_ask})


@changes(Action.WRITE_IN_CIRCLE, find=circles.circle)
def question_new(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Ask the circle something; asking is sharing it with everybody in it."""
    form = QuestionForm(_sent(request), readers=everybody_in(circle, request.person, request.at))
    if form.is_valid():
        sent = {"id": form.cleaned_data["id"], "text": form.cleaned_data["text"]}
        asked = actions.ask_circle(circle, by=request.person, at=request.at, **sent)
        messages.success(request, _("Asked. Everybody in your circle can read it now."))
        return redirect(asked)
    return render(request, "circles/question_new.html", {"circle": circle, "form": form})


@shows(Action.READ, find=questions.question)
def question(request: PersonRequest, question: Question) -> HttpResponse:
    """Show a question, and what everybody answered."""
    circle = questions.circle_of_question(question, request.person, request.at)
    return _beside(request, question, circle)


@shows(Action.READ, find=questions.thing_in_circle)
def shared(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Show something that was shared into a circle, and what everybody said to it."""
    return _beside(request, thing, questions.circle_of(thing))


def _beside(request: PersonRequest, thing: Thing, circle: Circle | None) -> HttpResponse:
    page = questions.beside(thing, circle, request.person, request.at)
    note_looks([one.thing for one in page.answers], request.person, request.at)
    may_write = circle is not None and may(request.person, Action.WRITE_IN_CIRCLE, circle, request.at)
    readers = everybody_in(circle, request.person, request.at) if circle and may_write else ""
    context = {
        "circle": circle,
        "page": page,
        "is_question": isinstance(thing, Question),
        "form": AnswerForm(readers=readers) if may_write else None,
        "readers": sentence_for(thing, request.at) if page.about.is_own else "",
    }
    return render(request, "circles/question.html", context)


@changes(Action.ANSWER_IN_CIRCLE, find=questions.thing_in_circle)
def answer_new(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Answer beside a question, or beside something shared."""
    circle = questions.circle_of(thing)
    form = AnswerForm(_sent(request), readers=everybody_in(circle, request.person, request.at))
    if form.is_valid():
        sent = {"id": form.cleaned_data["id"], "text": form.cleaned_data["text"]}
        actions.answer_in_circle(thing, circle=circle, by=request.person, at=request.at, **sent)
        messages.success(request, _("Answered. Everybody in your circle can read it now."))
        return redirect(questions.page_in(circle.pk, thing))
    context = {"circle": circle, "thing": thing, "form": form, "back": questions.page_in(circle.pk, thing)}
    return render(request, "circles/answer_new.html", context)


@shows(Action.READ, find=questions.answer)
def answer(request: PersonRequest, answer: Answer) -> HttpResponse:
    """Show one answer, and lead to what it stands beside."""
    beside = questions.what_it_answers(answer, request.person, request.at)
    back = questions.page_in(answer.circle_id, beside) if beside and answer.circle_id else ""
    is_own = may(request.person, Action.WRITE, answer, request.at)
    readers = sentence_for(answer, request.at) if is_own else ""
    context = {"answer": answer, "back": back, "is_own": is_own, "readers": readers}
    return render(request, "circles/answer.html", context)


@changes(Action.WRITE, find=questions.question)
def question_edit(request: PersonRequest, question: Question) -> HttpResponse:
    """Say one's own question in other words."""
    form = QuestionForm(_sent(request), thing=question, readers=sentence_for(question, request.at))
    return _reword(request, question, form)


@changes(Action.WRITE, find=questions.answer)
def answer_edit(request: PersonRequest, answer: Answer) -> HttpResponse:
    """Say one's own answer in other words."""
    form = AnswerForm(_sent(request), thing=answer, readers=sentence_for(answer, request.at))
    return _reword(request, answer, form)


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _reword(request: PersonRequest, thing: Question | Answer, form: ThingForm) -> HttpResponse:
    def save() -> Thing:
        words, seen = form.words, form.seen_version
        return actions.reword_own(thing, by=request.person, at=request.at, seen=seen, words=words)

    if form.is_valid():
        try:
            settled(form, save, by=request.person, at=request.at)
            messages.success(request, _("Saved. Your earlier words stay among the versions."))
            return redirect(thing)
        except ChangedMeanwhile as conflict:
            form.put_beside(conflict)
    return render(request, "circles/reword.html", {"thing": thing, "form": form})


@changes(Action.WRITE, find=questions.question)
def thanks(request: PersonRequest, question: Question) -> HttpResponse:
    """Say thank you beside one's own question, and close it or not."""
    form = ThanksForm(_sent(request), thing=question, readers=sentence_for(question, request.at))

    def save() -> Question:
        said = {"thanks": form.cleaned_data["thanks"], "is_closed": form.cleaned_data["is_closed"]}
        return actions.thank(question, by=request.person, at=request.at, seen=form.seen_version, **said)

    if form.is_valid():
        try:
            settled(form, save, by=request.person, at=request.at)
            return redirect(question)
        except ChangedMeanwhile as conflict:
            form.put_beside(conflict)
    return render(request, "circles/thanks.html", {"question": question, "form": form})


@changes(Action.WRITE, find=questions.own_piece)
def put_away(request: PersonRequest, thing: Question | Answer) -> HttpResponse:
    """Ask once, then put one's own question or answer away; nobody reads it any more."""
    if request.method != "POST":
        return render(request, "circles/put_away.html", {"thing": thing})
    remove(thing, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Put away. Nothing is lost."), thing))
    return redirect("circles:overview")
