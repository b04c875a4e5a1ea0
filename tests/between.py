"""What lies between two organisations: something that sees all that passes, and whoever speaks without a program."""

from __future__ import annotations

import contextlib
import socket
import threading
from datetime import UTC, datetime

import msgspec
import pytest

from exchanging import MUNICIPALITY, PARTNER
from noaber.connections import exchange
from two_installations import make


class Between:
    """Something between the two that sees all that passes; it can swallow answers, or be away."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.target = 0
        self.swallow = False
        self.asked = []
        self.heard = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def forget(self):
        """Begin anew: pass everything on, and remember nothing of before."""
        self.swallow = False
        self.asked.clear()
        self.heard.clear()

    def close(self):
        self.listening.close()

    def _listen(self):
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(line,), daemon=True).start()

    def _pass(self, line):
        with line, contextlib.suppress(OSError):  # who stands behind it may be dead, and who asked may be killed
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += line.recv(65536)
            head, _, body = asked.partition(b"\r\n\r\n")
            length = next(
                (int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length")), 0
            )
            while len(body) < length:
                body += line.recv(65536)
            self.asked.append((head, body))
            with socket.create_connection(("127.0.0.1", self.target)) as onward:
                onward.sendall(head.replace(b"keep-alive", b"close") + b"\r\n\r\n" + body)
                answer = b""
                while part := onward.recv(65536):
                    answer += part
            self.heard.set()
            if not self.swallow:
                line.sendall(answer)
            else:
                line.recv(1)  # says nothing until whoever asked is gone


def keys_in(place):
    """Return the keys of an installation, as whoever has its folder of keys has them."""
    found = (place.folder / "keys").glob("exchange-*.key")
    return exchange.OwnKeys.of({int(key.stem.rpartition("-")[2]): bytes.fromhex(key.read_text()) for key in found})


def line(municipality, partner, own=None):
    """Return the line on which the partner (or whoever has these keys) speaks to the municipality."""
    return exchange.Client(
        municipality.address, own or keys_in(partner), keys_in(municipality).public(), lambda: datetime.now(UTC)
    )


def sealed(municipality, key, shared=None, agreement="wmo-2026"):
    """Return an envelope for the municipality, as the partner seals it."""
    bare = exchange.Envelope(
        key=key,
        sender=PARTNER,
        receiver=MUNICIPALITY,
        agreement=agreement,
        moment="naar-maatwerk",
        purpose="wmo-maatwerk",
        sealed_for="",
        sealed="",
    )
    contents = exchange.Contents(shared=shared or {"naam": "Jannie"}, grounds={}, written_by="Gerrit")
    name, text = exchange.seal(msgspec.json.encode(contents), keys_in(municipality).public(), about=bare.about)
    return msgspec.structs.replace(bare, sealed_for=name, sealed=text)


@pytest.fixture(scope="session")
def between():
    """What lies between the two that `both` gives."""
    found = Between()
    yield found
    found.close()


@pytest.fixture(scope="session")
def both(tmp_path_factory, between):
    """Municipality and partner; the partner reaches the municipality by way of something that sees what passes."""
    places = make(tmp_path_factory.mktemp("two"), by_way_of={MUNICIPALITY: between.port})
    between.target = places[MUNICIPALITY].port
    for place in places.values():
        place.start()
        place.do("agree")
        place.do("agree", key="jeugd-2026", purpose="jeugdhulp")
    yield places
    for place in places.values():
        place.stop()
