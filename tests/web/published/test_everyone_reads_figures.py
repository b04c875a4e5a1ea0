"""What was approved is for everyone: by theme, by district, on the fact sheet, and as files."""

import csv
import io
import re
from dataclasses import replace

import polars as pl
import pytest
from django.test import Client

from noaber.records import Text
from noaber.web.journal.models import Entry
from noaber.web.published.gallery import gallery
from noaber.web.published.models import Version
from noaber.web.published.themes import ALL_ENTRIES, THEMES
from protected import safe, whole_town
from shelves import approve_all, take_in

pytestmark = pytest.mark.django_db


def page(address, **more):
    answer = Client().get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_without_figures_the_pages_say_what_will_come():
    assert "Hier komen de cijfers van de gemeente" in page("/cijfers/")
    assert "Hier komen de piramide en drie bevindingen" in page("/raad/")
    assert Client().get("/cijfers/in-beeld/").status_code == 404


def test_every_theme_with_figures_has_a_page_and_a_card(shown):
    cards = page("/cijfers/")
    for theme in gallery().themes:
        assert f'href="/cijfers/thema/{theme.key}/"' in cards
        shown_there = page(f"/cijfers/thema/{theme.key}/")
        for exhibit in gallery().of_theme(theme.key):
            assert f'id="{exhibit.figure.name}"' in shown_there


def test_every_published_indicator_stands_under_a_theme(shown):
    assert {item.indicator for item in gallery()} == {item.indicator for item in Version.objects.shown()}


def test_every_indicator_of_a_theme_has_an_entry_that_draws_it():
    drawn = {entry.indicator for entry in ALL_ENTRIES}
    assert {indicator for theme in THEMES for indicator in theme.indicators} <= drawn


def test_an_indicator_that_nobody_chose_a_drawing_for_is_drawn_all_the_same(house, cast):
    house.publish(safe([("2025", "wmo", 40), ("2025", "jeugdwet", 60)], ("law",), indicator="waiting", title=NEW))
    fresh = safe([("2025", "wmo", 40), ("2025", "jeugdwet", 60)], ("law",), title=NEW)
    house.publish(replace(fresh, indicator="something_new"))
    take_in(house, cast)
    approve_all(cast)
    assert "Iets nieuws" in page("/cijfers/cijfer/something_new/")
    assert 'id="something-new' in page("/cijfers/thema/verder/")


NEW = Text("Iets nieuws", "Something new")


def test_a_figure_has_all_that_a_reader_needs(shown):
    said = page("/cijfers/cijfer/residents_with_support/")
    result = whole_town()["residents_with_support"]
    assert result.definition.nl in said
    assert "Breuken in de reeks" in said
    assert result.provenance.snapshot in said
    assert "<table" in said
    assert re.search(r'<svg[^>]*role="img"', said)
    assert "stand 24 november 2026" in said


def test_pages_carry_no_inline_style_or_script(shown):
    """The content security policy would drop it, and the drawing with it."""
    for address in ("/cijfers/thema/gebruik/", "/raad/", "/cijfers/in-beeld/", "/cijfers/wijken/WK990101/"):
        said = page(address)
        assert not re.search(r'\sstyle="', said)
        assert not re.search(r"<style(?![^>]*nonce)", said)
        assert not re.search(r"<script(?![^>]*(src|nonce))", said)


def test_no_two_things_on_a_page_have_one_identity(shown):
    for address in ("/cijfers/thema/gebruik/", "/raad/", "/cijfers/in-beeld/", "/cijfers/wijken/WK990101/"):
        found = re.findall(r'\sid="([^"]+)"', page(address))
        assert len(found) == len(set(found)), address


def test_english_is_complete(shown):
    said = page("/cijfers/thema/wachten/", headers={"accept-language": "en"})
    assert "Waiting and duration" in said
    assert "Questions and answers" in said
    assert "Vragen en antwoorden" not in said


def test_a_district_stands_beside_the_whole_municipality(shown):
    assert "Hooge Esch" in page("/cijfers/wijken/")
    said = page("/cijfers/wijken/WK990101/")
    assert "Naast de hele gemeente" in said
    assert 'class="here"' in said
    assert Client().get("/cijfers/wijken/WK999999/").status_code == 404


def test_the_fact_sheet_stands_on_a_page_and_on_paper(shown):
    said = page("/cijfers/in-beeld/")
    assert "Sociaal domein in beeld 2025" in said
    paper = Client().get("/cijfers/in-beeld.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert "sociaal-domein-in-beeld-2025-nl.pdf" in paper["Content-Disposition"]


def files(exhibit):
    return {kind: f"/cijfers/bestand/{exhibit.short}/{exhibit.figure.name}.{kind}" for kind in ("csv", "svg", "png")}


def test_a_figure_can_be_downloaded_as_csv_svg_and_png(shown):
    exhibit = gallery().of_indicator("residents_with_support")[0]
    client, before = Client(), Entry.objects.count()
    got = {kind: client.get(address) for kind, address in files(exhibit).items()}
    assert {item.status_code for item in got.values()} == {200}
    assert got["png"].content.startswith(b"\x89PNG")
    assert got["svg"].content.startswith(b"<svg")
    rows = list(csv.reader(io.StringIO(got["csv"].content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["indicator", "period"]
    assert all(item["Content-Disposition"].startswith("attachment") for item in got.values())
    assert all(item["X-Content-Type-Options"] == "nosniff" for item in got.values())
    assert Entry.objects.count() == before, "what is public is downloaded without a trace"


def test_a_draft_is_downloaded_by_who_may_see_it_and_that_is_recorded(house, cast):
    draft = next(item for item in take_in(house, cast) if item.indicator == "waiting")
    assert cast.client("carolien").get(f"/cijfers/bestand/{draft.short}/alles.csv").status_code == 200
    entry = Entry.objects.get(event="unpublished_downloaded")
    assert (entry.actor_name, entry.object) == ("Carolien", f"version:{draft.short}")
    assert cast.client("aaltje").get(f"/cijfers/bestand/{draft.short}/alles.csv").status_code == 404


@pytest.mark.parametrize("evil", ["=1+1", "+cmd", "-2+3", "@sum", "\t=1"])
def test_no_cell_of_a_download_is_a_formula(house, cast, evil):
    result = safe([("2025", "wmo", 40), ("2025", "jeugdwet", 60)], ("law",), labels={"law": {"wmo": Text(evil, evil)}})
    house.publish(replace(result, indicator="evil"))
    take_in(house, cast)
    approve_all(cast)
    version = Version.objects.get(indicator="evil")
    rows = csv.reader(io.StringIO(page(f"/cijfers/bestand/{version.short}/alles.csv").removeprefix("\ufeff")))
    cells = [cell for row in rows for cell in row]
    assert f"'{evil}" in cells
    assert evil not in cells


def test_all_cells_come_along_in_a_download(shown):
    version = Version.objects.get(indicator="residents_with_support")
    said = page(f"/cijfers/bestand/{version.short}/alles.csv").removeprefix("\ufeff")
    height = whole_town()["residents_with_support"].cells.height
    assert len(list(csv.reader(io.StringIO(said)))) == height + 1
    assert pl.read_csv(io.StringIO(said)).height == height


@pytest.mark.parametrize("address", ["bestand/0000000000000000/alles.csv", "bestand/ab/alles.csv", "thema/niets/"])
def test_what_is_not_there_is_not_found(shown, address):
    assert Client().get(f"/cijfers/{address}").status_code == 404
