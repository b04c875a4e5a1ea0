"""The district analysis: who lives there by the public figures, what is there by the map, and the gaps in words."""

from datetime import timedelta

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from stage import acting, an_activity, heard

from noaber.connections.figures import Folder
from noaber.disclosure.published import write
from noaber.web.entrance.analysis import _bands, _between
from noaber.web.published import actions as published
from noaber.web.published import borrowed
from protected import safe
from shelves import in_full

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partner")]
PAGE = "/entree/sociale-kaart/wijk/WK990100/analyse/"
TOWN = {"00-04": 1000, "05-19": 3000, "20-64": 12000, "65-74": 2000, "75-84": 1400, "85+": 600}
HERE = {"00-04": 50, "05-19": 150, "20-64": 500, "65-74": 100, "75-84": 150, "85+": 50}


@pytest.fixture
def figures(tmp_path):
    """The residents of the municipality and of one district, taken over."""
    cells = [("2026", "_T", age, "observed", count) for age, count in TOWN.items()]
    cells += [("2026", "WK990100", age, "observed", count) for age, count in HERE.items()]
    result = safe(cells, ("district", "age", "kind"), indicator="population_by_age")
    write([in_full(result)], tmp_path)
    published.borrow(borrowed.fetch(Folder(tmp_path)), source="de gemeente", at=timezone.now(), by=acting())


def text(client=None, **headers):
    return " ".join((client or Client(headers=headers)).get(PAGE).content.decode().split())


def test_who_live_there_stands_beside_the_whole_municipality(figures):
    page = text()
    assert "1.000 inwoners in 2026" in page
    assert "<strong>20%</strong>" in page, "one in five is 75 or older; in the whole municipality one in ten"
    assert "openbaar gemaakt door de gemeente" in page


def test_a_gap_says_for_whom_it_matters_most(figures):
    an_activity(themes=("gezondheid",))
    page = text()
    assert "Voor ‘Mantelzorg’ is er niets: niet in de wijk en niet voor de hele gemeente. Juist hier zijn veel" in page
    assert "Voor ‘Gezondheid’" not in page
    assert "Voor ‘Geld en schulden’ is er niets: niet in de wijk en niet voor de hele gemeente. Juist" not in page


def test_what_is_full_or_only_far_away_is_said(figures):
    an_activity(themes=("geld en schulden",), free_places=0)
    an_activity("lijn", themes=("veiligheid",), district="")
    page = text()
    assert "Voor ‘Geld en schulden’ zit alles in de wijk vol." in page
    assert "Voor ‘Veiligheid’ is er alleen iets voor de hele gemeente" in page


def test_without_figures_the_page_says_so_and_claims_nothing():
    page = text()
    assert "zodra de gemeente de bevolking per wijk publiceert" in page
    assert "niet te zeggen zolang de bevolkingscijfers ontbreken" in page


def test_what_is_asked_is_for_who_works_there_only(cast):
    heard(at=timezone.now() - timedelta(days=3))
    assert "Wat zij vragen" in text(cast.client("jolien"))
    assert "Wat zij vragen" not in text()


def test_it_speaks_english():
    assert "What is missing" in text(**{"accept-language": "en"})


def test_bands_that_do_not_say_it_are_not_guessed_from():
    wide = pl.DataFrame({"age": ["00-15", "15-25", "65+"], "value": [1.0, 2.0, 3.0]})
    assert _between(_bands(wide), 75, None) is None
    assert _between(_bands(wide), 65, None) == 3
