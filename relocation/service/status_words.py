"""What the rows of the office's state are called, in both languages; JSON keeps the codes."""

from checks.vocabulary import LEDGERS

LAYERS = {
    "process": ("每个文件由单独的进程读取", "A process of its own reads each file"),
    "forked": ("读取进程预先备好，随时可用", "Reading processes stand ready"),
    "limits": ("限制内存、时间和写出的大小", "Memory, time and what is written are limited"),
    "no-new-privileges": ("读取进程不能取得更多权限", "The reading process can gain no rights"),
    "landlock": ("只能打开这一个文件，不能联网（Landlock）", "No file but the one can be opened, nothing connected to (Landlock)"),
    "namespace": ("读取进程所在的网络是空的", "The reading process's network is empty"),
    "single": ("读取进程不能再开别的进程、运行别的程序", "The reading process makes no other and runs no program"),
    "drivers": ("GDAL 只认允许的格式", "GDAL knows the allowed formats only"),
}
"""The walls round the reading of files, in words."""

SETTINGS = {
    "journal_mode": ("日志方式：写入时别人仍可读", "Journal: readers go on while somebody writes"),
    "synchronous": ("写入方式：断电不丢已存的数据", "Writing: what was saved survives a power cut"),
    "foreign_keys": ("核对行与行的关联", "References between rows are checked"),
    "trusted_schema": ("不信任文件里夹带的函数（0 为不信任）", "Functions brought in the file are not trusted (0)"),
    "cell_size_check": ("读取时检查数据页", "Pages are checked when read"),
    "busy_timeout": ("等待别人写完的毫秒数", "Milliseconds to wait for another writer"),
    "secure_delete": ("删除后抹去原处", "What is deleted is wiped"),
    "fsync": ("写到磁盘才算写完", "Written means on the disk"),
    "synchronous_commit": ("提交时等写完", "A commit waits for the disk"),
    "full_page_writes": ("整页写入，断电可恢复", "Whole pages are written, so a power cut is mended"),
}
"""The safety settings of both databases."""

COUNTS = {
    **{kind.id: (kind.zh, kind.en) for kind in LEDGERS.values()},
    "finding": ("核查结果", "Findings"),
    "ledger_entry": ("整改台账条目", "Ledger entries"),
    "evidence": ("佐证材料", "Evidence"),
    "event": ("操作日志条目", "Log entries"),
}
"""What is counted."""

_EVERY = {**LAYERS, **SETTINGS, **COUNTS}


def row_word(name: str, lang: str) -> str:
    """Return what a row is called; one without a word by its own name."""
    return _EVERY[name][lang == "en"] if name in _EVERY else name
