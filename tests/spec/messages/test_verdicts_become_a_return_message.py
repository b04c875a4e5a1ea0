"""From rules to return message: each code stands at the part of the message that its rule is about."""

from datetime import date

from message_texts import claim_text, message, text
from noaber.messages import answer
from noaber.messages.rules import Book, check_against, findings


def answered(received, book):
    found = findings(check_against(received, book, municipality="0164"))
    return answer(received, found, identification="R1", on=date(2026, 3, 4))


def test_a_start_without_an_allocation_has_its_code_at_the_start():
    back = answered(message(text("305")), Book())
    assert back.header.return_codes == ("0200",)
    assert [line.return_codes for line in back.client.started] == [("9019",), ("9019",)]


def test_a_message_that_was_sent_before_has_its_code_in_the_header():
    book, order = Book(), message(text("301"))
    assert answered(order, book).header.return_codes == ()
    again = answered(order, book)
    assert (again.header.return_codes, again.client) == (("9056",), None)


def test_a_claim_number_that_was_used_before_is_said_of_the_claim_and_nothing_is_awarded():
    book = Book()
    answered(message(claim_text((1000,))), book)
    second = claim_text((1000,)).replace(">B1<", ">B2<").replace(">R1<", ">R9<")
    back = answered(message(second), book)
    assert back.header.return_codes == ("0200",)
    assert back.claim_answer.return_codes == ("9333",)
    assert back.claim_answer.awarded_total.signed == 0


def test_a_claim_whose_total_is_not_the_sum_of_its_lines_is_refused_for_technical_reasons():
    back = answered(message(claim_text((1000,)).replace(">1000</iwmo:Totaal", ">1001</iwmo:Totaal")), Book())
    assert (back.header.return_codes, back.claim_answer) == (("0001",), None)


def test_a_message_for_another_municipality_is_refused_for_technical_reasons():
    received = message(text("305").replace(">0164<", ">0141<"))
    assert answered(received, Book()).header.return_codes == ("0001",)
