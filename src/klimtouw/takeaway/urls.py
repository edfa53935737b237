"""Addresses of this package."""

from django.urls import path

from klimtouw.takeaway import views
from klimtouw.takeaway.package.urls import urlpatterns as package

app_name = "takeaway"
urlpatterns = [
    path("meenemen/", views.home, name="home"),
    *package,
]
