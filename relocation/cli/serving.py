"""`relocation demo`: the pages without sign-in, on this machine only. `relocation serve`: the pages with sign-in, for an office."""

import errno
import ipaddress
import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.office import common, database_given, default_home, now, opened, settings
from relocation.cli.progress import progress
from relocation.cli.speaking import _, complain, gap, lang, say
from relocation.words import N_

if TYPE_CHECKING:
    from flask import Flask

    from relocation.service import Store


@click.command(help=N_("启动网页，需要登录"))
@click.option("--host", default="127.0.0.1", help=N_("监听的地址，默认只有本机"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help=N_("端口，默认 8000"))
@click.option("--name", "names", multiple=True, metavar="NAME", help=N_("同事用来访问的主机名或地址，可写几次"))
@click.option("--https", is_flag=True, help=N_("前面有 TLS 代理：cookie 只走 https"))
@common
def serve(host: str, port: int, names: tuple[str, ...], https: bool) -> int:
    """Serve the pages until stopped."""
    from relocation.service import accounts

    reached = _reached(host, names)
    _free(host, port)
    with opened(makes=True) as store:
        password = accounts.first(store, now=now(), random=secrets.token_bytes(32))
        if password:
            say(_("已建立系统管理员账号 %(name)s，一次性密码：%(password)s") % {"name": accounts.FIRST, "password": password})
            say(_("只显示这一次，首次登录必须更换；忘记时用 relocation user reset %(name)s 重设。") % {"name": accounts.FIRST})
        if not _loopback(host) and not https:
            complain(_("注意：没有 TLS，密码和数据会明文经过网络。") + gap() + _("请在前面放一个 TLS 代理（如 nginx），让它转到本机地址，并加上 --https。"))
        _serve(store, host, port, names=reached, https=https)
    return 0


@click.command(help=N_("装入演示县并打开网页"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help=N_("端口，默认 8000"))
@click.option("--no-serve", is_flag=True, help=N_("只装入，不启动网页"))
@click.option("--fresh", is_flag=True, help=N_("清空已有的演示数据，重新装入"))
@common
def demo(port: int, no_serve: bool, fresh: bool) -> int:
    """Make the demonstration home, check it, serve it; one that stands is kept with what was done in it."""
    from relocation.service.findings import counts

    if not no_serve:
        _free("127.0.0.1", port)
    home = Path(settings().get("home") or default_home() / "demo")
    store, kept = _demonstration(home, fresh=fresh)
    try:
        run = counts(store)
        fails = sum(numbers["fail"] for numbers in run.counts.values())
        words = _("演示县在 %(home)s，以 %(day)s 为准核查，不合规 %(n)d 条。") if kept else _("演示县已装入 %(home)s，以 %(day)s 为准核查，不合规 %(n)d 条。")
        say(words % {"home": home, "day": run.as_of, "n": fails})
        if kept:
            say(_("接着用已有的演示数据；要清空重来，请加 --fresh。"))
        if not no_serve:
            _serve(store, "127.0.0.1", port, demo=True)
    finally:
        store.close()
    return 0


def _demonstration(home: Path, *, fresh: bool) -> "tuple[Store, bool]":
    """Return the demonstration's store, and whether it stood there already."""
    from relocation.service.alone import refuse_beside
    from relocation.service.demo import load_demo, standing_demo

    refuse_beside(home)
    stands = None if fresh else standing_demo(home, database_given())
    if stands is not None:
        return stands, True
    with progress(shown=True) as told:
        return load_demo(home, now=now(), database=database_given(), progress=told, months=True), False


def _reached(host: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names under which people reach this host beside this machine's own. Trouble for an address that has to be named and is not."""
    from relocation.service import Trouble

    if _loopback(host):
        return names
    try:
        every = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        every = False
    if every and not names:
        raise Trouble("name-needed", host=host)
    return names if every else (*names, f"[{host}]" if ":" in host else host)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_loopback
    except ValueError:
        return False


def _free(host: str, port: int) -> None:
    """Refuse an address that is none of this machine's, and a port that is taken, before anything is loaded."""
    from relocation.service import Trouble

    name = "127.0.0.1" if host == "localhost" else host
    with socket.socket(socket.AF_INET6 if ":" in name else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((name, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise Trouble("host-refused", host=host) from None
            raise Trouble("port-taken", port=port) from None


def _serve(store: "Store", host: str, port: int, *, demo: bool = False, names: tuple[str, ...] = (), https: bool = False) -> None:
    from relocation.service import Trouble
    from relocation.service.alone import alone
    from relocation.service.auditing import damaged
    from relocation.service.importing import prepare
    from relocation.service.marking import is_demonstration, unmark
    from relocation.web import create_app
    from relocation.web.errors import DAMAGED

    with alone(store.home):
        if not demo:
            unmark(store, now=now())
        elif not is_demonstration(store):
            raise Trouble("not-a-demonstration")
        prepare()
        app = create_app(store, demo=demo, names=names, https=https)
        if damaged(store):
            trouble = Trouble(DAMAGED)
            complain(trouble.reason(lang()) + gap() + trouble.mend(lang()))
            app.config[DAMAGED] = True
        _run(app, host, port, https=https)


def _run(app: "Flask", host: str, port: int, *, https: bool) -> None:
    import waitress

    # The server's own defaults let a hundred idle browser connections shut everyone else out.
    limits: dict[str, Any] = {"connection_limit": 1000, "asyncore_use_poll": True} if os.name != "nt" else {"connection_limit": 480}
    if https and _loopback(host):  # the proxy on this machine says who asks; nobody else may
        limits |= {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}, "clear_untrusted_proxy_headers": True}
    address = f"[{host}]" if ":" in host else host
    server = waitress.create_server(app, host=host, port=port, threads=8, channel_timeout=20, ident="relocation", **limits)
    say(_("请用浏览器打开 %(url)s ，按 Ctrl+C 停止。") % {"url": f"http://{address}:{port}"})
    server.run()
