"""The law follows from the standard, and with it what a code means."""

from message_texts import message, text
from noaber.messages import meaning
from noaber.records import Law


def test_the_law_follows_from_the_standard():
    assert message(text("307", "iwmo")).law == Law.WMO
    assert message(text("307", "ijw")).law == Law.YOUTH


def test_reason_of_ending_31_is_a_removal_under_one_law_and_a_plan_fulfilled_under_the_other():
    for standard, words in (
        ("iwmo", "de cliënt verhuisde naar een andere gemeente"),
        ("ijw", "de levering is volgens plan geëindigd"),
    ):
        (line,) = message(text("307", standard)).client.stopped
        assert line.end_reason == "31"
        assert meaning("RedenBeeindiging", line.end_reason, standard) == words


def test_units_and_frequencies_are_the_same_under_both():
    assert meaning("Eenheid", "16", "iwmo") == meaning("Eenheid", "16", "ijw") == "dagdeel van 4 uur"
    assert meaning("Frequentie", "6", "ijw") == "in totaal over de toewijzing"


def test_a_code_that_no_list_knows_stands_for_itself():
    assert meaning("Eenheid", "77", "iwmo") == "77"
