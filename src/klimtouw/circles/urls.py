"""Addresses of this package."""

from django.urls import path

from klimtouw.circles.again import kind_when_done
from klimtouw.circles.views import (
    agreements,
    circles,
    given_back,
    guiding,
    invitations,
    meetings,
    proposals,
    questions,
)

app_name = "circles"
urlpatterns = [
    path("kring/", circles.overview, name="overview"),
    path("kring/nieuw/", circles.new, name="new"),
    path("kring/uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("kring/verzonden/<uuid:letter>/", invitations.sent, name="sent"),
    path("kring/<uuid:circle>/", circles.circle, name="circle"),
    path("kring/<uuid:circle>/uitnodigen/", invitations.invite, name="invite"),
    path("kring/<uuid:circle>/afspraken/", agreements.agreement, name="agreement"),
    path("kring/<uuid:circle>/afspraken/schrijven/", agreements.draft, name="agreement_draft"),
    path("kring/<uuid:circle>/afspraken/tekenen/", agreements.sign, name="sign_agreement"),
    path("kring/<uuid:circle>/regelen/", circles.arrange, name="arrange"),
    path("kring/<uuid:circle>/verlaten/", kind_when_done(circles.leave), name="leave"),
    path("kring/<uuid:circle>/begeleiden/", guiding.guide, name="guide"),
    path("kring/<uuid:circle>/afronden/", kind_when_done(circles.end), name="end"),
    path("kring/voorstel/<uuid:proposal>/", kind_when_done(proposals.proposal), name="proposal"),
    path("kring/<uuid:circle>/vragen/", questions.questions_of, name="questions_of"),
    path("kring/<uuid:circle>/vraag/", questions.question_new, name="question_new"),
    path("kring/<uuid:circle>/gedeeld/<uuid:thing>/", questions.shared, name="shared"),
    path("kring/<uuid:circle>/gedeeld/<uuid:thing>/antwoord/", given_back.answer_new, name="answer_new"),
    path("kring/vraag/<uuid:question>/", questions.question, name="question"),
    path("kring/vraag/<uuid:question>/woorden/", questions.question_edit, name="question_edit"),
    path("kring/vraag/<uuid:question>/dank/", questions.thanks, name="thanks"),
    path("kring/antwoord/<uuid:answer>/", questions.answer, name="answer"),
    path("kring/antwoord/<uuid:answer>/woorden/", questions.answer_edit, name="answer_edit"),
    path("kring/wegleggen/<uuid:thing>/", questions.put_away, name="put_away"),
    path("kring/<uuid:circle>/bijeenkomsten/", meetings.meetings_of, name="meetings"),
    path("kring/<uuid:circle>/bijeenkomst/", meetings.meeting_new, name="meeting_new"),
    path("kring/bijeenkomst/<uuid:meeting>/", meetings.meeting, name="meeting"),
    path("kring/bijeenkomst/<uuid:meeting>/past/", meetings.meeting_suits, name="meeting_suits"),
    path("kring/bijeenkomst/<uuid:meeting>/kiezen/", meetings.meeting_choose, name="meeting_choose"),
    path("kring/bijeenkomst/<uuid:meeting>/afzeggen/", meetings.meeting_cancel, name="meeting_cancel"),
    path("kring/bijeenkomst/<uuid:meeting>/agenda.ics", meetings.meeting_calendar, name="meeting_calendar"),
]
