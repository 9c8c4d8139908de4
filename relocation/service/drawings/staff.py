"""What staff's ledger of unit types says beside any drawing."""

from checks.drawn import type_key
from checks.records import Records
from relocation.service.drawings.facts import Row

STAFF = ("code", "persons", "registered_poor", "approved_on", "homes", "design_area_m2", "construction_area_m2", "register_area_m2", "surveyed_area_m2")
"""What the ledger of unit types says beside any drawing."""


def staff_rows(ledger: Records, site: str) -> dict[str, Row]:
    """Return what staff's ledger says of a site's unit types: key of the type → columns; what is missing is left out."""
    found: dict[str, Row] = {}
    columns = {name: (ledger.stored(name).tolist(), ledger.missing(name)) for name in STAFF}
    for row, (place, label) in enumerate(zip(ledger.site_code.tolist(), ledger.name.tolist(), strict=True)):
        if (place or "") == site:
            said = {name: values[row] for name, (values, gone) in columns.items() if gone is None or not gone[row]}
            said["registered_poor"] = None if "registered_poor" not in said else bool(said["registered_poor"])
            found[type_key(label)] = {name: value for name, value in said.items() if value is not None}
    return found
