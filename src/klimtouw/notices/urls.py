"""Addresses of this package."""

from django.conf import settings
from django.urls import path

from klimtouw.notices import urls_demo, views

app_name = "notices"
urlpatterns = [
    path("instellingen/berichten/", views.wishes, name="wishes"),
    path("antwoord/<str:token>/", views.answer, name="answer"),
    path("geen-mail/<str:token>/", views.stop, name="stop"),
    *(urls_demo.urlpatterns if settings.DEMO else []),
]
