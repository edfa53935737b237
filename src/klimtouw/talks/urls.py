"""Addresses of this package."""

from django.urls import path

from klimtouw.talks import views

app_name = "talks"
urlpatterns = [
    path("gesprekken/<uuid:relation>/", views.of_relation, name="of_relation"),
    path("gesprekken/<uuid:relation>/voorstellen/", views.propose, name="propose"),
    path("gesprek/<uuid:talk>/", views.talk, name="talk"),
    path("gesprek/<uuid:talk>/kiezen/", views.choose, name="choose"),
    path("gesprek/<uuid:talk>/andere-momenten/", views.move, name="move"),
    path("gesprek/<uuid:talk>/afzeggen/", views.cancel, name="cancel"),
    path("gesprek/<uuid:talk>/agenda.ics", views.calendar, name="calendar"),
    path("gesprek/<uuid:talk>/voorbereiden/", views.prepare, name="prepare"),
    path("gesprek/<uuid:talk>/was-er/", views.held, name="held"),
    path("gesprek/<uuid:talk>/meenemen/", views.takeaway, name="takeaway"),
    path("gesprek/<uuid:talk>/zin/", views.sentence, name="sentence"),
    path("gesprekskaart/<uuid:line>/", views.line, name="line"),
]
