"""The claim answer (325): what is awarded, and only the lines that are not (IV087, IV088, TR342)."""

from datetime import date

from message_texts import claim_text, message
from noaber.messages import Finding, answer

CLAIM = message(claim_text((1000, 2000), (300,)))
ANN, BOB = CLAIM.claim.clients
LINES = (*ANN.deliveries, *BOB.deliveries)


def answered(*findings):
    return answer(CLAIM, findings, identification="A7", on=date(2026, 4, 7))


def test_a_claim_without_faults_is_awarded_in_full():
    back = answered()
    assert back.header.return_codes == ("0200",)
    assert back.claim_answer.return_codes == ("8001",)
    assert back.claim_answer.awarded_total == CLAIM.claim.submitted_total
    assert back.claim_answer.clients == ()


def test_it_is_a_message_of_its_own_from_municipality_to_provider():
    header = answered().header
    assert (header.sender, header.receiver) == ("0164", "01023456")
    assert (header.identification, header.date) == ("A7", date(2026, 4, 7))
    assert (header.claim_id.identification, header.claim_id.dated) == ("B1", date(2026, 3, 12))


def test_a_rejected_line_comes_back_and_its_amount_is_not_awarded():
    back = answered(Finding(LINES[1], "9321"))
    assert back.claim_answer.awarded_total.signed == 1300
    (client,) = back.claim_answer.clients
    (line,) = client.deliveries
    assert (client.return_codes, line.return_codes) == (("0200",), ("9321",))
    assert line.reference.reference_number == "R2"


def test_who_has_nothing_rejected_is_not_repeated():
    (client,) = answered(Finding(LINES[2], "9338")).claim_answer.clients
    assert [line.reference.reference_number for line in client.deliveries] == ["R3"]


def test_a_fault_in_a_client_leaves_their_lines_unjudged_and_unpaid():
    back = answered(Finding(ANN, "8187"))
    assert back.claim_answer.awarded_total.signed == 300
    (client,) = back.claim_answer.clients
    assert client.return_codes == ("8187",)
    assert [line.return_codes for line in client.deliveries] == [("0233",), ("0233",)]


def test_a_fault_in_the_claim_itself_awards_nothing_and_repeats_no_one():
    back = answered(Finding(CLAIM.claim, "9333"))
    assert back.claim_answer.return_codes == ("9333",)
    assert back.claim_answer.awarded_total.signed == 0
    assert back.claim_answer.clients == ()


def test_a_fault_within_the_message_gives_the_header_alone():
    back = answered(Finding(LINES[0], "0001"))
    assert (back.header.return_codes, back.claim_answer) == (("0001",), None)


def test_what_is_not_awarded_is_always_the_difference():
    for parts in ((), LINES[:1], LINES[::2], (BOB, LINES[1])):
        back = answered(*(Finding(part, "9321") for part in parts)).claim_answer
        rejected = sum(line.submitted.signed for client in back.clients for line in client.deliveries)
        assert back.submitted_total.signed - back.awarded_total.signed == rejected
