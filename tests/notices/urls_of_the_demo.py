"""Every address of the house, with those of the demo."""

from django.urls import include, path

from klimtouw.config.urls import handler404
from klimtouw.config.urls import urlpatterns as of_the_house
from klimtouw.notices import urls, urls_demo

__all__ = ["handler404", "urlpatterns"]
of_notices = ([*urls.urlpatterns, *urls_demo.urlpatterns], "notices")
urlpatterns = [path("", include(of_notices)), *of_the_house]
