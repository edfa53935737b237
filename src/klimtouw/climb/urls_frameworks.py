"""Addresses of framework goals on the climb."""

from django.urls import URLPattern, path

from klimtouw.climb.views import framework_links as views

urlpatterns_of_frameworks: list[URLPattern] = [
    path("mijn-klim/kaderdoelen/", views.framework_overview, name="framework_overview"),
    path("mijn-klim/doelen/<uuid:goal>/kaderdoelen/", views.framework_choose, name="framework_choose"),
    path(
        "mijn-klim/doelen/<uuid:goal>/kaderdoelen/<uuid:framework>/",
        views.framework_browse,
        name="framework_browse",
    ),
    path(
        "mijn-klim/doelen/<uuid:goal>/kaderdoel/<uuid:framework_goal>/",
        views.framework_link_new,
        name="framework_link_new",
    ),
    path("mijn-klim/kaderdoel/<uuid:link>/", views.framework_link, name="framework_link"),
    path("mijn-klim/kaderdoel/<uuid:link>/loslaten/", views.framework_unlink, name="framework_unlink"),
]
