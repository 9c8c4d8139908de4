"""What every command takes: the home, the database, the language, the clock."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from relocation.words import N_, language

if TYPE_CHECKING:
    from relocation.service import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def now() -> datetime:
    """Return the present moment; RELOCATION_NOW (ISO, UTC when it names no zone) stands in for it in scripts that must repeat exactly."""
    fixed = os.environ.get("RELOCATION_NOW")
    if not fixed:
        return datetime.now(UTC)  # noqa: TID251 - the terminal is where the clock is asked
    at = datetime.fromisoformat(fixed)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def today() -> date:
    """Return the present day where the office is."""
    return now().date() if os.environ.get("RELOCATION_NOW") else now().astimezone().date()


def default_home() -> Path:
    """Return the platform's folder for a user's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "relocation"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "relocation"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "relocation"


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def kept(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        settings = context.find_root().ensure_object(dict)
        if value is not None:
            settings[f"{name} given"] = context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE
            settings[name] = language(value) if name == "lang" else value
        settings.setdefault("lang", language(os.environ.get("RELOCATION_LANG")))

    return kept


def common(command: Command) -> Command:
    """Give a command the options that every command takes."""
    options = (
        click.option(
            "--home", type=click.Path(path_type=Path), envvar="RELOCATION_HOME", expose_value=False, callback=_keep("home"), is_eager=True, help=N_("数据目录")
        ),
        click.option("--database", envvar="RELOCATION_DATABASE", expose_value=False, callback=_keep("database"), is_eager=True, help=N_("数据库地址")),
        click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, callback=_keep("lang"), is_eager=True, help=N_("语言 zh 或 en")),
    )
    for option in options:
        command = option(command)
    return command


def settings() -> dict[str, Any]:
    """Return what the common options were set to."""
    kept: dict[str, Any] = click.get_current_context().find_root().obj or {}
    return kept


def database_given() -> str | None:
    """Return the address of the database that was named in so many words, None for one that the environment names."""
    return settings().get("database") if settings().get("database given") else None


def home() -> Path:
    """Return the home folder of this command."""
    return Path(settings().get("home") or default_home())


def _user() -> str:
    """Return the system's own word for who runs this: the environment's LOGNAME says whatever somebody sets it to."""
    try:
        if sys.platform == "win32":
            return os.getlogin()
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except (KeyError, OSError):  # an account without a name, as containers have
        return ""


@contextmanager
def opened(*, makes: bool = False, to_verify: bool = False) -> "Iterator[Store]":
    """Open the office's store for the length of a command, with a bar where that takes longer than a second; who sits at the machine is whom the log names.

    `to_verify`: as it lies there, without its keys too. Only a command that may be an office's first (`makes`) makes its home. Trouble (home-missing) for any other: a mistyped --home
    would else be answered as an office in which nothing was ever done.
    """
    from relocation.accounts.actor import terminal
    from relocation.cli.progress import working
    from relocation.service import Trouble
    from relocation.service.office import open_office, open_to_verify  # late: `--help` should not wait for a database

    if not makes and not home().is_dir():
        raise Trouble("home-missing", home=home())
    with working():
        store = (open_to_verify if to_verify else open_office)(home(), settings().get("database"), terminal(_user()))
        try:
            yield store
        finally:
            store.close()
