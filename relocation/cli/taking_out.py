"""The note that something leaves the office by the terminal: the same that a page makes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relocation.cli.office import now
from relocation.cli.speaking import _, complain

if TYPE_CHECKING:
    from relocation.service import Store


def note_export(store: "Store", what: str, rows: int, filters: Mapping[str, Any]) -> None:
    """Note an export; where nothing can be written it is given all the same, and that it was not noted is said."""
    from relocation.service import taking_out

    if not taking_out.note_export(store, what, rows, filters, now=now()):
        complain(_("磁盘现在不能写入：文件已导出，但这次导出没有记入日志。"))
