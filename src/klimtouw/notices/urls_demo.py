"""Addresses that exist in the demo only."""

from django.urls import path

from klimtouw.notices import views_demo

urlpatterns = [
    path("demo/mailbox/", views_demo.demo_mailbox, name="demo_mailbox"),
    path("demo/mailbox/nu/", views_demo.demo_deliver, name="demo_deliver"),
    path("demo/mailbox/<uuid:name>/", views_demo.demo_mail, name="demo_mail"),
]
