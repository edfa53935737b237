"""Addresses of this package."""

from django.urls import path

from klimtouw.programmes import views
from klimtouw.programmes.frameworks import views as frameworks
from klimtouw.programmes.matching import views as matching

app_name = "programmes"
urlpatterns = [
    path("hulp/", views.help_route, name="help"),
    path("nieuwe-match/", matching.match, name="match"),
    path("kaderdoelen/<uuid:framework>/", frameworks.framework, name="framework"),
    path("beheer/<uuid:institution>/regels/", views.rules, name="rules"),
    path("beheer/<uuid:institution>/kaderdoelen/", frameworks.frameworks, name="frameworks"),
    path(
        "beheer/<uuid:institution>/kaderdoelen/invoer/", frameworks.framework_import, name="framework_import"
    ),
    path("beheer/kaderdoelen/invoer/<uuid:arrival>/", frameworks.framework_arrival, name="framework_arrival"),
    path("beheer/kaderdoelen/versie/<uuid:version>/", frameworks.framework_version, name="framework_version"),
]
