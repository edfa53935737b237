"""Addresses of this package."""

from django.urls import path

from klimtouw.belongings import views, views_trash, views_versions

app_name = "belongings"
urlpatterns = [
    path("inkijk/", views.looks, name="looks"),
    path("inkijk/door-mij/", views.looks_by_me, name="looks_by_me"),
    path("inkijk/<uuid:thing>/", views.looks_at, name="looks_at"),
    path("delen/<uuid:thing>/", views.share, name="share"),
    path("prullenmand/", views_trash.trash, name="trash"),
    path("prullenmand/<uuid:thing>/terug/", views_trash.take_back, name="take_back"),
    path("wissen/<uuid:thing>/", views_trash.erase, name="erase"),
    path("versies/<uuid:thing>/", views_versions.versions, name="versions"),
    path("versies/<uuid:thing>/<int:number>/terug/", views_versions.restore, name="restore"),
]
