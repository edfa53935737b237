"""Addresses of this package."""

from django.urls import path

from klimtouw.intervision.views import guiding, rooms, table

app_name = "intervision"
urlpatterns = [
    path("kring/<uuid:circle>/intervisie/", rooms.of_circle, name="of_circle"),
    path("intervisie/<uuid:room>/", rooms.room, name="room"),
    path("intervisie/<uuid:room>/binnen/", rooms.enter, name="enter"),
    path("intervisie/<uuid:room>/scherm/", rooms.wall, name="wall"),
    path("intervisie/<uuid:room>/rol/", rooms.role, name="role"),
    path("intervisie/<uuid:room>/fase/", guiding.move, name="move"),
    path("intervisie/<uuid:room>/stoppen/", guiding.stop, name="stop"),
    path("intervisie/<uuid:room>/inbreng/", guiding.presenter, name="presenter"),
    path("intervisie/<uuid:room>/bewaren/<uuid:entry>/", guiding.keep, name="keep"),
    path("intervisie/<uuid:room>/tafel/<slug:kind>/", table.write, name="write"),
    path("intervisie/eigen/<uuid:contribution>/", table.own, name="own"),
]
