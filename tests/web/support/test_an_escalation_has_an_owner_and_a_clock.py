"""Escalation after the AVE model: phases as data, a clock that explains itself, dissent kept, and back down again."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from noaber.rules import value
from noaber.web.support import actions, queries
from noaber.web.support.clock import clock
from noaber.web.support.models import ClockChange, Phase, PhaseChange
from noaber.web.support.timeline import story
from noaber.web.support.today import today

pytestmark = pytest.mark.django_db


def test_the_published_four_phases_come_with_the_terms_of_the_rules():
    found = {phase.number: phase.working_days for phase in Phase.objects.all()}
    terms = {number: value(f"choice/escalation_term_{number}", date(2026, 1, 1)).number for number in (2, 3, 4)}
    assert found == {1: None} | terms
    assert [phase.colour for phase in Phase.objects.all()] == ["green", "yellow", "orange", "dark"]


def test_the_clock_is_worked_out_from_what_happened():
    change = PhaseChange(phase=Phase.objects.get(number=3), on=date(2026, 12, 21))
    assert clock(change, []).on == date(2027, 1, 6)  # ten working days over Christmas and the new year
    changes = [
        ClockChange(on=date(2026, 12, 22), until=date(2026, 12, 24), because="wachten op de verhuurder"),
        ClockChange(on=date(2026, 12, 30), working_days=3, because="ziek"),
        ClockChange(on=date(2026, 12, 1), working_days=30, because="van een eerdere fase"),
    ]
    found = clock(change, changes)
    assert [moment.on.isoformat() for moment in found.argument] == ["2027-01-06", "2027-01-08", "2027-01-13"]
    assert found.argument[1].words.nl == "wachten op de verhuurder"
    assert clock(change, [ClockChange(on=date(2026, 12, 22), because="stil")]).on is None
    assert clock(PhaseChange(phase=Phase.objects.get(number=1), on=date(2026, 12, 21)), []) is None


def test_up_to_four_and_down_again_with_dissent_and_a_story(team):
    case = team.case(days=40)
    escalation = team.escalated(case, 2, days=20)
    told = {"person": team.janna, "by": team.by()}
    actions.change_phase(
        escalation,
        phase=team.phase(4),
        because="gevaar",
        dissent="te snel",
        dissent_who="De school",
        on=team.ago(10),
        **told,
    )
    actions.record_finding(escalation, kind="stuck", reason="waiting", words="wachtlijst", on=team.ago(9), **told)
    actions.change_phase(escalation, phase=team.phase(2), because="rustiger", on=team.ago(2), **told)
    actions.end_escalation(escalation, because="het gewone leven", on=team.on, **told)
    words = [line.words for line in story(case, frozenset({"escalation"}))]
    assert words[0] == "De opschaling is voorbij."
    assert "De school ziet het anders: te snel" in words
    assert any(item.startswith("Opgeschaald naar fase 4") for item in words)
    assert any(item.startswith("Afgeschaald naar fase 2") for item in words)
    assert queries.escalations(team.viewer("janna")) == []


def test_who_must_act_comes_first_and_reads_it_today(team):
    team.escalated(team.case("Rustig"), 2)
    late = team.escalated(team.case("Brand", days=30), 4, days=14)
    found = queries.escalations(team.viewer("liesbeth"))
    assert [item.case.name for item in found] == ["Brand", "Rustig"]
    assert found[0].due < team.on
    assert [line.who for line in today(team.viewer("janna")).now] == ["Brand"]
    actions.move_clock(late, on=team.on, until=None, working_days=None, because="x", person=team.janna, by=team.by())
    assert queries.standing(late).due is not None, "what happens after the end moves nothing"


def test_what_is_stuck_is_counted_by_its_reason(team):
    escalation = team.escalated(team.case())
    told = {"person": team.janna, "by": team.by(), "on": team.on}
    for _ in range(2):
        stuck = actions.record_finding(escalation, kind="stuck", reason="nobody", words="niemand belt", **told)
    actions.solve_finding(escalation, stuck, on=team.on, by=team.by())
    assert queries.stuck_reasons(team.viewer("ruud")) == [("Niemand voelt zich eigenaar", 2, 1)]
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.record_finding(escalation, kind="stuck", words="zonder reden", **told)


def test_one_escalation_at_a_time_and_a_double_click_starts_one(team):
    case = team.case()
    assert team.escalated(case) == team.escalated(case)


def test_a_municipality_may_add_a_phase_and_change_a_term(team):
    client = team.client("otto")
    given = {"number": 0, "name": "Fase 0", "colour": "green", "working_days": ""}
    given |= {"case_direction": "niemand", "process_direction": "niemand", "responsible": "niemand"}
    assert client.post("/ondersteuning/fasen/nieuw/", given).status_code == 302
    assert [phase.number for phase in Phase.objects.all()] == [0, 1, 2, 3, 4]
    assert team.client("janna").post("/ondersteuning/fasen/nieuw/", given).status_code == 403
