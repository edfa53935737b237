"""Addresses of the leaving package."""

from django.urls import path

from klimtouw.takeaway.package import views

urlpatterns = [
    path("meenemen/pakket/", views.package, name="package"),
    path("meenemen/pakket/<uuid:parcel>/", views.parcel, name="parcel"),
    path("meenemen/breng-mee/", views.bring, name="bring"),
    path("meenemen/breng-mee/<uuid:parcel>/", views.arrival, name="arrival"),
]
