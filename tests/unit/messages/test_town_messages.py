"""All that the made-up town sends is read and written again as the same XML; every answer meets its schema."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date

from lxml import etree

from message_texts import found
from noaber import demo
from noaber.messages import ANSWERED_BY, Message, answer, places, read, write
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


def answers(message: Message) -> list[Message]:
    """All manners of answering: nothing, the header, within the message, and each place on its own."""
    subjects = ["Header", *(place.name for place in places(message))]
    findings = [[], [found("Header", "0001")], *([found(subject, "9019")] for subject in subjects)]
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
