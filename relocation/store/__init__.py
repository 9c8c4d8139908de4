"""The only place with SQLAlchemy: tables, their reading as frames, their writing, migrations."""
