"""What is sent from a page that no longer holds, since it stood open too long, is refused in words."""

from django.test import Client

ADDRESS = "/toegang/inloggen/"


def test_a_form_without_its_token_is_refused_on_a_page_of_the_house(db):
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"username": "berend"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Niet verstuurd" in page
    assert "Er is niets bewaard." in page
    assert 'id="inhoud"' in page, "with the head and the way back of every page"


def test_it_speaks_english_as_well(db):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert "Nothing was saved." in client.post(ADDRESS).content.decode()
