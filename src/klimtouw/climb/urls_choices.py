"""Addresses of choice moments."""

from django.urls import URLPattern, path

from klimtouw.climb.views import choice_moments

urlpatterns_of_choices: list[URLPattern] = [
    path("mijn-klim/keuzes/", choice_moments.choices, name="choices"),
    path("mijn-klim/keuzes/nieuw/", choice_moments.choice_new, name="choice_new"),
    path("mijn-klim/keuzes/<uuid:choice>/", choice_moments.choice, name="choice"),
    path("mijn-klim/keuzes/<uuid:choice>/herschrijven/", choice_moments.choice_edit, name="choice_edit"),
    path("mijn-klim/keuzes/<uuid:choice>/mogelijkheid/", choice_moments.option_new, name="option_new"),
    path("mijn-klim/keuzes/<uuid:choice>/kiezen/", choice_moments.choice_decide, name="choice_decide"),
    path(
        "mijn-klim/keuzes/<uuid:choice>/terugkijken/",
        choice_moments.choice_look_back,
        name="choice_look_back",
    ),
    path("mijn-klim/mogelijkheden/<uuid:option>/", choice_moments.option, name="option"),
    path(
        "mijn-klim/mogelijkheden/<uuid:option>/wegdoen/", choice_moments.option_remove, name="option_remove"
    ),
]
