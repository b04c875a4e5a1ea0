"""CBS: the client over real HTTP and the fake pass the same tests; how the client bears a bad day is its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from cbs_server import Cbs, district_table, serving, without_secrets, wmo_table
from noaber.connections import cbs

TABLES = {table.table: table for table in (district_table(), wmo_table())}
FAKE = cbs.Fake({table.table: without_secrets(table) for table in TABLES.values()})
TODAY = date(2026, 11, 24)
Key = tuple[str, frozenset[tuple[str, str]]]


def client(server: Cbs, waited: list[float] | None = None) -> cbs.Client:
    pauses = waited if waited is not None else []
    return cbs.Client(
        v4=f"{server.address}/v4", v3=f"{server.address}/v3", timeout=5, seconds_between=0, wait=pauses.append
    )


@pytest.fixture(params=["v4", "v3", "fake"])
def source(request: pytest.FixtureRequest) -> Iterator[tuple[cbs.Cbs, Literal["v3", "v4"]]]:
    if request.param == "fake":
        yield FAKE, "v4"
        return
    with serving(Cbs(TABLES)) as server:
        yield client(server), request.param


def figures(table: cbs.Table) -> dict[Key, float | None]:
    titles = {measure.code: measure.title for measure in table.measures}
    return {(titles[item.measure], frozenset(item.codes.items())): item.value for item in table.observations}


def expected(table: cbs.Table, *begins: str) -> dict[Key, float | None]:
    found = {}
    for key, value in figures(table).items():
        if any(code.startswith(begins) for _, code in key[1]):
            found[key] = None if value is not None and value < -99_990 else value
    return found


def test_it_gives_the_areas_that_were_asked_for(source: tuple[cbs.Cbs, Literal["v3", "v4"]]) -> None:
    at, api = source
    found = at.table("99984NED", areas=("GM9901", "WK9901"), api=api)
    assert {code.code for code in found.dimensions[0].codes} == {"GM9901", "WK990100"}
    assert figures(found) == expected(district_table(), "GM9901", "WK9901")
    assert (found.title, found.modified) == ("Kerncijfers wijken en buurten 2024", "2026-02-27")


def test_it_gives_the_periods_that_were_asked_for(source: tuple[cbs.Cbs, Literal["v3", "v4"]]) -> None:
    at, api = source
    found = at.table("99950NED", areas=("GM9901",), periods=("2023", "2024"), api=api)
    assert figures(found) == expected(wmo_table(), "2023", "2024")
    (periods,) = [item for item in found.dimensions if item.kind == "period"]
    assert {code.code: code.status for code in periods.codes} == {"2023JJ00": "Definitief", "2024JJ00": "Voorlopig"}


def test_it_says_that_there_is_no_such_table(source: tuple[cbs.Cbs, Literal["v3", "v4"]]) -> None:
    at, api = source
    with pytest.raises(cbs.CbsTableError, match="kent geen tabel 11111NED"):
        at.table("11111NED", areas=("GM9901",), api=api)


def test_it_says_that_a_table_has_nothing_for_an_area(source: tuple[cbs.Cbs, Literal["v3", "v4"]]) -> None:
    at, api = source
    with pytest.raises(cbs.CbsTableError, match="bevat niets voor GM0001"):
        at.table("99984NED", areas=("GM0001",), api=api)


def test_a_table_that_the_newer_interface_lacks_is_asked_of_the_older() -> None:
    with serving(Cbs(TABLES, only_v3=True)) as server:
        found = client(server).table("99950NED", areas=("GM9901",))
    assert found.api == "v3"
    assert len(found.observations) == 6


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_a_page_of_ten_thousand_rows_without_a_link_is_not_the_end(api: Literal["v3", "v4"]) -> None:
    table = wmo_table(range(2000, 2000 + 5_003))
    with serving(Cbs({table.table: table}, page=10_000)) as server:
        original = server.answer

        def cut_off(path: str, query: dict[str, str]) -> dict[str, object] | None:
            found = original(path, query)
            return None if found is None else {name: part for name, part in found.items() if "nextLink" not in name}

        server.answer = cut_off  # type: ignore[method-assign]
        found = client(server).table("99950NED", areas=("GM9901",), api=api)
    assert len(found.observations) == 2 * 5_003


def test_it_tries_again_when_the_server_is_busy_and_waits_as_long_as_it_says() -> None:
    waited: list[float] = []
    with serving(Cbs(TABLES, trouble=[503, 429])) as server:
        found = client(server, waited).table("99984NED", areas=("GM9901",))
    assert len(found.observations) == 7
    assert 7.0 in waited
    assert waited[:4] == [0, 0, 2, 7]


def test_it_gives_up_after_four_tries_and_says_so() -> None:
    with (
        serving(Cbs(TABLES, trouble=[503] * 4)) as server,
        pytest.raises(cbs.CbsUnreachableError, match=r"HTTP 503, 4 keer geprobeerd"),
    ):
        client(server).table("99984NED", areas=("GM9901",))


def test_it_says_that_there_is_no_network() -> None:
    with serving(Cbs(TABLES)) as server:
        gone = client(server)
    with pytest.raises(cbs.CbsUnreachableError, match="niet bereikbaar"):
        gone.table("99984NED", areas=("GM9901",))
    with pytest.raises(cbs.CbsUnreachableError, match="niet bereikbaar"):
        cbs.Fake(TABLES, offline=True).table("99984NED", areas=("GM9901",))


@pytest.mark.parametrize("nonsense", [b"<html>", b"[]", b'{"value": 3}', b'{"value": [{}]}', b'{"value": [3]}'])
@pytest.mark.parametrize("api", ["v3", "v4"])
def test_an_answer_that_is_none_is_an_error_that_says_so(nonsense: bytes, api: Literal["v3", "v4"]) -> None:
    with serving(Cbs(TABLES, nonsense=nonsense)) as server, pytest.raises(cbs.CbsError):
        client(server).table("99984NED", areas=("GM9901",), api=api)


def test_a_refused_question_is_an_error_that_says_so() -> None:
    with serving(Cbs(TABLES, trouble=[400])) as server, pytest.raises(cbs.CbsAnswerError, match="HTTP 400"):
        client(server).table("99984NED", areas=("GM9901",))


def test_a_link_to_elsewhere_is_not_followed_there() -> None:
    with serving(Cbs(TABLES, page=1)) as server:
        found = client(server).table("99984NED", areas=("GM9901",))
    assert len(found.observations) == 7


def test_fetching_saves_one_file_named_after_the_table_and_the_day(tmp_path: Path) -> None:
    path = cbs.fetch("99950NED", tmp_path / "cbs", areas=("GM9901",), on=TODAY, cbs=cbs.Fake(TABLES))
    assert path.name == "99950NED_2026-11-24.json"
    saved = json.loads(path.read_bytes())
    assert (saved["table"], len(saved["observations"])) == ("99950NED", 6)
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_fetch_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(cbs.CbsUnreachableError):
        cbs.fetch("99950NED", tmp_path / "cbs", areas=("GM9901",), on=TODAY, cbs=cbs.Fake(TABLES, offline=True))
    assert not (tmp_path / "cbs").exists()


def test_tables_have_names_to_remember() -> None:
    assert cbs.identifier("kerncijfers-2024") == "85984NED"
    assert cbs.identifier("85984ned") == "85984NED"
    assert cbs.identifier("71486ned") == "71486ned"
    with pytest.raises(cbs.CbsTableError, match="geen naam of nummer"):
        cbs.identifier("kerncijfers-1812")
    names = [entry.name for entry in cbs.CATALOGUE]
    assert len(set(names)) == len(names)


def test_a_question_holds_no_plus_sign_that_a_server_may_take_for_one() -> None:
    with serving(Cbs(TABLES)) as server:
        client(server).table("99950NED", areas=("GM9901", "WK9901"), periods=("2023",))
    asked = [path for path in server.asked if "Observations" in path]
    assert asked
    assert not any("+" in path for path in asked)
    assert "%20or%20" in asked[0]
