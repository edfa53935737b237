"""Addresses of this package."""

from django.urls import path

from klimtouw.axenroos import views

app_name = "axenroos"
urlpatterns = [
    path("axenroos/", views.animals, name="animals"),
    path("axenroos/kaart/", views.card, name="card"),
    path("axenroos/dier/<slug:animal>/", views.animal, name="animal"),
    path("axenroos/keuze/<uuid:pick>/", views.pick, name="pick"),
    path("axenroos/keuze/<uuid:pick>/delen/", views.share, name="share"),
    path("axenroos/keuze/<uuid:pick>/wegdoen/", views.put_away, name="put_away"),
    path("kring/<uuid:circle>/axenroos/", views.rose, name="rose"),
    path("kring/<uuid:circle>/axenroos/mijn/", views.own, name="own"),
    path("kring/<uuid:circle>/axenroos/tweede-ronde/", views.second_round, name="second_round"),
    path("kring/<uuid:circle>/axenroos/<int:round>/<slug:which>/", views.choose, name="choose"),
]
