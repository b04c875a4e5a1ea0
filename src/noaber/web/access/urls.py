"""The addresses of this room."""

from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("inloggen/", views.login, name="login"),
    path("tweede-stap/", views.second_step, name="second_step"),
    path("tweede-stap/instellen/", views.set_up, name="set_up"),
    path("uitloggen/", views.logout, name="logout"),
]
