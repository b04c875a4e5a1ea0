"""The post: all messages of a month and law in one zip, the same bytes for the same messages."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from noaber.records import Law

from .backoffice import Office
from .streams import EPOCH
from .traffic import Said
from .wording import file_name, word

_STANDARD = {Law.WMO: "iwmo", Law.YOUTH: "ijw"}
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def post(folder: Path, office: Office, said: Iterable[Said]) -> Iterator[str]:
    """Write `said` as iwmo-YYYY-MM.zip and ijw-YYYY-MM.zip; yield each month when it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    said = list(said)
    numbers = {id(item): number for number, item in enumerate(said, start=1)}
    for month, group in groupby(said, key=lambda item: (EPOCH + timedelta(item.on)).isoformat()[:7]):
        messages = list(group)
        for law, standard in _STANDARD.items():
            _pack(folder / f"{standard}-{month}.zip", office, [item for item in messages if item.law is law], numbers)
        yield month


def _pack(path: Path, office: Office, messages: list[Said], numbers: dict[int, int]) -> None:
    if not messages:
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for said in messages:
            identification, answered = numbers[id(said)], numbers.get(id(said.answers), 0)
            entry = zipfile.ZipInfo(file_name(said, identification), _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, word(office, said, identification, answered))
