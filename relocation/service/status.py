"""How the office's machine stands: the database and its settings, the disk, the last backup and the last time one was tried, what protects reading."""

import shutil
from dataclasses import asdict, dataclass
from typing import Any

from checks.vocabulary import LEDGERS
from relocation.evidence.chain import Event
from relocation.intake.walls import layers_on
from relocation.store import log, soundness
from relocation.store.connecting import PRAGMAS
from relocation.store.copying import revision
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class Setting:
    """A safety setting of the database: what it has to be, and what the database says it is."""

    name: str
    wanted: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether it is what it has to be."""
        return self.wanted == self.found


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand. Sizes in bytes; `backup` and `tried` are the log's entries of the last backup and of the last one tried."""

    kind: str
    version: str
    schema: str
    reads_only: bool
    settings: tuple[Setting, ...]
    size_bytes: int
    free_bytes: int
    disk_bytes: int
    waiting: int
    head: str
    backup: Event | None
    tried: Event | None
    layers: dict[str, bool]
    counts: dict[str, int]

    @property
    def behind(self) -> int:
        """How many entries of the log were appended after the last backup's head; all of them without one."""
        last = int(self.head.split(" ", 1)[0]) if self.head else 0
        return last - (self.backup.seq if self.backup else 0)

    def json(self) -> dict[str, Any]:
        """Return it as `relocation status --json` prints it."""
        return {
            **asdict(self),
            "settings": {one.name: {"wanted": one.wanted, "found": one.found, "holds": one.holds} for one in self.settings},
            "backup": _told(self.backup),
            "tried": _told(self.tried),
            "behind": self.behind,
        }


def _told(event: Event | None) -> dict[str, Any] | None:
    return {"at": event.at, "who": event.who, **event.new} if event and isinstance(event.new, dict) else None


def status(store: Store) -> Status:
    """Ask database, disk and log how things stand."""
    whole = store.whole
    with whole.reading() as connection:
        now = log.head(connection)
        counts = soundness.counts(connection, [*(kind.id for kind in LEDGERS.values()), "finding", "ledger_entry", "evidence", "event"])
        backup, tried = (log.latest(connection, log.Sought(action=action), limit=1) for action in ("backup.made", "backup.tried"))
        version, schema = soundness.version(connection), revision(connection)
        size = soundness.size_bytes(connection)
    disk = shutil.disk_usage(store.home)
    return Status(
        whole.dialect, version, schema, whole.reads_only, _settings(whole), size, disk.free, disk.total, whole.waiting,
        now.line if now else "", next(iter(backup), None), next(iter(tried), None), dict(layers_on()), counts,
    )  # fmt: skip


def _settings(store: Store) -> tuple[Setting, ...]:
    found = store.settings
    wanted = PRAGMAS if store.dialect == "sqlite" else soundness.SERVER_SETTINGS
    return tuple(Setting(name, value, found.get(name, "?")) for name, value in wanted.items())
