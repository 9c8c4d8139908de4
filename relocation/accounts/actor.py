"""Who acts: a signed-in account, or whoever sits at the terminal."""

from dataclasses import dataclass

from relocation.accounts.roles import Right, Role, rights_of
from relocation.accounts.scope import EVERYWHERE, Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `name` goes into the log and never changes, `shown` is what colleagues read."""

    name: str
    shown: str
    roles: frozenset[Role]
    scope: Scope

    def may(self, right: Right) -> bool:
        """Tell whether any of the roles gives a right."""
        return right in rights_of(self.roles)


def terminal(user: str = "") -> Actor:
    """Return whoever runs the program on its own machine: the files are theirs, so every right is too."""
    name = f"terminal:{user}" if user else "terminal"
    return Actor(name, name, frozenset(Role), EVERYWHERE)
