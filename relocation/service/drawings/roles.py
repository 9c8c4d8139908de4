"""What a drawing is of its site: design, construction drawing, as-built drawing; by id or by word."""

from checks.choices import DrawingRole
from relocation.store.trouble import Trouble


def role_named(role: str) -> DrawingRole:
    """Return the role of that id or word. Trouble for one that is not known."""
    found = _role(role)
    if found is not None:
        return found
    raise Trouble("drawing-role", role=role, known=", ".join(one.id for one in DrawingRole))


def is_role(role: str) -> bool:
    """Tell whether a word names a role of drawings."""
    return _role(role) is not None


def _role(role: str) -> DrawingRole | None:
    wanted = role.strip().lower().replace("_", "-")
    return next((one for one in DrawingRole if wanted in (one.id, one.en.replace(" ", "-"), one.zh, *one.also)), None)
