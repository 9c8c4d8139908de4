"""What a file is shown as proof of, and of what: the words of both languages, the suffixes that are taken."""

from enum import Enum


class SubjectKind(Enum):
    """What evidence is attached to."""

    SITE = "site"
    HOUSEHOLD = "household"
    FINDING = "finding"
    ENTRY = "entry"


class EvidenceKind(Enum):
    """What a file is shown as: stable id, Chinese, English."""

    MINUTES = "minutes", "会议纪要", "minutes of a meeting"
    NOTICE = "notice", "公示", "public notice"
    WORK_LOG = "work-log", "工作日志", "work log"
    BEFORE = "before", "旧房拆除前", "old house before demolition"
    AFTER = "after", "旧房拆除后", "old house after demolition"
    CONTRACT = "contract", "合同协议", "contract"
    PAYMENT = "payment", "付款凭证", "payment slip"
    PHOTO = "photo", "现场照片", "photo of the place"
    OTHER = "other", "其他", "other"

    def __init__(self, id: str, zh: str, en: str) -> None:
        """Carry the id that is stored and the words that are shown."""
        self.id, self.zh, self.en = id, zh, en

    @classmethod
    def by_id(cls, id: str) -> "EvidenceKind":
        """Return the kind with that id; KeyError for an unknown one."""
        for kind in cls:
            if kind.id == id:
                return kind
        raise KeyError(id)

    @property
    def of_old_house(self) -> bool:
        """Whether the place it must show is the old house and not the new one."""
        return self in (EvidenceKind.BEFORE, EvidenceKind.AFTER)


PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif")
DOCUMENTS = (".pdf", ".docx", ".xlsx")
DRAWINGS = (".dwg", ".dxf")
SUFFIXES = (*PICTURES, *DOCUMENTS, *DRAWINGS)
"""The endings of files that are taken. Nothing that carries macros, no web page, no drawing a browser runs."""
