"""The database itself refuses to change an entry, and to remove one before its five years are over.

The term is that of the rule retention/journal; a shorter one would need a migration, on purpose.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "journal_entry"
REFUSE = "'the journal is append-only'"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_kept_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, {REFUSE}); END",
    f"""CREATE TRIGGER {TABLE}_kept_delete BEFORE DELETE ON {TABLE} WHEN OLD.at > datetime('now', '-5 years')
        BEGIN SELECT RAISE(ABORT, {REFUSE}); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION {TABLE}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '5 years' THEN RETURN OLD; END IF;
            RAISE EXCEPTION {REFUSE};
        END $$""",
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
