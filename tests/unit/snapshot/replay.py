"""A slow, obvious twin of the fold: it replays the deliveries up to a day, number by number and line by line."""

from __future__ import annotations

from datetime import date

from noaber.records import TABLES

LAYERS = {"HO": ("indicated_support", "household_help"), "OZL1": ("indicated_support", "individual")}
_NOT_OF_A_DAY = {"known_from", "known_until"}
SUPPORT = [column.name for column in TABLES["support"].columns if column.name not in _NOT_OF_A_DAY]
COST = [column.name for column in TABLES["cost"].columns if column.name not in _NOT_OF_A_DAY]


def rows(frames, table):
    return list(frames[table].iter_rows(named=True))


def replay_support(frames, office, on: date):
    """Return what was known on a day about each spell: the values of `SUPPORT`, one tuple a spell."""
    known = {name: [row for row in rows(frames, name) if row["known_on"] <= on] for name in frames}
    numbers = {(row["law"], row["allocation_number"]) for row in known["allocation"]}
    return sorted((spell for number in numbers for spell in _spells(number, known, office)), key=repr)


def _spells(number, known, office):
    mine = {
        name: [row for row in known[name] if (row["law"], row["allocation_number"]) == number]
        for name in ("allocation", "start", "stop")
    }
    by_message = {row["delivery"]: row["delivery"] not in office for name in mine for row in mine[name]}
    order = max(
        mine["allocation"],
        key=lambda row: (
            row["allocated_at"],
            row["known_on"],
            by_message[row["delivery"]],
            row["delivery"],
            row["line"],
        ),
    )
    if order["change_reason"] == "13":
        return
    referrer, code = _referrer(mine["allocation"], known["request"])
    if referrer is None and order["reference"] is None and by_message[order["delivery"]]:
        referrer = "01"
    layer, kind = LAYERS[order["care_form"]]
    plain = order | {
        "layer": layer,
        "kind": kind,
        "referrer": referrer,
        "referrer_code": code,
        "allocated_on": min(row["allocated_at"] for row in mine["allocation"]).date(),
        "allocated_from": order["valid_from"],
        "allocated_until": order["valid_until"],
    }
    told = _what_counts(mine, by_message)
    starts, stops = set(), []
    for table, line in told:
        if table == "start":
            starts.discard(line["began_on"])
            if line["status"] == "1":
                starts.add(line["began_on"])
        else:
            stops = [
                item for item in stops if (item["began_on"], item["ended_on"]) != (line["began_on"], line["ended_on"])
            ]
            if line["status"] == "1":
                stops.append(line)
    for began in starts or {None}:
        end = {"ended_on": None, "end_reason": None}
        for line in stops:
            if line["began_on"] == began:
                end = line
        spell = plain | {"began_on": began, "ended_on": end["ended_on"], "end_reason": end["end_reason"]}
        yield tuple(spell[name] for name in SUPPORT)


def _what_counts(mine, by_message):
    """Return the lines of starts and stops in the order in which they were said, from the last statement onwards."""
    statements = [row for row in mine["allocation"] if not by_message[row["delivery"]]]
    last = max(((row["known_on"], row["delivery"]) for row in statements), default=None)
    told = []
    for table in ("start", "stop"):
        for line in mine[table]:
            if last is not None:
                spoke_later = by_message[line["delivery"]] and line["known_on"] >= last[0]
                if not spoke_later and line["delivery"] != last[1]:
                    continue
            told.append((table, line))
    return sorted(
        told,
        key=lambda item: (
            item[1]["known_on"],
            by_message[item[1]["delivery"]],
            item[1]["sequence"],
            item[1]["delivery"],
            item[1]["line"],
        ),
    )


def _referrer(allocations, requests):
    """Return the referrer last named: in the allocation, or in the request that an allocation answers."""
    named = []
    for order in allocations:
        named.append((order["known_on"], order["known_on"], order["delivery"], order["line"], order))
        for request in requests:
            if all(request[name] == order[name] for name in ("law", "provider", "reference")):
                when = max(request["known_on"], order["known_on"])
                named.append((when, request["known_on"], request["delivery"], request["line"], request))
    found = [(*key[1:], row["referrer"], row["referrer_code"]) for *key, row in named if row["referrer"] is not None]
    return max(found)[-2:] if found else (None, None)


def replay_cost(frames, office, on: date):
    """Return the claim lines that stood on a day: the values of `COST`, one tuple a line."""
    lines = {}
    for line in sorted(rows(frames, "claim"), key=lambda row: (row["known_on"], row["delivery"], row["line"])):
        if line["known_on"] <= on:
            lines[line["law"], line["provider"], line["reference"]] = line
    for reply in rows(frames, "reply"):
        key = (reply["law"], reply["provider"], reply["subject"])
        rejects = reply["message"] == "325" and reply["return_code"] not in ("0200", "8001")
        if rejects and reply["known_on"] <= on and key in lines and lines[key]["known_on"] <= reply["known_on"]:
            del lines[key]
    for key in sorted(lines):
        credit = lines.get(key)
        if credit is None or credit["amount_cents"] >= 0 or credit["previous_reference"] is None:
            continue
        credited = (*key[:2], credit["previous_reference"])
        whole = credited in lines and lines[credited]["amount_cents"] == -credit["amount_cents"]
        if whole and not _is_credit(lines[credited]):
            del lines[key], lines[credited]
    return sorted((_cost(line, frames, office) for line in lines.values()), key=repr)


def _is_credit(line):
    return line["amount_cents"] < 0 and line["previous_reference"] is not None


def _cost(line, frames, office):
    district = line["district"]
    if district is None:
        allocations = [
            row
            for row in rows(frames, "allocation")
            if (row["law"], row["allocation_number"]) == (line["law"], line["allocation_number"])
            and row["known_on"] <= line["known_on"]
        ]
        if allocations:
            district = max(
                allocations,
                key=lambda row: (
                    row["allocated_at"], row["known_on"], row["delivery"] not in office, row["delivery"], row["line"]
                ),
            )["district"]  # fmt: skip
    shown = line | {
        "district": district,
        "kind": LAYERS[line["care_form"]][1],
        "month": line["period_from"].replace(day=1),
        "volume": line["volume"] if line["amount_cents"] >= 0 else None,
    }
    return tuple(shown[name] for name in COST)


def as_folded(frame, columns, on: date):
    """Return what a folded table says was known on a day, as the twin says it."""
    return sorted(
        (
            tuple(row[name] for name in columns)
            for row in frame.iter_rows(named=True)
            if row["known_from"] <= on and (row["known_until"] is None or row["known_until"] > on)
        ),
        key=repr,
    )
