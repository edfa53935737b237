"""Every address: one line per package. Paths are in Dutch, names in code words."""

from django.conf import settings
from django.conf.urls.i18n import urlpatterns as language_urls
from django.urls import include, path

urlpatterns = [
    path("", include("klimtouw.home.urls")),
    path("", include("klimtouw.people.urls")),
    path("", include("klimtouw.belongings.urls")),
    path("", include("klimtouw.programmes.urls")),
    path("", include("klimtouw.relations.urls")),
    path("", include("klimtouw.replies.urls")),
    path("", include("klimtouw.climb.urls")),
    path("", include("klimtouw.talks.urls")),
    path("basiskamp/", include("klimtouw.basecamp.urls")),
    path("account/", include("allauth.account.urls")),
    path("taal/", include((language_urls, "i18n"))),
]

if settings.DEMO:
    urlpatterns.append(path("", include("klimtouw.notices.urls")))
