"""Addresses of this package."""

from django.urls import path

from klimtouw.peers import views

app_name = "peers"
urlpatterns = [
    path("peercoach/", views.home, name="home"),
    path("peercoach/opleider-vragen/", views.ask_trainer, name="ask_trainer"),
    path("peercoach/coach-achter-me-vragen/", views.ask_support, name="ask_support"),
    path("peercoach/wie-ik-opleid/", views.trainees, name="trainees"),
    path("peercoach/opleiding/<uuid:training>/", views.training, name="training"),
    path("peercoach/opleiding/<uuid:training>/antwoord/", views.answer_training, name="answer_training"),
    path("peercoach/opleiding/<uuid:training>/stoppen/", views.stop_training, name="stop_training"),
    path("peercoach/opleiding/<uuid:training>/bewijs-geven/", views.attest, name="attest"),
    path("peercoach/opleiding/<uuid:training>/sport/<slug:step>/", views.rung, name="rung"),
    path("peercoach/achter-je/<uuid:support>/antwoord/", views.answer_support, name="answer_support"),
    path("peercoach/bewijs/<uuid:attestation>/", views.attestation, name="attestation"),
    path("peercoach/bewijs/<uuid:attestation>/document/", views.document, name="document"),
    path("bewijs-van-opleiding/", views.about, name="about"),
    path("bewijs-van-opleiding/sleutels.json", views.keys, name="keys"),
    path("bewijs-van-opleiding/sleutel/<str:name>.json", views.key, name="key"),
    path("bewijs-van-opleiding/ingetrokken.json", views.withdrawn, name="withdrawn"),
]
