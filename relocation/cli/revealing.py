"""`relocation reveal …`: one personal value in full, with its purpose; it is logged like on the page."""

import click

from relocation.cli.office import common, now, opened
from relocation.cli.speaking import say
from relocation.words import N_


@click.command(help=N_("查看一条完整的个人信息（写明用途，记入日志）"))
@click.argument("code")
@click.option("--county", metavar="ADCODE", required=True, help=N_("县代码"))
@click.option("--field", default="id_number", show_default=True, help=N_("哪一项"))
@click.option("--kind", default="household", show_default=True, help=N_("哪种记录"))
@click.option("--purpose", required=True, help=N_("用途（记入日志）"))
@common
def reveal(code: str, county: str, field: str, kind: str, purpose: str) -> None:
    """Print the value."""
    from relocation.service import revealing

    with opened() as store:
        say(revealing.reveal(store, kind, county, code, field, purpose=purpose, now=now()))
