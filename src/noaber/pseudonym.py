"""The key at the door: who comes in by number leaves as a pseudonym, and the number stays outside.

A pseudonym is HMAC-SHA-256 under a secret key, 128 bits kept, with a version and a purpose in the message. A key
ring holds one key per rotation and the pseudonym is their chain: rotating appends a key, and what is stored can be
re-keyed from the stored pseudonym alone, without anyone ever seeing the number again.

Keys live in one file with owner-only permissions, outside the repository and outside the store. Nothing here prints,
logs or returns a key or a number.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from .records import NoaberError, is_citizen_number

_DIGITS = 32


class KeyFileError(NoaberError):
    """The key file is missing, unsafe or damaged."""

    code = "N-301"
    exit_code = 4


class CitizenNumberError(NoaberError):
    """A number at the door fails the eleven-test; the number itself is never repeated."""

    code = "N-302"
    exit_code = 3


@dataclass(frozen=True, slots=True, repr=False)
class Pseudonymiser:
    """Turns numbers and addresses into pseudonyms under a key ring; remembers what it has seen in this run."""

    keys: tuple[bytes, ...]
    _seen: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Pseudonymiser({len(self.keys)} keys)"

    def person(self, citizen_number: str) -> str:
        """Return the pseudonym (32 hex digits) of a citizen number.

        Raises `CitizenNumberError` (N-302) when the number fails the eleven-test.
        """
        known = self._seen.get(citizen_number)
        if known is None:
            if not is_citizen_number(citizen_number):
                raise CitizenNumberError(
                    "A citizen number fails the eleven-test.", now="Ask the supplier to correct it."
                )
            known = self._seen[citizen_number] = self._chain(f"bsn|v1|{citizen_number}")
        return known

    def client(self, supplier: str, number: str) -> str:
        """Return the pseudonym of a supplier's own client number, for files without citizen numbers.

        It meets only the same number of the same supplier, never a citizen number.
        """
        return self._remember(f"client|v1|{supplier}|{number}")

    def household(self, postcode: str, house_number: str, addition: str = "") -> str:
        """Return the pseudonym of an address: everyone at one address shares it."""
        parts = (postcode, house_number, addition)
        return self._remember("address|v1|" + "|".join("".join(part.split()).upper() for part in parts))

    def rekey(self, pseudonym: str) -> str:
        """Return the pseudonym under this whole ring of one made under all its keys but the last."""
        return _turn(self.keys[-1], bytes.fromhex(pseudonym))

    @property
    def mark(self) -> str:
        """Return by what a store knows this ring: a pseudonym of nobody, which `rekey` turns as it turns the others."""
        return self._chain("ring|v1")

    def _remember(self, message: str) -> str:
        known = self._seen.get(message)
        if known is None:
            known = self._seen[message] = self._chain(message)
        return known

    def _chain(self, message: str) -> str:
        made = _turn(self.keys[0], message.encode())
        for key in self.keys[1:]:
            made = _turn(key, bytes.fromhex(made))
        return made


def _turn(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:_DIGITS]


def default_key_file(municipality_code: str) -> Path:
    """Return where the key of a municipality lives: $NOABER_KEYS, else the configuration folder of the user."""
    named = os.environ.get("NOABER_KEYS")
    folder = Path(named) if named else Path.home() / ".config" / "noaber"
    return folder / f"{municipality_code}.key"


def make(path: Path) -> Pseudonymiser:
    """Make a new key ring at `path` (mode 0600, its folder 0700); refuses (N-301) to overwrite one."""
    _write(path, (secrets.token_bytes(32),), exclusive=True)
    return read(path)


def read(path: Path) -> Pseudonymiser:
    """Read the key ring at `path`; raises `KeyFileError` (N-301) when missing, open to others or damaged."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise KeyFileError(
            "There is no key yet for this municipality.", where=str(path), now="Make one with: noaber doctor --make-key"
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError("The key file can be read by others.", where=str(path), now=f"Run: chmod 600 {path}")
    try:
        keys = tuple(bytes.fromhex(line) for line in path.read_text("ascii").split())
    except (ValueError, UnicodeDecodeError):
        keys = ()
    if not keys or any(len(key) != 32 for key in keys):
        raise KeyFileError("The key file is damaged.", where=str(path), now="Restore it from your vault.")
    return Pseudonymiser(keys)


def rotate(path: Path) -> Pseudonymiser:
    """Add a key to the ring at `path`; the ring before it stays beside it as `.before` until the store is re-keyed."""
    ring = read(path)
    _write(path.with_suffix(".before"), ring.keys, exclusive=False)
    _write(path, (*ring.keys, secrets.token_bytes(32)), exclusive=False)
    return read(path)


def before(path: Path) -> Pseudonymiser | None:
    """Return the ring before a rotation that is not finished yet; None when there is none."""
    kept = path.with_suffix(".before")
    return read(kept) if kept.exists() else None


def forget_before(path: Path) -> None:
    """Say that the rotation of the ring at `path` is finished: the ring before it goes."""
    path.with_suffix(".before").unlink(missing_ok=True)


def _write(path: Path, keys: tuple[bytes, ...], *, exclusive: bool) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if exclusive and path.exists():
        raise KeyFileError(
            "There is a key here already; a new one would cut every tie with what is stored.",
            where=str(path),
            now="Rotate it with: noaber doctor --rotate-key",
        )
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("".join(f"{key.hex()}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
