"""The addresses of this room."""

from django.urls import path

from . import calculation_views, forecast_views, saved_views, views

app_name = "workbench"
urlpatterns = [
    path("", views.bench, name="bench"),
    path("antwoord/", views.answer, name="answer"),
    path("bewaren/", saved_views.save, name="save"),
    path("scenarios/", saved_views.scenarios, name="scenarios"),
    path("scenarios/vergelijken/", saved_views.compare, name="compare"),
    path("scenarios/<slug:key>/", saved_views.scenario, name="scenario"),
    path("scenarios/<slug:key>/delen/", saved_views.share, name="share"),
    path("scenarios/<slug:key>/delen/intrekken/", saved_views.withdraw, name="withdraw"),
    path("scenarios/<slug:key>/weghalen/", saved_views.drop, name="drop"),
    path("gedeeld/<slug:key>/", saved_views.shared, name="shared"),
    path("rekenen/<slug:kind>/", calculation_views.ask, name="ask"),
    path("rekening/<slug:about>/", calculation_views.calculation, name="calculation"),
    path("rekening/<slug:about>/<str:name>", calculation_views.download, name="download"),
    path("raming/", forecast_views.forecast, name="forecast"),
]
