"""Addresses of this package."""

from django.urls import path

from klimtouw.talks.views import afterwards, card, hours, own, planning, promises, together

app_name = "talks"
urlpatterns = [
    path("gesprekken/mijn-agenda/", own.own, name="own"),
    path("gesprekken/mijn-agenda/adres/", own.address, name="address"),
    path("gesprekken/mijn-agenda/keuzes/", own.habits, name="habits"),
    path("gesprekken/vrije-uren/", hours.free_hours, name="free_hours"),
    path("gesprekken/<uuid:relation>/vrije-uren-tonen/", hours.show_hours, name="show_hours"),
    path("agenda/<str:address>.ics", own.feed, name="feed"),
    path("gesprekken/<uuid:relation>/", planning.of_relation, name="of_relation"),
    path("gesprekken/<uuid:relation>/zie-het-als/", planning.preview_all, name="preview_all"),
    path("gesprekken/<uuid:relation>/voorstellen/", planning.propose, name="propose"),
    path("gesprek/<uuid:talk>/", card.talk, name="talk"),
    path("gesprek/<uuid:talk>/samen/", together.together, name="together"),
    path("gesprek/<uuid:talk>/zie-het-als/", card.preview, name="preview"),
    path("gesprek/<uuid:talk>/kiezen/", planning.choose, name="choose"),
    path("gesprek/<uuid:talk>/andere-momenten/", planning.move, name="move"),
    path("gesprek/<uuid:talk>/afzeggen/", planning.cancel, name="cancel"),
    path("gesprek/<uuid:talk>/agenda.ics", planning.calendar, name="calendar"),
    path("gesprek/<uuid:talk>/voorbereiden/", card.prepare, name="prepare"),
    path("gesprek/<uuid:talk>/was-er/", afterwards.held, name="held"),
    path("gesprek/<uuid:talk>/meenemen/", afterwards.takeaway, name="takeaway"),
    path("gesprek/<uuid:talk>/zin/", afterwards.sentence, name="sentence"),
    path("gesprek/<uuid:talk>/indruk/", afterwards.impression, name="impression"),
    path("gesprek/<uuid:talk>/beloven/", promises.promise, name="promise"),
    path("belofte/<uuid:promise>/<uuid:talk>/", promises.promise_words, name="promise_words"),
    path("belofte/<uuid:promise>/<uuid:talk>/gedaan/", promises.promise_done, name="promise_done"),
    path("gesprekskaart/<uuid:line>/", card.line, name="line"),
]
