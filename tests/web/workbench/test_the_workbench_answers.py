"""One page on which an analyst moves sliders and switches measures, and reads at once what that does."""

import re
from dataclasses import fields
from datetime import date

import msgspec
import numpy as np
import pytest
from django.http import QueryDict
from django.utils import translation

from noaber import scenarios
from noaber.web.workbench import desk, levers, results, starting_point
from noaber.web.workbench.desk import answered
from noaber.web.workbench.forms import BenchForm, filled
from noaber.web.workbench.levers import SCENARIO
from noaber.web.workbench.position import NAMES, Position, Pull, read
from noaber.web.workbench.results import Case

pytestmark = pytest.mark.django_db
THEN = date(2022, 12, 31)
DEARER = "?bekend=2022-12-31&tarief=-10&tarief-waar=HO"


def text(answer):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_page_without_an_address_says_what_unchanged_policy_costs(bench, cast):
    answer = cast.client("berend").get(bench)
    assert answer.status_code == 200
    assert "Bij ongewijzigd beleid geeft de gemeente in" in text(answer)
    assert 'name="instroom"' in answer.content.decode()


def test_the_form_answers_without_javascript(bench, cast):
    page = text(cast.client("berend").get(bench + DEARER))
    assert "Dit scenario bespaart de gemeente in 2026 naar schatting" in page
    assert "Reken door" in page


def test_a_slider_gets_the_answer_alone_and_the_address_that_goes_with_it(bench, cast):
    answer = cast.client("berend").get(f"{bench}antwoord/{DEARER}", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert answer["HX-Replace-Url"].startswith("/werkbank/?bekend=2022-12-31")
    assert "tarief=-10&tarief-waar=HO" in answer["HX-Replace-Url"]
    assert re.search(r"Antwoord in \d+ milliseconden", text(answer))


def test_an_answer_is_what_the_comparison_with_all_its_draws_comes_to(point):
    pulls = (Pull(lever="price", percent=-10, where="HO"), Pull(lever="inflow", percent=-20, where="jeugdwet"))
    found = levers.chosen(point, Position(known_on=THEN, pulls=pulls, measures=("ho-taakgericht",), off=0))
    at_once = scenarios.answer(point.quick, found.measures)
    plan = levers.of_plan(point, found, "x")
    full = scenarios.compare(point.baseline, plan, [SCENARIO], draws=128).saving(0).mean(axis=0).sum(axis=(1, 2))
    assert at_once.saving[-1].sum() == pytest.approx(full[-1], rel=0.03)


def test_the_town_with_its_districts_together_answers_as_the_town_by_district(point):
    measures = levers.chosen(
        point, Position(known_on=THEN, measures=("kosten-zichtbaar", "ho-taakgericht", "instroom-bijstand"))
    ).measures
    quick, full = (scenarios.answer(prepared, measures) for prepared in (point.quick, point.full))
    np.testing.assert_allclose(quick.saving, full.saving, rtol=1e-4, atol=1)


def test_a_position_stands_in_its_address_and_in_the_database(point):
    asked = Position(
        known_on=THEN,
        measures=("kosten-zichtbaar", "grens-110"),
        pulls=(
            Pull(lever="access", percent=20, where="HO", to="WIJK_WMO"),
            Pull(lever="duration", percent=-5, where="wmo"),
        ),
        begin=1,
        months=24,
        off=50,
        limit=110,
    )
    form = BenchForm(starting_point.ground(), point, filled(point, QueryDict(asked.address), THEN, 4))
    assert form.is_valid(), form.errors
    assert form.position == asked
    assert read(asked.kept()) == asked


def test_every_slider_pulls_its_lever(point):
    for lever, key in NAMES.items():
        slider = levers.BY_KEY[key]
        (_whole, laws), *_rest = levers.places(point, slider)
        if not laws:
            assert lever == "throughflow", "a village may be too small for anybody to go on"
            continue
        pull = Pull(lever=lever, percent=10, where=laws[0][0], to="WIJK_WMO" if lever == "access" else "")
        found = levers.chosen(point, Position(known_on=THEN, pulls=(pull,), off=0))
        assert not found.refused
        assert scenarios.answer(point.quick, found.measures).saving.any(), lever


@pytest.mark.parametrize("asked", ["tarief=-90", "tarief=veel", "tarief=-5&tarief-waar=NIETS", "m=bestaat-niet"])
def test_what_cannot_be_set_is_told_at_the_field(bench, cast, asked):
    answer = cast.client("berend").get(f"{bench}?{asked}")
    assert answer.status_code == 422
    assert 'id="fouten"' in answer.content.decode()


@pytest.mark.parametrize("asked", ["bekend=gisteren", "bekend=1900-01-01", "vooruit=99", "later=77", "maanden="])
def test_what_makes_no_sense_stands_as_usual(bench, cast, asked):
    assert cast.client("berend").get(f"{bench}?{asked}").status_code in {200, 422}


def test_a_measure_that_began_already_says_so_and_can_begin_later(bench, cast):
    client = cast.client("berend")
    begun = text(client.get(f"{bench}?bekend=2025-12-31&later=0&m=ho-taakgericht"))
    assert "Dit telt niet mee: Huishoudelijke ondersteuning taakgericht inkopen : Dit begint voordat" in begun
    later = text(client.get(f"{bench}?bekend=2025-12-31&m=ho-taakgericht"))
    assert "Dit scenario bespaart de gemeente in 2029" in later


def test_a_measure_without_effects_is_told_and_keeps_nothing_from_being_counted(bench, cast):
    page = text(cast.client("berend").get(f"{bench}{DEARER}&m=vooruitkijken"))
    assert "Hiervan zegt het plan niet wat het verandert" in page
    assert "Dit scenario bespaart de gemeente" in page


def test_a_lower_income_limit_saves_more_the_lower_it_is(point):
    saved = {}
    for limit in (120, 110, 100):
        found = levers.chosen(point, Position(known_on=THEN, limit=limit))
        saved[limit] = scenarios.answer(point.quick, found.measures)
    assert not saved[120].saving.any()
    schemes = point.baseline.forms.index("MINIMAREGELINGEN")
    assert 0 < saved[110].by_form[-1, schemes] < saved[100].by_form[-1, schemes]
    debts = point.baseline.forms.index("SCHULDHULP")
    assert saved[100].by_form[-1, debts] < 0, "the waterbed: some come back with debts"


def test_without_incomes_or_a_scheme_the_page_says_that_a_limit_cannot_be_counted(bench, cast, monkeypatch):
    monkeypatch.setattr(levers, "limits", lambda _point: [])
    assert "Een inkomensgrens is hier niet te rekenen" in text(cast.client("berend").get(bench))


def test_all_that_is_shown_passed_the_gate(point):
    found = levers.chosen(point, Position(known_on=THEN, pulls=(Pull(lever="inflow", percent=-20, where="jeugdwet"),)))
    answer = scenarios.answer(point.quick, found.measures)
    shown = results.shown(point, point.quick, Case(SCENARIO, "x", answer))
    small = point.town.disclosure.hide_up_to
    for field in fields(shown):
        safe = getattr(shown, field.name)
        assert safe.rule == point.town.disclosure
        if safe.unit == "persons":
            assert not [value for value in safe.cells["value"].drop_nulls() if value <= small]


def test_a_scenario_that_costs_money_says_so(point):
    position = Position(known_on=THEN, pulls=(Pull(lever="price", percent=20, where="HO"),))
    said = answered(point, position).told.sentence
    assert said.startswith("Dit scenario kost de gemeente in 2026 naar schatting")


def test_the_answer_is_there_in_english(point):
    with translation.override("en"):
        told = answered(point, Position(known_on=THEN, pulls=(Pull(lever="price", percent=-20, where="HO"),))).told
    assert told.sentence.startswith("This scenario saves the municipality an estimated")
    assert told.fan.language == "en"


def test_a_page_that_waits_says_what_for_and_comes_back(bench, cast, monkeypatch):
    monkeypatch.setattr(desk.starting_point, "ready", lambda *_given, **_named: "het plan lezen")
    answer = cast.client("berend").get(bench)
    assert answer.status_code == 202
    assert answer["Refresh"] == "1"
    assert "Nu: het plan lezen." in text(answer)


def test_a_starting_point_is_made_once_and_waited_for_no_longer_than_asked(bench, monkeypatch):
    here, until = starting_point.ground(), THEN.year + 6
    assert isinstance(starting_point.ready(here, THEN, until, patience=0.0), str)
    made = starting_point.ready(here, THEN, until)
    assert starting_point.ready(here, THEN, until, patience=0.0) is made


def test_what_cannot_be_read_is_told_with_its_code(bench, cast, tmp_path, settings):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "broken.toml").write_text("this is no plan", encoding="utf-8")
    settings.NOABER = msgspec.structs.replace(settings.NOABER, plans=str(tmp_path / "plans"))
    page = text(cast.client("berend").get(bench))
    assert "Er kan nu niet worden gerekend." in page
    assert "N-701" in page


def test_before_anything_was_taken_in_the_page_says_what_will_come(cast):
    page = text(cast.client("berend").get("/werkbank/"))
    assert "Dat kan zodra de gemeente haar gegevens heeft ingelezen" in page


def test_who_may_not_use_it_does_not_see_it(bench, cast):
    assert cast.client("hilda").get(bench).status_code == 403
    assert "Werkbank" not in text(cast.client("hilda").get("/"))
    assert "Werkbank" in text(cast.client("carolien").get("/"))


def test_the_band_of_an_answer_is_not_called_one_of_eight_in_ten(point):
    position = Position(known_on=THEN, pulls=(Pull(lever="price", percent=-10, where="HO"),))
    fan = answered(point, position).told.fan
    assert "Met alle aannamen tegelijk ongunstig of gunstig tussen" in fan.sentence
    assert "cht van de tien" not in fan.sentence + fan.title
