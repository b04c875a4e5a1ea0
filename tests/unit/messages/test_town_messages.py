"""All that the made-up town sends is read and written again as the same XML; every answer meets its schema."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
from lxml import etree

from noaber import demo
from noaber.messages import ANSWERED_BY, Finding, Message, answer, read, write
from noaber.messages.parts import Class
from standards import SCHEMAS, needs_schemas, official


def everything(town: demo.Town) -> list[tuple[str, bytes]]:
    files = []
    for path in sorted((town.folder / "deliveries" / "messages").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            files += [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    return files


def plain(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def test_every_message_is_read_and_written_again(small_town: demo.Town) -> None:
    kinds: Counter[str] = Counter()
    for name, content in everything(small_town):
        message = read(content, name=name)
        assert plain(write(message)) == plain(content), name
        assert message.remarks == ()
        kinds[message.setting.name] += 1
    assert len(kinds) >= 15


def parts(part: msgspec.Struct) -> Iterator[Class]:
    """Every class in a part, itself first."""
    if isinstance(part, Class):
        yield part
    for value in msgspec.structs.astuple(part):
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, msgspec.Struct):
                yield from parts(item)


def answers(message: Message) -> list[Message]:
    """All manners of answering: nothing found, a fault within the message, and one in each part on its own."""
    about = [message.header, *parts(message)]
    findings = [[], [Finding(about[-1], "0001")], *([Finding(part, "9019")] for part in about)]
    return [answer(message, which, identification="R1", on=date(2026, 7, 1)) for which in findings]


@needs_schemas
def test_every_answer_meets_the_official_schema(small_town: demo.Town) -> None:
    """Those of iWmo the pattern of iJw, for there is no schema of their own."""
    kinds: Counter[str] = Counter()
    for name, content in everything(small_town):
        message = read(content, name=name)
        kinds[message.setting.name] += 1
        if message.number not in ANSWERED_BY or kinds[message.setting.name] > 20:
            continue
        for back in answers(message):
            written = write(back)
            assert official(back.setting).validate(etree.fromstring(written)), (name, official(back.setting).error_log)
            assert read(written, name=name, schemas=SCHEMAS).setting == back.setting
