"""Logging in by the identity provider of the organisation, over real HTTP: who one is, and by how many factors."""

import re
import warnings
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.access import actions
from noaber.web.journal.models import Entry
from noaber.web.site.configuration import OpenIdConnect

with warnings.catch_warnings():  # the libraries of the provider announce changes, loudly
    import authlib.deprecate

    warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
    import oidc_provider_mock

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
BERENDS = {"email": "Berend@noaberstad.example", "email_verified": True}


@pytest.fixture(scope="module")
def provider():
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(provider, settings):
    """This installation, with the provider as its own."""
    known = httpx.get(f"{provider}/.well-known/openid-configuration").json()
    ends = {
        "authorization_endpoint": known["authorization_endpoint"],
        "token_endpoint": known["token_endpoint"],
        "user_endpoint": known["userinfo_endpoint"],
        "jwks_endpoint": known["jwks_uri"],
    }
    staff = OpenIdConnect(
        issuer=known["issuer"], client_id="noaber", client_secret_file="unused", second_factor=("sterk",), **ends
    )
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, staff=staff)
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "noaber.web.access.oidc.StaffBackend"]
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "noaber", "geheim"
    settings.OIDC_RP_SIGN_ALGO, settings.OIDC_RP_SCOPES = "RS256", "openid email profile"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = staff.authorization_endpoint
    settings.OIDC_OP_TOKEN_ENDPOINT, settings.OIDC_OP_USER_ENDPOINT = staff.token_endpoint, staff.user_endpoint
    settings.OIDC_OP_JWKS_ENDPOINT = staff.jwks_endpoint
    settings.OIDC_VERIFY_KID = False  # this provider has one key, and does not name it
    settings.OIDC_CREATE_USER, settings.OIDC_USE_PKCE = False, True
    return provider


def come_in(provider, *, sub="berend", **claims):
    """Go to the provider and come back; returns the browser and where it was sent after that."""
    httpx.put(f"{provider}/users/{sub}", json=BERENDS | claims).raise_for_status()
    client = Client()
    there = client.get("/toegang/dienst/")
    assert there.status_code == 302
    assert "code_challenge=" in there["Location"]
    back = urlsplit(httpx.post(there["Location"], data={"sub": sub}).headers["Location"])
    answer = client.get(back.path, {name: value[0] for name, value in parse_qs(back.query).items()})
    return client, answer


def test_who_showed_a_second_factor_there_is_in(connected, cast):
    client, answer = come_in(connected, acr="sterk")
    assert answer["Location"] == "/"
    assert client.get("/toegang/mijn-account/").status_code == 200
    assert Entry.objects.first().event == "logged_in"
    assert Entry.objects.first().actor == cast.berend.key


@pytest.mark.parametrize("methods", [["pwd", "mfa"], ["otp"]])
def test_the_methods_that_the_provider_names_count_as_well(connected, cast, methods):
    client, _ = come_in(connected, amr=methods)
    assert client.get("/toegang/mijn-account/").status_code == 200


@pytest.mark.parametrize("claims", [{}, {"acr": "zwak"}, {"amr": ["pwd"]}])
def test_who_showed_a_password_only_shows_the_second_factor_here(connected, cast, claims):
    client, answer = come_in(connected, **claims)
    assert answer["Location"] == "/toegang/tweede-stap/"
    assert client.get("/toegang/mijn-account/")["Location"] == "/toegang/tweede-stap/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@elders.example"},
        {"email_verified": False},
        {"iss": "https://elders.example"},
        {"aud": ["een ander"]},
        {"nonce": "van een ander"},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_who_has_no_account_here_or_a_token_that_is_not_right_is_kept_out(connected, cast, claims):
    client, answer = come_in(connected, acr="sterk", **claims)
    assert answer["Location"] == "/toegang/inloggen/"
    assert Entry.objects.first().event == "login_refused"
    assert client.get("/toegang/mijn-account/")["Location"].startswith("/toegang/inloggen/")


def test_a_closed_account_is_kept_out(connected, cast):
    actions.close_person(cast.berend, at=timezone.now(), by=somebody())
    _, answer = come_in(connected, acr="sterk")
    assert answer["Location"] == "/toegang/inloggen/"


def test_an_answer_that_nobody_asked_for_is_refused(connected, cast):
    assert Client().get("/toegang/dienst/terug/", {"code": "x", "state": "y"})["Location"] == "/toegang/inloggen/"


def test_the_page_of_logging_in_shows_the_way(connected):
    assert re.search(r'href="/toegang/dienst/"', Client().get("/toegang/inloggen/").content.decode())


def test_without_a_provider_there_is_no_such_page():
    assert Client().get("/toegang/dienst/").status_code == 404
    assert Client().get("/toegang/dienst/terug/").status_code == 404
