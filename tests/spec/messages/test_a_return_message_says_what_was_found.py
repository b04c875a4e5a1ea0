"""The return message: which classes come back, and with which codes (IV028, IV032)."""

from datetime import date

from message_texts import found, message, text
from noaber.messages import answer, places, read, write
from noaber.messages.model import StartReturn306

START = message(text("305"))


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
    back = answered(found("StartProduct 1", "0001"), found("StartProduct 2", "9063"))
    assert (back.header.return_codes, back.client) == (("0001",), None)


def test_a_fault_in_the_header_gives_the_header_with_its_code():
    back = answered(found("Header", "9056"))
    assert (back.header.return_codes, back.client) == (("9056",), None)


def test_a_withdrawn_start_that_nobody_knows_is_the_example_of_the_standard():
    back = answered(found("StartProduct 2", "9063"))
    assert back.header.return_codes == ("0200",)
    assert back.client.return_codes == ("0200",)
    assert [line.return_codes for line in back.client.started] == [("0200",), ("9063",)]


def test_the_classes_come_back_unchanged():
    back = answered(found("Client", "9019"))
    assert back.client.citizen_number == START.client.citizen_number
    assert back.client.name == START.client.name
    assert [line.begin for line in back.client.started] == [line.begin for line in START.client.started]


def test_each_code_stands_once_however_often_it_was_found():
    back = answered(found("StartProduct 1", "9019"), found("StartProduct 1", "9019"), found("StartProduct 1", "9074"))
    assert back.client.started[0].return_codes == ("9019", "9074")


def test_a_remark_without_a_code_changes_nothing():
    assert answered(found("StartProduct 1", "")) == answered()


def test_every_class_of_a_message_has_a_name_to_point_at():
    assert [place.name for place in places(START)] == ["Client", "StartProduct 1", "StartProduct 2"]
    assert [place.name for place in places(message(text("301")))] == ["Client", "Contact 1", "ToegewezenProduct 1"]


def test_an_answer_is_a_message_as_any_other():
    back = answered(found("StartProduct 2", "9063"))
    assert write(read(write(back), name="retour.xml")) == write(back)


def test_both_standards_answer_alike():
    there = answered(found("StartProduct 2", "9063"), to=message(text("305", "ijw")))
    here = answered(found("StartProduct 2", "9063"))
    assert (here.header.code, there.header.code) == ("419", "439")
    assert here.client == there.client
