"""Addresses of the route to a goal."""

from django.urls import URLPattern, path

from klimtouw.climb.views import route, routes

urlpatterns_of_route: list[URLPattern] = [
    path("mijn-klim/doelen/<uuid:goal>/route/", route.route_begin, name="route_begin"),
    path("mijn-klim/route/<uuid:route>/", route.route, name="route"),
    path("mijn-klim/doelen/<uuid:goal>/routes/", routes.routes, name="routes"),
    path("mijn-klim/doelen/<uuid:goal>/routes/nieuw/", routes.route_new, name="route_new"),
    path("mijn-klim/route/<uuid:route>/woorden/", routes.route_words, name="route_words"),
    path("mijn-klim/route/<uuid:route>/kiezen/", routes.route_choose, name="route_choose"),
    path("mijn-klim/route/<uuid:route>/weg/", routes.route_remove, name="route_remove"),
    path("mijn-klim/route/<uuid:route>/vroeger/", routes.route_before, name="route_before"),
    path("mijn-klim/route/<uuid:route>/blad/", routes.route_print, name="route_print"),
    path("mijn-klim/route/<uuid:route>/kans/", route.opportunity_new, name="opportunity_new"),
    path("mijn-klim/route/<uuid:route>/etappe/", route.stage_new, name="stage_new"),
    path("mijn-klim/etappe/<uuid:stage>/", route.stage, name="stage"),
    path("mijn-klim/etappe/<uuid:stage>/stand/", route.stage_state, name="stage_state"),
    path("mijn-klim/etappe/<uuid:stage>/teken/", route.stage_mark, name="stage_mark"),
    path("mijn-klim/etappe/<uuid:stage>/weer/", route.stage_weather, name="stage_weather"),
    path("mijn-klim/etappe/<uuid:stage>/splitsen/", route.stage_split, name="stage_split"),
    path("mijn-klim/etappe/<uuid:stage>/plaats/", route.stage_move, name="stage_move"),
    path("mijn-klim/etappe/<uuid:stage>/omweg/", route.stage_detour, name="stage_detour"),
    path("mijn-klim/etappe/<uuid:stage>/weg/", route.stage_remove, name="stage_remove"),
    path("mijn-klim/etappe/<uuid:stage>/terug/", route.stage_put_back, name="stage_put_back"),
    path("mijn-klim/etappe/<uuid:stage>/stap/", route.step_new, name="step_new"),
    path("mijn-klim/stap/<uuid:step>/", route.step, name="step"),
    path("mijn-klim/stap/<uuid:step>/gedaan/", route.step_done, name="step_done"),
    path("mijn-klim/stap/<uuid:step>/parkeren/", route.step_park, name="step_park"),
    path("mijn-klim/stap/<uuid:step>/weg/", route.step_remove, name="step_remove"),
    path("mijn-klim/stap/<uuid:step>/terug/", route.step_put_back, name="step_put_back"),
    path("mijn-klim/voorstel/<uuid:suggestion>/overnemen/", route.take_suggestion, name="take_suggestion"),
]
