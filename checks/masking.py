"""What of a person's data may be shown: enough to find the file in the cabinet, not enough to be the person."""

from checks.records import Column, Secret


def masked(column: Column, value: str) -> str:
    """Return a personal column's value as it may be shown."""
    if column.secret is None:
        return masked_name(value)
    return masked_id(value) if column.secret is Secret.ID_NUMBER else masked_secret(value, column.secret)


def masked_secret(text: str, secret: Secret) -> str:
    """Return the last four places of a bank card, the last three of a phone, and nothing of an illness."""
    shown = {Secret.BANK_CARD: 4, Secret.PHONE: 3}.get(secret, 0)
    left = text[-shown:] if 0 < 2 * shown < len(text) else ""
    return "*" * (len(text) - len(left)) + left if shown else "＊＊"


def masked_name(name: str) -> str:
    """Return the surname's first character and one star for each further one: 张三丰 → 张＊＊."""
    name = name.strip()
    return name[:1] + "＊" * min(len(name) - 1, 3) if name else ""


def masked_id(number: str) -> str:
    """Return an ID number with its birth date, sequence and check digit hidden except the last two places.

    Six digits of the place and the last two stay (`411522**********17`): two staff members can tell that they
    look at the same card, nobody can write the number down. Anything that is not of 18 places is hidden whole.
    """
    return f"{number[:6]}{'*' * 10}{number[-2:]}" if len(number) == 18 else "*" * len(number)
