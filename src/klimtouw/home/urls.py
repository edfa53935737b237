"""Addresses of this package."""

from django.urls import path

from klimtouw.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("coachdag/", views.coach_day, name="coach-day"),
    path("wie-mag-wat/", views.who_may_do_what, name="who-may-do-what"),
]
