"""The database itself refuses to change or remove an entry, whoever asks through the application."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "journal_entry"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_kept_{act.lower()} BEFORE {act} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION {TABLE}_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    f"""CREATE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_kept()""",
]


def keep(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers in the words of this database."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Append-only by trigger."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
