"""Every address: one line per package. Paths are in Dutch, names in code words."""

from django.urls import include, path

from klimtouw.hand import by_mail as _hand
from klimtouw.people.views import choose_language
from klimtouw.relations import by_mail as _relations
from klimtouw.replies import by_mail as _replies
from klimtouw.talks import by_mail as _talks

ANSWERED_BY = (_relations, _replies, _talks, _hand)
"""What can be answered from a mail is said by each package; the address of such a link serves them all."""

handler404 = "klimtouw.people.views.nothing_here"

urlpatterns = [
    path("", include("klimtouw.intervision.urls_live")),
    path("", include("klimtouw.home.urls")),
    path("", include("klimtouw.people.urls")),
    path("", include("klimtouw.notices.urls")),
    path("", include("klimtouw.belongings.urls")),
    path("", include("klimtouw.programmes.urls")),
    path("", include("klimtouw.peers.urls")),
    path("", include("klimtouw.relations.urls")),
    path("", include("klimtouw.replies.urls")),
    path("", include("klimtouw.climb.urls")),
    path("", include("klimtouw.talks.urls")),
    path("", include("klimtouw.hand.urls")),
    path("", include("klimtouw.growth.urls")),
    path("", include("klimtouw.circles.urls")),
    path("", include("klimtouw.intervision.urls")),
    path("", include("klimtouw.axenroos.urls")),
    path("basiskamp/", include("klimtouw.basecamp.urls")),
    path("", include("klimtouw.takeaway.urls")),
    path("", include("klimtouw.offline.urls")),
    path("account/", include("klimtouw.people.account_urls")),
    path("taal/", choose_language, name="set_language"),
]
