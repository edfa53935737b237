"""Addresses of this package."""

from django.urls import path

from klimtouw.hand import views

app_name = "hand"
urlpatterns = [
    path("coaching/<uuid:relation>/hoe-gaat-het/", views.note, name="note"),
    path("coaching/<uuid:relation>/iemand-anders/", views.other, name="other"),
    path("coaching/<uuid:relation>/een-idee/", views.idea, name="idea"),
]
