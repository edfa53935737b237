"""Addresses of this package."""

from django.urls import path

from klimtouw.basecamp import views

app_name = "basecamp"
urlpatterns = [
    path("<uuid:programme>/", views.desk, name="desk"),
    path("<uuid:programme>/kring/", views.propose_circle_page, name="propose_circle"),
]
