"""Where this installation is settled: one TOML file, read once, frozen; docs/reference/installation.md lists its keys.

A file is named with NOABER_INSTALLATION. Secrets do not stand in it: it names the files in which they are.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Literal

import msgspec

from noaber.records import NoaberError

Role = Literal["municipality", "partner"]
VARIABLE = "NOABER_INSTALLATION"


class InstallationError(NoaberError):
    """The settings of this installation cannot be read, or contradict themselves."""

    code = "N-950"
    exit_code = 2


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the installation file: frozen, and a key that nothing reads is an error."""


class OpenIdConnect(_Frozen, frozen=True):
    """An identity provider: of the organisation for its people, or an identity connection for residents.

    Its own page (ending in /.well-known/openid-configuration) lists these addresses.
    """

    issuer: str
    """How the provider names itself in its tokens."""
    client_id: str
    """How the provider knows us."""
    client_secret_file: str
    """File with the secret that the provider gave us, relative to this file."""
    authorization_endpoint: str
    """Where people are sent to log in."""
    token_endpoint: str
    """Where we fetch the token of who came back."""
    user_endpoint: str
    """Where we fetch the mail address of who came back; residents need none."""
    jwks_endpoint: str
    """Where the provider publishes the keys that its tokens are signed with."""
    second_factor: tuple[str, ...] = ()
    """The `acr` values that are strong enough: for staff those that count as two steps, for residents those let in."""
    claim: str = "bsn"
    """For residents: the claim of the token with the citizen number."""


class Peer(_Frozen, frozen=True):
    """The other organisation, as the exchange knows it: its address, its code and its public key."""

    name: str
    """Its name, as people here read it."""
    code: str
    """Its code, as its own installation file writes it."""
    address: str
    """Where its installation is reached."""
    public_key_file: str
    """File with its public key, which it handed over in person or by a trusted way."""


class Mail(_Frozen, frozen=True):
    """The mail server; without one, mail is written to the folder `mail` beside the installation file."""

    host: str
    """Name of the mail server."""
    port: int = 587
    """Port of the mail server; the connection is always encrypted."""
    user: str = ""
    """Name to log in with; empty when it asks for none."""
    password_file: str = ""
    """File with the password, relative to this file."""
    sender: str = "noaber@localhost"
    """Address that mail comes from."""


class Colours(_Frozen, frozen=True):
    """The colours of the organisation, as CSS writes them; the defaults are those of the house.

    `strong` carries white text (contrast at least 4.5:1), `soft` is a background behind dark text.
    """

    strong: str = "#1d5c45"
    """Links and buttons; carries white text."""
    stronger: str = "#123d2d"
    """Buttons and the mark; darker than `strong`."""
    soft: str = "#e8f2ed"
    """A background behind dark text."""


class Installation(_Frozen, frozen=True):
    """One installation of one organisation in one role."""

    role: Role
    """Which rooms there are: those of a municipality, or those of its partner."""
    name: str
    """Name of the organisation, as it stands on every page."""
    code: str
    """CBS code of the municipality, or the AGB code of the partner."""
    address: str = "http://127.0.0.1:8000"
    """Where people reach this installation; https in earnest."""
    database: str = "sqlite:///noaber.sqlite3"
    """sqlite:///FILE, relative to this file, or postgresql://USER@HOST:PORT/NAME with the password in PGPASSFILE."""
    keys: str = "keys"
    """Folder of the keys (mode 0700), beside or far from the database; made when missing."""
    municipality: str = ""
    """The municipality.toml whose figures and districts are shown, and whose snapshot analysts ask; empty: none yet."""
    plans: str = ""
    """Folder of the plans that analysts cost, relative to this file; empty: `plans` beside municipality.toml."""
    uploads: str = "uploads"
    """Folder of what people upload, relative to this file."""
    language: Literal["nl", "en"] = "nl"
    """Language of whoever has not chosen one."""
    demo: bool = False
    """Made-up accounts may log in with the password and code that the demo prints; never in earnest."""
    session_minutes: int = 30
    """After how long without a click somebody must log in again."""
    session_hours: int = 10
    """After how long somebody must log in again, however busy."""
    staff: OpenIdConnect | None = None
    """The identity provider of the organisation; without one, people log in with a password and a code."""
    residents: OpenIdConnect | None = None
    """The identity connection for residents; without one, they cannot log in."""
    peers: tuple[Peer, ...] = ()
    """The other organisations that data may be exchanged with."""
    mail: Mail | None = None
    """The mail server."""
    colours: Colours = Colours()
    """The colours of the organisation."""
    contact: str = ""
    """Telephone number or address that residents see on every page."""
    folder: Path = Path()
    """Folder of the file itself; filled when read."""

    @property
    def in_earnest(self) -> bool:
        """Whether people reach this installation over https, so that cookies and redirects insist on it."""
        return self.address.startswith("https://")

    def path(self, name: str) -> Path:
        """Return a path named in the file, relative to the file."""
        return self.folder / name

    def secret(self, name: str) -> bytes:
        """Return the 32-byte key `name` from the folder of keys, made when missing (mode 0600).

        Raises `InstallationError` (N-950) when others can read it.
        """
        file = self.path(self.keys) / f"{name}.key"
        if not file.exists():
            _make(file)
        if file.stat().st_mode & 0o077:
            raise InstallationError("A key can be read by others.", where=str(file), now=f"Run: chmod 600 {file}")
        return bytes.fromhex(file.read_text("ascii"))

    def series(self, name: str) -> dict[int, bytes]:
        """Return the keys `name`-1, `name`-2, … by their number; the first is made when there is none.

        Raises `InstallationError` (N-950) when others can read one.
        """
        found = sorted(self.path(self.keys).glob(f"{name}-*.key")) or [Path(f"{name}-1.key")]
        return {int(file.stem.rpartition("-")[2]): self.secret(file.stem) for file in found}

    def renew(self, name: str) -> int:
        """Add a key to a series and return its number; the older ones stay, to read with."""
        number = max(self.series(name)) + 1
        _make(self.path(self.keys) / f"{name}-{number}.key")
        return number


def read(path: Path | None = None) -> Installation:
    """Read the installation file at `path`, or the one that NOABER_INSTALLATION names.

    Raises `InstallationError` (N-950) when there is none, when it is not TOML, or when a key is unknown.
    """
    named = path or Path(os.environ.get(VARIABLE, "installation.toml"))
    try:
        plain = msgspec.toml.decode(named.read_bytes())
        return msgspec.convert(plain | {"folder": str(named.resolve().parent)}, Installation, dec_hook=_decode)
    except FileNotFoundError:
        raise InstallationError(
            "There is no installation file here.",
            where=str(named),
            now=f"Name yours in {VARIABLE}, or make the demo with: noaber demo",
        ) from None
    except (msgspec.MsgspecError, OSError) as error:
        raise InstallationError(
            f"The installation file cannot be read: {error}.",
            where=str(named),
            now="Correct that key; docs/reference/installation.md lists them all.",
        ) from error


def _make(file: Path) -> None:
    """Write a new key; the folder it lies in is made when missing. Two processes that do so at once keep the first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)  # mode 0600
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(secrets.token_hex(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()


def _decode(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)
