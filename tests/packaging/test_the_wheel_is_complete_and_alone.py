"""What an office installs: one top-level name, the right files, and a program that runs from anywhere without the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from checks import registry

pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]  # one worker builds once

ROOT = Path(__file__).parents[2]
SUFFIXES = {
    *(".py", ".typed"),
    *(".html", ".css", ".js", ".svg", ".cfg", ".po", ".mo", ".mako"),
    *(".yaml", ".csv", ".geojson", ".kml", ".xlsx", ".zip", ".md", ".txt", ".dxf", ".dwg", ".jpg", ".typ"),
}


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program away from the checkout and return what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "RELOCATION", "FLASK", "PIP"))}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=clean | environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(str(part) for part in command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, made: Path, what: str) -> Path:
    """Build a wheel or an sdist with the hatchling at hand, with no network."""
    run(sys.executable, "-m", "build", "--no-isolation", f"--{what}", "--outdir", made, source, cwd=made.parent)
    (built,) = (path for path in made.iterdir() if path.name.endswith({"wheel": ".whl", "sdist": ".tar.gz"}[what]))
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("direct"), "wheel")


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment that holds the wheel and sees this one's dependencies, not this checkout."""
    place = tmp_path_factory.mktemp("fresh") / "env"
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    python = programs / Path(sys.executable).name
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    # A path named in a .pth file is searched, but .pth files inside it are not read: an editable install there stays unseen.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=place)
    return programs


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_wheel_installs_one_top_level_name(wheel: Path) -> None:
    tops = {PurePosixPath(name).parts[0] for name in contents(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"relocation"}


def test_every_kind_of_file_in_the_wheel_is_expected(wheel: Path) -> None:
    assert not [name for name in contents(wheel) if ".dist-info/" not in name and PurePosixPath(name).suffix not in SUFFIXES]


def test_every_source_file_and_shipped_file_is_in_the_wheel_as_it_is(wheel: Path) -> None:
    places = {
        "relocation": "relocation",
        "checks": "relocation/_parts/checks",
        "geo": "relocation/_parts/geo",
        "templates": "relocation/templates",
        "data": "relocation/data",
    }
    wanted = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}": path
        for folder, inside in places.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = contents(wheel)
    assert [name for name, path in wanted.items() if packed.get(name) != path.read_bytes()] == []


def test_a_wheel_built_from_the_source_distribution_equals_the_direct_one(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    made = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, made, "sdist")) as packed:
        packed.extractall(made, filter="data")
    (source,) = (path for path in made.iterdir() if path.is_dir())
    assert contents(build(source, tmp_path_factory.mktemp("indirect"), "wheel")) == contents(wheel)


def test_the_installed_command_lists_the_checks_from_any_folder(fresh: Path, tmp_path: Path) -> None:
    printed = run(fresh / "relocation", "checks", "--json", cwd=Path(tmp_path.anchor), RELOCATION_HOME=str(tmp_path), PYTHONUTF8="1")
    assert {check["id"] for check in json.loads(printed)} == set(registry.checks())


def test_the_installed_program_uses_its_own_files_and_not_the_checkout(fresh: Path, tmp_path: Path) -> None:
    asked = "import relocation, checks, geo; from relocation.resources import folder; print(relocation.__file__, checks.__file__, geo.__file__, folder('data'), folder('templates'))"
    places = run(fresh / "python", "-c", asked, cwd=tmp_path).split()
    assert not [place for place in places if not place.startswith(str(fresh.parent))]


def test_the_installed_pages_have_their_routes(fresh: Path, tmp_path: Path) -> None:
    served = "from pathlib import Path\nfrom relocation.service.office import open_office\nfrom relocation.web import create_app\n"
    (tmp_path / "served.py").write_text(f"{served}app = create_app(open_office(Path({str(tmp_path / 'home')!r}), None))\n", encoding="utf-8")
    routes = run(fresh / "python", "-m", "flask", "--app", tmp_path / "served.py", "routes", cwd=Path(tmp_path.anchor))
    assert "/api/v1" in routes


LONG = ("area_laws", "every_version_and_form", "hostile_files", "large_plans", "planted_differences", "redrawn_plans", "packed_drawings", "comparing", "laying")
"""Tests of many drawings: what they try is in the wheel byte for byte as it is here, where they run; the others show that it also works there."""


@pytest.mark.parametrize("storey", ["checks", "geo"])
def test_the_storeys_tests_pass_against_the_wheel(storey: str, fresh: Path, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    for name in ("__init__.py", "conftest.py"):
        (apart / "tests").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "tests" / name, apart / "tests" / name)
    for folder in (storey, "drawings"):  # the drawings that are written to be read
        shutil.copytree(ROOT / "tests" / folder, apart / "tests" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data" / "reference", apart / "data" / "reference")
    if (ROOT.parent / "shared").exists():  # the measured positions that may be read and not copied
        (tmp_path / "shared").symlink_to(ROOT.parent / "shared")
    (apart / "conftest.py").write_text(
        f"import relocation, checks, geo\nfor part in (relocation, checks, geo):\n    assert part.__file__.startswith({str(fresh.parent)!r}), part\n",
        encoding="utf-8",
    )
    (apart / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n", encoding="utf-8")
    left_out = [f"--ignore={apart / 'tests' / storey / 'drawing' / f'test_{name}.py'}" for name in LONG]
    run(fresh / "python", "-m", "pytest", "-q", *left_out, apart / "tests", cwd=apart)
