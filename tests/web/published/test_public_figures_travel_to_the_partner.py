"""What the municipality shows is for every machine; the partner takes it over whole, and lets go what is withdrawn."""

import gzip

import httpx
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.connections.figures import Address, FiguresUnreachableError, Folder
from noaber.disclosure import PublishedFileError
from noaber.web.journal.models import Entry
from noaber.web.published import actions, borrowed, schedule
from noaber.web.published.models import BorrowedFigure, Version

pytestmark = pytest.mark.django_db


def line():
    """The municipality over HTTP, as its own views answer."""

    def answer(request):
        told = Client().get(request.url.path)
        return httpx.Response(told.status_code, content=told.content)

    return Address("http://127.0.0.1/cijfers/open", transport=httpx.MockTransport(answer))


def take_over(source):
    fetched = borrowed.fetch(source)
    return actions.borrow(fetched, source=source.name, at=timezone.now(), by=somebody())


def test_what_is_shown_comes_over_as_it_was_approved(shown):
    assert take_over(line()) == len(borrowed.current()) > 10
    taken = borrowed.current()["waiting"]
    assert taken.content == Version.objects.get(indicator="waiting").content
    assert taken.source == "http://127.0.0.1/cijfers/open"
    assert borrowed.results([taken])["waiting"].provenance.known_on == taken.known_on
    assert Entry.objects.filter(event="figures_borrowed").count() == 1


def test_drafts_do_not_leave(house, cast):
    assert take_over(line()) == 0


def test_what_is_withdrawn_is_gone_the_next_morning(shown, cast):
    take_over(line())
    version = Version.objects.get(indicator="waiting")
    actions.withdraw(version.content_hash, reason="fout", withdrawer=cast.carolien, at=timezone.now(), by=somebody())
    take_over(line())
    assert "waiting" not in borrowed.current()
    assert BorrowedFigure.objects.get(indicator="waiting").gone_at is not None


def test_a_folder_is_a_source_too(shown):
    call_command("borrow_figures", str(shown.town.published), verbosity=0)
    assert borrowed.current()["waiting"].source == "published"


def test_a_file_that_is_not_what_its_name_says_brings_nothing(shown):
    file = next(shown.town.published.glob("waiting*"))
    file.write_bytes(file.read_bytes().replace(b"waiting", b"wachten"))
    with pytest.raises(PublishedFileError):
        take_over(Folder(shown.town.published))
    assert not BorrowedFigure.objects.exists()


def test_an_index_leads_nowhere_but_beside_itself(shown):
    index = shown.town.published / "index.json"
    index.write_bytes(index.read_bytes().replace(b'"file":"', b'"file":"../'))
    with pytest.raises(FiguresUnreachableError):
        take_over(Folder(shown.town.published))


@pytest.mark.parametrize("address", ["http://gemeente.example/cijfers/open", "ftp://127.0.0.9/x"])
def test_only_a_closed_line_is_believed(address):
    with pytest.raises(FiguresUnreachableError):
        Address(address).read("index.json")


def test_what_is_too_large_is_not_read_to_its_end():
    large = httpx.MockTransport(lambda _request: httpx.Response(200, content=b" " * 9_000_000))
    with pytest.raises(FiguresUnreachableError, match="did not come"):
        Address("https://gemeente.example", transport=large).read("index.json")


def test_at_night_the_municipality_has_nowhere_to_fetch_from(house):
    assert schedule.address() == ""
    assert schedule.borrow_figures.call() == 0


# Attacks


@pytest.mark.parametrize("to", ["https://elsewhere.example/index.json", "http://169.254.169.254/latest/", "file:///x"])
def test_whoever_sends_us_elsewhere_is_not_followed(to):
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": to})

    with pytest.raises(FiguresUnreachableError):
        Address("https://gemeente.example", transport=httpx.MockTransport(answer)).read("index.json")
    assert asked == ["https://gemeente.example/index.json"]


@pytest.mark.parametrize(
    "file", ["../x.json", "a/b.json", "//elsewhere.example/x.json", "x.json?y", "x.json#", "%2e%2e/x.json", "x.txt", ""]
)
def test_a_name_that_leads_away_is_no_name(file):
    with pytest.raises(FiguresUnreachableError):
        Address("https://gemeente.example", transport=httpx.MockTransport(lambda _: httpx.Response(200))).read(file)


def test_a_file_that_blows_up_when_unpacked_is_not_kept():
    packed = gzip.compress(b" " * 9_000_000)
    headers = {"Content-Encoding": "gzip"}
    bomb = httpx.MockTransport(lambda _request: httpx.Response(200, content=packed, headers=headers))
    with pytest.raises(FiguresUnreachableError):
        Address("https://gemeente.example", transport=bomb).read("index.json")


def test_too_much_together_brings_nothing(shown, monkeypatch):
    monkeypatch.setattr(borrowed, "_MOST_CHARACTERS", 1000)
    with pytest.raises(PublishedFileError):
        take_over(line())
    assert not BorrowedFigure.objects.exists()


@pytest.mark.parametrize("name", ["index.json", "waiting.0000000000000000.json", "x.json", "..%2Findex.json"])
def test_open_data_gives_only_what_is_shown_under_its_own_name(house, name):
    answer = Client().get(f"/cijfers/open/{name}")
    assert answer.status_code == (200 if name == "index.json" else 404)


def test_a_withdrawn_file_is_gone_at_once(shown, cast):
    version = Version.objects.get(indicator="waiting")
    address = f"/cijfers/open/{version.name}.{version.short}.json"
    assert Client().get(address).status_code == 200
    actions.withdraw(version.content_hash, reason="fout", withdrawer=cast.carolien, at=timezone.now(), by=somebody())
    assert Client().get(address).status_code == 404
