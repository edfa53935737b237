"""Addresses of this package."""

from django.urls import path

from klimtouw.circles.views import circles

app_name = "circles"
urlpatterns = [
    path("kring/", circles.overview, name="overview"),
    path("kring/<uuid:circle>/", circles.circle, name="circle"),
]
