"""A message that does not meet the standard is refused whole: what, where, what now. Never a word of what is in it."""

import pytest

from message_texts import CITIZEN, message, text
from noaber.messages import MessageContentError, MessageError

START = text("305")


def refusal(source: str) -> MessageError:
    with pytest.raises(MessageError) as caught:
        message(source)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2026-03-09", "2026-02-30", "Begindatum hoort een bestaande datum te zijn, als jjjj-mm-dd"),
        ("2026-03-09", "9 maart 2026", "Begindatum hoort een bestaande datum te zijn, als jjjj-mm-dd"),
        (">1001<", ">1001a<", "ToewijzingNummer hoort een geheel getal van 0 tot 999999999 te zijn"),
        (">3</m:Status", ">7</m:Status", "StatusAanlevering hoort een code uit de lijst StatusAanlevering te zijn"),
        ("999944447", "99994444", "Bsn hoort 9 cijfers te hebben"),
        ("01023456", "1023456", "Afzender hoort 8 cijfers te hebben"),
        (">418<", ">436<", "BerichtCode hoort 418 te zijn in een bericht WMO305"),
        ("<m:Geslacht>2</m:Geslacht>", "", "Geslacht ontbreekt"),
        ("<m:Geslacht>2</m:Geslacht>", "<m:Geslacht>2</m:Geslacht>" * 2, "Geslacht hoort er één keer te staan"),
        ("<m:Geslacht>2</m:Geslacht>", "<m:Geslacht>2</m:Geslacht><m:IQ>1</m:IQ>", "Client bevat een element dat"),
    ],
)
def test_the_reason_names_the_element_and_what_it_should_be(old: str, new: str, reason: str):
    error = refusal(START.replace(old, new, 1))
    assert error.code == "N-205"
    assert reason in error.what


def test_the_line_is_that_of_the_element():
    error = refusal(START.replace("2026-03-10", "2026-13-10"))
    wrong = next(number for number, line in enumerate(START.splitlines(), 1) if "2026-03-10" in line)
    assert error.where == f"bericht.xml, regel {wrong}"


def test_every_problem_is_listed_not_only_the_first():
    error = refusal(START.replace("2026-03-", "2026-99-"))
    assert isinstance(error, MessageContentError)
    assert [problem.element for problem in error.problems] == ["Dagtekening", "Begindatum", "Begindatum"]
    assert "En nog 2 fouten." in error.what


@pytest.mark.parametrize("secret", [CITIZEN, "Voorbeeld", "1948-05-06"])
def test_no_personal_detail_is_ever_repeated(secret: str):
    for spoiled in (f"{secret}{secret}", f"<x>{secret}</x>", f"<x{secret}/>", f"&x{secret};", f"{secret}</m:Client>"):
        error = refusal(START.replace(secret, spoiled).replace(">1001<", f">{secret} <"))
        assert secret not in str(error)
        assert secret not in "".join(map(str, error.problems))
        assert error.__cause__ is None
        assert error.__context__ is None, "a logged context would quote the file"
