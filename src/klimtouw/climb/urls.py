"""Addresses of this package."""

from django.urls import URLPattern, path

from klimtouw.climb.urls_choices import urlpatterns_of_choices
from klimtouw.climb.urls_frameworks import urlpatterns_of_frameworks
from klimtouw.climb.urls_route import urlpatterns_of_route
from klimtouw.climb.views import climb, compass, evidence, follow, goals, preview, search, starting, trail

app_name = "climb"
urlpatterns: list[URLPattern] = [
    path("mijn-klim/", climb.home, name="home"),
    path("mijn-klim/kompas/", compass.compass, name="compass"),
    path("mijn-klim/kompas/op-een-blad/", compass.compass_sheet, name="compass_sheet"),
    path("mijn-klim/kompas/krachten/nieuw/", compass.strength_new, name="strength_new"),
    path("mijn-klim/kompas/krachten/<uuid:strength>/", compass.strength, name="strength"),
    path(
        "mijn-klim/kompas/krachten/<uuid:strength>/herschrijven/", compass.strength_edit, name="strength_edit"
    ),
    path("mijn-klim/kompas/krachten/<uuid:strength>/plaats/", compass.strength_move, name="strength_move"),
    path("mijn-klim/kompas/krachten/<uuid:strength>/omslag/", compass.strength_turn, name="strength_turn"),
    path("mijn-klim/begin/", starting.starting, name="starting"),
    path("mijn-klim/begin/vraag/<slug:question>/", starting.starting_write, name="starting_write"),
    path("mijn-klim/begin/<uuid:answer>/", starting.starting_answer, name="starting_answer"),
    path("mijn-klim/kompas/vraag/<slug:question>/", climb.compass_write, name="compass_write"),
    path("mijn-klim/kompas/<uuid:answer>/", climb.compass_answer, name="compass_answer"),
    path("mijn-klim/dromen/nieuw/", goals.dream_new, name="dream_new"),
    path("mijn-klim/dromen/<uuid:dream>/", goals.dream, name="dream"),
    path("mijn-klim/dromen/<uuid:dream>/herschrijven/", goals.dream_edit, name="dream_edit"),
    path("mijn-klim/dromen/<uuid:dream>/stand/", goals.dream_move, name="dream_move"),
    path("mijn-klim/doelen/nieuw/", goals.goal_new, name="goal_new"),
    path("mijn-klim/doelen/<uuid:goal>/", goals.goal, name="goal"),
    path("mijn-klim/doelen/<uuid:goal>/herschrijven/", goals.goal_edit, name="goal_edit"),
    path("mijn-klim/doelen/<uuid:goal>/stand/", goals.goal_move, name="goal_move"),
    path("mijn-klim/verhaal/<uuid:thing>/", goals.story, name="story"),
    path("mijn-klim/weggedaan/<uuid:thing>/", climb.put_away, name="put_away"),
    path("spoor/", trail.trail, name="trail"),
    path("spoor/nieuw/", trail.entry_new, name="entry_new"),
    path("spoor/zoeken/", search.trail_search, name="trail_search"),
    path("spoor/keuze/", search.trail_selection, name="trail_selection"),
    path("spoor/<uuid:entry>/", trail.entry, name="entry"),
    path("spoor/<uuid:entry>/herschrijven/", trail.entry_edit, name="entry_edit"),
    path("bewijs/bij/<uuid:thing>/", evidence.evidence_new, name="evidence_new"),
    path("bewijs/<uuid:evidence>/", evidence.evidence, name="evidence"),
    path("bewijs/<uuid:evidence>/herschrijven/", evidence.evidence_edit, name="evidence_edit"),
    path("bewijs/<uuid:evidence>/foto/", evidence.evidence_photo, name="evidence_photo"),
    path("bewijs/<uuid:evidence>/klein/", evidence.evidence_small, name="evidence_small"),
    path("bewijs/<uuid:evidence>/bestand/", evidence.evidence_file, name="evidence_file"),
    path("volgen/<uuid:relation>/", follow.follow, name="follow"),
    path("zie-het-als/<uuid:relation>/", preview.preview, name="preview"),
    path("zie-het-als/<uuid:relation>/<uuid:thing>/", preview.preview_thing, name="preview_thing"),
    path("wat-ik-deel/<uuid:relation>/", preview.shared_with, name="shared_with"),
    path("wat-ik-deel/<uuid:thing>/<uuid:relation>/stoppen/", preview.stop_sharing, name="stop_sharing"),
    path("delen/<uuid:thing>/zie-het-als/", preview.see_as, name="see_as"),
    *urlpatterns_of_choices,
    *urlpatterns_of_frameworks,
    *urlpatterns_of_route,
]
