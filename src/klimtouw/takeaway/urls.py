"""Addresses of this package."""

from django.urls import path

from klimtouw.takeaway import views, views_erasing
from klimtouw.takeaway.package.urls import urlpatterns as package

app_name = "takeaway"
urlpatterns = [
    path("meenemen/", views.home, name="home"),
    path("alles-wissen/", views_erasing.erase_everything, name="erase_everything"),
    path("alles-gewist/", views_erasing.erased, name="erased"),
    *package,
]
