"""The addresses of this room."""

from django.urls import path

from . import views

app_name = "frontdesk"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("stap/<slug:page>/", views.page, name="page"),
    path("bestanden/", views.files, name="files"),
    path("nakijken/", views.check, name="check"),
    path("verstuurd/", views.sent, name="sent"),
    path("later/", views.later, name="later"),
    path("code/", views.enter, name="enter"),
    path("wat-gebeurt-er/", views.happens, name="happens"),
    path("klaar/", views.leave, name="leave"),
]
