"""The addresses of this room."""

from django.urls import path

from . import views

app_name = "council"
urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken/", views.find, name="search"),
    path("momenten/", views.moments, name="moments"),
    path("momenten/plannen/", views.plan, name="plan"),
    path("momenten/<int:number>/weghalen/", views.drop, name="drop"),
]
