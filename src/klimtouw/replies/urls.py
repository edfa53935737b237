"""Addresses of this package."""

from django.urls import path

from klimtouw.replies import views, views_asking, views_promising

app_name = "replies"
urlpatterns = [
    path("reageer/<uuid:thing>/", views.reply, name="reply"),
    path("reageer/<uuid:thing>/later/", views_promising.promise, name="promise"),
    path("vraag-reactie/<uuid:thing>/", views_asking.ask, name="ask"),
    path("vraag-reactie/<uuid:asked>/opnieuw/", views_asking.ask_again, name="ask_again"),
    path("vraag-reactie/<uuid:asked>/intrekken/", views_asking.withdraw, name="withdraw"),
    path("voorstel/naast/<uuid:thing>/", views.suggest, name="suggest"),
    path("voorstel/<uuid:suggestion>/parkeer/", views.park, name="park"),
    path("voorstel/<uuid:suggestion>/niet-nu/", views.leave, name="leave"),
    path("voorstel/<uuid:suggestion>/opnieuw/", views.reopen, name="reopen"),
    path("achtergelaten/<uuid:given>/", views.given, name="given"),
]
