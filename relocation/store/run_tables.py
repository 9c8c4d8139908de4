"""What is noted of runs beside their totals."""

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ForeignKey, Integer, String, Table, Text

from relocation.store.tables import metadata

run_moved = Table(
    "run_moved",
    metadata,
    SqlColumn("run_id", ForeignKey("check_run.id"), primary_key=True),
    SqlColumn("county", String(6), primary_key=True),
    SqlColumn("township", Text, primary_key=True),  # "" where what moved lies in none
    *(SqlColumn(name, Integer, nullable=False) for name in ("new", "still", "gone", "back")),
)
"""What moved with a run, place by place: whoever is bound to some places is told of those."""
