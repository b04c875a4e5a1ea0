"""The claim answer (325): what is awarded, and only the lines that are not (IV087, IV088, TR342)."""

from datetime import date

from message_texts import claim_text, found, message
from noaber.messages import answer, places

CLAIM = message(claim_text((1000, 2000), (300,)))


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
    assert (header.claim_id.identification, header.claim_id.dated) == ("B1", date(2026, 3, 2))


def test_a_rejected_line_comes_back_and_its_amount_is_not_awarded():
    back = answered(found("Prestatie 2", "9321"))
    assert back.claim_answer.awarded_total.signed == 1300
    (client,) = back.claim_answer.clients
    (line,) = client.deliveries
    assert (client.return_codes, line.return_codes) == (("0200",), ("9321",))
    assert line.reference.reference_number == "R2"


def test_lines_are_numbered_through_the_whole_claim():
    (client,) = answered(found("Prestatie 3", "9338")).claim_answer.clients
    assert [line.reference.reference_number for line in client.deliveries] == ["R3"]
    assert [place.name for place in places(CLAIM)] == [
        "Declaratie", "Client 1", "Prestatie 1", "Prestatie 2", "Client 2", "Prestatie 3",
    ]  # fmt: skip


def test_a_fault_in_a_client_leaves_their_lines_unjudged_and_unpaid():
    back = answered(found("Client 1", "8187"))
    assert back.claim_answer.awarded_total.signed == 300
    (client,) = back.claim_answer.clients
    assert client.return_codes == ("8187",)
    assert [line.return_codes for line in client.deliveries] == [("0233",), ("0233",)]


def test_a_fault_in_the_claim_itself_awards_nothing_and_repeats_no_one():
    back = answered(found("Declaratie", "9333"))
    assert back.claim_answer.return_codes == ("9333",)
    assert back.claim_answer.awarded_total.signed == 0
    assert back.claim_answer.clients == ()


def test_a_fault_within_the_message_gives_the_header_alone():
    back = answered(found("Prestatie 1", "0001"))
    assert (back.header.return_codes, back.claim_answer) == (("0001",), None)


def test_what_is_not_awarded_is_always_the_difference():
    for codes in ((), ("Prestatie 1",), ("Prestatie 1", "Prestatie 3"), ("Client 2", "Prestatie 2")):
        answered_claim = answered(*(found(place, "9321") for place in codes)).claim_answer
        rejected = sum(line.submitted.signed for client in answered_claim.clients for line in client.deliveries)
        assert answered_claim.submitted_total.signed - answered_claim.awarded_total.signed == rejected
