"""Addresses of the route to a goal."""

from django.urls import URLPattern, path

from klimtouw.climb.views import route

urlpatterns_of_route: list[URLPattern] = [
    path("mijn-klim/doelen/<uuid:goal>/route/", route.route_begin, name="route_begin"),
    path("mijn-klim/route/<uuid:route>/", route.route, name="route"),
    path("mijn-klim/route/<uuid:route>/etappe/", route.stage_new, name="stage_new"),
    path("mijn-klim/etappe/<uuid:stage>/", route.stage, name="stage"),
    path("mijn-klim/etappe/<uuid:stage>/stand/", route.stage_state, name="stage_state"),
    path("mijn-klim/etappe/<uuid:stage>/teken/", route.stage_mark, name="stage_mark"),
    path("mijn-klim/etappe/<uuid:stage>/plaats/", route.stage_move, name="stage_move"),
    path("mijn-klim/etappe/<uuid:stage>/omweg/", route.stage_detour, name="stage_detour"),
    path("mijn-klim/etappe/<uuid:stage>/weg/", route.stage_remove, name="stage_remove"),
    path("mijn-klim/etappe/<uuid:stage>/terug/", route.stage_put_back, name="stage_put_back"),
    path("mijn-klim/etappe/<uuid:stage>/stap/", route.step_new, name="step_new"),
    path("mijn-klim/stap/<uuid:step>/", route.step, name="step"),
    path("mijn-klim/stap/<uuid:step>/gedaan/", route.step_done, name="step_done"),
    path("mijn-klim/stap/<uuid:step>/weg/", route.step_remove, name="step_remove"),
    path("mijn-klim/stap/<uuid:step>/terug/", route.step_put_back, name="step_put_back"),
    path("mijn-klim/voorstel/<uuid:suggestion>/overnemen/", route.take_suggestion, name="take_suggestion"),
]
