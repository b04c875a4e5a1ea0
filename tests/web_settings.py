"""Django's settings for tests: an installation of the made-up municipality in a folder of its own.

NOABER_TEST_DATABASE names another database than SQLite in memory, such as postgresql://user@/noaber?host=/tmp/socket.
"""

import os
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="noaber-web-"))
_DATABASE = os.environ.get("NOABER_TEST_DATABASE", "sqlite:///noaber.sqlite3")
(_FOLDER / "installation.toml").write_text(
    f"""\
role = "municipality"
name = "Gemeente Noaberstad"
code = "GM9901"
demo = true
database = "{_DATABASE}"
contact = "telefoon 14 000"
""",
    encoding="utf-8",
)
os.environ["NOABER_INSTALLATION"] = str(_FOLDER / "installation.toml")

from noaber.web.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests need no slow one
STORAGES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
