"""Columns of staff's files that hold more about people than any check needs: they are named, and not a byte of them is kept.

A payment is followed by its days and amounts, a household by its code and ID number; who is ill is not asked at all. What is never stored cannot
leave (the least that the purpose needs: Personal Information Protection Law, articles 6 and 28).
"""

import re

KINDS = (
    ("column-card", re.compile(r"(?<!档)卡号|银行账|银行帐|账号|帐号|账户号|帐户号|银行卡|一卡通|存折|开户|bankcard|cardn(?:o|umber)|accountn(?:o|umber)")),
    ("column-phone", re.compile(r"电话|手机|联系方式|座机|微信号?|qq号?|phone|mobile|tel(?:ephone)?$")),
    ("column-illness", re.compile(r"患病|病种|疾病|病情|病史|大病|慢性病|慢病|重病|残疾|健康|伤残|精神障碍|传染病|医保报销|illness|disease|disab|health")),
)
"""What a column's note is called → the words in its heading by which it is told, without blanks and in small letters."""


def note_of(heading: str) -> str:
    """Return what the note about a column of this heading is called that no field was found for."""
    plain = re.sub(r"\s+|[:：()（）]", "", heading).lower()
    return next((code for code, words in KINDS if words.search(plain)), "column-unknown")
