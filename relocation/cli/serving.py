"""`relocation demo` and `relocation serve`: the pages, on this machine only."""

import ipaddress
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, default_home, now, opened, settings
from relocation.cli.progress import progress
from relocation.cli.speaking import _, say
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Store


@click.command(help=N_("启动网页（仅限本机）"))
@click.option("--host", default="127.0.0.1", help=N_("只能是本机地址"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help=N_("端口，默认 8000"))
@common
def serve(host: str, port: int) -> int:
    """Serve the pages until stopped."""
    _free(host, port)
    with opened() as store:
        _serve(store, host, port, demo=_is_demo(store))
    return 0


@click.command(help=N_("装入演示县并打开网页"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help=N_("端口，默认 8000"))
@click.option("--no-serve", is_flag=True, help=N_("只装入，不启动网页"))
@common
def demo(port: int, no_serve: bool) -> int:
    """Make the demonstration home, check it, serve it."""
    from relocation.service.demo import load_demo
    from relocation.service.findings import counts

    if not no_serve:
        _free("127.0.0.1", port)
    home = Path(settings().get("home") or default_home() / "demo")
    with progress(shown=True) as told:
        store = load_demo(home, now=now(), database=settings().get("database"), progress=told)
    try:
        run = counts(store)
        fails = sum(numbers["fail"] for numbers in run.counts.values())
        say(_("演示县已装入 %(home)s，以 %(day)s 为准核查，不合规 %(n)d 条。") % {"home": home, "day": run.as_of, "n": fails})
        if not no_serve:
            _serve(store, "127.0.0.1", port, demo=True)
    finally:
        store.close()
    return 0


def _is_demo(store: "Store") -> bool:
    from relocation.service.demo import MARK

    return (store.home / MARK).is_file()


def _free(host: str, port: int) -> None:
    """Refuse what is not this machine, and a port that is taken, before anything is loaded."""
    from relocation.service import Trouble

    name = "127.0.0.1" if host == "localhost" else host
    try:
        ours = ipaddress.ip_address(name).is_loopback
    except ValueError:
        ours = False
    if not ours:
        raise Trouble("host-refused", host=host)
    with socket.socket(socket.AF_INET6 if ":" in name else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((name, port))
        except OSError:
            raise Trouble("port-taken", port=port) from None


def _serve(store: "Store", host: str, port: int, *, demo: bool) -> None:
    import waitress

    from relocation.service.importing import prepare
    from relocation.web import create_app

    prepare()
    app = create_app(store, demo=demo)
    # The server's own defaults let a hundred idle browser connections shut everyone else out.
    limits = {"connection_limit": 1000, "asyncore_use_poll": True} if os.name != "nt" else {"connection_limit": 480}
    address = f"[{host}]" if ":" in host else host
    server = waitress.create_server(app, host=host, port=port, threads=8, channel_timeout=20, ident="relocation", **limits)
    say(_("请用浏览器打开 %(url)s ，按 Ctrl+C 停止。") % {"url": f"http://{address}:{port}"})
    server.run()
