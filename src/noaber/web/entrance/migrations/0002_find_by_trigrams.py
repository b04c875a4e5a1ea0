"""Lets PostgreSQL find names despite typing errors; SQLite compares in Python (search.py)."""

from typing import Any

from django.db import migrations


def index(_apps: Any, editor: Any) -> None:
    """Make the index over trigrams, where the database knows them."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        editor.execute("CREATE INDEX client_search_trigrams ON entrance_client USING gin (search gin_trgm_ops)")


def no_index(_apps: Any, editor: Any) -> None:
    """Drop the index; the extension may be used by others."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS client_search_trigrams")


class Migration(migrations.Migration):
    """The index over trigrams."""

    dependencies = [("entrance", "0001_initial")]
    operations = [migrations.RunPython(index, no_index)]
