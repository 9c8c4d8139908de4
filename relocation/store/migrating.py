"""The schema's history, applied without a configuration file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from relocation.store.seeing import drop_views, make_views


def config() -> Config:
    """Return alembic's configuration, made in memory."""
    made = Config()
    made.set_main_option(
        "script_location",
        str(Path(__file__).with_name("migrations")).replace("%", "%%"),
    )
    return made


def known() -> set[str]:
    """Return every revision this program has."""
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring a database to a revision, in one transaction."""
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        made = config()
        made.attributes["connection"] = connection
        drop_views(connection)  # a view would hold on to the columns a migration changes
        command.upgrade(made, to)
        if _revision(connection) == ScriptDirectory.from_config(made).get_current_head():
            make_views(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def downgrade(engine: Engine, to: str) -> None:
    """Take a database back to a revision; "base" empties it."""
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        made = config()
        made.attributes["connection"] = connection
        drop_views(connection)
        command.downgrade(made, to)
