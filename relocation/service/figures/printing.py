"""The fact card on paper and as a workbook."""

from dataclasses import asdict

from relocation.reports.fact_card import fact_card_pdf, fact_card_workbook
from relocation.service.figures.card import Card
from relocation.service.figures.sheet import loudest, sheet


def pdf(card: Card, lang: str) -> bytes:
    """Return the card as one printable side. Same card, same bytes."""
    told = sheet(card, lang)
    groups = [[name, [{**asdict(line), "told": asdict(one) if (one := loudest(line.reports)) else None} for line in lines]] for name, lines in told.groups]
    return fact_card_pdf({**asdict(told), "groups": groups, "lang": lang})


def workbook(card: Card, lang: str) -> bytes:
    """Return the card as a workbook. Same card, same bytes."""
    told = sheet(card, lang)
    return fact_card_workbook(asdict(told), card.as_of, lang)
