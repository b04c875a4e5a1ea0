"""The addresses of this room."""

from django.urls import path

from . import views

app_name = "oversight"
urlpatterns = [
    path("logboek/", views.read_journal, name="journal"),
    path("logboek/nalopen/", views.verify_journal, name="verify_journal"),
    path("wie-keek/", views.own_looks, name="own_looks"),
    path("register/", views.register, name="register"),
    path("bewaren/", views.retention, name="retention"),
    path("vastgelegd/", views.find_held, name="find_held"),
    path("vastgelegd/<slug:kind>/<slug:key>/", views.held, name="held"),
    path("vastgelegd/<slug:kind>/<slug:key>/bestand/", views.export_held, name="export_held"),
]
