"""The messages that the town sends: valid, complete, and about no one outside the reserved numbers."""

from __future__ import annotations

import os
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from noaber import demo
from noaber.records import is_citizen_number, test_citizen_numbers

SHARED = Path(os.environ.get("NOABER_SHARED", Path(__file__).parents[4] / "shared"))
SCHEMAS = SHARED / "standards" / "xsd"


def messages(town: demo.Town) -> Iterator[tuple[str, str, bytes]]:
    """Yield (zip name, file name, content) of every message."""
    for path in sorted((town.folder / "deliveries" / "messages").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                yield path.name, entry.filename, archive.read(entry)


def texts(content: bytes, name: str) -> list[str]:
    return [element.text for element in etree.fromstring(content).iter(f"{{*}}{name}")]


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the official schemas are not beside this checkout (NOABER_SHARED)")
def test_every_message_meets_the_official_schema(small_town: demo.Town) -> None:
    schemas = {
        path.stem: etree.XMLSchema(etree.parse(path)) for path in SCHEMAS.glob("*/*.xsd") if path.stem != "basisschema"
    }
    count = 0
    for archive, name, content in messages(small_town):
        schema = schemas[name.split("-")[0]]
        assert schema.validate(etree.fromstring(content)), (archive, name, schema.error_log.last_error)
        count += 1
    assert count > 500


def test_each_month_has_both_standards_and_all_kinds_occur(small_town: demo.Town) -> None:
    kinds = Counter(name.split("-")[0] for _, name, _ in messages(small_town))
    for kind in (
        "WMO301",
        "WMO305",
        "WMO307",
        "WMO323",
        "JW301",
        "JW305",
        "JW306",
        "JW307",
        "JW315",
        "JW319",
        "JW323",
        "JW325",
    ):
        assert kinds[kind] > 0, kind
    assert small_town.messages_from is not None
    months = (small_town.until.year - small_town.messages_from.year) * 12 + small_town.until.month
    archives = [path.name for path in (small_town.folder / "deliveries" / "messages").glob("*.zip")]
    assert len(archives) == 2 * (months - small_town.messages_from.month + 1)


def test_only_test_citizen_numbers_appear(small_town: demo.Town) -> None:
    found = {number for _, _, content in messages(small_town) for number in texts(content, "Bsn")}
    valid = {number for number in found if is_citizen_number(number)}
    assert valid <= set(test_citizen_numbers())
    assert len(found - valid) <= small_town.flaws["message_citizen_number"]
    assert all(number.startswith("9999") for number in found)


def test_identifications_are_unique_and_days_lie_in_the_month_of_the_zip(small_town: demo.Town) -> None:
    seen: set[str] = set()
    for archive, _, content in messages(small_town):
        own = texts(content, "IdentificatieRetour") or texts(content, "Identificatie")
        sent = texts(content, "DagtekeningRetour") or texts(content, "Dagtekening")
        identification, dated = own[0], sent[0]
        assert identification not in seen
        seen.add(identification)
        assert dated.startswith(archive.split("-", 1)[1].removesuffix(".zip"))


def test_claim_totals_are_the_sum_of_their_lines_and_credits_copy_them(small_town: demo.Town) -> None:
    lines: dict[str, tuple[str, str]] = {}
    credited = 0
    for _, name, content in messages(small_town):
        if not name.split("-")[0].endswith("323"):
            continue
        root = etree.fromstring(content)
        total = 0
        for line in root.iter("{*}Prestatie"):
            reference, previous = line.findtext(".//{*}ReferentieNummer"), line.findtext(".//{*}VorigReferentieNummer")
            cents, side = line.findtext(".//{*}Bedrag"), line.findtext(".//{*}DebetCredit")
            assert reference not in lines, "a reference is used once"
            lines[reference] = (cents, side)
            total += int(cents) if side == "D" else -int(cents)
            if side == "C":
                assert lines[previous] == (cents, "D")
                credited += 1
        stated = root.find(".//{*}TotaalIngediendBedrag")
        sign = 1 if stated.findtext("{*}DebetCredit") == "D" else -1
        assert sign * int(stated.findtext("{*}TotaalBedrag")) == total
    assert credited > 0


def test_claims_by_message_add_up_to_the_truth(small_town: demo.Town) -> None:
    spent: dict[int, int] = defaultdict(int)
    for _, name, content in messages(small_town):
        if not name.split("-")[0].endswith("323"):
            continue
        for line in etree.fromstring(content).iter("{*}Prestatie"):
            if int(line.findtext("{*}ToewijzingNummer")) < 980_000_000:
                cents = int(line.findtext(".//{*}Bedrag"))
                year = int(line.findtext(".//{*}ProductPeriode/{*}Begindatum")[:4])
                spent[year] += cents if line.findtext(".//{*}DebetCredit") == "D" else -cents
    for year, cents in spent.items():
        true = small_town.truth.years[year].cents
        assert cents == sum(true.values()) - true["BIJSTAND"] - true["LOONKOSTENSUBSIDIE"]


def test_starts_and_stops_by_message_are_those_of_the_truth(small_town: demo.Town) -> None:
    began: Counter[tuple[str, str, str]] = Counter()
    ended: Counter[str] = Counter()
    for _, name, content in messages(small_town):
        law = name[:2]
        for line in etree.fromstring(content).iter("{*}StartProduct"):
            number, begin = line.findtext("{*}ToewijzingNummer"), line.findtext("{*}Begindatum")
            if int(number) < 980_000_000:
                began[law, number, begin] += 1 if line.findtext("{*}StatusAanlevering") == "1" else -1
        for line in etree.fromstring(content).iter("{*}StopProduct"):
            ended[line.findtext("{*}Einddatum")[:4]] += 1
    years = small_town.truth.years
    benefits = ("BIJSTAND", "LOONKOSTENSUBSIDIE")
    for year in (2024, 2025, 2026):
        starts = sum(number for (_, _, begin), number in began.items() if begin.startswith(str(year)))
        assert starts == sum(number for form, number in years[year].began.items() if form not in benefits)
        assert ended[str(year)] == sum(number for form, number in years[year].ended.items() if form not in benefits)
    assert set(began.values()) <= {0, 1}


def test_what_is_wrong_on_purpose_is_counted(small_town: demo.Town) -> None:
    found: Counter[str] = Counter()
    for _, name, content in messages(small_town):
        numbers = [int(number) for number in texts(content, "ToewijzingNummer") if int(number) >= 980_000_000]
        found[name.split("-")[0][-3:]] += len(numbers)
    assert found["301"] == small_town.flaws["overlap"] > 0
    assert found["305"] == small_town.flaws["unknown_allocation"] > 0
    assert found["323"] == small_town.flaws["claim_without_allocation"] > 0
