"""An allocation (301): the municipality orders a provider to deliver. Every element gets its own type and its line."""

from datetime import date, time

from message_texts import message, text
from noaber.messages.model import Allocation301
from noaber.records import Law

READ = message(text("301"))


def test_the_kind_of_message_is_known_from_its_namespace():
    assert isinstance(READ, Allocation301)
    assert (READ.standard, READ.number, READ.law) == ("iwmo", "301", Law.WMO)


def test_the_header_says_who_says_it_to_whom_and_when():
    header = READ.header
    assert (header.sender, header.receiver) == ("0164", "01023456")
    assert (header.identification, header.date) == ("B1", date(2026, 3, 12))


def test_a_line_is_what_the_provider_may_deliver():
    (line,) = READ.client.allocated
    assert line.allocation_number == 1001
    assert (line.product.category, line.product.product_code) == ("02", "02A15")
    assert (line.allocation_date, line.allocation_time) == (date(2026, 3, 1), time(9, 30))
    assert (line.valid_from, line.end) == (date(2026, 3, 9), date(2027, 3, 8))
    assert (line.extent.volume, line.extent.unit, line.extent.frequency) == (3, "04", "2")
    assert line.budget_cents is None


def test_a_line_knows_where_it_stands_in_the_file():
    source = text("301").splitlines()
    (line,) = READ.client.allocated
    assert source[line.line - 1].strip() == "<m:ToegewezenProduct>"


def test_printing_a_message_shows_nothing_of_the_client():
    assert repr(READ) == "<WMO301>"
    assert repr(READ.client) == f"<AllocationClient line {READ.client.line}>"
    assert "7551" not in repr(READ.client.contacts[0].address)
