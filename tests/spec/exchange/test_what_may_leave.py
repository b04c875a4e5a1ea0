"""What may leave the organisation: examples that a jurist can read, one line each.

The municipality (GM9901) and Naoberwerk (90009999) have agreed what the entrance hands over to indicated support under
the Wmo and to youth care, and what goes back to basic support. Each example is a field, a purpose and what there is of
consent; then whether it may go, and the article that says so.
"""

from datetime import date

import pytest

from noaber.web.exchange.decide import Agreed, Given, Question, decide
from noaber.web.exchange.fields import FIELDS
from noaber.web.exchange.purposes import MOMENTS, PURPOSES

TODAY = date(2026, 11, 24)
YEAR = {"from_": date(2026, 1, 1), "until": date(2026, 12, 31)}
EVERYTHING = frozenset(FIELDS)
MOMENT = {"wmo-maatwerk": "naar-maatwerk", "jeugdhulp": "naar-maatwerk", "basisondersteuning": "naar-basis"}


def agreed(purpose="wmo-maatwerk", fields=EVERYTHING, **changes):
    found = {"key": f"A-{purpose}", "sender": "90009999", "receiver": "GM9901", "purpose": purpose, "fields": fields}
    return Agreed(**{**found, "moment": MOMENT.get(purpose, "naar-maatwerk"), **YEAR, **changes})


def consent(purpose="wmo-maatwerk", **changes):
    found = {"key": "T-1", "receiver": "GM9901", "purpose": purpose, "given_by": "resident", **YEAR}
    return Given(**{**found, "origins": frozenset({"wmo", "jeugdwet", "participatiewet", "wgs"}), **changes})


def ask(*fields, purpose="wmo-maatwerk", age=40, on=TODAY, agreements=None, consents=(), **changes):
    asked = {"sender": "90009999", "receiver": "GM9901", "purpose": purpose, "fields": fields, "age": age, "on": on}
    question = Question(**{**asked, "moment": MOMENT.get(purpose, "naar-maatwerk"), **changes})
    return decide(question, agreements=[agreed(purpose)] if agreements is None else agreements, consents=consents)


# field, purpose, is there consent?, may it go?, the article that says so
EXAMPLES = [
    ("naam", "wmo-maatwerk", False, True, "Wmo 2015 art. 5.1.1 lid 1"),
    ("beperkingen", "wmo-maatwerk", False, True, "Wmo 2015 art. 5.1.1 lid 1 tot en met 3"),
    ("burgerservicenummer", "wmo-maatwerk", False, True, "Wmo 2015 art. 5.2.9"),
    ("jeugdhulp", "wmo-maatwerk", False, False, "Wmo 2015 art. 5.1.1 lid 4"),
    ("jeugdhulp", "wmo-maatwerk", True, True, "Wmo 2015 art. 5.1.1 lid 4"),
    ("uitkering", "wmo-maatwerk", False, False, "Wmo 2015 art. 5.1.1 lid 4"),
    ("uitkering", "wmo-maatwerk", True, True, "Wmo 2015 art. 5.1.1 lid 4"),
    ("schulden", "wmo-maatwerk", False, False, "Wmo 2015 art. 5.1.1 lid 4"),
    ("schulden", "wmo-maatwerk", True, True, "Wmo 2015 art. 5.1.1 lid 4"),
    ("naam", "jeugdhulp", False, True, "Jeugdwet art. 7.4.0 lid 1"),
    ("jeugdhulp", "jeugdhulp", False, True, "Jeugdwet art. 7.4.0 lid 1"),
    ("veiligheid", "jeugdhulp", False, True, "Jeugdwet art. 7.4.0 lid 1"),
    ("burgerservicenummer", "jeugdhulp", False, True, "Jeugdwet art. 7.2.1"),
    ("wmo-ondersteuning", "jeugdhulp", False, False, "AVG art. 5 lid 1 onder b"),
    ("wmo-ondersteuning", "jeugdhulp", True, False, "AVG art. 5 lid 1 onder b"),
    ("schulden", "jeugdhulp", True, False, "AVG art. 5 lid 1 onder b"),
    ("naam", "basisondersteuning", False, False, "AVG art. 6 lid 1 onder a"),
    ("naam", "basisondersteuning", True, True, "AVG art. 6 lid 1 onder a"),
    ("beperkingen", "basisondersteuning", True, True, "AVG art. 6 lid 1 onder a en art. 9 lid 2 onder a"),
    ("burgerservicenummer", "basisondersteuning", True, False, "UAVG art. 46 lid 1"),
    ("naam", "domeinoverstijgend", True, False, "AVG art. 6 lid 1 en lid 3"),
    ("strafblad", "wmo-maatwerk", True, False, "AVG art. 5 lid 1 onder c"),
]


@pytest.mark.parametrize(("field", "purpose", "with_consent", "may", "article"), EXAMPLES)
def test_a_field_goes_or_stays_by_an_article(field, purpose, with_consent, may, article):
    found = ask(field, purpose=purpose, consents=[consent(purpose)] if with_consent else [])
    assert (field in found.allowed) is may
    assert (field in found.refused) is not may
    ground = {**found.allowed, **found.refused}[field]
    assert ground.article.startswith(article)
    assert ground.because.endswith(".")


def test_an_article_that_was_not_read_back_says_so():
    assert "uit een tweede bron of een oudere tekst" in ask("naam").allowed["naam"].article
    assert ask("naam", purpose="jeugdhulp").allowed["naam"].article == "Jeugdwet art. 7.4.0 lid 1"


def test_what_may_go_names_the_agreement_and_the_consent():
    found = ask("naam", "jeugdhulp", consents=[consent()])
    assert (found.agreement, found.allowed["naam"].agreement, found.allowed["naam"].consent) == (
        "A-wmo-maatwerk",
        "A-wmo-maatwerk",
        "",
    )
    assert found.allowed["jeugdhulp"].consent == "T-1"


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "90001111"},
        {"receiver": "GM0001"},
        {"moment": "evaluatie"},
        {"until": date(2026, 11, 23)},
        {"from_": date(2026, 11, 25)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_without_an_agreement_nothing_leaves(change):
    found = ask("naam", agreements=[agreed(**change)])
    assert not found.allowed
    assert found.refusal.article == "AVG art. 5 lid 2, art. 26 en 28"


def test_an_agreement_holds_on_its_first_day_and_on_its_last():
    for day in (date(2026, 1, 1), date(2026, 12, 31)):
        assert ask("naam", on=day).allowed


def test_an_agreement_names_what_is_needed_and_the_rest_stays():
    found = ask("naam", "school", agreements=[agreed(fields=frozenset({"naam"}))])
    assert set(found.allowed) == {"naam"}
    assert found.refused["school"].article == "AVG art. 5 lid 1 onder c"
    assert "A-wmo-maatwerk" in found.refused["school"].because


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"receiver": "90009999"}, False),
        ({"purpose": "jeugdhulp"}, False),
        ({"origins": frozenset({"wgs"})}, False),
        ({"until": date(2026, 11, 23)}, False),
        ({"from_": date(2026, 11, 25)}, False),
        ({"withdrawn_on": date(2026, 11, 25)}, True),
        ({"withdrawn_on": date(2026, 11, 24)}, False),
    ],
)
def test_a_consent_reaches_as_far_as_it_was_given(change, may):
    assert ("jeugdhulp" in ask("jeugdhulp", consents=[consent(**change)]).allowed) is may


@pytest.mark.parametrize(
    ("age", "given_by", "may"),
    [
        (16, "resident", True),
        (15, "resident", False),
        (15, "both", True),
        (11, "representative", True),
        (None, "resident", False),
    ],
)
def test_below_sixteen_a_parent_or_guardian_consents(age, given_by, may):
    found = ask("jeugdhulp", age=age, consents=[consent(given_by=given_by)])
    assert ("jeugdhulp" in found.allowed) is may
    if not may:
        assert found.refused["jeugdhulp"].article == "UAVG art. 5 lid 1"


def test_before_the_day_from_which_we_know_the_text_there_is_no_basis():
    before = agreed("jeugdhulp", from_=date(2025, 1, 1))
    assert not ask("jeugdhulp", purpose="jeugdhulp", on=date(2025, 12, 31), agreements=[before]).allowed
    assert ask("jeugdhulp", purpose="jeugdhulp", on=date(2026, 1, 1), agreements=[before]).allowed


def test_a_bill_is_no_basis_and_the_refusal_names_it():
    found = ask("naam", purpose="domeinoverstijgend", agreements=[agreed("domeinoverstijgend")])
    assert "Kamerstukken 36 295" in found.refusal.because
    assert "niet in werking" in found.refusal.because


def test_an_unknown_purpose_is_refused():
    assert ask("naam", purpose="nieuwsgierigheid").refusal.article == "AVG art. 5 lid 1 onder b"


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
@pytest.mark.parametrize("moment", sorted(MOMENTS))
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_question_gets_one_answer_with_an_article(purpose, moment, field):
    found = ask(field, purpose=purpose, moment=moment, agreements=[agreed(purpose, moment=moment)])
    answer = {**found.allowed, **found.refused}
    assert set(answer) == {field}
    assert "art." in answer[field].article
