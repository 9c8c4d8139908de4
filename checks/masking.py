"""What of a person's data may be shown: enough to find the file in the cabinet, not enough to be the person."""


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
