"""Addresses of the contract, the closing and the pages of a relation."""

from django.urls import URLPattern, path

from klimtouw.relations.views import closing, contracts, looking, overview, peers

urlpatterns_of_contracts: list[URLPattern] = [
    path("coaching/", overview.overview, name="overview"),
    path("coaching/<uuid:relation>/", overview.relation, name="relation"),
    path("coaching/<uuid:relation>/afspraken/", contracts.contract, name="contract"),
    path("coaching/<uuid:relation>/afspraken/schrijven/", contracts.contract_draft, name="contract_draft"),
    path("coaching/<uuid:relation>/afspraken/tekenen/", contracts.sign_contract, name="sign_contract"),
    path("coaching/<uuid:relation>/halverwege/", looking.midway, name="midway"),
    path("coaching/<uuid:relation>/terugblik/", looking.closing, name="closing"),
    path("coaching/<uuid:relation>/samen-kijken/<slug:topic>/", looking.look, name="look"),
    path("coaching/<uuid:relation>/brief/", looking.letter_new, name="letter_new"),
    path("coaching/brief/<uuid:letter>/", looking.letter, name="letter"),
    path("coaching/<uuid:relation>/hoe-verder/", closing.ending, name="ending"),
    path("coaching/<uuid:relation>/pauzeren/", closing.pause, name="pause"),
    path("coaching/<uuid:relation>/verdergaan/", closing.resume, name="resume"),
    path("coaching/<uuid:relation>/weer-verder/", peers.take_up, name="take_up"),
    path("coaching/peercoach/<uuid:support>/", peers.peer_coach, name="peer_coach"),
    path("coaching/peercoach/<uuid:support>/niet-langer/", peers.step_back, name="step_back"),
    path(
        "coaching/bewijs/<uuid:attestation>/intrekken/", peers.revoke_attestation, name="revoke_attestation"
    ),
    path(
        "coaching/bewijs/<uuid:attestation>/opgeven/", peers.give_up_attestation, name="give_up_attestation"
    ),
    path("coaching/<uuid:relation>/afronden/", closing.complete, name="complete"),
    path("coaching/<uuid:relation>/stoppen/", closing.leave, name="leave"),
]
