"""The return message: which classes come back, and with which codes (IV028, IV032)."""

from datetime import date

from message_texts import message, text
from noaber.messages import Finding, answer, read, write
from noaber.messages.model import StartReturn306

START = message(text("305"))
FIRST, SECOND = START.client.started


def answered(*findings, to=START):
    return answer(to, findings, identification="R9", on=date(2026, 3, 4))


def test_nothing_found_gives_a_bare_header_without_codes():
    back = answered()
    assert isinstance(back, StartReturn306)
    assert (back.header.return_codes, back.client) == ((), None)


def test_the_header_is_that_of_the_message_but_for_its_code():
    header = answered().header
    assert (header.sender, header.receiver, header.identification) == ("01023456", "0164", "B1")
    assert header.code == "419"
    assert (header.return_identification, header.return_date) == ("R9", date(2026, 3, 4))


def test_a_fault_within_the_message_gives_the_header_with_0001():
    back = answered(Finding(FIRST, "0001"), Finding(SECOND, "9063"))
    assert (back.header.return_codes, back.client) == (("0001",), None)


def test_a_fault_in_the_header_gives_the_header_with_its_code():
    back = answered(Finding(START.header, "9056"))
    assert (back.header.return_codes, back.client) == (("9056",), None)


def test_a_withdrawn_start_that_nobody_knows_is_the_example_of_the_standard():
    back = answered(Finding(SECOND, "9063"))
    assert back.header.return_codes == ("0200",)
    assert back.client.return_codes == ("0200",)
    assert [line.return_codes for line in back.client.started] == [("0200",), ("9063",)]


def test_the_classes_come_back_unchanged():
    back = answered(Finding(START.client, "9019"))
    assert back.client.citizen_number == START.client.citizen_number
    assert back.client.name == START.client.name
    assert [line.begin for line in back.client.started] == [line.begin for line in START.client.started]


def test_each_code_stands_once_however_often_it_was_found():
    back = answered(Finding(FIRST, "9019"), Finding(FIRST, "9019"), Finding(FIRST, "9074"))
    assert back.client.started[0].return_codes == ("9019", "9074")


def test_a_remark_without_a_code_changes_nothing():
    assert answered(Finding(FIRST, "")) == answered()


def test_an_answer_is_a_message_as_any_other():
    back = answered(Finding(SECOND, "9063"))
    assert write(read(write(back), name="retour.xml")) == write(back)


def test_both_standards_answer_alike():
    youth = message(text("305", "ijw"))
    there = answered(Finding(youth.client.started[1], "9063"), to=youth)
    here = answered(Finding(SECOND, "9063"))
    assert (here.header.code, there.header.code) == ("419", "439")
    assert here.client == there.client


def test_a_line_that_is_said_twice_is_found_wrong_in_its_own_place():
    source = text("305").replace(">1002<", ">1001<").replace("03-10", "03-09").replace(">3</m:Status", ">1</m:Status")
    twice = message(source)
    back = answered(Finding(twice.client.started[1], "9074"), to=twice)
    assert [line.return_codes for line in back.client.started] == [("0200",), ("9074",)]
