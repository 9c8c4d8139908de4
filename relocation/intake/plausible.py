"""What no real record holds. Beyond these limits a value is taken for a slip of the pen and refused; all of them stand here."""

import datetime as dt

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2030, 12, 31)
"""Days of a relocation: approvals, hand-overs, demolitions."""

MOST = {"floor_area_m2": 1_000, "net_area_m2": 1_000, "family_persons": 30, "approved_persons": 30}
"""The most one household has, by field, in the field's unit."""
