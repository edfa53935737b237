"""The address that every screen in a room asks at every second: looked at before all others, because looking through those cost a third of it."""

from django.urls import path

from klimtouw.intervision.views import table

app_name = "intervision_live"
urlpatterns = [path("intervisie/stand/<str:token>/", table.stand, name="stand")]
