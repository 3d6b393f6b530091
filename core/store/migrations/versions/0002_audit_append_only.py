"""The audit trail only grows: the database itself refuses to change or remove an entry."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "the audit trail cannot be changed"

POSTGRESQL_UP = f"""
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$;
CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
"""


def upgrade() -> None:
    """Go one step forward."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_UP)
        return
    for change in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{change} BEFORE {change.upper()} ON audit_entry "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    # INSERT OR REPLACE removes a row without firing the delete trigger
    op.execute(
        "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry "
        "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def downgrade() -> None:
    """Go one step back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_fixed ON audit_entry; DROP FUNCTION audit_entry_refuse()")
        return
    for name in ("update", "delete", "replace"):
        op.execute(f"DROP TRIGGER audit_entry_no_{name}")
