"""The addresses of this room."""

from django.urls import path

from . import arrival_views, views

app_name = "support"
urlpatterns = [
    path("", views.today, name="today"),
    path("taken/<int:number>/", views.do_task, name="do_task"),
    path("vragen/", views.questions, name="questions"),
    path("vragen/nieuw/", views.take_up, name="take_up"),
    path("vragen/van-de-entree/", arrival_views.new, name="new"),
    path("vragen/van-de-entree/<slug:key>/", arrival_views.take, name="take"),
    path("vragen/<slug:key>/", views.question, name="question"),
    path("vragen/<slug:key>/teruggeven/", arrival_views.lay_back, name="lay_back"),
    path("dubbel/", arrival_views.doubles, name="doubles"),
    path("dubbel/dossiers/<slug:key>/losmaken/", arrival_views.unmerge_case, name="unmerge_case"),
    path("dubbel/dossiers/<slug:key>/<slug:into>/", arrival_views.merge_cases, name="merge_cases"),
    path("dubbel/mensen/<int:number>/losmaken/", arrival_views.unmerge_member, name="unmerge_member"),
    path("dubbel/mensen/<int:number>/<int:into>/", arrival_views.merge_members, name="merge_members"),
    path("dossiers/", views.cases, name="cases"),
    path("dossiers/<slug:key>/", views.case, name="case"),
    path("dossiers/<slug:key>/documenten/<int:number>/", views.document, name="document"),
    path("dossiers/<slug:key>/<slug:act>/", views.case_act, name="case_act"),
    path("dossiers/<slug:key>/<slug:act>/<int:row>/", views.case_act, name="case_act_row"),
    path("opschaling/", views.escalations, name="escalations"),
    path("fasen/", views.phases, name="phases"),
    path("fasen/nieuw/", views.phase, name="add_phase"),
    path("fasen/<int:number>/", views.phase, name="phase"),
    path("teams/", views.teams, name="teams"),
    path("teams/<int:number>/", views.team, name="team"),
    path("teams/<int:number>/overdracht/<slug:key>/", views.handover, name="handover"),
    path("teams/<int:number>/<slug:act>/", views.team_act, name="team_act"),
    path("teams/<int:number>/<slug:act>/<int:row>/", views.team_act, name="team_act_row"),
    path("overleg/<int:number>/", views.meeting, name="meeting"),
    path("overleg/<int:number>/<int:talk>/", views.conclude, name="conclude"),
    path("groepen/", views.groups, name="groups"),
    path("groepen/nieuw/", views.keep_group, name="add_group"),
    path("groepen/<int:number>/", views.group, name="group"),
    path("groepen/<int:number>/wijzigen/", views.keep_group, name="keep_group"),
    path("groepen/<int:number>/<slug:act>/", views.group_act, name="group_act"),
    path("groepen/<int:number>/<slug:act>/<int:row>/", views.group_act, name="group_act_row"),
    path("tellingen/", views.count, name="counts"),
    path("tellingen/bestand/", views.download_counts, name="download_counts"),
]
