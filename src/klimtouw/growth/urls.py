"""Addresses of this package."""

from django.urls import path

from klimtouw.growth.views import own, practice, reading

app_name = "growth"
urlpatterns = [
    path("groei/", reading.home, name="home"),
    path("groei/rollen/", reading.roles, name="roles"),
    path("groei/kaart/", reading.card, name="card"),
    path("groei/leren/<slug:chapter>/", reading.chapter, name="chapter"),
    path("groei/oefenen/<slug:talk>/", practice.practice, name="practice"),
    path("groei/oefenen/<slug:talk>/notitie/", own.practice_note, name="practice_note"),
    path("groei/rollenspiegel/", own.mirror, name="mirror"),
    path("groei/eigen-handelen/<uuid:relation>/", own.jotting, name="jotting"),
    path("groei/wat-hielp/<uuid:talk>/", own.helped, name="helped"),
]
