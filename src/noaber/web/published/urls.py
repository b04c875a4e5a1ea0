"""The addresses of this room."""

from django.urls import path

from . import desk, downloads, open_figures, questions, views

app_name = "published"
urlpatterns = [
    path("", views.themes, name="themes"),
    path("figuren.css", views.style, name="style"),
    path("thema/<slug:key>/", views.one_theme, name="theme"),
    path("wijken/", views.places, name="districts"),
    path("wijken/<slug:code>/", views.place, name="district"),
    path("andere-gemeenten/", views.beside_others, name="beside_others"),
    path("in-beeld/", views.in_view, name="factsheet"),
    path("in-beeld.pdf", views.in_view_paper, name="factsheet_paper"),
    path("concepten/", desk.desk, name="desk"),
    path("concepten/klaarzetten/", desk.take, name="take"),
    path("concepten/goedkeuren/", desk.approve, name="approve"),
    path("concepten/<slug:short>/", desk.draft, name="draft"),
    path("concepten/<slug:short>/afwijzen/", desk.reject, name="reject"),
    path("intrekken/<slug:short>/", desk.withdraw, name="withdraw"),
    path("vragen/", questions.inbox, name="inbox"),
    path("vragen/<int:number>/", questions.answer, name="answer"),
    path("open/index.json", open_figures.index, name="open_index"),
    path("open/<str:name>", open_figures.file, name="open_file"),
    path("bestand/<slug:short>/alles.csv", downloads.all_cells, name="all_cells"),
    path("bestand/<slug:short>/<slug:name>.<slug:kind>", downloads.one_figure, name="download"),
    path("cijfer/<slug:indicator>/", views.figure, name="figure"),
    path("cijfer/<slug:indicator>/vraag/", questions.ask, name="ask"),
    path("cijfer/<slug:indicator>/<slug:short>/", views.older, name="older"),
]
