"""What takes longer than a blink is done in the background, once, and says how far it is."""

import io
import re
import zipfile

import pytest
from django.utils import timezone

from cast import somebody
from noaber.web.journal.models import Entry
from noaber.web.workbench import actions, calculating, queries, schedule
from noaber.web.workbench.calculating import Made, Section
from noaber.web.workbench.models import Calculation
from noaber.web.workbench.position import Position

pytestmark = pytest.mark.django_db
ASKED = "bekend=2022-12-31&tarief=-10&tarief-waar=HO&m=instroom-bijstand"


def text(answer):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def few_draws(monkeypatch):
    """Fewer draws than in earnest, for a test that looks at the page."""
    compare = calculating.scenarios.compare
    monkeypatch.setattr(calculating.scenarios, "compare", lambda *given, **named: compare(*given, draws=32, **named))


def test_the_whole_band_is_calculated_once_for_everyone(bench, cast, few_draws):
    first = cast.client("berend").post(f"{bench}rekenen/band/?{ASKED}")
    page = text(cast.client("berend").get(first["Location"]))
    assert "bespaart in 2026 naar schatting" in page
    assert "bedoeld voor acht van de tien uitkomsten" in page
    again = cast.client("carolien").post(f"{bench}rekenen/band/?{ASKED}")
    assert again["Location"] == first["Location"]
    assert Entry.objects.filter(event="calculation_asked").count() == 1


def test_whose_saving_it_is_adds_up(bench, cast):
    answer = cast.client("berend").post(f"{bench}rekenen/shares/?{ASKED}", headers={"HX-Request": "true"})
    page = text(answer)
    assert "Van welke maatregel is de besparing" in page
    assert "Als laatste" in page
    assert "Minder instroom in de bijstand" in page
    assert "Tarief -10%" in page


def test_the_report_is_handed_out_as_files_and_that_is_written_down(bench, cast, few_draws):
    client = cast.client("berend")
    where = client.post(f"{bench}rekenen/report/?{ASKED}", {"title": "=HYPERLINK(1)"})["Location"]
    names = re.findall(r'href="(/werkbank/rekening/[^"]+/doorrekening\.\w+)"', client.get(where).content.decode())
    assert len(names) == 3
    got = {name.rpartition(".")[2]: client.get(name) for name in names}
    for answer in got.values():
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert got["pdf"].content.startswith(b"%PDF")
    assert b"<!doctype html>" in got["html"].content[:40].lower()
    with zipfile.ZipFile(io.BytesIO(got["xlsx"].content)) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        assert "<f>" not in sheets, "no cell is a formula"
    assert Entry.objects.filter(event="downloaded").count() == 3
    assert client.get(f"{where}anders.html").status_code == 404


def test_the_forecast_names_both_ways_and_what_trials_say_of_them(bench, cast):
    client = cast.client("berend")
    assert "Hier komt de raming" in text(client.get(f"{bench}raming/"))
    client.post(f"{bench}rekenen/forecast/", {"title": "Raming"})
    page = text(client.get(f"{bench}raming/"))
    assert "Langs tabellen: prijs maal volume" in page
    assert "Langs stromen: wie begint, blijft en stopt" in page
    assert page.count("eproefd") >= 2
    assert "Maak de raming" not in page
    Calculation.objects.update(snapshot="0" * 16)
    assert "Sinds deze raming is er een nieuwe momentopname" in text(client.get(f"{bench}raming/"))


def test_what_waits_says_how_far_it_is_and_comes_back(bench, cast, monkeypatch):
    calculation, _fresh = asked(cast)
    Calculation.objects.update(percent=40, doing="trekkingen doorrekenen")
    page = cast.client("berend").get(f"{bench}rekening/{calculation.about}/")
    assert page["Refresh"] == "2"
    assert "trekkingen doorrekenen" in text(page)
    assert 'value="40"' in page.content.decode()
    part = cast.client("berend").get(f"{bench}rekening/{calculation.about}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'hx-trigger="load delay:1s"' in part.content.decode()


def asked(cast, snapshot="0" * 16):
    """A calculation that was asked for and not done."""
    return actions.ask(
        kind="band",
        title="x",
        position=Position(known_on=timezone.localdate()),
        snapshot=snapshot,
        asker=cast.berend,
        at=timezone.now(),
        by=somebody(),
    )


def test_a_calculation_on_a_snapshot_that_is_gone_says_so_and_can_be_asked_again(bench, cast):
    calculation, fresh = asked(cast)
    assert fresh
    assert not schedule.calculate.call(calculation.about)
    page = text(cast.client("berend").get(f"{bench}rekening/{calculation.about}/"))
    assert "De momentopname is intussen vernieuwd. Vraag het opnieuw." in page
    again, fresh = asked(cast)
    assert fresh
    assert again.waits


def test_a_calculation_that_breaks_is_told_and_logged(bench, cast, monkeypatch, caplog):
    def broken(_asked, _tell):
        raise ZeroDivisionError

    monkeypatch.setitem(calculating.DO, "band", broken)
    calculation, _fresh = asked(cast)
    assert not schedule.calculate.call(calculation.about)
    assert "Er ging iets mis bij het rekenen" in text(
        cast.client("berend").get(f"{bench}rekening/{calculation.about}/")
    )


def test_a_calculation_tells_while_it_is_done(bench, cast, monkeypatch):
    seen = []

    def slow(_asked, tell):
        tell("halverwege", 0.5)
        seen.append(Calculation.objects.get().percent)
        return Made({"nl": [Section("Klaar", [], [])], "en": []})

    monkeypatch.setitem(calculating.DO, "band", slow)
    calculation, _fresh = asked(cast)
    assert schedule.calculate.call(calculation.about)
    assert seen == [50]
    found = queries.calculation(calculation.about)
    assert found.answered
    assert [item.title for item in queries.sections(found, "nl")] == ["Klaar"]
    assert not schedule.calculate.call(calculation.about), "what is done is not done again"


def test_a_kind_that_does_not_exist_is_not_found(bench, cast):
    assert cast.client("berend").post(f"{bench}rekenen/niets/").status_code == 404
