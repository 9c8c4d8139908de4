"""The terminal: `relocation …`. Exit codes: 0 ok, 1 findings fail or refusals exist, 2 usage or unreadable input, 3 our own error."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from relocation.cli.misused import misused
from relocation.cli.office import common, default_home
from relocation.cli.speaking import complain
from relocation.words import N_, language, translations

COMMANDS = {
    "demo": "serving:demo",
    "serve": "serving:serve",
    "import": "importing:import_",
    "template": "importing:template",
    "checks": "checking:checks",
    "check": "checking:check",
    "findings": "checking:findings",
    "explain": "checking:explain",
    "ledger": "ledger_lists:ledger",  # with what stands around its entries
    "report": "reports:report",  # with what each kind of report adds
    "compare": "comparing:compare",
    "drawings": "drawings:drawings",
    "evidence": "evidence:evidence",
    "map": "drawing:map_",
    "vet": "vetting:vet",
    "sample": "sampling:sample",
    "law": "law:law",
    "backup": "backing:backup",
    "restore": "backing:restore",
    "verify": "auditing:verify",
    "log": "auditing:log",
    "status": "standing:status",
    "user": "user:user",
    "reveal": "revealing:reveal",
    "key": "keys:key",
}


STOPPED = N_("已停下。做完的步骤都已保存，没有做完的那一步什么也没有留下；再运行一次即可。")
"""What Ctrl-C is answered with: every step stands in a transaction of its own, and every file gets its name only when it is whole."""


class Commands(click.Group):
    """The commands, each imported when it is called: a quick one should not wait for what a slow one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, its help in the language asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"relocation.cli.{module}"), name)
        _say_in(command, (ctx.find_root().obj or {}).get("lang", "zh"))
        return command


_WRITTEN: dict[int, str] = {}
"""The help texts as written, by the identity of what carries them: a command may be asked for in one language after another."""


def _say_in(command: click.Command, lang: str) -> None:
    words = translations(lang)
    options = [option for option in command.params if isinstance(option, click.Option)]
    carriers: list[click.Command | click.Option] = [command, *options]
    for carrier in carriers:
        if carrier.help:
            carrier.help = words.gettext(_WRITTEN.setdefault(id(carrier), carrier.help))
    if isinstance(command, click.Group) and not isinstance(command, Commands):
        for one in command.commands.values():
            _say_in(one, lang)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _say_in(below, lang)


@click.group(cls=Commands, help=N_("易地扶贫搬迁合规核查"), context_settings={"max_content_width": 80})
@click.version_option(package_name="relocation-compliance", prog_name="relocation")
@common
def cli() -> None:
    """The program."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code; whatever happens, nobody sees a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a GBK console lacks signs that a ledger may hold
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    settings: dict[str, Any] = {"lang": _language(arguments)}
    _say_in(cli, settings["lang"])
    try:
        return int(cli.main(list(arguments), prog_name="relocation", standalone_mode=False, obj=settings) or 0)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 2
    except click.ClickException as error:
        words = translations(settings["lang"])
        complain(words.gettext(N_("命令写得不对：")) + misused(error, settings["lang"]))
        complain(words.gettext(N_("用 relocation --help 查看用法。")))
        return 2
    except (click.Abort, KeyboardInterrupt):
        complain(translations(settings["lang"]).gettext(STOPPED))
        return 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last stop: nobody sees a traceback
        return _failed(error, settings)


def _failed(error: Exception, settings: dict[str, Any]) -> int:
    from relocation.service import Trouble, Unusable

    lang = settings["lang"]
    gap = "" if lang == "zh" else " "
    if isinstance(error, Unusable):
        where = " ".join(part for part in (error.refusal.file, error.refusal.sheet, error.refusal.cell) if part)
        complain(f"{where}: {error.refusal.reason(lang)}{gap}{error.refusal.mend(lang)}")
        return 2
    if isinstance(error, Trouble):
        complain(f"{error.reason(lang)}{gap}{error.mend(lang)}")
        return 2
    words = translations(lang)
    complain(words.gettext(N_("程序出错了，数据没有受影响。详情已写入 %(path)s，请交给维护人员。")) % {"path": _logged(error, settings)})
    return 3


def _logged(error: Exception, settings: dict[str, Any]) -> Path:
    """Write the traceback where a maintainer finds it: in the home, or in the temporary folder when that cannot be written."""
    import tempfile

    said, home = "".join(traceback.format_exception(error)), Path(settings.get("home") or default_home())
    try:
        home.mkdir(parents=True, exist_ok=True)
        path = home / "error.log"
        path.unlink(missing_ok=True)  # never through a link, nor into a file that others may read
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        try:
            opened, name = tempfile.mkstemp(prefix="relocation-error-", suffix=".log")  # a name that nobody can have taken before
        except OSError:
            return Path(os.devnull)
        path = Path(name)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(said)
    return path


def _language(arguments: Sequence[str]) -> str:
    """Find the language before the options are read: help and usage errors need it too."""
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            return language(word.removeprefix("--lang="))
        if word == "--lang" and at + 1 < len(arguments):
            return language(arguments[at + 1])
    return language(os.environ.get("RELOCATION_LANG"))
