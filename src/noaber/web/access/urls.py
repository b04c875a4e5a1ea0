"""The addresses of this room."""

from django.urls import path

from . import account_views, connection_views, people_views, representation_views, views

app_name = "access"
urlpatterns = [
    path("inloggen/", views.login, name="login"),
    path("tweede-stap/", views.second_step, name="second_step"),
    path("tweede-stap/instellen/", views.set_up, name="set_up"),
    path("uitloggen/", views.logout, name="logout"),
    path("dienst/", connection_views.staff_start, name="staff"),
    path("dienst/terug/", connection_views.staff_back, name="staff_back"),
    path("inwoner/", connection_views.resident_login, name="resident"),
    path("inwoner/verder/", connection_views.resident_start, name="resident_start"),
    path("inwoner/terug/", connection_views.resident_back, name="resident_back"),
    path("inwoner/uitloggen/", connection_views.resident_logout, name="resident_logout"),
    path("inwoner/voor-wie/", representation_views.for_whom, name="for_whom"),
    path("inwoner/voor-wie/kiezen/", representation_views.speak_for, name="speak_for"),
    path("vertegenwoordigers/", representation_views.representatives, name="representatives"),
    path("vertegenwoordigers/toevoegen/", representation_views.record_representation, name="record_representation"),
    path(
        "vertegenwoordigers/<int:number>/beeindigen/",
        representation_views.end_representation,
        name="end_representation",
    ),
    path("mijn-account/", account_views.account, name="account"),
    path("mijn-account/wachtwoord/", account_views.change_password, name="change_password"),
    path("mijn-account/reservecodes/", account_views.renew_reserve_codes, name="renew_reserve_codes"),
    path("wachtwoord/<str:marked>/<str:token>/", account_views.choose_password, name="choose_password"),
    path("mensen/", people_views.people, name="people"),
    path("mensen/toevoegen/", people_views.add_person, name="add_person"),
    path("mensen/van-buiten/", people_views.add_guest, name="add_guest"),
    path("mensen/<slug:key>/", people_views.person, name="person"),
    path("mensen/<slug:key>/rol/", people_views.give_role, name="give_role"),
    path("mensen/<slug:key>/rol/<int:number>/beeindigen/", people_views.end_role, name="end_role"),
    path("mensen/<slug:key>/uitnodigen/", people_views.invite, name="invite"),
    path("mensen/<slug:key>/tweede-stap-wissen/", people_views.clear_second_step, name="clear_second_step"),
    path("mensen/<slug:key>/toelaten/", people_views.lift_lock, name="lift_lock"),
    path("mensen/<slug:key>/sluiten/", people_views.close_person, name="close_person"),
    path("teams/", people_views.teams, name="teams"),
    path("teams/toevoegen/", people_views.team, name="add_team"),
    path("teams/<int:number>/", people_views.team, name="team"),
    path("rollen/", people_views.roles, name="roles"),
    path("mandaten/", people_views.mandates, name="mandates"),
    path("mandaten/toevoegen/", people_views.record_mandate, name="record_mandate"),
    path("mandaten/<int:number>/beeindigen/", people_views.end_mandate, name="end_mandate"),
    path("nalopen/", people_views.review, name="review"),
    path("nalopen/<int:number>/", people_views.review_role, name="review_role"),
]
