"""`relocation report …` whole: each kind of report adds its command to the group where it is imported here."""

from relocation.cli import briefing
from relocation.cli.reporting import report

__all__ = ["briefing", "report"]
