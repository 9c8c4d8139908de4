"""Opening a database: settings that keep what was said to be saved, the schema brought up to date, sentences for what fails."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from relocation.accounts.actor import Actor, terminal
from relocation.accounts.roles import RIGHT_WORDS, Right
from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.store import turns
from relocation.store.connecting import PRAGMAS, reads_only
from relocation.store.key_files import KeySource
from relocation.store.keys import Keys
from relocation.store.reaching import reached, translated
from relocation.store.readers import Readers
from relocation.store.sealing import OPTION, SOURCE, check_keys, known_ids, register
from relocation.store.soundness import server_settings
from relocation.store.trouble import Trouble

__all__ = ["HEAD", "Connection", "Store", "open_store", "translated"]

HEAD = "0016"
"""The schema this program works with; a test holds it to the newest migration."""


class Store:
    """An open database and who acts on it. `reading` and `writing` give connections; writers on SQLite take the lock at once and queue fairly.

    A reader sees the actor's places only, whatever it asks. A writer sees everything: a verb reads its subject first and calls `require`.
    """

    def __init__(self, home: Path, readers: Readers, actor: Actor, scope: Scope) -> None:
        """Hold the readers of a database whose schema is up to date, and the home folder beside it."""
        self.home = home
        self.actor = actor
        self.scope = scope  # what readers see
        self.engine = readers.whole[0]
        self._readers = readers
        self._seen, self.kept = readers.of(scope)  # kept: what readers computed from a revision, such as layers with their trees

    @property
    def whole(self) -> "Store":
        """The same database without the actor's bounds, for judging and for what belongs to no place; whoever asks shows none of it unasked."""
        return Store(self.home, self._readers, self.actor, EVERYWHERE)

    def acting(self, actor: Actor) -> "Store":
        """Return this database as an actor sees it."""
        return Store(self.home, self._readers, actor, actor.scope)

    def require(self, right: Right, county: str | None = None, township: str = "") -> None:
        """Refuse, as Trouble, what the actor may not do at all, or not in that place (None: in no place of its own)."""
        if not self.actor.may(right):
            zh, en = RIGHT_WORDS[right]
            raise Trouble("not-allowed", right_zh=zh, right_en=en)
        if county is not None and not self.actor.scope.holds(county, township):
            raise Trouble("not-your-place", place=f"{county} {township}".strip())

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with translated(), self._seen.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is committed whole at the end, or not at all."""
        if self.reads_only:
            raise Trouble("database-readonly")
        with translated(), self.engine.connect().execution_options(writes=True) as connection:
            with self._readers.queue:
                transaction = connection.begin()
            with transaction:
                yield connection

    def let_in(self) -> None:
        """Between two of many transactions: let others write who wait to, and on SQLite move what was written from the log into the database."""
        if self.dialect != "sqlite":
            return
        turns.let_in(self.engine.url.database)
        with translated(), closing(self.engine.raw_connection()) as raw:  # beside a transaction: nobody who writes waits for this
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").close()

    @property
    def waiting(self) -> int:
        """How many writers of this process wait for their turn just now."""
        return self._readers.queue.length

    @property
    def reads_only(self) -> bool:
        """Whether the home could be read but not written when it was opened: everything is shown, nothing can be changed."""
        return reads_only(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self._readers.close()

    @cached_property
    def settings(self) -> dict[str, str]:
        """The database's own answers about its safety settings."""
        with self.reading() as connection:
            if self.dialect != "sqlite":
                return server_settings(connection)
            return {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in PRAGMAS}


def open_store(home: Path, database: str | None = None, environment: Mapping[str, str] = os.environ, *, to_verify: bool = False) -> Store:
    """Open the database under `home` (or at the URL `database`), make or update its schema, and return it.

    `environment` may name the keys of personal values (RELOCATION_KEY, RELOCATION_KEY_FILE); otherwise they lie under the home.
    A home that holds a database and cannot be written, or whose disk is full, opens for reading: `reads_only` tells.
    `to_verify`: without its keys it opens too, and what is sealed stays closed.
    Trouble when nothing can be read either, the database cannot be opened, is damaged, or was made by a newer version, and
    when a key it was sealed with is missing or is another.
    """
    engine = reached(home, database or f"sqlite:///{home / 'relocation.db'}")
    with translated():
        revision, sealed = _state(engine)
        source = KeySource.of(home, environment)
        keys = _whatever_keys(source) if to_verify else source.ring(may_make=not sealed)
        engine.update_execution_options(**{OPTION: keys, SOURCE: source})
        _up_to_date(engine, revision)
        if not to_verify:
            _keys_proved(engine, keys)
        return Store(home, Readers(engine), terminal(), EVERYWHERE)


def _whatever_keys(source: KeySource) -> Keys:
    """Return the keys there are, none too: whoever verifies says what could not be opened."""
    try:
        return source.ring(may_make=False)
    except Trouble as trouble:
        if trouble.code not in ("key-absent", "key-unreadable"):
            raise
        return Keys(())


def _keys_proved(engine: Engine, keys: Keys) -> None:
    """Hold the keys against what the database says of its own, and note a newest one it does not know."""
    with engine.connect() as connection, connection.begin():
        check_keys(connection, keys)
        known = keys.newest.id in known_ids(connection)
    if not known and not reads_only(engine):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            register(connection, keys.newest)


def _state(engine: Engine) -> tuple[str | None, bool]:
    """Return the schema's revision, and whether anything is sealed already."""
    with engine.connect() as connection:
        sealed = inspect(connection).has_table("sealing_key") and bool(known_ids(connection))
        return _revision(connection), sealed


def _up_to_date(engine: Engine, revision: str | None) -> None:
    if revision == HEAD:
        return
    from relocation.store.migrating import (
        known,
        upgrade,
    )  # late: a start with an up-to-date schema needs no alembic

    if revision is not None and revision not in known():
        raise Trouble("database-newer", revision=revision, head=HEAD)
    if reads_only(engine):
        raise Trouble("database-readonly")
    upgrade(engine)
    if revision is not None and engine.dialect.name == "sqlite":
        _without_traces(engine)


def _without_traces(engine: Engine) -> None:
    """Leave nothing of what a migration took out: neither in free pages nor in the log beside the file."""
    raw = engine.raw_connection()  # beside a transaction, which neither of the two can run in
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(statement).close()
    finally:
        raw.close()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
