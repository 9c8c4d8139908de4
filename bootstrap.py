"""Sets the program up beside itself and runs it: `python3 bootstrap.py demo` (Windows: `py bootstrap.py demo`).

Needs nothing but Python 3.11 or newer. It makes the environment `.venv`, installs the exact set of constraints.txt into it
(from the folder `wheelhouse`, with no network, when there is one) and hands over. A second run finds everything in place.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python is at hand
    sys.exit(
        "需要 Python 3.11 或更新的版本，这里是 {0}。请安装新版后用它再运行一次，例如 python3.12 bootstrap.py demo\n"
        "Python 3.11 or newer is needed, this is {0}. Install one and run this with it, for example: python3.12 bootstrap.py demo".format(
            ".".join(str(part) for part in sys.version_info[:3])
        )
    )

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"
WHEELHOUSE = ROOT / "wheelhouse"

PROGRAM: tuple[str, ...] = ()
TESTS = ("server", "test")  # the extras that the tests need beside the program

QUICK = "not browser and not server and not packaging"
"""Which tests `check` runs: those that need neither a browser, nor a database server, nor a fresh environment."""


def say(zh: str, en: str) -> None:
    """Print one message in both languages: nobody has chosen one yet."""
    print(f"· {zh}\n  {en}", flush=True)


class Stop(Exception):
    """The set-up cannot go on; carries what to do about it in both languages."""


def run(*command: str | Path, quiet: bool = False, **environment: str) -> int:
    """Run a program in the project's folder and return its exit code; Ctrl-C goes to the program alone."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the terminal told the program too; it says its own farewell
            continue


def environment_version() -> str:
    """Return the version of the environment's Python, "" where there is none that runs with pip."""
    if not PYTHON.exists():
        return ""
    asked = subprocess.run(
        [str(PYTHON), "-c", "import importlib.util, sys; print(sys.version if sys.version_info >= (3, 11) and importlib.util.find_spec('pip') else '')"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def make_environment() -> None:
    """Make `.venv` anew."""
    say("正在创建运行环境 .venv …", "Making the environment .venv …")
    if run(sys.executable, "-m", "venv", "--clear", VENV) != 0:
        raise Stop(
            "无法创建 .venv：此 Python 缺少 venv 模块，或此文件夹不可写。Debian/Ubuntu 请先 apt install python3-venv。",
            "Cannot make .venv: this Python lacks its venv module, or the folder cannot be written. On Debian and Ubuntu: apt install python3-venv.",
        )


def wanted(extras: Sequence[str], version: str) -> str:
    """Return a fingerprint of what should be installed: what decides it is the pinned set, the declared needs, Python and this folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    deciding = [project["project"], project["build-system"], CONSTRAINTS.read_text(encoding="utf-8"), list(extras), version, str(ROOT)]
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()


def installed(extras: Sequence[str], version: str) -> bool:
    """Tell whether the wanted set is in the environment already; the tests' set holds the program's."""
    stamp = VENV / "installed-set"
    found = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    return found in {wanted(extras, version), wanted(TESTS, version)}


def install(extras: Sequence[str]) -> None:
    """Install the program and its pinned dependencies, with uv where it can be had (a third of the time), else with pip."""
    say("正在安装锁定的依赖 …", "Installing the pinned dependencies …")
    source: tuple[str | Path, ...] = ("--no-index", "--find-links", WHEELHOUSE) if WHEELHOUSE.is_dir() else ()
    project = ("-e", f".[{','.join(extras)}]" if extras else ".")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *source, "-c", CONSTRAINTS)
    uv = (SCRIPTS / ("uv.exe" if os.name == "nt" else "uv"), "pip", "install", "--python", PYTHON, *source, "-c", CONSTRAINTS, "-b", CONSTRAINTS)
    if run(*pip, "uv", quiet=True) == 0 and run(*uv, *project) == 0:
        return
    say("uv 不可用，改用 pip（较慢）…", "uv does not work here, going on with pip (slower) …")
    if run(*pip, *project, PIP_CONSTRAINT=CONSTRAINTS.name) != 0:  # by this name pip pins what builds the project too; a path may hold a blank
        raise Stop(
            "安装失败，原因见上。无网络时，请在能上网的同类机器上运行 bootstrap.py wheelhouse，把生成的 wheelhouse 文件夹放到这里再试。",
            "Installing failed; the reason is above. With no network, run `bootstrap.py wheelhouse` on a like machine that has one, "
            "put the folder `wheelhouse` here and try again.",
        )


def set_up(extras: Sequence[str] = PROGRAM) -> int:
    """Make the environment hold the wanted set, and return 0; does nothing when it does."""
    version = environment_version()
    if version and installed(extras, version):
        return 0
    began = time.monotonic()
    if not version:
        make_environment()
        version = environment_version()
    (VENV / "installed-set").unlink(missing_ok=True)
    install(extras)
    (VENV / "installed-set").write_text(wanted(extras, version), encoding="utf-8")
    seconds = round(time.monotonic() - began)
    say(f"环境就绪，用时 {seconds} 秒。", f"The environment is ready, {seconds} s.")
    return 0


def program(verb: str, more: Sequence[str]) -> int:
    """Hand over to the program itself."""
    set_up()
    return run(PYTHON, "-m", "relocation", verb, *more)


def verify(*pytest: str) -> int:
    """Run every stage of verification, the tests last, so that their closing line is the last one when all is well."""
    set_up(TESTS)
    stages: dict[str, tuple[str | Path, ...]] = {
        "ruff check": (PYTHON, "-m", "ruff", "check"),
        "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet"),
        "mypy": (PYTHON, "-m", "mypy"),
        "import contracts": (PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
        "pytest": (PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", *pytest),
    }
    failed = []
    for name, command in stages.items():
        began = time.monotonic()
        print(f"── {name}", flush=True)
        if run(*command) != 0:
            failed.append(name)
        if name != "pytest":
            print(f"   {time.monotonic() - began:.1f} s", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def measure(more: Sequence[str]) -> int:
    """Run every benchmark, or the named ones."""
    set_up(TESTS)
    paths = [path for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith(("accuracy", "torture"))]  # which have verbs of their own
    programs = sorted(path.stem for path in paths if "__main__" in path.read_text(encoding="utf-8"))
    unknown = [name for name in more if name not in programs]
    if unknown:
        raise Stop(
            f"没有这个测量：{'、'.join(unknown)}。可选：{'、'.join(programs)}", f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(programs)}"
        )
    return max((run(PYTHON, "-m", f"benchmarks.{name}") for name in more or programs), default=0)


def accuracy(more: Sequence[str]) -> int:
    """Print how right drawings are read, understood and compared, misses by name."""
    set_up(TESTS)
    return run(PYTHON, "-m", "benchmarks.accuracy", *more)


def torture(more: Sequence[str]) -> int:
    """Try to break what must not break: kills, power cuts, full disks, idle connections; print what held."""
    set_up(TESTS)
    return run(PYTHON, "-m", "benchmarks.torture", *more)


def fill_wheelhouse(more: Sequence[str]) -> int:
    """Download everything the program needs into `wheelhouse`, for machines with no network; takes pip's --platform and the like."""
    set_up()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables", "uv"]
    return run(PYTHON, "-m", "pip", "download", "--only-binary", ":all:", "-d", WHEELHOUSE, "-c", CONSTRAINTS, *more, *needs)


def clean() -> int:
    """Remove what was made beside the sources: the environment and every cache."""
    for name in (".venv", "dist", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run one verb; everything after it goes to what the verb runs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console in GBK lacks some signs
    verbs: dict[str, Callable[[Sequence[str]], int]] = {
        "demo": lambda more: program("demo", more),
        "serve": lambda more: program("serve", more),
        "setup": lambda _: set_up(),
        "test": lambda more: verify(*more),
        "check": lambda more: verify("-m", QUICK, *more),
        "bench": measure,
        "accuracy": accuracy,
        "torture": torture,
        "wheelhouse": fill_wheelhouse,
        "clean": lambda _: clean(),
    }
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("verb", choices=verbs)
    parser.add_argument("more", nargs=argparse.REMAINDER, help="handed on")
    asked = parser.parse_args(arguments)
    try:
        return verbs[asked.verb](asked.more)
    except Stop as stop:
        say(*stop.args)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
