"""What the names in the log and the ledger stand for: a colleague as the others know them, with the roles they hold now."""

from collections.abc import Mapping
from dataclasses import dataclass

from relocation.accounts.demonstration import COLLEAGUES
from relocation.accounts.roles import Role
from relocation.store import accounts
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can have done something. `made_up`: a colleague of the demonstration, whose shown name has a translation."""

    shown: str
    roles: frozenset[Role]
    made_up: bool = False

    def roles_said(self, lang: str) -> str:
        """Return the roles in words, in their usual order; "" for none."""
        return ("、" if lang == "zh" else ", ").join(role.zh if lang == "zh" else role.en for role in Role if role in self.roles)


def people(store: Store) -> Mapping[str, Person]:
    """Return everybody by the name that the log has: every account, and the demonstration's colleagues where no account took their name."""
    with store.whole.reading() as connection:
        known = {one.name: Person(one.shown, one.roles) for one in accounts.listed(connection)}
    return {f"demo-{role.id}": Person(shown, frozenset({role}), made_up=True) for role, shown in COLLEAGUES.items()} | known
