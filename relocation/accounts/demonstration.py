"""The made-up colleagues of the demonstration county: each has a role, and a name of its own in the log."""

from collections.abc import Mapping

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.words import N_

COLLEAGUES: Mapping[Role, str] = {
    Role.VETTER: N_("演示审核员"),
    Role.KEEPER: N_("演示台账员"),
    Role.REVIEWER: N_("演示验收员"),
    Role.ENGINEER: N_("演示工程师"),
    Role.VIEWER: N_("演示领导"),
}
"""Who can be played, in the order in which they take part."""


def colleague(role: Role, county: str) -> Actor:
    """Return the made-up colleague of a role in a county. KeyError for a role that nobody plays."""
    return Actor(f"demo-{role.id}", COLLEAGUES[role], frozenset({role}), Scope(frozenset({county})))
