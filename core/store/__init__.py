"""The store: tables, engine, facts, rollups, migrations."""
