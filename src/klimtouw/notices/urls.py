"""Addresses of this package; they exist in the demo only."""

from django.urls import path

from klimtouw.notices import views

app_name = "notices"
urlpatterns = [path("demo/mailbox/", views.demo_mailbox, name="demo_mailbox")]
