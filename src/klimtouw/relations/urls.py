"""Addresses of this package."""

from django.urls import path

from klimtouw.relations.urls_contracts import urlpatterns_of_contracts
from klimtouw.relations.views import acquaintance, click, images, invitations

app_name = "relations"
urlpatterns = [
    path("coaching/uitnodigen/", invitations.invite, name="invite"),
    path("coaching/uitnodigen/<uuid:invitation>/", invitations.sent, name="sent"),
    path("uitnodiging/bedankt/", invitations.declined, name="declined"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("coaching/zo-werk-ik/", acquaintance.work_card, name="work_card"),
    path("coaching/<uuid:relation>/kennismaking/", acquaintance.acquaintance, name="acquaintance"),
    path("coaching/<uuid:relation>/kennismaking/zie-het-als/", acquaintance.preview, name="preview"),
    path(
        "coaching/<uuid:relation>/kennismaking/stuk/<uuid:thing>/", acquaintance.own_piece, name="own_piece"
    ),
    path("coaching/<uuid:relation>/kennismaking/<slug:piece>/", acquaintance.piece, name="piece"),
    path("coaching/<uuid:relation>/mijn-beeld/", images.image, name="image"),
    path("coaching/<uuid:relation>/dubbele-pet/", acquaintance.double_hat, name="double_hat"),
    path("coaching/<uuid:relation>/eerste-gesprek/", click.first_talk, name="first_talk"),
    path("coaching/<uuid:relation>/klik/", click.click, name="click"),
    path("coaching/<uuid:relation>/wegleggen/", click.dismiss, name="dismiss"),
    *urlpatterns_of_contracts,
]
