"""Roles, and the rights each gives. One account may hold several; what a right is for is said once, here."""

from collections.abc import Iterable, Mapping
from enum import Enum


class Right(Enum):
    """What somebody may do."""

    READ = "read"  # see records, findings, maps, the ledger; personal values masked
    REVEAL = "reveal"  # see a personal value in full; every time is logged with its purpose
    IMPORT = "import"  # bring ledgers and layers
    CHECK = "check"  # run the checks
    LAW = "law"  # publish a county's own law
    DRAW = "draw"  # bring drawings, correct and decide about them
    ATTACH = "attach"  # add evidence
    LEDGER = "ledger"  # open, assign, carry out and submit entries of the rectification ledger
    DECIDE = "decide"  # verify and close, return, accept until a day, dismiss, grant more time
    ADMINISTER = "administer"  # accounts, keys, backups


RIGHT_WORDS: Mapping[Right, tuple[str, str]] = {
    Right.READ: ("查看记录", "see records"),
    Right.REVEAL: ("查看完整的个人信息", "see personal values in full"),
    Right.IMPORT: ("导入台账", "import ledgers"),
    Right.CHECK: ("运行核查", "run the checks"),
    Right.LAW: ("发布本县规定", "publish a county's rules"),
    Right.DRAW: ("办理图纸", "work on drawings"),
    Right.ATTACH: ("附佐证材料", "attach evidence"),
    Right.LEDGER: ("办理台账", "keep the ledger"),
    Right.DECIDE: ("验收和审批", "verify and approve"),
    Right.ADMINISTER: ("管理账号", "keep accounts"),
}
"""What a right is called, in Chinese and English: what is read where it is missing."""


class Role(Enum):
    """Who somebody is in an office. `zh` and `en` are the words people read."""

    VIEWER = ("viewer", "查看（领导）", "viewer (leader)")
    VETTER = ("vetter", "审核（发改）", "vetter (development and reform)")
    ENGINEER = ("engineer", "工程", "engineer")
    KEEPER = ("keeper", "台账员", "ledger keeper")
    REVIEWER = ("reviewer", "验收", "reviewer")
    ADMINISTRATOR = ("administrator", "系统管理", "administrator")

    def __init__(self, id: str, zh: str, en: str) -> None:
        """Take the stable id and the two words."""
        self.id, self.zh, self.en = id, zh, en

    @classmethod
    def by_id(cls, id: str) -> "Role":
        """Return the role of a stable id. KeyError for none."""
        return {role.id: role for role in cls}[id]


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.VETTER: frozenset({Right.READ, Right.REVEAL, Right.IMPORT, Right.CHECK, Right.LAW, Right.DRAW, Right.ATTACH, Right.LEDGER}),
    Role.ENGINEER: frozenset({Right.READ, Right.DRAW, Right.ATTACH}),
    Role.KEEPER: frozenset({Right.READ, Right.REVEAL, Right.IMPORT, Right.CHECK, Right.ATTACH, Right.LEDGER}),
    Role.REVIEWER: frozenset({Right.READ, Right.REVEAL, Right.CHECK, Right.ATTACH, Right.DECIDE}),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),  # runs the office's machine and needs nobody's record for it
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return every right that any of the roles gives."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
