"""The door for iWmo and iJw: a message, a folder or a zip of them in, rows and a receipt out.

Messages are taken in the order of their dates, so that each is judged against what was said before it: in the store
(`known`) and in the delivery itself. A delivery is taken in whole or not at all; within it every row stands on the
receipt. A file that cannot be read counts as one refused row, because nobody knows how many it holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from noaber.messages import MessageError, SchemaFolderError, unwrap
from noaber.messages import read as read_message
from noaber.messages.model import AllocatedProduct, Delivery, Message
from noaber.messages.rules import Book, Line, Rule, Violation, check_against, for_us, lines, refuses
from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import (
    DELIVERED,
    Batch,
    Receipt,
    Refusal,
    Remark,
    delivery_id,
    is_citizen_number,
    keep_good_rows,
)

from .message_rows import Row, Rows, day_of, rejected, replies
from .parcel import File, open_parcel
from .standing import Asking, book_of

_ORDER: Final = {"315": 0, "301": 1, "317": 2, "319": 3, "305": 4, "307": 4, "323": 5}
"""Within a day: what is asked, what is given, what is done with it, and what that costs; return messages last."""
_LAST: Final = 6


@dataclass(slots=True)
class _Letter:
    """One file of the delivery: its name without personal details, and the message in it or why there is none."""

    name: str
    message: Message | None = None
    error: MessageError | None = None
    lines: list[Line] = field(default_factory=list)
    first_line: int = 0

    @property
    def order(self) -> tuple[date, int, date, str, int, str]:
        """Where it comes among the others, whatever its file is called.

        Starts and stops of a day go by the day that the support began; a sender numbers its messages as it sends them.
        """
        if self.message is None:
            return date.min, 0, date.min, "", 0, self.name
        number, name = self.message.number, self.message.header.identification
        moved = [line.element.begin for line in self.lines] if number in ("305", "307") else []
        rank = _ORDER.get(number, _LAST)
        said = f"{name} {self.message.header.sender}"
        return day_of(self.message), rank, min(moved, default=date.min), number, len(name), said


class _Persons(dict[str, str]):
    """Pseudonyms by citizen number, empty where one fails the eleven-test; each is made once per delivery."""

    def __init__(self, pseudonyms: Pseudonymiser) -> None:
        super().__init__()
        self._pseudonyms = pseudonyms

    def __missing__(self, number: str) -> str:
        found = self[number] = self._pseudonyms.person(number) if is_citizen_number(number) else ""
        return found


@dataclass(slots=True)
class _Desk:
    """Where the messages of one law are judged: what stands, who makes the rows, and the rule on products."""

    book: Book
    rows: Rows
    product: Rule


@dataclass(slots=True)
class _Receiving:
    """A delivery while it is taken in."""

    town: Municipality
    persons: _Persons
    desks: dict[str, _Desk] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    next_line: int = 1

    def keep(self, table: str, row: Row, line: int, known_on: date) -> None:
        """Keep a row, with its lineage."""
        self.rows.setdefault(table, []).append({**row, "line": line, "known_on": known_on})


def read(
    path: Path,
    *,
    town: Municipality,
    supplier: Supplier,
    pseudonyms: Pseudonymiser,
    received: date,
    known: Mapping[str, pl.DataFrame],
) -> Batch:
    """Take in the messages at `path`: one XML file, a folder, or a zip.

    `known` holds the delivered tables that stand in the store: allocation, start, stop, claim and reply, and request
    and answer where rules on requests should look back too. Rows are known from the date of their message on;
    `received` stands in where a file cannot be read. Raises `ParcelError` (N-241) when the parcel itself is unsafe or
    damaged, and `SchemaFolderError` (N-207) when the schemas that the municipality names are not there.
    """
    files = open_parcel(path)
    schemas = town.folder / town.schemas if town.schemas else None
    letters = sorted((letter for file in files for letter in _opened(file, schemas)), key=lambda letter: letter.order)
    receiving = _Receiving(town, _Persons(pseudonyms))
    _open_desks(receiving, letters, pseudonyms, known)
    for letter in letters:
        _take_in(letter, receiving)
    identity = _identity(path, files)
    frames, refused = _frames(receiving, identity)
    refusals = (*receiving.refusals, *refused)
    kept = sum(len(frame) for frame in frames.values())
    days = [day_of(letter.message) for letter in letters if letter.message is not None]
    receipt = Receipt(
        delivery=identity,
        source=supplier.source,
        name=_plain(path.name),
        known_on=max(days, default=received),
        rows_in=kept + len(refusals),
        rows_kept=kept,
        refusals=tuple(sorted(refusals, key=lambda refusal: refusal.line)),
        remarks=tuple(receiving.remarks),
        parts=tuple((letter.first_line, letter.name) for letter in letters),
    )
    return Batch(receipt=receipt, rows=frames)


def _identity(path: Path, files: list[File]) -> str:
    """Return the identity of the delivery: of a file its bytes, of a folder the names and bytes of its files."""
    if path.is_file():
        return delivery_id("messages", path.read_bytes())
    listed = "".join(f"{file.name}\0{hashlib.sha256(file.content).hexdigest()}\n" for file in files)
    return delivery_id("messages", listed.encode())


def _opened(file: File, schemas: Path | None) -> list[_Letter]:
    """Return the message in a file, or each of those in an envelope; what cannot be read becomes a letter too."""
    try:
        return [_read(name, content, schemas) for name, content in unwrap(file.content, file.name)]
    except SchemaFolderError:
        raise
    except MessageError as error:
        return [_Letter(_plain(file.name), error=error)]


def _read(name: str, content: bytes, schemas: Path | None) -> _Letter:
    plain = _plain(name)
    try:
        message = read_message(content, name=plain, schemas=schemas)
    except SchemaFolderError:
        raise
    except MessageError as error:
        return _Letter(plain, error=error)
    return _Letter(plain, message, lines=lines(message))


def _plain(name: str) -> str:
    """Return a file name without the citizen numbers that some systems put in it."""
    return re.sub(r"(?<!\d)\d{9}(?!\d)", lambda found: "#" * 9 if is_citizen_number(found[0]) else found[0], name)


def _open_desks(
    receiving: _Receiving, letters: list[_Letter], pseudonyms: Pseudonymiser, known: Mapping[str, pl.DataFrame]
) -> None:
    """Look up, per law, what stands of all that the letters speak of."""
    asked: dict[str, Asking] = {}
    for letter in letters:
        if letter.message is not None:
            asking = asked.setdefault(letter.message.law, Asking())
            asking.hear(letter.message, letter.lines, receiving.persons)
    for law, asking in asked.items():
        book, districts = book_of(known, law, asking)
        rows = Rows(receiving.town, pseudonyms, law, districts)
        receiving.desks[law] = _Desk(book, rows, _declared_product(rows))


def _take_in(letter: _Letter, receiving: _Receiving) -> None:
    """Keep or refuse every row of a letter; each takes the next line of the delivery."""
    letter.first_line = receiving.next_line
    message, error = letter.message, letter.error
    if message is None:
        assert error is not None
        receiving.refusals.append(Refusal(letter.first_line, error.code, error.what, letter.name))
        receiving.next_line += 1
        return
    receiving.remarks += [
        Remark(letter.first_line, remark.code, remark.text, f"{letter.name}, regel {remark.line}")
        for remark in message.remarks
    ]
    if message.number in _ORDER:
        count = _take_in_lines(letter, message, receiving)
    else:
        count = _take_in_replies(letter, message, receiving)
    receiving.next_line += max(1, count)


def _take_in_lines(letter: _Letter, message: Message, receiving: _Receiving) -> int:
    """Judge and keep or refuse each line; return how many there were."""
    desk, known_on, count = receiving.desks[message.law], day_of(message), 0
    verdicts = check_against(
        message,
        desk.book,
        municipality=receiving.town.code,
        person=receiving.persons.__getitem__,
        more=(desk.product,),
    )
    for verdict in verdicts:
        line = letter.first_line + verdict.line.place - 1
        broken = verdict.refusal
        if broken is None:
            table, row = desk.rows.make(verdict.line, verdict.at, letter.first_line + count)
            receiving.keep(table, row, line, known_on)
        else:
            place = _place(letter, broken)
            receiving.refusals.append(Refusal(line, broken.rule, broken.reason_nl, place, broken.return_code))
        receiving.remarks += [
            Remark(line, remark.rule, remark.reason_nl, _place(letter, remark)) for remark in verdict.remarks
        ]
        count += 1
    if count == 0:
        text = "Het verzoek vraagt geen wijziging en geen nieuw product."
        receiving.remarks.append(Remark(letter.first_line, "TR353", text, letter.name))
    return count


def _place(letter: _Letter, violation: Violation) -> str:
    return f"{letter.name}, {violation.subject} (regel {violation.line})"


def _declared_product(rows: Rows) -> Rule:
    """Return the rule that a product belongs to a care form of the municipality; without one no figure can hold it."""

    def undeclared(line: Any, _: object) -> bool:
        if isinstance(line, AllocatedProduct):
            product = line.product
            category, code = (product.category, product.product_code) if product is not None else (None, None)
            on = line.valid_from
        elif isinstance(line, Delivery):
            category, code, on = line.product_category, line.claimed_code, line.product_period.begin
        else:
            return False
        return rows.care_form(category, code, on) is None

    return refuses("TR381", "De gemeente heeft voor dit product geen zorgvorm opgegeven.", undeclared, "S329")


def _take_in_replies(letter: _Letter, message: Message, receiving: _Receiving) -> int:
    """Keep each return code of a return message; return how many there were."""
    found, ours = replies(message), for_us(message, receiving.town.code)
    book = receiving.desks[message.law].book
    for line, row in enumerate(found, start=letter.first_line):
        if ours:
            receiving.keep("reply", {"law": str(message.law), **row}, line, day_of(message))
            if message.number == "325" and rejected(row):
                book.reject_claim(str(row["provider"]), str(row["subject"]))
        else:
            reason = "Dit bericht is niet van of aan deze gemeente."
            receiving.refusals.append(Refusal(line, "IV046", reason, letter.name))
    return len(found)


def _frames(receiving: _Receiving, identity: str) -> tuple[dict[str, pl.DataFrame], list[Refusal]]:
    """Return the rows per table, and a refusal for each that does not fit its table after all."""
    frames, refusals = {}, []
    for name, rows in receiving.rows.items():
        table = DELIVERED[name]
        frame = table.frame(rows).with_columns(pl.lit(identity).alias("delivery"))
        frames[name], wrong = keep_good_rows(table, frame, place=name)
        refusals += [
            Refusal(item.line, item.rule, f"Het veld {item.reason.split()[0]} heeft een vorm die hier niet kan.", name)
            for item in wrong
        ]
    return frames, refusals
