"""Opening an office: its home folder, its database, the reference layers that every office starts with."""

import os
from collections.abc import Mapping
from pathlib import Path

from relocation.accounts.actor import Actor
from relocation.service.reference import keep_reference
from relocation.store.gate import free, importing_alone
from relocation.store.opening import Store, open_store
from relocation.store.staging import tidy


def open_to_verify(home: Path, database: str | None = None, actor: Actor | None = None, environment: Mapping[str, str] = os.environ) -> Store:
    """Open an office to look at it and change nothing; its keys may be missing."""
    store = open_store(home, database, environment, to_verify=True)
    return store.acting(actor) if actor else store


def open_office(home: Path, database: str | None = None, actor: Actor | None = None, environment: Mapping[str, str] = os.environ) -> Store:
    """Open (and on first use create) the home and its database, and return the store as `actor` sees it (else whoever sits at the machine).

    `environment` may name the keys of personal values, as `open_store` says. A home that can be read and not written opens for reading. Trouble for one that holds nothing and cannot be written, a database that is locked, damaged, or made by a newer version.
    """
    store = open_store(home, database, environment)
    if not store.reads_only:
        if free(store):  # what a killed import left is put back; one that is being brought is left alone
            with importing_alone(store):
                tidy(store)
        keep_reference(store)
    return store.acting(actor) if actor else store
