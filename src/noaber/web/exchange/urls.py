"""The addresses of this room."""

from django.urls import path

from . import register_views, resident_views, views

app_name = "exchange"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("nieuw/", views.choose, name="choose"),
    path("nieuw/<slug:key>/", views.write, name="write"),
    path("bericht/<slug:key>/", views.message, name="message"),
    path("bericht/<slug:key>/aanpassen/", views.rewrite, name="rewrite"),
    path("bericht/<slug:key>/toestemming/", register_views.consent_for, name="consent_for"),
    path("bericht/<slug:key>/versturen/", views.send, name="send"),
    path("bericht/<slug:key>/overnemen/", views.acknowledge, name="acknowledge"),
    path("bericht/<slug:key>/afwijzen/", views.reject, name="reject"),
    path("bericht/<slug:key>/intrekken/", views.withdraw, name="withdraw"),
    path("afspraken/", register_views.agreements, name="agreements"),
    path("afspraken/nieuw/", register_views.draw_up, name="draw_up"),
    path("afspraken/<slug:key>/", register_views.agreement, name="agreement"),
    path("afspraken/<slug:key>/goedkeuren/", register_views.approve, name="approve"),
    path("afspraken/<slug:key>/beeindigen/", register_views.end, name="end"),
    path("toestemmingen/", register_views.consents, name="consents"),
    path("toestemmingen/nieuw/", register_views.record_consent, name="record_consent"),
    path("toestemmingen/<slug:key>/intrekken/", register_views.withdraw_consent, name="withdraw_consent"),
    path("over-mij/", resident_views.own, name="own"),
    path("over-mij/<slug:key>/intrekken/", resident_views.withdraw_own, name="withdraw_own"),
]
